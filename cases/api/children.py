"""Operations on children: lists, one child, why somebody opens a record, its history."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases import panels, queries
from cases.access import ChildView
from cases.api import may
from cases.api.opened import found, opened
from cases.api.shapes import (
    ChildPageOut,
    EpisodeOut,
    IdentifierOut,
    PageQuery,
    child_row,
    episode_out,
    identifier_out,
    page_out,
)
from cases.forms.record import OpeningForm, SearchForm
from cases.models import Opening
from cases.rules import Aspect
from cases.services import updates
from missingchildren.agencies.acts import Act
from missingchildren.agencies.api import Endpoint, acting, asked, once, operation, typed
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import Day, In, Instant, OneOf, Out, Reference, Typed


class ChildrenQuery(PageQuery):
    """Which children to list."""

    search = Typed(SearchForm, "search", help_text="A reference, or part of a name")


class Children(Endpoint):
    """The children that this person may open."""

    @operation(
        "listChildren",
        verb="cases.list",
        tag="children",
        gives=ChildPageOut,
        asks=ChildrenQuery,
        hides=False,
    )
    def get(self, request: Request) -> dict[str, Any]:
        """List the children that this person may open, last reported first."""
        wanted = asked(request, ChildrenQuery)
        page = queries.children_page(act=acting(request), **wanted)
        return _listed(request, page)


class MissingNow(Endpoint):
    """Children who are missing now."""

    @operation(
        "listMissing",
        verb="pages.missing",
        tag="children",
        gives=ChildPageOut,
        asks=PageQuery,
        hides=False,
    )
    def get(self, request: Request) -> dict[str, Any]:
        """List the children missing now whom this person may open, newest first."""
        page = queries.missing_page(act=acting(request), **asked(request, PageQuery))
        return _listed(request, page)


def _listed(request: Request, page: queries.Page) -> dict[str, Any]:
    reading_of(request).of({child.pk for child in page.rows}, basis="list")
    return page_out(page, [child_row(child) for child in page.rows])


class VerdictOut(Out):
    """Whether something may be done."""

    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True, help_text="The sentence that a person reads")


class QuestionOut(Out):
    """What an agency that was only asked may know."""

    is_missing = serializers.BooleanField()
    is_asked = serializers.BooleanField(help_text="The police ask what this agency knows")


class ChildOut(Out):
    """A child, no more than the agency's part opens: what it does not open is left out."""

    reference = Reference()
    name = serializers.CharField()
    known_as = serializers.CharField(allow_blank=True)
    pronouns = serializers.CharField(allow_blank=True)
    date_of_birth = Day(required=False, allow_null=True)
    identifiers = IdentifierOut(many=True)
    episode = EpisodeOut(required=False, allow_null=True, help_text="The latest")
    question = QuestionOut(required=False)
    may = serializers.DictField(
        child=VerdictOut(), help_text="For each operation on the child, whether it may be done now"
    )


def child_out(view: ChildView, act: Act) -> dict[str, Any]:
    """Return a child as a person may see it."""
    child = view.child
    episode = may.latest_episode(view)
    shown: dict[str, Any] = {
        "reference": child.reference,
        "name": child.display_name,
        "known_as": child.known_as,
        "pronouns": child.pronouns,
        "identifiers": [identifier_out(each) for each in view.identifiers()],
        "may": {name: _verdict(each) for name, each in may.verdicts(view, act, episode).items()},
    }
    if view.sees(Aspect.DATE_OF_BIRTH):
        shown["date_of_birth"] = child.date_of_birth
    if view.sees(Aspect.EPISODE):
        shown["episode"] = episode_out(episode) if episode else None
    elif view.sees(Aspect.QUESTION) or view.sees(Aspect.MISSING_AND_BACK):
        is_missing = child.missing_since is not None
        is_asked = view.sees(Aspect.QUESTION) and is_missing
        shown["question"] = {"is_missing": is_missing, "is_asked": is_asked}
    return shown


def _verdict(verdict: Any) -> dict[str, Any]:
    return {"allowed": verdict.allowed, "reason": verdict.reason}


class OneChild(Endpoint):
    """One child."""

    @operation("getChild", verb="cases.child", tag="children", gives=ChildOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show a child as this person's agency may see them, and what they may do."""
        return child_out(opened(request, reference), acting(request))


class OpeningIn(In):
    """Why somebody opens a record outside their own unit and work."""

    reason = OneOf(Opening.Reason.values)
    detail = Typed(
        OpeningForm, "because", required=False, help_text="Needed for `asked` and `other`"
    )


class OpeningOut(Out):
    """A record that is open to this person for a while."""

    reference = Reference(help_text="Of the child")
    until = Instant()


class Openings(Endpoint):
    """Reasons why people open a record outside their own work."""

    @operation(
        "openRecord",
        verb="cases.open_with_reason",
        tag="children",
        gives=OpeningOut,
        takes=OpeningIn,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say why this person opens the record; it then opens to them for twelve hours."""
        act = acting(request)
        view = found(request, reference)
        why = typed(request, OpeningIn)

        def open_record() -> str:
            opening = updates.open_with_reason(
                child_reference=view.child.reference,
                reason=Opening.Reason(why["reason"]),
                detail=why["detail"],
                act=act,
            )
            return Instant().to_representation(opening.until)

        until = once(request, open_record)
        return {"reference": view.child.reference, "until": Instant().to_internal_value(until)}


class MomentOut(Out):
    """One thing that happened to the record."""

    at = Instant()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    by = serializers.CharField()


class LookOut(Out):
    """One look at the record."""

    at = Instant()
    agency = serializers.CharField()
    person = serializers.CharField(
        allow_blank=True, help_text="A colleague's name, or the role of somebody elsewhere"
    )
    what = serializers.CharField()
    is_refused = serializers.BooleanField()


class HistoryOut(Out):
    """What happened to a record, and who looked at it: the latest of each."""

    moments = MomentOut(many=True)
    looks = LookOut(many=True)


class History(Endpoint):
    """The history of a record."""

    @operation("getHistory", verb="cases.history", tag="children", gives=HistoryOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show what happened to the record, and who looked at it, newest first."""
        view = opened(request, reference)
        if not view.sees(Aspect.HISTORY):
            raise NotFound("There is no history that you may see.")
        act = acting(request)
        moments = [
            {"at": each.at, "title": each.title, "text": each.text, "by": each.byline}
            for each in panels.moments(view, act)
        ]
        return {"moments": moments, "looks": queries.who_looked(view, act)}


class ToldOut(Out):
    """One alert about the child."""

    title = serializers.CharField()
    to = serializers.CharField()
    raised_at = Instant()
    sent = serializers.CharField(allow_blank=True)
    answered_at = Instant(allow_null=True)
    answered_by = serializers.CharField(allow_blank=True)


class ToldListOut(Out):
    """The latest alerts about a child."""

    results = ToldOut(many=True)


class Told(Endpoint):
    """Who was told of the child."""

    @operation("listTold", verb="cases.child", tag="children", gives=ToldListOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List who was alerted about the child, whether it was sent, and who answered."""
        view = opened(request, reference)
        if not view.sees(Aspect.ALERTS):
            raise NotFound("There is nothing here that you may see.")
        return {"results": queries.told_about(view, acting(request), most=panels.MOST_SHOWN)}
