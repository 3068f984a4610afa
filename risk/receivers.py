"""What risk does when a fact is announced, and what it answers when alerts asks."""

from typing import Any

from django.urls import reverse

from cases.models import Child
from cases.receivers import may_open_child
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.alerts.kinds import AlertKind, register
from missingchildren.alerts.models import Alert
from missingchildren.audit.acts import database_now
from risk.models import Flag
from risk.services import flags

# --- flags


def review_flags_where_placed(*, child: Child, force: Agency | None, act: Act, **_: Any) -> None:
    """Ask the force of a child's new place to review the flag that holds at another."""
    flags.follow_move(child=child, force=force, act=act)


def to_flag(alert: Alert) -> str:
    """Return the address of the flag, or "" where the record is closed to the recipient."""
    if not may_open_child(alert, database_now()):
        return ""
    flag = Flag.objects.filter(reference=alert.subject_reference).select_related("child").first()
    return reverse("risk:flag", args=[flag.child.reference, flag.reference]) if flag else ""


FLAG_KINDS = tuple(
    AlertKind(name=name, title=title, still_entitled=may_open_child, open_url=to_flag)
    for name, title in (
        ("risk.flag_asked", "A council asks you to flag a child: decide"),
        ("risk.flag_review", "A child moved to your area with a flag: review it"),
        ("risk.flag_disagreed", "A council disagrees with your decision on a flag: decide again"),
        ("risk.flag_decided", "The police have decided on a flag"),
    )
)


def register_flag_kinds() -> None:
    """Make the alert kinds of flags known."""
    for kind in FLAG_KINDS:
        register(kind)
