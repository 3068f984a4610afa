"""A story in which every kind of act is done: so that a run cannot pass by refusing everything."""

from collections.abc import Callable

from django.db.models import Model

from cases.models import Grant
from placements.models import Placement, PlacementNotification
from returninterviews.models import Action, Interview, Recommendation, Summary
from risk.models import Contribution, Flag

# What is done, and what must come of it: it is tried in other ways until it does.
Done = tuple[str, Callable[[], bool]]


def whatever() -> bool:
    return True


def some(model: type[Model], **found: object) -> Callable[[], bool]:
    return model._default_manager.filter(**found).exists


def done(*names: str) -> list[Done]:
    return [(name, whatever) for name in names]


WITH_POLICE: list[Done] = [
    *done("report", "accept report", "update", "answer"),
    ("answer by telephone", some(Contribution, given_at__isnull=False)),
    *done("confirm answer", "choose level", "send level back", "choose level", "confirm level"),
    *done("dissent", "answer dissent"),
    ("answer", some(Contribution, is_late=True, read_at=None)),
    *done("read late answer", "reassign", "chase"),
    ("share", some(Grant, agency__name="Other School")),
    *done(
        "ask others",
        "decide not to share",
        "end sharing",
        "locate",
        "extend",
        "prevention interview",
        "return",
    ),
    *done("answer late", "close episode"),
]
WITH_COUNCIL: list[Done] = [
    *done("report", "accept report", "return", "refer interview", "give referral back"),
    *done("refer interview", "take referral back"),
    ("refer interview", some(Interview, provider__isnull=False)),
    ("offer interview", some(Interview, arranged_for__isnull=False)),
    *done("write interview", "sign interview"),
    ("read summary", some(Summary, agency__kind="force", read_at__isnull=False)),
    *done("answer summary", "accept interview"),
    ("take recommendation forward", some(Action)),
    *done("do not take recommendation forward", "ask second look"),
    ("answer second look", some(Recommendation, second_look_answer="taken_forward")),
    *done("add action", "note progress", "complete action", "say whether it helped"),
    *done("drop action", "report", "accept report", "return", "interview not held"),
]
WITH_FLAGS: list[Done] = [
    *done("ask for flag"),
    ("decide flag", some(Flag, outcome="declined")),
    *done("disagree with flag"),
    ("decide flag", some(Flag, outcome="accepted")),
    *done("enter flag"),
    ("review flag", some(Flag, outcome="accepted", ended_at=None, changed_at__isnull=False)),
    *done("enter flag", "end flag", "take flag off"),
]
WITH_PLACEMENTS: list[Done] = [
    ("propose placement", some(Placement, area=None)),
    *done("choose area"),
    ("decide on placement", some(Placement, approval__is_approved=True)),
    *done("send notices"),
    *done("acknowledge notice", "send notice back"),
    ("reroute notice", some(PlacementNotification, sent_at=None, agency=None)),
    *done("tell by hand", "start placement", "make flag", "end placement", "propose placement"),
    *done("withdraw placement"),
]
STORIES = (WITH_POLICE, WITH_COUNCIL, WITH_FLAGS, WITH_PLACEMENTS)
