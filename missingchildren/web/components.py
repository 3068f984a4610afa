"""The one bridge to the GOV.UK components: the only module that may declare text to be markup."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

PACKAGE = "govuk_frontend_jinja"
MARKUP_KEYS = {"html", "start", "end", "navigationStart", "navigationEnd"}
ADDRESS_KEYS = {"href", "url", "serviceUrl", "action", "formaction", "src"}
ATTRIBUTE_NAME = re.compile(r"[a-z][a-z0-9:.-]*", re.IGNORECASE)
FORBIDDEN_ATTRIBUTE = re.compile(r"on.*|style|srcdoc", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SAFE_SCHEMES = {"http:", "https:", "mailto:", "tel:"}

_environment = Environment(
    loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}),
    autoescape=True,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Action:
    """A link at the end of a row; `about` is read out after its text ("Change" + "date of birth")."""

    text: str
    href: str
    about: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a summary list. `value` may be text, or markup that Django escaped."""

    key: str
    value: object
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Task:
    """One line of a task list. A task with a colour shows its status as a tag."""

    title: str
    status: str
    href: str = ""
    hint: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Link:
    """A link of a navigation: `count` becomes a badge with `count_label` for screen readers."""

    text: str
    href: str
    current: bool = False
    count: int = 0
    count_label: str = ""


@dataclass(frozen=True)
class Moment:
    """One line of a timeline. `at` is written as a London date and time."""

    title: str
    at: Any
    text: object = ""
    byline: str = ""
    precision: str = "exact"


@dataclass(frozen=True)
class Chosen:
    """One group of filters that are on: its heading, and (text, address that removes it)."""

    heading: str
    items: tuple[tuple[str, str], ...] = field(default=())


def render(component: str, /, **params: Any) -> SafeString:
    """Return a component's markup, `component` being its name in the design system ("date-input").

    Everything is escaped but `html` parameters that Django already escaped. Addresses with a scheme
    other than http, https, mailto or tel become "#"; event handlers and inline styles are refused.
    """
    return mark_safe(str(_macro(component)(_checked_mapping(params))).strip())  # noqa: S308


def content(value: object) -> dict[str, Any]:
    """Return `value` as a component's content: markup that Django escaped stays, all else is text."""
    return (
        {"html": value} if hasattr(value, "__html__") else {"text": "" if value is None else value}
    )


def multiline(text: str) -> SafeString:
    """Return text for a textarea, its line ends written so that the components' indenting spares them."""
    escaped = conditional_escape(text.replace("\r\n", "\n"))
    kept = escaped.replace("\n", "&#10;")
    # A parser drops the first line end in a textarea, so one is added.
    return mark_safe(f"&#10;{kept}" if kept.startswith("&#10;") else kept)  # noqa: S308


def safe_address(address: object) -> str:
    """Return the address, or "#" if following it could run a script or leave by "//"."""
    text = str(address)
    squeezed = re.sub(r"[\x00-\x20]", "", text)
    scheme = SCHEME.match(squeezed)
    if scheme and scheme.group().lower() not in SAFE_SCHEMES:
        return "#"
    return "#" if re.match(r"[/\\]{2}", squeezed) else text


@cache
def _macro(component: str) -> Callable[[Mapping[str, Any]], str]:
    """Return the compiled macro; the templates are imported once in a process."""
    template = _environment.get_template(f"{PACKAGE}/components/{component}/macro.html")
    name = "govuk" + "".join(part.title() for part in component.split("-"))
    macro: Callable[[Mapping[str, Any]], str] = getattr(template.module, name)
    return macro


def _checked(key: str, value: Any) -> Any:
    """Return a parameter's value, escaped or refused as its key demands."""
    if key == "attributes":
        return _checked_attributes(value)
    if isinstance(value, Mapping):
        return _checked_mapping(value)
    if isinstance(value, Promise):
        value = str(value)
    if key in MARKUP_KEYS or key.endswith("Html"):
        return conditional_escape(value) if value else value
    if key in ADDRESS_KEYS:
        return safe_address(value) if value else value
    if key.endswith(("headingLevel", "HeadingLevel")):
        return int(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_checked("", item) for item in value]
    return value


def _checked_mapping(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters without those that are None (the components print it)."""
    return {key: _checked(key, value) for key, value in params.items() if value is not None}


def _checked_attributes(attributes: object) -> dict[str, Any]:
    """Return extra attributes, refusing names that could carry a script or a style."""
    if not isinstance(attributes, Mapping):
        raise TypeError("Extra attributes are a mapping of names to values.")
    for name in attributes:
        if not ATTRIBUTE_NAME.fullmatch(name) or FORBIDDEN_ATTRIBUTE.fullmatch(name):
            raise ValueError(f"The attribute {name!r} is not allowed on a component.")
    return {
        name: safe_address(value) if name.lower() in ADDRESS_KEYS else value
        for name, value in attributes.items()
        if value is not None
    }
