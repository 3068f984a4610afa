"""Operations on the notices that an agency received: list, show, acknowledge, send back."""

from typing import Any

from rest_framework.request import Request

from cases import access as case_access
from cases.access import ChildView
from cases.api.shapes import PageQuery, page_out
from missingchildren.agencies.api import Endpoint, acting, asked, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import Day, In, OneOf, Typed, Version
from missingchildren.web.api.problems import ReasonRequired
from placements import access, queries
from placements.api.shapes import (
    NotificationOut,
    NotificationPageOut,
    notification_row,
)
from placements.forms import AcknowledgeForm, SendBackForm
from placements.models import PlacementNotification
from placements.services import notices

TIMES = ("starts_at", "started_at", "ended_at", "last_missing")


class NotificationsQuery(PageQuery):
    """Which notices to list."""

    box = OneOf(["waiting", "answered"], required=False, default="waiting")


class Notifications(Endpoint):
    """The notices that the acting agency received."""

    @operation(
        "listNotifications",
        verb="placements.notifications",
        tag="placements",
        gives=NotificationPageOut,
        asks=NotificationsQuery,
        hides=False,
    )
    def get(self, request: Request) -> dict[str, Any]:
        """List the acting agency's placement notices, newest first."""
        wanted = asked(request, NotificationsQuery)
        page = queries.notices_page(
            acting(request), is_answered=wanted["box"] == "answered", after=wanted["after"]
        )
        reading_of(request).of({notice.child_id for notice in page.rows}, basis="list")
        return page_out(page, [notification_row(notice) for notice in page.rows])


def _found(request: Request, reference: str) -> tuple[PlacementNotification, ChildView | None]:
    """Return a notice of the acting agency, and the child where its part still opens them.

    Raises:
        NotFound: it came to another agency, or does not exist.
        ReasonRequired: the child is outside this person's work, and they have not said why.
    """
    act = acting(request)
    notice = queries.own_notice(act, reference)
    if notice is None:
        raise NotFound(access.NO_NOTICE)
    view = queries.still_open(notice, act)
    if view:
        case_access.has_reason(view).require(ReasonRequired)
    basis = view.basis if view else "notice"
    reading_of(request).of([notice.child_id], notice.reference, basis=basis)
    return notice, view


def _answer(request: Request, reference: str) -> dict[str, Any]:
    act = acting(request)
    notice = queries.own_notice(act, reference)
    if notice is None:
        raise NotFound(access.NO_NOTICE)
    view = queries.still_open(notice, act)
    shown: dict[str, Any] = {
        **notification_row(notice),
        "acknowledged_at": notice.acknowledged_at,
        "holder": notice.holder,
        "system_reference": notice.system_reference,
        "response": notice.response,
        "rejected_at": notice.rejected_at,
        "rejected_reason": notice.rejected_reason,
    }
    sent = queries.what_was_sent(notice)
    if sent:
        shown["said"] = _said(sent)
    if view:
        shown["child"] = view.child.reference
        if queries.may_reveal_home(notice, view, act):
            shown["place"] = notice.placement.location.reference
    return shown


def _said(sent: dict[str, Any]) -> dict[str, Any]:
    """Return what was sent, its times as times."""
    said = dict(sent)
    born = said["date_of_birth"]
    said["date_of_birth"] = Day().to_internal_value(born) if born else None
    for name in TIMES:
        if name in said:
            said[name] = queries.instant(said[name])
    return said


class OneNotification(Endpoint):
    """One notice."""

    @operation(
        "getNotification", verb="placements.notification", tag="placements", gives=NotificationOut
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show a placement notice as it was sent, and what this agency answered."""
        _found(request, reference)
        return _answer(request, reference)


class AcknowledgeIn(In):
    """Who holds it; an end needs no more than the version."""

    holder = Typed(AcknowledgeForm, "holder", required=False)
    system_reference = Typed(AcknowledgeForm, "system_reference", required=False)
    response = Typed(AcknowledgeForm, "response")
    version = Version(help_text="Of the notice that was judged")


class Acknowledge(Endpoint):
    """The acknowledgement of a notice."""

    @operation(
        "acknowledgeNotification",
        verb="placements.acknowledge",
        tag="placements",
        gives=NotificationOut,
        takes=AcknowledgeIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say who holds it, and under which reference on the agency's own system."""
        _found(request, reference)
        sent = typed(request, AcknowledgeIn)
        once(
            request,
            lambda: (
                notices.acknowledge_notice(
                    notice_reference=reference, act=acting(request), **sent
                ).reference
            ),
        )
        return _answer(request, reference)


class NoticeSendBackIn(In):
    """Why a notice is not this agency's."""

    reason = Typed(SendBackForm, "reason")
    version = Version(help_text="Of the notice that was judged")


class SendBack(Endpoint):
    """A notice that is not this agency's."""

    @operation(
        "sendBackNotification",
        verb="placements.send_back",
        tag="placements",
        gives=NotificationOut,
        takes=NoticeSendBackIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say that a notice is not this agency's: its part ends at once."""
        _found(request, reference)
        sent = typed(request, NoticeSendBackIn)
        once(
            request,
            lambda: (
                notices.reject_notice(
                    notice_reference=reference, act=acting(request), **sent
                ).reference
            ),
        )
        return _answer(request, reference)
