"""What agencies may settle for themselves: registered keys, each with a default and its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from missingchildren.agencies.models import Agency, LocalProtocol
from missingchildren.core.prepared import Parameter, Prepared
from missingchildren.core.verdicts import RuleBroken


@dataclass(frozen=True)
class Key:
    """One thing that an agency may settle.

    `parse` turns what a protocol's JSON holds into the value used, or raises ValueError
    with a sentence for whoever settles it.
    """

    name: str
    default: Any
    parse: Callable[[Any], Any]
    source: str
    description: str


_keys: dict[str, Key] = {}


def register(key: Key) -> None:
    """Make a key known. Called by each app when it starts.

    Raises:
        ValueError: another key has the name, or the default is not a value of the key.
    """
    if _keys.get(key.name, key) != key:
        raise ValueError(f"Two protocol keys are called {key.name}.")
    if key.parse(key.default) != key.default:
        raise ValueError(f"The default of {key.name} is not one of its values.")
    _keys[key.name] = key


def keys() -> Mapping[str, Key]:
    """Return every key by name."""
    return dict(_keys)


def version_for(agency: Agency | int, on: date) -> LocalProtocol | None:
    """Return the version in force on a day; None: the defaults hold.

    A fact that depends on a protocol keeps this version's key.
    """
    return _in_force.one(agency=agency if isinstance(agency, int) else agency.pk, on=on)


@Prepared
def _in_force() -> QuerySet[LocalProtocol]:
    in_force = LocalProtocol.objects.filter(
        agency=Parameter("agency"), starts_on__lte=Parameter("on")
    )
    return in_force.order_by("-version")[:1]


def value(agency: Agency | int, name: str, on: date) -> Any:
    """Return what holds for an agency on a day."""
    return value_in(version_for(agency, on), name)


def value_in(version: LocalProtocol | None, name: str) -> Any:
    """Return what a version says, or the key's default where it says nothing."""
    key = _keys[name]
    if version is None or name not in version.values:
        return key.default
    return key.parse(version.values[name])


def check(values: Mapping[str, Any]) -> None:
    """Refuse values that no version may hold.

    Raises:
        RuleBroken: a key is unknown or its value is not one of its values.
    """
    for name, given in values.items():
        if name not in _keys:
            raise RuleBroken(f"There is no setting called {name}.", field=name)
        try:
            _keys[name].parse(given)
        except ValueError as problem:
            raise RuleBroken(str(problem), field=name) from problem


def whole_number(*, least: int, most: int) -> Callable[[Any], int]:
    """Return a parser of whole numbers within limits."""

    def parse(given: Any) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            raise ValueError(f"Enter a whole number from {least} to {most}.")
        return given

    return parse


def yes_or_no(given: Any) -> bool:
    """Return a yes or a no."""
    if not isinstance(given, bool):
        raise ValueError("Choose yes or no.")
    return given


def register_own() -> None:
    """Register the keys that reporting a missing child needs."""
    for key in (
        Key(
            name="match_task_minutes",
            default=15,
            parse=whole_number(least=5, most=60),
            source="Practice: nobody reviews a match queue at night, so the likely owner's duty "
            "desk has a 15-minute clock.",
            description="Minutes in which the duty desk says whether a reported child is one of "
            "its own.",
        ),
        Key(
            name="unread_warning_minutes",
            default=5,
            parse=whole_number(least=1, most=15),
            source="Practice: a report counts as made only when the force accepts it; at five "
            "minutes unread the reporter is told to ring 101, or 999 if in danger.",
            description="Minutes after which the reporter of an unread report is told to ring.",
        ),
        Key(
            name="draft_days",
            default=28,
            parse=whole_number(least=1, most=28),
            source="Design: a draft is kept for 28 days.",
            description="Days after which a draft that was not sent is deleted.",
        ),
        Key(
            name="ring_when_closed",
            default=False,
            parse=yes_or_no,
            source="Practice: a day-only agency is not rung at night unless its protocol says.",
            description="Whether the agency wants to be rung outside its opening hours.",
        ),
    ):
        register(key)
