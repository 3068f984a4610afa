"""Open a recommendation or an action for an operation, as the pages open it."""

from rest_framework.request import Request

from cases.access import ChildView, has_reason, view_of
from cases.models import Child
from missingchildren.agencies.api import acting
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.problems import ReasonRequired
from returninterviews import access, queries
from returninterviews.models import Action, Recommendation


def opened_recommendation(request: Request, reference: str) -> tuple[ChildView, Recommendation]:
    """Return a recommendation and its child, if this person may see both.

    Raises:
        NotFound: there is no such recommendation, or it is hidden.
        ReasonRequired: the child is outside this person's work.
    """
    recommendation = queries.recommendation_of(reference)
    if recommendation is None:
        raise NotFound("There is no such recommendation.")
    view = _view(request, recommendation.child)
    if not access.sees_recommendation(acting(request), view, recommendation):
        raise NotFound("There is no such recommendation.")
    _note(request, view, recommendation.reference)
    return view, recommendation


def opened_action(request: Request, reference: str) -> tuple[ChildView, Action]:
    """Return an action and its child, if this person may see both.

    Raises:
        NotFound: there is no such action, or it is hidden.
        ReasonRequired: the child is outside this person's work.
    """
    action = queries.action_of(reference)
    if action is None:
        raise NotFound("There is no such action.")
    view = _view(request, action.child)
    if not access.sees_action(acting(request), view, action):
        raise NotFound("There is no such action.")
    _note(request, view, action.reference)
    return view, action


def _view(request: Request, child: Child) -> ChildView:
    reading_of(request).of([child.pk])
    return view_of(act=acting(request), reference=child.reference)


def _note(request: Request, view: ChildView, reference: str) -> None:
    has_reason(view).require(ReasonRequired)
    reading_of(request).of([view.child.pk], view.child.reference, reference, basis=view.basis)
