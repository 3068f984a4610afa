"""Acts of risk: ask, answer, choose a level, judge it, see it otherwise; and everything with flags."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from cases.access import view_of
from cases.rules import Audience
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Membership
from missingchildren.core.verdicts import NotFound
from risk import queries, rules
from risk.models import Ask, Contribution, Decision, Dissent, Flag
from risk.rules import FlagLevel, FlagOutcome, FlagState
from risk.services import answers, decisions, dissent, flags, rounds
from risk.services.answers import Answer, Call
from risk.services.flags import Grounds, Terms
from tests.risk.flagging import CANARY_FIRST, CANARY_GROUNDS, CANARY_WORDING
from tests.risk.rounds import NO_ANSWERS
from tests.sequences.playing import Play, doing, ref

By = Membership | None
ANSWERERS = ("ruth", "nisha", "paul", "grace", "lena", "beth", "tom")


@doing("ask others")
def ask_others(play: Play, by: By) -> object:
    return rounds.ask_others(
        child_reference=play.ava.reference, act=play.act(by or play.world.joan)
    )


def answer_of(play: Play) -> Answer:
    kind = play.chance.choice(list(Contribution.Kind))
    return Answer(
        kind=kind, text=play.words("She has friends in Ramsgate."), up_to_date="Today",
        audience=play.chance.choice((Audience.CASE, Audience.STATUTORY)),
    )  # fmt: skip


@doing("answer")
def answer(play: Play, by: By) -> object:
    ask = play.pick(Ask.objects.all(), lambda one: not one.contributions.exists())
    usual = play.one_of(ask.agency_id) if ask else play.person(play.chance.choice(ANSWERERS))
    return answers.answer(
        child_reference=play.ava.reference, answer=answer_of(play), token=uuid4(),
        act=play.act(by or usual),
    )  # fmt: skip


@doing("answer late")
def answer_late(play: Play, by: By) -> object:
    ask = play.pick(Ask.objects.all(), lambda one: one.round.ended_at is not None)
    return answers.answer_late(
        ask_reference=ref(ask), answer=answer_of(play), token=uuid4(),
        act=play.act(by or play.one_of(ask.agency_id if ask else None)),
    )  # fmt: skip


@doing("answer by telephone")
def write_down(play: Play, by: By) -> object:
    ask = play.pick(Ask.objects.all(), lambda one: not one.contributions.exists())
    return answers.write_down_answer(
        child_reference=play.ava.reference, ask_reference=ref(ask), answer=answer_of(play),
        call=Call(given_by="Ken Osei", given_phone="01632 960 301", given_at=play.ago()),
        token=uuid4(), act=play.act(by or play.world.joan),
    )  # fmt: skip


@doing("confirm answer")
def confirm_answer(play: Play, by: By) -> object:
    one = play.pick(Contribution.objects.all(), lambda one: one.must_be_confirmed)
    return answers.confirm_answer(
        child_reference=play.ava.reference, answer_reference=ref(one),
        act=play.act(by or play.one_of(one.owner_id if one else None)),
    )  # fmt: skip


@doing("read late answer")
def read_late_answer(play: Play, by: By) -> object:
    one = play.pick(Contribution.objects.all(), lambda one: one.is_late and not one.read_at)
    return answers.read_late_answer(
        child_reference=play.ava.reference, answer_reference=ref(one),
        act=play.act(by or play.world.joan),
    )  # fmt: skip


def seen(play: Play, act: Act) -> frozenset[str]:
    """Return what the officer's page shows now; sometimes they have not looked."""
    if play.flaw == "stale":
        return frozenset()
    try:
        page = queries.round_page(view_of(act=act, reference=play.ava.reference), act)
    except NotFound:
        return frozenset()
    return frozenset(page.evidence) if page else frozenset()


@doing("choose level")
def choose_level(play: Play, by: By) -> object:
    act = play.act(by or play.person(play.chance.choice(("joan", "marcus"))))
    away = timedelta(days=-1) if play.flaw == "to come" else timedelta(hours=8)
    return decisions.decide(
        child_reference=play.ava.reference,
        level=rules.Chosen(
            level=play.chance.choice(("high", "medium", "low")), reasons=play.words(),
            police_only="The grey car is known.", review_due_at=play.now + away,
            answers=NO_ANSWERS, early_reason="danger", flag_reason=play.chance.choice(("", "Safe")),
            seen=seen(play, act),
        ),
        version=play.version, token=uuid4(), act=act,
    )  # fmt: skip


def to_judge(play: Play) -> Decision | None:
    return play.pick(
        Decision.objects.select_related("round"),
        lambda one: one.state_in(one.round) == rules.DecisionState.TO_CONFIRM,
    )


def supervisor(play: Play, decision: Decision | None) -> Membership:
    return play.manager_of(decision.owner_id if decision else play.world.kent_police.pk)


@doing("confirm level")
def confirm(play: Play, by: By) -> object:
    one = to_judge(play)
    return decisions.confirm(
        child_reference=play.ava.reference, decision_reference=ref(one), version=play.version,
        act=play.act(by or supervisor(play, one)),
    )  # fmt: skip


