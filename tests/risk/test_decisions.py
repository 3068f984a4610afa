"""Levels: what they need, what is kept with them, who confirms, who sees it otherwise."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases import panels
from cases.access import ChildView, view_of
from cases.models import Deadline, PoliceNote
from cases.panels import Evidence, EvidenceSource
from cases.rules import Audience
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Membership
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from risk import queries
from risk.models import Contribution, Decision, Dissent, ShownEvidence
from risk.rules import Clock, DecisionState, RoundState
from risk.services import decisions
from risk.services import dissent as dissents
from risk.services.decisions import NewEvidence
from tests.partnership import Partnership, act_now
from tests.risk.rounds import (
    CANARY_POLICE,
    CANARY_REASONS,
    decide,
    everything,
    level,
    round_of,
    supervisor,
    tell,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


def is_running(kind: Clock, reference: str) -> bool:
    return Deadline.objects.running().filter(kind=kind, reference=reference).exists()


def replay(decision: Decision, world: Partnership, person: Membership) -> queries.Replay:
    act = act_now(person)
    view = view_of(act=act, reference=world.ava.reference)
    return queries.replay_of(Decision.objects.get(pk=decision.pk), view, act)


# --- choosing


def test_a_level_counts_at_once_and_starts_its_clocks(world: Partnership) -> None:
    before = round_of(world)

    decision = decide(world, by=world.dana)

    round = round_of(world)
    assert round.current == decision
    assert round.state == RoundState.UNDER_REVIEW
    assert round.version == before.version + 1
    assert not is_running(Clock.DECIDE, round.reference)
    review = Deadline.objects.running().get(kind=Clock.REVIEW, reference=decision.reference)
    assert review.due_at == decision.review_due_at
    assert review.agency == world.kent_police
    assert is_running(Clock.CONFIRM, decision.reference)
    told = Alert.objects.filter(kind="risk.decided").select_related("agency")
    assert {alert.agency for alert in told} == {
        world.birmingham, world.home, world.west_midlands, world.kent_council,
    }  # fmt: skip
    note = PoliceNote.objects.get(subject_reference=decision.reference)
    assert (note.text, note.is_police_only, note.owner) == (
        CANARY_POLICE, True, world.kent_police,
    )  # fmt: skip
    assert decision.early_reason == "danger"


@pytest.mark.parametrize(
    ("name", "refused", "sentence"),
    [
        ("ruth", NotPermitted, "Only the police force that leads the search chooses"),
        ("tom", NotPermitted, "Only the police force that leads the search chooses"),
        ("paul", NotFound, "no risk round"),
        ("stranger", NotFound, "no such record"),
    ],
)
def test_who_cannot_choose_a_level(
    world: Partnership, name: str, refused: type[Exception], sentence: str
) -> None:
    """AZ-31: the act is refused and logged, and nothing is kept."""
    with pytest.raises(refused, match=sentence):
        decide(world, by=getattr(world, name), seen=frozenset())
    assert not Decision.objects.exists()
    assert Entry.objects.filter(verb="risk.decide", outcome=Outcome.DENIED).count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"level": ""}, "level"),
        ({"reasons": " "}, "reasons"),
        ({"review_ago": timedelta()}, "review_due_at"),
        ({"review_ago": timedelta(days=29)}, "review_due_at"),
        ({"early_reason": ""}, "early_reason"),
        ({"exceptions": "all"}, "exception_words"),
    ],
)
def test_what_a_level_cannot_be_without(
    world: Partnership, said: dict[str, Any], field: str
) -> None:
    now = act_now(world.joan).now
    if "review_ago" in said:
        said = {"review_due_at": now + said["review_ago"]}
    if "exceptions" in said:
        said = {"exceptions": everything(world, act_now(world.joan))}
    with pytest.raises(RuleBroken) as refusal:
        decide(world, **said)
    assert refusal.value.field == field
    assert not Decision.objects.exists()
    assert not PoliceNote.objects.exists()


def test_a_lower_level_than_the_flag_says_needs_a_reason(
    world: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flag is known by its evidence alone; after a lower level it is replayed with its reason."""

    def flag(_view: ChildView, act: Act) -> list[Evidence]:
        return [
            Evidence(
                kind="risk.flag", reference="FL-0000-0000-0", title="Flag: active",
                text="At high risk of harm.", at=act.now, owner=world.birmingham,
                audience=Audience.STATUTORY,
            )
        ]  # fmt: skip

    monkeypatch.setitem(panels._evidence, "flag", EvidenceSource("flag", 10, "Flag", flag))
    with pytest.raises(RuleBroken, match="flagged as at high risk") as refusal:
        decide(world, level="medium")
    assert refusal.value.field == "flag_reason"
    assert decide(world, flag_reason="Not needed.").flag_reason == ""
    lower = decide(world, level="medium", flag_reason="The flag is of another time.")
    assert lower.flag_reason == "The flag is of another time."
    assert "At high risk of harm." in set(lower.shown.values_list("text", flat=True))


