"""Flags through the services: the whole way, its clocks, parts and alerts, and every refusal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.access import view_of
from cases.models import ChildPermission, Deadline, Grant, TimelineEntry
from cases.rules import Aspect, Part, Right
from missingchildren.agencies.models import LocalProtocol, Membership, Role
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Operation, Outcome
from missingchildren.core.clock import elapsed
from missingchildren.core.verdicts import NotFound, NotPermitted, Refused, RuleBroken, Stale
from risk import queries, rules
from risk.models import Flag, FlagDecision
from risk.rules import FLAG_TRANSITIONS, FlagAct, FlagClock, FlagLevel, FlagOutcome, FlagState
from risk.services import flags
from tests.factories import AgencyFactory
from tests.partnership import member
from tests.risk.flagging import CANARY_REASONS, CANARY_WORDING, Flagging

pytestmark = pytest.mark.django_db


def state(flag: Flag, people: Flagging) -> FlagState:
    return rules.flag_state(Flag.objects.get(pk=flag.pk).standing, today=people.today)


def running(flag: Flag) -> set[str]:
    return set(
        Deadline.objects.running().filter(reference=flag.reference).values_list("kind", flat=True)
    )


def alerts(kind: str) -> list[str]:
    return list(
        Alert.objects.filter(kind=kind).order_by("pk").values_list("agency__name", flat=True)
    )


def sees_flags(person: Membership, people: Flagging) -> bool:
    try:
        return view_of(act=people.act(person), reference=people.ava.reference).sees(Aspect.FLAG)
    except NotFound:
        return False


# --- the whole way


def test_from_the_request_to_the_end(people: Flagging) -> None:
    assert not sees_flags(people.marcus, people)
    flag = people.ask()
    assert state(flag, people) == FlagState.REQUESTED
    assert running(flag) == {FlagClock.DECIDE}
    assert alerts("risk.flag_asked") == ["Kent Police"]
    assert sees_flags(people.marcus, people)
    people.later(hours=20)
    flag = people.decide(flag)
    assert state(flag, people) == FlagState.ACCEPTED
    assert (flag.level, flag.reasons) == ("high", CANARY_REASONS)
    assert running(flag) == {FlagClock.ENTER, FlagClock.REVIEW}
    assert alerts("risk.flag_decided") == ["Birmingham Children's Trust"]
    assert not Alert.objects.waiting().filter(kind="risk.flag_asked").exists()
    people.later(hours=2)
    flag = people.enter(flag)
    assert state(flag, people) == FlagState.ACTIVE
    assert running(flag) == {FlagClock.REVIEW}
    people.later(days=91)
    assert state(flag, people) == FlagState.REVIEW_OVERDUE
    flag = people.review(flag, FlagOutcome.LOWERED)
    assert state(flag, people) == FlagState.ACTIVE
    assert flag.level == "medium"
    assert flag.changed_at == people.now
    assert running(flag) == {FlagClock.ENTER, FlagClock.REVIEW}
    people.later(hours=1)
    flag = people.enter(flag)
    assert (flag.changed_at, running(flag)) == (None, {FlagClock.REVIEW})
    people.later(days=5)
    flag = people.end(flag)
    assert state(flag, people) == FlagState.TO_TAKE_OFF
    assert running(flag) == {FlagClock.TAKE_OFF}
    assert sees_flags(people.marcus, people)
    people.later(hours=3)
    flag = people.take_off(flag)
    assert state(flag, people) == FlagState.ENDED
    assert running(flag) == set()
    people.later(hours=24)
    assert not sees_flags(people.marcus, people)
    assert list(flag.decisions.order_by("pk").values_list("outcome", "level")) == [
        ("accepted", "high"), ("lowered", "medium"), ("ended", ""),
    ]  # fmt: skip
    assert list(
        TimelineEntry.objects.filter(reference=flag.reference)
        .order_by("pk")
        .values_list("kind", flat=True)
    ) == [
        "risk.flag_asked", "risk.flag_decided", "risk.flag_entered", "risk.flag_reviewed",
        "risk.flag_entered", "risk.flag_ended", "risk.flag_taken_off",
    ]  # fmt: skip


def test_declined_and_the_council_disagrees(people: Flagging) -> None:
    flag = people.decide(people.ask(), FlagOutcome.DECLINED)
    assert state(flag, people) == FlagState.DECLINED
    assert (running(flag), flag.level, flag.review_on) == (set(), "", None)
    assert sees_flags(people.marcus, people), "what one did is seen for a day"
    people.later(hours=24)
    assert not sees_flags(people.marcus, people), "nothing is open any more"
    people.later(hours=-24)
    flag = people.disagree(flag)
    assert state(flag, people) == FlagState.DISPUTED
    assert running(flag) == {FlagClock.DECIDE}
    assert alerts("risk.flag_disagreed") == ["Kent Police"]
    people.later(days=2)
    assert sees_flags(people.marcus, people), "the part does not run out while it is open"
    flag = people.decide(flag, FlagOutcome.DECLINED)
    assert state(flag, people) == FlagState.DECLINED
    assert running(flag) == set()
    assert flag.decisions.count() == 2
    with pytest.raises(RuleBroken, match="already disagreed once"):
        people.disagree(flag)


def test_declined_then_accepted_after_the_council_disagreed(people: Flagging) -> None:
    flag = people.disagree(people.decide(people.ask(), FlagOutcome.DECLINED))
    flag = people.decide(flag)
    assert state(flag, people) == FlagState.ACCEPTED
    assert running(flag) == {FlagClock.ENTER, FlagClock.REVIEW}


def test_amended_holds_while_the_council_disagrees(people: Flagging) -> None:
    flag = people.decide(people.ask(), FlagOutcome.AMENDED)
    assert (flag.level, flag.wording) == ("medium", CANARY_WORDING)
    flag = people.disagree(people.enter(flag))
    assert state(flag, people) == FlagState.ACTIVE
    assert running(flag) == {FlagClock.DECIDE, FlagClock.REVIEW}
    with pytest.raises(RuleBroken, match="in force"):
        people.decide(flag, FlagOutcome.DECLINED)
    flag = people.decide(flag)
    assert (flag.level, flag.wording, state(flag, people)) == ("high", "", FlagState.ACTIVE)
    assert running(flag) == {FlagClock.ENTER, FlagClock.REVIEW}, "the system has the old words"


def test_a_review_answers_a_council_that_disagrees(people: Flagging) -> None:
    flag = people.disagree(people.enter(people.decide(people.ask(), FlagOutcome.AMENDED)))
    flag = people.review(flag, wording="Ring her grandmother before anything else.")
    assert not flag.standing.is_disputed
    assert flag.wording == "Ring her grandmother before anything else."
    assert running(flag) == {FlagClock.ENTER, FlagClock.REVIEW}


def test_an_expired_flag_waits_for_its_review_and_holds_again_only_then(people: Flagging) -> None:
    flag = people.expired()
    assert state(flag, people) == FlagState.EXPIRED
    assert FlagClock.REVIEW in running(flag)
    for act in (people.decide, people.enter):
        with pytest.raises(RuleBroken, match="has expired"):
            act(flag)
    assert state(people.review(flag), people) == FlagState.ACTIVE


def test_a_request_is_taken_back(people: Flagging) -> None:
    flag = people.end(people.ask(), by=people.ruth)
    assert state(flag, people) == FlagState.ENDED
    assert running(flag) == set()
    assert not Alert.objects.waiting().filter(kind="risk.flag_asked").exists()
    people.later(hours=24)
    assert not sees_flags(people.marcus, people)
    assert not flag.decisions.exists()
    people.later(hours=-24)
    assert state(people.ask(), people) == FlagState.REQUESTED, "and asked for anew"


def test_what_was_never_entered_need_not_be_taken_off(people: Flagging) -> None:
    flag = people.end(people.decide(people.ask()))
    assert (state(flag, people), running(flag)) == (FlagState.ENDED, set())


def test_a_force_flags_a_child_itself(people: Flagging) -> None:
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    flag = people.make()
    assert (flag.council, flag.outcome, flag.level) == (None, "accepted", "high")
    assert running(flag) == {FlagClock.ENTER, FlagClock.REVIEW}
    assert alerts("risk.flag_decided") == ["Birmingham Children's Trust"]
    with pytest.raises(NotPermitted, match="Only the council that asked"):
        people.disagree(flag)


# --- which force is asked


def test_without_a_choice_the_force_of_where_the_child_lives_is_asked(people: Flagging) -> None:
    world = people.world
    assert _asked_by_default(people).force == world.west_midlands, "the council's own area"
    world.report()
    assert _asked_by_default(people).force == world.kent_police, "it leads the search"
    other = AgencyFactory.create(force=True)
    people.give_part(other, Part.HOST_FORCE)
    assert _asked_by_default(people).force == other, "the child is placed there"


def _asked_by_default(people: Flagging) -> Flag:
    Flag.objects.all().delete()
    return flags.ask_for_flag(
        child_reference=people.ava.reference, force_reference="", grounds=people.grounds(),
        token=None, act=people.act(people.ruth),
    )  # fmt: skip


def test_a_force_that_nobody_knows_must_be_chosen(people: Flagging) -> None:
    people.world.birmingham.agency_areas.all().delete()
    with pytest.raises(RuleBroken, match="Choose a police force from the list") as refused:
        _asked_by_default(people)
    assert refused.value.field == "force"


def test_the_part_of_a_force_shows_places_only_where_the_child_is_placed(people: Flagging) -> None:
    flag = people.ask()
    assert Grant.objects.get(source=flag.reference).part == Part.HOME_FORCE
    people.end(flag, by=people.ruth)
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    flag = people.ask()
    grant = Grant.objects.get(source=flag.reference)
    assert (grant.part, grant.basis) == (Part.HOST_FORCE, Grant.Basis.REFERRAL)
    assert grant.unit == people.world.desk


# --- a local protocol


def test_the_times_are_the_protocols_of_the_force(people: Flagging) -> None:
    version = LocalProtocol.objects.create(
        agency=people.world.kent_police, version=1, starts_on=people.today, made_at=people.now,
        values={"flag_decide_days": 1, "flag_enter_hours": 6, "flag_longest_days": 60},
    )  # fmt: skip
    flag = people.ask()
    decide = Deadline.objects.get(kind=FlagClock.DECIDE, reference=flag.reference)
    assert decide.protocol == version
    with pytest.raises(RuleBroken, match="no longer than 60 days"):
        people.decide(flag)
    flag = people.decide(
        flag,
        review_on=people.today + timedelta(days=30),
        expires_on=people.today + timedelta(days=60),
    )
    enter = Deadline.objects.get(kind=FlagClock.ENTER, reference=flag.reference)
    assert (enter.due_at, enter.protocol) == (elapsed(people.now, timedelta(hours=6)), version)


# --- refusals, each by its sentence


def ken_of_another_council(people: Flagging) -> Membership:
    people.give_part(people.world.kent_council, Part.HOST_COUNCIL)
    return people.world.beth


def test_only_the_council_that_cares_for_the_child_asks(people: Flagging) -> None:
    with pytest.raises(NotPermitted, match="Only the council that answers for this child's care"):
        people.ask(by=ken_of_another_council(people))
    director = member(people.world.birmingham, Role.DIRECTOR, unit=people.world.team)
    with pytest.raises(NotPermitted, match="Only a practitioner, a supervisor or a manager"):
        people.ask(by=director)
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    with pytest.raises(NotPermitted, match="Only the council that answers for this child's care"):
        people.ask(by=people.marcus)


def test_only_a_force_flags_by_a_supervisor(people: Flagging) -> None:
    with pytest.raises(NotPermitted, match="Only a police force flags a child itself"):
        people.make(by=people.colin)
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    with pytest.raises(NotPermitted, match="Only a supervisor or a manager of the force can flag"):
        people.make(by=people.joan)


WRONG_PEOPLE: list[tuple[str, str, str]] = [
    # act, who, sentence
    ("decide", "joan", "Only a supervisor or a manager of the force can do this."),
    ("decide", "colin", "Only Kent Police can do this."),
    ("decide", "tom", "Only Kent Police can do this."),
    ("enter", "director", "Your role does not write on the force's system."),
    ("enter", "ruth", "Only Kent Police can do this."),
    ("review", "joan", "Only a supervisor or a manager of the force can do this."),
    ("review", "tom", "Only Kent Police can do this."),
    ("disagree", "ruth", "Only a manager of the council can disagree."),
    ("disagree", "marcus", "Only the council that asked for this flag can do this."),
    ("end", "joan", "Only a supervisor or a manager of the force can do this."),
    ("end", "colin", "Only Kent Police can do this."),
    ("take_off", "director", "Your role does not write on the force's system."),
    ("take_off", "colin", "Only Kent Police can do this."),
]
READY: dict[str, Callable[[Flagging], Flag]] = {
    "decide": lambda people: people.ask(),
    "enter": lambda people: people.decide(people.ask()),
    "review": lambda people: people.active(),
    "disagree": lambda people: people.decide(people.ask(), FlagOutcome.AMENDED),
    "end": lambda people: people.active(),
    "take_off": lambda people: people.end(people.active()),
}


@pytest.mark.parametrize(("what", "who", "sentence"), WRONG_PEOPLE)
def test_the_wrong_person_is_told_why(people: Flagging, what: str, who: str, sentence: str) -> None:
    flag = READY[what](people)
    people.give_part(people.world.west_midlands, Part.HOME_FORCE)
    directors = member(people.world.kent_police, Role.DIRECTOR, unit=people.world.desk)
    person = directors if who == "director" else getattr(people, who)
    before = Flag.objects.filter(pk=flag.pk).values().get()

    with pytest.raises(NotPermitted) as refused:
        getattr(people, what)(flag, by=person)

    assert str(refused.value) == sentence
    assert Flag.objects.filter(pk=flag.pk).values().get() == before
    denied = Entry.objects.order_by("-id")[0]
    assert (denied.outcome, denied.references) == (Outcome.DENIED, [flag.reference])


def test_a_request_is_taken_back_by_those_who_ask(people: Flagging) -> None:
    flag = people.ask()
    with pytest.raises(NotPermitted, match="Only the council that asked for this flag"):
        people.end(flag)
    director = member(people.world.birmingham, Role.DIRECTOR, unit=people.world.team)
    with pytest.raises(NotPermitted, match="can take back a request"):
        people.end(flag, by=director)


@pytest.mark.parametrize("what", READY)
def test_whoever_has_no_part_gets_the_same_as_for_nothing(people: Flagging, what: str) -> None:
    """AZ-05: hidden and absent are one answer, also to a part that does not open flags."""
    flag = READY[what](people)
    for person in (people.tom, people.world.nisha, people.world.stranger):
        with pytest.raises(NotFound) as hidden:
            getattr(people, what)(flag, by=person)
        with pytest.raises(NotFound) as absent:
            getattr(people, what)(Flag(reference="FL-0000-0000-0"), by=person)
        assert str(hidden.value) == str(absent.value)


def test_whoever_has_no_part_cannot_ask_or_flag(people: Flagging) -> None:
    for person in (people.world.nisha, people.world.stranger, people.tom):
        with pytest.raises(NotFound):
            people.ask(by=person)
        with pytest.raises(NotFound):
            people.make(by=person)


@pytest.mark.parametrize("ready", ["decide", "enter", "review", "disagree"])
def test_a_force_that_has_the_flag_is_not_asked_twice(people: Flagging, ready: str) -> None:
    READY[ready](people)
    with pytest.raises(RuleBroken, match="already has this child's flag, or is asked") as refused:
        people.ask()
    assert refused.value.field == "force"
    with pytest.raises(RuleBroken, match="already has this child's flag, or is asked"):
        people.make()


@pytest.mark.parametrize("over", ["declined", "expired", "ended"])
def test_what_does_not_hold_any_more_can_be_asked_for_anew(people: Flagging, over: str) -> None:
    if over == "declined":
        people.decide(people.ask(), FlagOutcome.DECLINED)
    elif over == "expired":
        people.expired()
    else:
        people.end(people.active())
    people.later(minutes=1)
    assert state(people.ask(), people) == FlagState.REQUESTED


def test_what_was_asked_for_anew_does_not_come_back_beside_it(people: Flagging) -> None:
    """A decline that is disagreed with late, an expired flag that is renewed late: one at a time."""
    declined = people.decide(people.ask(), FlagOutcome.DECLINED)
    anew = people.ask()
    with pytest.raises(RuleBroken, match="already has this child's flag, or is asked"):
        people.disagree(declined)
    verdict = queries.flag_verdicts(declined, people.act(people.colin))[FlagAct.DISAGREE]
    assert "already has this child's flag" in verdict.reason
    people.end(anew, by=people.ruth)
    expired = people.expired()
    people.later(minutes=1)
    people.ask()
    with pytest.raises(RuleBroken, match="already has this child's flag, or is asked"):
        people.review(expired)
    assert state(people.review(expired, FlagOutcome.ENDED), people) == FlagState.TO_TAKE_OFF


def test_a_force_is_chosen_from_the_list(people: Flagging) -> None:
    with pytest.raises(RuleBroken, match="Choose a police force from the list"):
        people.ask(force=people.world.kent_council)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"grounds": "because"}, "grounds"),
        ({"if_missing": ""}, "if_missing"),
        ({"is_child_told": False}, "child_not_told_because"),
        ({"evidence": ["RI-7K3Q-9F2H-B"]}, "evidence"),
    ],
)
def test_grounds_must_do(people: Flagging, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        flags.ask_for_flag(
            child_reference=people.ava.reference,
            force_reference=people.world.kent_police.reference,
            grounds=people.grounds(**changes),
            token=None,
            act=people.act(people.ruth),
        )
    assert refused.value.field == field
    assert not Flag.objects.exists()
    assert not Grant.objects.filter(agency=people.world.kent_police).exists()


def test_a_review_in_the_past_is_no_review(people: Flagging) -> None:
    flag = people.ask()
    for terms in (
        {"review_on": people.today},
        {"expires_on": people.today + timedelta(days=366)},
        {"review_on": None},
        {"expires_on": None},
    ):
        with pytest.raises(RuleBroken) as refused:
            people.decide(flag, **terms)
        assert refused.value.field in terms
    with pytest.raises(RuleBroken, match="review must be before"):
        people.decide(
            flag,
            review_on=people.today + timedelta(days=9),
            expires_on=people.today + timedelta(days=8),
        )


def test_an_entry_needs_its_reference(people: Flagging) -> None:
    flag = people.decide(people.ask())
    with pytest.raises(RuleBroken, match="Enter the reference on your own system") as refused:
        flags.enter_flag(
            flag_reference=flag.reference, system_reference=" ", version=None,
            act=people.act(people.joan),
        )  # fmt: skip
    assert refused.value.field == "system_reference"


def test_lowering_what_is_lowest_is_refused(people: Flagging) -> None:
    flag = people.enter(people.decide(people.ask(), FlagOutcome.AMENDED))
    with pytest.raises(RuleBroken, match="There is no lower level"):
        people.review(flag, FlagOutcome.LOWERED)


# --- once, and never over what somebody else wrote


def test_the_same_token_counts_once(people: Flagging) -> None:
    token = uuid4()
    made = [
        flags.ask_for_flag(
            child_reference=people.ava.reference,
            force_reference=people.world.kent_police.reference,
            grounds=people.grounds(),
            token=token,
            act=people.act(people.ruth),
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Flag.objects.count() == 1
    assert alerts("risk.flag_asked") == ["Kent Police"]


def test_the_same_token_flags_once(people: Flagging) -> None:
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    token = uuid4()
    made = [
        flags.flag_child(
            child_reference=people.ava.reference, grounds=people.grounds(), terms=people.terms(),
            token=token, act=people.act(people.marcus),
        )
        for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]


VERSIONED: dict[str, Callable[[Flagging, Flag, int], Flag]] = {
    "decide": lambda people, flag, version: flags.decide_flag(
        flag_reference=flag.reference, outcome=FlagOutcome.ACCEPTED, reasons=CANARY_REASONS,
        terms=people.terms(), version=version, act=people.act(people.marcus),
    ),
    "enter": lambda people, flag, version: flags.enter_flag(
        flag_reference=flag.reference, system_reference="KP-1", version=version,
        act=people.act(people.joan),
    ),
    "review": lambda people, flag, version: flags.review_flag(
        flag_reference=flag.reference, outcome=FlagOutcome.RENEWED, reasons=CANARY_REASONS,
        terms=people.terms(), version=version, act=people.act(people.marcus),
    ),
    "disagree": lambda people, flag, version: flags.disagree_with_flag(
        flag_reference=flag.reference, disagreement=CANARY_REASONS, version=version,
        act=people.act(people.colin),
    ),
    "end": lambda people, flag, version: flags.end_flag(
        flag_reference=flag.reference, reasons=CANARY_REASONS, version=version,
        act=people.act(people.marcus),
    ),
    "take_off": lambda people, flag, version: flags.take_flag_off(
        flag_reference=flag.reference, version=version, act=people.act(people.joan),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", VERSIONED)
def test_what_was_judged_must_still_stand(people: Flagging, what: str) -> None:
    """CON-02."""
    flag = READY[what](people)
    with pytest.raises(Stale, match="Somebody changed this while you were looking at it"):
        VERSIONED[what](people, flag, flag.version - 1)
    before = flag.version
    assert VERSIONED[what](people, flag, flag.version).version == before + 1


# --- what is logged


def test_each_act_leaves_its_line(people: Flagging) -> None:
    flag = people.take_off(people.end(people.active()))
    verbs = [
        (entry.verb, entry.operation)
        for entry in Entry.objects.filter(references__contains=[flag.reference]).order_by("id")
    ]
    assert verbs == [
        ("risk.ask_for_flag", Operation.DISCLOSURE),
        ("risk.decide_flag", Operation.ALTERATION),
        ("risk.enter_flag", Operation.ALTERATION),
        ("risk.end_flag", Operation.ALTERATION),
        ("risk.take_flag_off", Operation.ALTERATION),
    ]
    asked = Entry.objects.get(verb="risk.ask_for_flag")
    assert asked.recipient == people.world.kent_police.reference


def test_no_transition_that_the_table_does_not_know(people: Flagging) -> None:
    """Each act of the whole way leads where the table leads."""
    steps: list[Callable[[Flag], Flag]] = [
        lambda flag: people.decide(flag, FlagOutcome.DECLINED), people.disagree,
        lambda flag: people.decide(flag, FlagOutcome.AMENDED), people.enter, people.review,
        people.enter, people.end, people.take_off,
    ]  # fmt: skip
    flag = people.ask()
    for step in steps:
        before = state(flag, people)
        flag = step(flag)
        assert state(flag, people) in FLAG_TRANSITIONS[before], step
    assert state(flag, people) == FlagState.ENDED
    assert FlagDecision.objects.count() == 4


def test_rows_of_guardian_follow_the_part(people: Flagging) -> None:
    flag = people.ask()
    group = people.world.kent_police.group
    rows = ChildPermission.listed.filter(content_object=people.ava, group=group)
    assert {row.permission.codename for row in rows} == {Right.CHILD}
    people.end(flag, by=people.ruth)
    assert rows.get().valid_until == people.now + timedelta(hours=24)


def test_refusals_are_sentences(people: Flagging) -> None:
    flag = people.ask()
    with pytest.raises(Refused) as refused:
        people.review(flag)
    assert str(refused.value) == "The force has not decided on this flag yet."
    assert flag.level_asked == FlagLevel.HIGH