@doing("send level back")
def send_back(play: Play, by: By) -> object:
    one = to_judge(play)
    return decisions.send_back(
        child_reference=play.ava.reference, decision_reference=ref(one), note=play.words(),
        version=play.version, act=play.act(by or supervisor(play, one)),
    )  # fmt: skip


@doing("dissent")
def disagree(play: Play, by: By) -> object:
    one = play.pick(
        Decision.objects.select_related("round"), lambda one: one.round.current_id == one.pk
    )
    return dissent.dissent(
        child_reference=play.ava.reference, decision_reference=ref(one), text=play.words(),
        token=uuid4(), act=play.act(by or play.person(play.chance.choice(("ruth", "nisha")))),
    )  # fmt: skip


@doing("answer dissent")
def answer_dissent(play: Play, by: By) -> object:
    one = play.pick(Dissent.objects.all(), lambda one: one.answered_at is None)
    return dissent.answer_dissent(
        child_reference=play.ava.reference, dissent_reference=ref(one), answer=play.words(),
        act=play.act(by or play.person("marcus")),
    )  # fmt: skip


# --- flags


def grounds(play: Play) -> Grounds:
    return Grounds(
        level=play.chance.choice(list(FlagLevel)), grounds=play.words(CANARY_GROUNDS),
        if_missing=CANARY_FIRST, is_child_told=True,
    )  # fmt: skip


def terms(play: Play, **changes: Any) -> Terms:
    if play.flaw == "to come":
        return Terms(**changes)
    days = play.chance.choice((10, 90))
    return Terms(
        review_on=play.today + timedelta(days=days),
        expires_on=play.today + timedelta(days=days + play.chance.choice((0, 20, 200))), **changes,
    )  # fmt: skip


def flag(play: Play, *states: FlagState) -> Flag | None:
    return play.pick(
        Flag.objects.all(), lambda one: rules.flag_state(one.standing, today=play.today) in states
    )


def decider(play: Play, one: Flag | None) -> Membership:
    return play.manager_of(one.force_id if one else play.world.kent_police.pk)


@doing("ask for flag")
def ask_for_flag(play: Play, by: By) -> object:
    force = play.chance.choice((play.world.kent_police, play.world.west_midlands, None))
    return flags.ask_for_flag(
        child_reference=play.ava.reference, force_reference=force.reference if force else "",
        grounds=grounds(play), token=uuid4(), act=play.act(by or play.world.ruth),
    )  # fmt: skip


@doing("make flag")
def make_flag(play: Play, by: By) -> object:
    return flags.flag_child(
        child_reference=play.ava.reference, grounds=grounds(play), terms=terms(play),
        token=uuid4(), act=play.act(by or play.person(play.chance.choice(("marcus", "tom")))),
    )  # fmt: skip


@doing("decide flag")
def decide_flag(play: Play, by: By) -> object:
    one = flag(play, FlagState.REQUESTED, FlagState.DISPUTED)
    outcome = play.chance.choice(rules.ON_REQUEST)
    more = {"wording": CANARY_WORDING, "level": "medium"} if outcome == FlagOutcome.AMENDED else {}
    return flags.decide_flag(
        flag_reference=ref(one), outcome=outcome, reasons=play.words(), terms=terms(play, **more),
        version=play.version, act=play.act(by or decider(play, one)),
    )  # fmt: skip


@doing("disagree with flag")
def disagree_with_flag(play: Play, by: By) -> object:
    one = play.pick(
        Flag.objects.all(),
        lambda one: one.outcome in {"declined", "amended"} and not one.disagreed_at,
    )
    return flags.disagree_with_flag(
        flag_reference=ref(one), disagreement=play.words(), version=play.version,
        act=play.act(by or play.person("colin")),
    )  # fmt: skip


@doing("enter flag")
def enter_flag(play: Play, by: By) -> object:
    one = flag(play, FlagState.ACCEPTED)
    return flags.enter_flag(
        flag_reference=ref(one), system_reference=play.words("KP-W-1180"), version=play.version,
        act=play.act(by or decider(play, one)),
    )  # fmt: skip


@doing("review flag")
def review_flag(play: Play, by: By) -> object:
    one = flag(play, FlagState.ACTIVE, FlagState.REVIEW_OVERDUE, FlagState.EXPIRED)
    return flags.review_flag(
        flag_reference=ref(one), outcome=play.chance.choice(rules.ON_REVIEW), reasons=play.words(),
        terms=terms(play), version=play.version, act=play.act(by or decider(play, one)),
    )  # fmt: skip


@doing("end flag")
def end_flag(play: Play, by: By) -> object:
    one = flag(play, FlagState.REQUESTED, FlagState.ACTIVE, FlagState.EXPIRED)
    usual = play.world.ruth if one and not one.outcome else decider(play, one)
    return flags.end_flag(
        flag_reference=ref(one), reasons=play.words(), version=play.version,
        act=play.act(by or usual),
    )  # fmt: skip


@doing("take flag off")
def take_flag_off(play: Play, by: By) -> object:
    one = flag(play, FlagState.TO_TAKE_OFF)
    return flags.take_flag_off(
        flag_reference=ref(one), version=play.version, act=play.act(by or decider(play, one))
    )
