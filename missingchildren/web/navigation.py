"""What the header offers: a registry that each app fills in its apps.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Place = Literal["main", "account"]


def always(_request: HttpRequest) -> bool:
    """Return True."""
    return True


@dataclass(frozen=True)
class Item:
    """One entry of the header. `count` gives a badge that reads "Alerts (3 not read)".

    `place` "account" puts it beside the person's name; method "post" makes it a button (signing out
    changes something, so no link may do it).
    """

    name: str
    url_name: str
    order: int = 0
    place: Place = "main"
    method: Literal["get", "post"] = "get"
    visible: Callable[[HttpRequest], bool] = always
    count: Callable[[HttpRequest], int] | None = None
    count_label: str = "not read"


@dataclass(frozen=True)
class Entry:
    """An item as one request sees it."""

    name: str
    href: str
    method: str
    current: bool
    count: int
    count_label: str


_items: dict[tuple[str, str], Item] = {}


def register(item: Item) -> None:
    """Add an entry; one with the same place and address takes its predecessor's."""
    _items[item.place, item.url_name] = item


def registered() -> tuple[Item, ...]:
    """Return every entry in order."""
    return tuple(sorted(_items.values(), key=lambda item: (item.place, item.order, item.name)))


def entries(request: HttpRequest, place: Place) -> list[Entry]:
    """Return what this person is offered in one place; addresses that do not exist are left out."""
    return [
        _entry(item, request, href)
        for item in registered()
        if item.place == place and item.visible(request) and (href := _address(item))
    ]


def _address(item: Item) -> str:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""


def _entry(item: Item, request: HttpRequest, href: str) -> Entry:
    here = request.path
    return Entry(
        name=item.name,
        href=href,
        method=item.method,
        current=here == href or (href != "/" and here.startswith(href)),
        count=item.count(request) if item.count else 0,
        count_label=item.count_label,
    )