def test_the_same_token_counts_once(world: Partnership) -> None:
    act, token = act_now(world.joan), uuid4()
    chosen = level(world, now=act.now, seen=everything(world, act))
    first, second = (
        decisions.decide(
            child_reference=world.ava.reference, level=chosen, version=None, token=token, act=act
        )
        for _ in range(2)
    )
    assert first == second
    assert Decision.objects.count() == 1


# --- what has come in since


def test_what_comes_in_while_the_officer_reads_must_be_read(world: Partnership) -> None:
    seen = everything(world, act_now(world.joan))
    answer = tell(world, world.grace, "She missed her medication.")

    with pytest.raises(NewEvidence, match="Thanet Community Health") as refusal:
        decide(world, seen=seen)

    assert not Decision.objects.exists()
    assert len(refusal.value.unseen) == 1
    made = decide(world, seen=seen | set(refusal.value.unseen))
    assert answer.reference in set(made.shown.values_list("reference", flat=True))


def test_a_second_officer_does_not_choose_on_what_the_first_has_changed(
    world: Partnership,
) -> None:
    version = round_of(world).version
    decide(world, by=world.dana, version=version)
    with pytest.raises(Stale, match="Somebody has chosen a level"):
        decide(world, version=version)
    assert Decision.objects.count() == 1


# --- what was shown


def test_the_replay_is_what_was_shown_whatever_has_changed_since(world: Partnership) -> None:
    answer = tell(world, world.grace, "She missed her medication.")
    tell(world, world.tom, "Seen with a man we watch.", audience=Audience.FORCES)
    act = act_now(world.joan)
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)
    assert page is not None
    shown = [
        (item.kind, item.reference, item.title, item.text, item.owner.pk)
        for _, item in page.evidence.values()
    ]
    silent = {line.to: line.words for line in page.lines}

    decision = decide(world)
    Contribution.objects.filter(pk=answer.pk).update(text="Something else.")
    tell(world, world.paul, "She is here.")
    decide(world, level="medium")

    kept = ShownEvidence.objects.filter(decision=decision).order_by("order")
    rows = kept.exclude(source=queries.ASKED)
    assert [(row.kind, row.reference, row.title, row.text, row.owner_id) for row in rows] == shown
    assert {row.title: row.text for row in kept.filter(source=queries.ASKED)} == silent
    again = replay(decision, world, world.joan)
    texts = [item.text for _, items in again.sections for item in items]
    assert "She missed her medication." in texts
    assert "Something else." not in texts
    assert [item.text for item in again.police_only] == ["Seen with a man we watch."]
    assert again.police_reasons == CANARY_POLICE


def test_a_partner_replays_its_part_and_never_what_is_police_only(world: Partnership) -> None:
    tell(world, world.tom, "Seen with a man we watch.", audience=Audience.FORCES)
    decide(world)
    second = decide(world)

    seen = replay(second, world, world.ruth)

    assert seen.police_only == []
    assert seen.police_reasons == ""
    words = " ".join(f"{item.title} {item.text}" for _, items in seen.sections for item in items)
    assert CANARY_REASONS in words  # the level before, with the reasons for partners
    assert CANARY_POLICE not in words
    assert "a man we watch" not in words


def test_what_was_not_considered_is_kept_with_its_reason(world: Partnership) -> None:
    tell(world, world.grace)
    act = act_now(world.joan)
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)
    assert page is not None
    left_out = next(
        digest for digest, (_, item) in page.evidence.items() if item.kind == "risk.answer"
    )

    decision = decide(
        world, exceptions=frozenset({left_out}), exception_words="It is of another child."
    )

    assert [
        (item.kind, item.exception_words) for item in replay(decision, world, world.joan).exceptions
    ] == [("risk.answer", "It is of another child.")]


# --- the review


