"""What tests of risk rounds begin with: an accepted report, answers, a level."""

from datetime import datetime, timedelta
from uuid import uuid4

from cases.access import view_of
from cases.models import MissingEpisode
from cases.rules import Audience
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Membership, Role
from missingchildren.core.clock import elapsed
from risk import queries
from risk.models import Ask, Contribution, Decision, RiskRound
from risk.rules import QUESTIONS, Chosen, Said
from risk.services import answers, decisions
from risk.services.answers import Answer, Call
from tests.partnership import Partnership, act_now, member

CANARY_REASONS = "canary-reasons: crying after a call, no coat"
CANARY_POLICE = "canary-police: the grey car is known to us"
CANARY_FORCES = "canary-forces: seen with a man we watch"
CANARY_ANSWER = "canary-answer: she has friends in Ramsgate"
NO_ANSWERS = {
    question.key: Said("not_known") for question in QUESTIONS.questions if not question.is_open
}


def accepted(world: Partnership) -> MissingEpisode:
    """Let Ava be reported, and the report accepted."""
    return world.accept(world.report())


def round_of(world: Partnership) -> RiskRound:
    """Return Ava's latest round."""
    round = queries.latest_round(world.ava)
    assert round is not None
    return round


def ask_of(world: Partnership, person: Membership) -> Ask:
    """Return the question to a person's agency."""
    ask: Ask = round_of(world).asks.get(agency=person.agency)
    return ask


def supervisor(world: Partnership) -> Membership:
    """Return Marcus, an inspector of the force that leads."""
    known = world.kent_police.memberships.filter(user__full_name="Marcus Oyelaran").first()
    return known or member(
        world.kent_police, Role.SUPERVISOR, unit=world.desk, name="Marcus Oyelaran"
    )


def tell(
    world: Partnership,
    person: Membership,
    text: str = CANARY_ANSWER,
    *,
    kind: Contribution.Kind = Contribution.Kind.TELLS,
    audience: Audience = Audience.CASE,
    act: Act | None = None,
) -> Contribution:
    """Let a person's agency answer."""
    up_to_date = "Today" if kind == Contribution.Kind.HOLDS_NOTHING else ""
    return answers.answer(
        child_reference=world.ava.reference,
        answer=Answer(kind=kind, text=text, up_to_date=up_to_date, audience=audience),
        token=None,
        act=act or act_now(person),
    )


def ring(world: Partnership, person: Membership, *, by: Membership | None = None) -> Contribution:
    """Let an officer write down what a person's agency says by telephone."""
    act = act_now(by or world.joan)
    return answers.write_down_answer(
        child_reference=world.ava.reference,
        ask_reference=ask_of(world, person).reference,
        answer=Answer(kind=Contribution.Kind.TELLS, text="Her mother has not heard from her."),
        call=Call(
            given_by="Ken Osei, duty social worker",
            given_phone="01632 960 301",
            given_at=act.now,
        ),
        token=None,
        act=act,
    )


def level(
    world: Partnership, *, now: datetime, seen: frozenset[str] | None = None, **said: object
) -> Chosen:
    """Return an ordinary level: high, because the child is in danger now."""
    ordinary: dict[str, object] = {
        "level": "high",
        "reasons": CANARY_REASONS,
        "police_only": CANARY_POLICE,
        "review_due_at": elapsed(now, timedelta(hours=1)),
        "answers": NO_ANSWERS,
        "early_reason": "danger",
        "seen": frozenset() if seen is None else seen,
    }
    return Chosen(**{**ordinary, **said})  # type: ignore[arg-type]


def decide(
    world: Partnership,
    *,
    by: Membership | None = None,
    version: int | None = None,
    seen: frozenset[str] | None = None,
    **said: object,
) -> Decision:
    """Let an officer who has seen everything choose a level."""
    act = act_now(by or world.joan)
    return decisions.decide(
        child_reference=world.ava.reference,
        level=level(
            world, now=act.now, seen=everything(world, act) if seen is None else seen, **said
        ),
        version=version,
        token=uuid4(),
        act=act,
    )


def everything(world: Partnership, act: Act) -> frozenset[str]:
    """Return the digests of everything on the officer's page now."""
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)
    assert page is not None
    return frozenset(page.evidence)
