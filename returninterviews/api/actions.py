"""Operations on follow-up actions: list, add, show, write progress, complete, drop."""

from typing import Any

from rest_framework.request import Request

from cases.access import ChildView
from cases.api.opened import opened
from cases.api.shapes import PageQuery, page_out
from cases.rules import Aspect, Audience
from missingchildren.agencies.api import Endpoint, acting, asked, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import In, OneOf, Reference, Typed, Version
from returninterviews import queries
from returninterviews.api.opened import opened_action
from returninterviews.api.shapes import (
    NOTE_AUDIENCE_WORDS,
    ActionOut,
    ActionPageOut,
    GiveIn,
    action_out,
    action_row,
    give_of,
)
from returninterviews.forms.actions import DoneForm, DropForm, ProgressForm
from returninterviews.rules import Helped
from returninterviews.services import actions

JUDGED = "Of the action that was judged"


def _child(request: Request, reference: str) -> ChildView:
    view = opened(request, reference)
    if not (view.sees(Aspect.ACTIONS) or view.sees(Aspect.OWN_ACTIONS)):
        raise NotFound("There is nothing here that you may see.")
    return view


def _shown(request: Request, reference: str) -> dict[str, Any]:
    view, action = opened_action(request, reference)
    return action_out(view, acting(request), action)


class AddActionIn(GiveIn):
    """What is to be done, and about which recommendation, if about one."""

    recommendation = Reference(required=False, default="", help_text="One that is taken forward")


class Actions(Endpoint):
    """What is done for a child."""

    @operation(
        "listActions",
        verb="returninterviews.actions",
        tag="actions",
        gives=ActionPageOut,
        asks=PageQuery,
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List the follow-up actions for a child that this agency sees, newest first."""
        view, act = _child(request, reference), acting(request)
        page = queries.actions_page(view, act, **asked(request, PageQuery))
        return page_out(page, [action_row(view, act, action) for action in page.rows])

    @operation(
        "addAction",
        verb="returninterviews.add_action",
        tag="actions",
        gives=ActionOut,
        takes=AddActionIn,
        does=Operation.ALTERATION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Ask an agency to do something for a child, about a recommendation or about none."""
        _child(request, reference)
        sent = typed(request, AddActionIn)
        made = once(
            request,
            lambda: (
                actions.add_action(
                    child_reference=reference,
                    recommendation_reference=sent["recommendation"],
                    give=give_of(sent),
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return _shown(request, made)


class OneAction(Endpoint):
    """One follow-up action."""

    @operation("getAction", verb="returninterviews.action", tag="actions", gives=ActionOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show a follow-up action and how it is going."""
        return _shown(request, reference)


class ProgressIn(In):
    """How an action is going."""

    text = Typed(ProgressForm, "text")
    audience = OneOf(NOTE_AUDIENCE_WORDS, required=False, default=Audience.CASE.value)


class Progress(Endpoint):
    """The progress of an action."""

    @operation(
        "noteProgress",
        verb="returninterviews.note_progress",
        tag="actions",
        gives=ActionOut,
        takes=ProgressIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say how an action is going."""
        opened_action(request, reference)
        sent = typed(request, ProgressIn)
        once(
            request,
            lambda: (
                actions.note_progress(
                    action_reference=reference,
                    text=sent["text"],
                    audience=Audience(sent["audience"]),
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return _shown(request, reference)


class CompleteIn(In):
    """What was done."""

    evidence = Typed(DoneForm, "evidence", help_text="What was done, and how it is known")
    version = Version(help_text=JUDGED)


class Complete(Endpoint):
    """An action that is done."""

    @operation(
        "completeAction",
        verb="returninterviews.complete_action",
        tag="actions",
        gives=ActionOut,
        takes=CompleteIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Record that an action is done, and how that is known."""
        opened_action(request, reference)
        sent = typed(request, CompleteIn)
        once(
            request,
            lambda: (
                actions.complete_action(
                    action_reference=reference, act=acting(request), **sent
                ).reference
            ),
        )
        return _shown(request, reference)


class DropIn(In):
    """Why an action is dropped."""

    reasons = Typed(DropForm, "reasons")
    version = Version(help_text=JUDGED)


class Drop(Endpoint):
    """An action that is dropped."""

    @operation(
        "dropAction",
        verb="returninterviews.drop_action",
        tag="actions",
        gives=ActionOut,
        takes=DropIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Drop an action, as a manager, with reasons."""
        opened_action(request, reference)
        sent = typed(request, DropIn)
        once(
            request,
            lambda: (
                actions.drop_action(
                    action_reference=reference, act=acting(request), **sent
                ).reference
            ),
        )
        return _shown(request, reference)


class HelpedIn(In):
    """Whether an action helped."""

    helped = OneOf([each.value for each in Helped])
    version = Version(help_text=JUDGED)


class WhetherItHelped(Endpoint):
    """Whether an action that is done helped the child."""

    @operation(
        "sayWhetherItHelped",
        verb="returninterviews.say_whether_it_helped",
        tag="actions",
        gives=ActionOut,
        takes=HelpedIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say, once, whether an action that is done helped."""
        opened_action(request, reference)
        sent = typed(request, HelpedIn)
        once(
            request,
            lambda: (
                actions.say_whether_it_helped(
                    action_reference=reference,
                    helped=Helped(sent["helped"]),
                    version=sent["version"],
                    act=acting(request),
                ).reference
            ),
        )
        return _shown(request, reference)