def test_a_later_level_is_the_review_and_asks_anything_new(world: Partnership) -> None:
    first = decide(world)
    assert not Alert.objects.filter(kind="risk.anything_new").exists()

    second = decide(world, level="medium", reasons="She has rung her mother.")

    round = round_of(world)
    assert round.current == second
    assert second.supersedes == first
    assert first.state_in(round) == DecisionState.REPLACED
    assert not is_running(Clock.REVIEW, first.reference)
    assert not is_running(Clock.CONFIRM, first.reference)
    assert is_running(Clock.REVIEW, second.reference)
    asked_again = Alert.objects.filter(kind="risk.anything_new")
    assert asked_again.count() == round.asks.count() == 7
    assert not round.asks.filter(reasked_at=None).exists()
    tell(world, world.nisha, "She took her charger.")
    still = tell(world, world.nisha, "", kind=Contribution.Kind.STILL_RIGHT)
    assert not still.is_late


# --- confirming


def test_a_supervisor_who_did_not_choose_it_confirms_a_level(world: Partnership) -> None:
    decision = decide(world)

    def confirm(person: Membership, version: int | None = None) -> Decision:
        return decisions.confirm(
            child_reference=world.ava.reference,
            decision_reference=decision.reference,
            version=version,
            act=act_now(person),
        )

    with pytest.raises(NotPermitted, match="Only a supervisor or a manager"):
        confirm(world.dana)
    with pytest.raises(NotPermitted, match="Only the police force that chose"):
        confirm(world.ruth)
    with pytest.raises(NotFound):
        confirm(world.tom)
    with pytest.raises(Stale):
        confirm(supervisor(world), version=7)
    confirmed = confirm(supervisor(world), version=decision.version)
    assert confirmed.state_in(round_of(world)) == DecisionState.CONFIRMED
    assert not is_running(Clock.CONFIRM, decision.reference)
    with pytest.raises(RuleBroken, match="already been confirmed"):
        confirm(supervisor(world))


def test_nobody_confirms_their_own_level(world: Partnership) -> None:
    decision = decide(world, by=supervisor(world))
    with pytest.raises(NotPermitted, match="You chose this level"):
        decisions.confirm(
            child_reference=world.ava.reference, decision_reference=decision.reference,
            version=None, act=act_now(supervisor(world)),
        )  # fmt: skip


def test_a_level_sent_back_counts_until_another_is_chosen(world: Partnership) -> None:
    decision = decide(world, level="medium")

    def send_back(note: str) -> Decision:
        return decisions.send_back(
            child_reference=world.ava.reference, decision_reference=decision.reference,
            note=note, version=None, act=act_now(supervisor(world)),
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="Say what must be looked at again"):
        send_back(" ")
    send_back("The grey car is not weighed.")

    round = round_of(world)
    assert round.current == decision
    assert Decision.objects.get().state_in(round) == DecisionState.SENT_BACK
    assert is_running(Clock.DECIDE, round.reference)
    with pytest.raises(RuleBroken, match="already been sent back"):
        send_back("Again.")
    decide(world)
    assert not is_running(Clock.DECIDE, round.reference)
    with pytest.raises(RuleBroken, match="A later decision has replaced"):
        send_back("Again.")


# --- who sees it otherwise


def test_another_agency_sees_it_otherwise_and_is_answered(world: Partnership) -> None:
    decision = decide(world, level="medium")

    def disagree(person: Membership, text: str = "She is in great danger.") -> Dissent:
        return dissents.dissent(
            child_reference=world.ava.reference, decision_reference=decision.reference,
            text=text, token=None, act=act_now(person),
        )  # fmt: skip

    with pytest.raises(NotFound):
        disagree(world.paul)
    with pytest.raises(NotPermitted, match="Your force chose this level"):
        disagree(world.joan)
    with pytest.raises(RuleBroken, match="how you see the risk"):
        disagree(world.ruth, " ")
    made = disagree(world.nisha)
    assert is_running(Clock.DISSENT, made.reference)
    assert Alert.objects.get(kind="risk.dissent").agency == world.kent_police

    def answer(person: Membership, text: str = "We look at it again at once.") -> Dissent:
        return dissents.answer_dissent(
            child_reference=world.ava.reference, dissent_reference=made.reference,
            answer=text, act=act_now(person),
        )  # fmt: skip

    with pytest.raises(NotPermitted, match="Only a supervisor or a manager"):
        answer(world.joan)
    with pytest.raises(NotPermitted, match="Only the police force that chose"):
        answer(world.nisha)
    with pytest.raises(RuleBroken, match="Say what your force makes of it"):
        answer(supervisor(world), " ")
    answered = answer(supervisor(world))
    assert answered.answered_at is not None
    assert not is_running(Clock.DISSENT, made.reference)
    assert Alert.objects.get(kind="risk.dissent_answered").agency == world.home
    with pytest.raises(RuleBroken, match="already been answered"):
        answer(supervisor(world))
    decide(world)
    with pytest.raises(RuleBroken, match="Another level has been chosen since"):
        disagree(world.ruth)
