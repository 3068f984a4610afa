"""Follow-up actions: given, written about, done with evidence or dropped; never without an owner."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cases import access
from cases.models import Child, ChildPermission, Deadline, Grant, KeepFrom, TimelineEntry
from cases.panels import evidence_sources
from cases.rules import Audience, Part
from cases.services import matching, sharing
from cases.services.deadlines import kind_of
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, LocalProtocol
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from returninterviews import queries, rules
from returninterviews.models import Action, ActionNote, Recommendation
from returninterviews.rules import ActionClock, ActionFact, ActionState, Helped
from returninterviews.services import actions
from returninterviews.tasks import reclaim_what_nobody_sees
from tests.partnership import act_now
from tests.returninterviews.recommended import (
    EVIDENCE,
    REASONS,
    Following,
    give,
    in_days,
    share_with,
)

pytestmark = pytest.mark.django_db


def clock_of(action: Action) -> Deadline:
    return Deadline.objects.running().get(reference=action.reference)


def fresh(action: Action) -> Action:
    return Action.objects.select_related("owner", "council", "deadline").get(pk=action.pk)


# --- added


def test_the_council_adds_an_action_of_its_own(told: Following) -> None:
    action = told.add()

    assert (action.recommendation, action.council, action.owner) == (
        None, told.world.birmingham, told.world.home,
    )  # fmt: skip
    assert action.state == ActionState.OPEN
    assert clock_of(action) == action.deadline
    assert Alert.objects.filter(kind="returninterviews.action_given").count() == 1


@pytest.mark.parametrize("name", ["joan", "nisha", "lena", "tom"])
def test_others_do_not_add(told: Following, name: str) -> None:
    with pytest.raises(NotPermitted, match="Only the child's council can add"):
        actions.add_action(
            child_reference=told.world.ava.reference, give=give(told.world.home), token=None,
            act=act_now(getattr(told.world, name)),
        )  # fmt: skip
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"text": "  "}, "Say what is to be done.", "text"),
        ({"days": -1}, "must be today or later", "due_on"),
        ({"days": 800}, "must be within a year", "due_on"),
    ],
)
def test_what_cannot_be_asked(
    told: Following, changes: dict[str, Any], sentence: str, field: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence) as refused:
        actions.add_action(
            child_reference=told.world.ava.reference, give=give(told.world.home, **changes),
            token=None, act=act_now(told.world.ruth),
        )  # fmt: skip
    assert refused.value.field == field
    assert not Action.objects.exists()


def test_an_agency_that_does_not_exist_or_has_left(told: Following) -> None:
    gone = told.world.home
    Agency.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(RuleBroken, match="There is no such agency"):
        told.add(gone)


def test_whoever_the_child_is_kept_from_is_not_named(told: Following) -> None:
    world = told.world
    KeepFrom.objects.create(
        child=world.ava, user=world.ken.user, reason="relative", starts_at=act_now(world.ruth).now,
        made_by=world.ruth,
    )  # fmt: skip
    asked = give(world.birmingham)
    with pytest.raises(RuleBroken, match="cannot see the child's record"):
        actions.add_action(
            child_reference=world.ava.reference, token=None, act=act_now(world.ruth),
            give=type(asked)(**{**asked.__dict__, "membership_reference": world.ken.reference}),
        )  # fmt: skip


def test_one_form_sent_twice_adds_one(told: Following) -> None:
    token = uuid4()
    made = [
        actions.add_action(
            child_reference=told.world.ava.reference, give=give(told.world.home), token=token,
            act=act_now(told.world.ruth),
        )
        for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    assert Action.objects.count() == 1


def test_more_can_be_done_about_one_recommendation(told: Following) -> None:
    """For somebody else to do it: then the first is dropped, and nobody is told that nothing is."""
    world = told.world

    def more(**changes: Any) -> Action:
        return actions.add_action(
            **{
                "child_reference": world.ava.reference, "give": give(world.birmingham),
                "recommendation_reference": told.first.reference, "token": None,
                "act": act_now(world.ruth), **changes,
            }
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="Take it forward first"):
        more()
    first = told.accept()
    second = more()
    assert second.recommendation == told.first
    told.drop(first)
    assert not Alert.objects.filter(kind="returninterviews.not_taken_forward").exists()
    with pytest.raises(NotFound):
        more(recommendation_reference="RC-0000-0000-0")
    share_with(world, world.kent_council, Part.HOME_COUNCIL)
    with pytest.raises(NotPermitted, match="Only the council that the interview is for"):
        more(act=act_now(world.beth))
    told.drop(second)
    assert Alert.objects.filter(kind="returninterviews.not_taken_forward").count() == 1


# --- written about


def note(told: Following, action: Action, **changes: Any) -> ActionNote:
    return actions.note_progress(
        **{
            "action_reference": action.reference, "text": "The light is ordered.", "token": None,
            "act": act_now(told.world.nisha), **changes,
        }
    )  # fmt: skip


def test_progress_is_read_by_its_audience(told: Following) -> None:
    world = told.world
    action = told.accept()
    note(told, action, text="For everybody")
    note(told, action, text="For some", audience=Audience.STATUTORY)

    def read(person: Any) -> set[str]:
        return {each.text for each in queries.notes_on(action, act_now(person), most=10)}

    assert read(world.ruth) == {"For everybody", "For some"}, "the council"
    assert read(world.nisha) == {"For everybody", "For some"}, "whoever wrote it"
    assert read(world.lena) == {"For everybody"}, "a charity is no statutory agency"
    assert TimelineEntry.objects.filter(kind=ActionFact.PROGRESS).count() == 2


def test_each_refusal_of_progress(told: Following) -> None:
    world = told.world
    action = told.accept()
    with pytest.raises(RuleBroken, match="Say how it is going"):
        note(told, action, text=" ")
    with pytest.raises(RuleBroken, match="Choose one of the answers"):
        note(told, action, audience=Audience.OWN)
    with pytest.raises(NotPermitted, match="Only the agency that does this"):
        note(told, action, act=act_now(world.lena))
    with pytest.raises(NotFound):
        note(told, action, act=act_now(world.joan))
    with pytest.raises(NotFound):
        note(told, action, action_reference="AC-0000-0000-0")
    told.complete(action)
    with pytest.raises(RuleBroken, match=r"Nisha Roy recorded on .* that this is done"):
        note(told, action)
    assert not ActionNote.objects.exists()


def test_one_note_sent_twice_is_one(told: Following) -> None:
    action, token = told.accept(), uuid4()
    assert note(told, action, token=token) == note(told, action, token=token)
    assert ActionNote.objects.count() == 1


# --- done


def test_done_with_evidence(told: Following) -> None:
    action = told.accept()

    told.complete(action)

    done = fresh(action)
    assert (done.state, done.evidence) == (ActionState.DONE, EVIDENCE)
    assert done.completed_by == told.world.nisha
    assert not Deadline.objects.running().filter(reference=action.reference).exists()
    assert done.deadline.done_at == done.completed_at
    assert Alert.objects.get(kind="returninterviews.action_given").ended_at


def test_done_twice_says_who_was_first(told: Following) -> None:
    action = told.accept()
    told.complete(action)

    with pytest.raises(RuleBroken, match=r"Nisha Roy recorded on .* that this is done"):
        told.complete(action)
    with pytest.raises(RuleBroken, match=r"Seaview House recorded on .* that this is done"):
        told.complete(action, by=told.world.ruth)

    assert TimelineEntry.objects.filter(kind=ActionFact.DONE).count() == 1


def test_the_council_may_record_what_it_was_told(told: Following) -> None:
    action = told.accept()
    assert told.complete(action, by=told.world.ruth).completed_by == told.world.ruth


def test_each_refusal_of_completion(told: Following) -> None:
    world = told.world
    action = told.accept()

    def complete(evidence: str, person: Any, version: int | None = None) -> None:
        actions.complete_action(
            action_reference=action.reference, evidence=evidence, version=version,
            act=act_now(person),
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="Say what was done and how you know") as refused:
        complete("Done", world.nisha)
    assert refused.value.field == "evidence"
    with pytest.raises(NotPermitted, match="Only the agency that does this"):
        complete(EVIDENCE, world.lena)
    with pytest.raises(NotFound):
        complete(EVIDENCE, world.joan)
    with pytest.raises(Stale):
        complete(EVIDENCE, world.nisha, version=7)
    assert fresh(action).state == ActionState.OPEN
    assert clock_of(action)


# --- dropped


def test_a_manager_drops_an_action_and_the_provider_is_told_where_nothing_else_is_done(
    told: Following,
) -> None:
    action = told.accept()

    told.drop(action)

    dropped = fresh(action)
    assert (dropped.state, dropped.dropped_reasons) == (ActionState.DROPPED, REASONS)
    assert dropped.deadline.dropped_reason == "a manager dropped the action"
    sent = Alert.objects.get(kind="returninterviews.not_taken_forward")
    assert (sent.agency, sent.subject_reference) == (told.world.charity, told.first.reference)
    with pytest.raises(RuleBroken, match=r"Birmingham Children's Trust .* that this is dropped"):
        told.complete(action)
    with pytest.raises(RuleBroken, match="that this is dropped"):
        told.drop(action)


def test_an_action_of_nobodys_recommendation_is_dropped_quietly(told: Following) -> None:
    told.drop(told.add())
    assert not Alert.objects.filter(kind="returninterviews.not_taken_forward").exists()


def test_each_refusal_of_dropping(told: Following) -> None:
    """AZ-31: a caseworker's manager-only act: 403, unchanged, logged."""
    action = told.accept()

    def drop(person: Any, reasons: str = REASONS, version: int | None = None) -> None:
        actions.drop_action(
            action_reference=action.reference, reasons=reasons, version=version,
            act=act_now(person),
        )  # fmt: skip

    with pytest.raises(NotPermitted, match="Only a manager can drop an action"):
        drop(told.world.ruth)
    assert Entry.objects.order_by("-id")[0].outcome == Outcome.DENIED
    with pytest.raises(NotPermitted, match="Only the council that gave this action"):
        drop(told.world.nisha)
    with pytest.raises(RuleBroken, match="Give the reasons"):
        drop(told.colin, reasons="no")
    with pytest.raises(Stale):
        drop(told.colin, version=5)
    assert fresh(action).state == ActionState.OPEN


# --- did it help?


def test_whether_it_helped_is_said_once(told: Following) -> None:
    action = told.accept()

    def say(person: Any, version: int | None = None) -> Action:
        return actions.say_whether_it_helped(
            action_reference=action.reference, helped=Helped.YES, version=version,
            act=act_now(person),
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="when the action is done"):
        say(told.world.ruth)
    told.complete(action)
    with pytest.raises(NotPermitted):
        say(told.world.lena)
    with pytest.raises(Stale):
        say(told.world.ruth, version=1)
    assert say(told.world.ruth).helped == Helped.YES
    with pytest.raises(RuleBroken, match="asked once"):
        say(told.world.nisha)


# --- an owner who can no longer see the child


def test_what_an_agency_owes_comes_back_when_its_part_ends(told: Following) -> None:
    world = told.world
    grant = share_with(world, world.school, Part.SCHOOL)
    action = told.accept(owner=world.school)
    due = clock_of(action).due_at

    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=grant.reference,
        reason="She has left that school.", act=act_now(world.ruth),
    )  # fmt: skip

    clock = clock_of(action)
    assert fresh(action).owner == clock.agency == world.birmingham
    assert (clock.due_at, clock.unit) == (due, world.team), "no more time is given by it"
    assert fresh(action).deadline == clock
    old = Deadline.objects.get(reference=action.reference, agency=world.school)
    assert old.dropped_reason == "the agency's part ended"
    came_back = Alert.objects.get(kind="returninterviews.came_back")
    assert (came_back.agency, came_back.unit) == (world.birmingham, world.team)
    assert Alert.objects.get(kind="returninterviews.action_given").ended_at
    with pytest.raises(NotFound):
        told.complete(action, by=world.paul)
    assert told.complete(action, by=world.ruth).state == ActionState.DONE


def test_what_is_done_stays_with_who_did_it(told: Following) -> None:
    world = told.world
    grant = share_with(world, world.school, Part.SCHOOL)
    action = told.accept(owner=world.school)
    told.complete(action, by=world.paul)

    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=grant.reference,
        reason="She has left that school.", act=act_now(world.ruth),
    )  # fmt: skip

    assert fresh(action).owner == world.school


def test_what_is_owed_by_a_part_that_ran_out_comes_back_by_itself(told: Following) -> None:
    world = told.world
    grant = share_with(world, world.school, Part.SCHOOL)
    action = told.accept(owner=world.school)
    now = act_now(world.ruth).now
    Grant.objects.filter(pk=grant.pk).update(starts_at=now - timedelta(hours=1), ends_at=now)
    ChildPermission.listed.filter(group=world.school.group).update(valid_until=now)
    assert fresh(action).owner == world.school

    reclaim_what_nobody_sees()

    assert fresh(action).owner == clock_of(action).agency == world.birmingham
    entry = Entry.objects.get(verb="returninterviews.reclaim")
    assert (entry.channel, entry.references) == ("task", [action.reference])
    reclaim_what_nobody_sees()
    assert Entry.objects.filter(verb="returninterviews.reclaim").count() == 1, "nothing is left"


def test_what_waits_for_a_council_that_lost_its_part_passes_to_the_one_that_has_it(
    told: Following,
) -> None:
    """An open decision has an owner who can see it, whatever becomes of its first council."""
    world = told.world
    grant = share_with(world, world.kent_council, Part.HOME_COUNCIL)
    Recommendation.objects.update(council=world.kent_council)
    Deadline.objects.running().filter(kind=ActionClock.DECIDE).update(
        agency=world.kent_council, unit=None
    )

    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=grant.reference,
        reason="She does not live there any more.", act=act_now(world.ruth),
    )  # fmt: skip
    # It is still the host council, so that nobody hears of an ended part: the task finds it.
    reclaim_what_nobody_sees()

    [clock] = Deadline.objects.running().filter(reference=told.first.reference)
    assert told.first.council == clock.agency == world.birmingham
    assert told.accept().council == world.birmingham


def test_without_any_council_it_stays_where_it_is(told: Following) -> None:
    """Nobody could take it: it is not lost, and comes back with the next council."""
    world = told.world
    action = told.accept(owner=world.birmingham)
    act = act_now(world.ruth)
    with transaction.atomic():
        child = Child.objects.select_for_update().get(pk=world.ava.pk)
        Grant.objects.filter(child=child, agency=world.birmingham).update(ended_at=act.now)
        sharing.recompute(child=child, act=act)
    assert fresh(action).owner == world.birmingham

    with transaction.atomic():
        sharing.open_part(
            child=child, agency=world.kent_council, part=Part.HOME_COUNCIL,
            basis=Grant.Basis.RESPONSIBILITY, act=act,
        )  # fmt: skip
        sharing.recompute(child=child, act=act)
    reclaim_what_nobody_sees()

    assert fresh(action).owner == fresh(action).council == world.kent_council


def test_a_record_kept_from_an_agency_takes_its_actions_away(told: Following) -> None:
    world = told.world
    action = told.accept()
    act = act_now(world.ruth)
    with transaction.atomic():
        child = Child.objects.select_for_update().get(pk=world.ava.pk)
        KeepFrom.objects.create(
            child=child, agency=world.home, reason="x", starts_at=act.now, made_by=world.ruth
        )
        sharing.recompute(child=child, act=act)

    assert fresh(action).owner == world.birmingham


def test_nothing_comes_back_when_the_change_is_undone(
    told: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ALR-01: the end of the part and what follows from it are one transaction."""
    world = told.world
    grant = share_with(world, world.school, Part.SCHOOL)
    action = told.accept(owner=world.school)

    def fail(**_: Any) -> None:
        raise RuntimeError("no alert")

    monkeypatch.setattr("returninterviews.services.giving.raise_alert", fail)
    with pytest.raises(RuntimeError, match="no alert"):
        sharing.end_sharing(
            child_reference=world.ava.reference, grant_reference=grant.reference,
            reason="She has left that school.", act=act_now(world.ruth),
        )  # fmt: skip

    grant.refresh_from_db()
    assert grant.ended_at is None
    assert fresh(action).owner == world.school


# --- what others are told


def test_alerts_say_nothing_and_lead_to_the_page(told: Following) -> None:
    action = told.accept(text="Ring her Nan in Canary Street")
    alert = Alert.objects.get(kind="returninterviews.action_given")

    message = kinds.of(alert).render(alert)

    for text in (message.subject, message.body):
        assert "Bramley" not in text
        assert "Canary" not in text
    assert kinds.of(alert).open_url(alert) == f"/actions/{action.reference}/"
    assert kinds.of(alert).still_entitled(alert, act_now(told.world.ruth).now)
    told.world.ava.grants.filter(agency=told.world.home).update(ended_at=alert.raised_at)
    ChildPermission.listed.filter(group=told.world.home.group).delete()
    assert not kinds.of(alert).still_entitled(alert, act_now(told.world.ruth).now)
    assert kinds.of(alert).open_url(alert) == ""


def test_every_clock_leads_somewhere(told: Following) -> None:
    told.turn_down()
    told.look_again()
    action = told.add()
    opened = {
        kind_of(clock).opens(clock)
        for clock in Deadline.objects.running().filter(kind__startswith="returninterviews.")
    }
    assert opened == {
        f"/recommendations/{told.first.reference}/", f"/actions/{action.reference}/",
    }  # fmt: skip


def unfinished(act: Act, told: Following) -> list[tuple[str, str, str]]:
    source = next(each for each in evidence_sources() if each.key == "unfinished")
    view = access.view_of(act=act, reference=told.world.ava.reference)
    return [(each.kind, each.reference, each.title) for each in source.items(view, act)]


def test_what_is_unfinished_is_evidence_for_the_next_risk_round(told: Following) -> None:
    """For the force that judges the risk and for the council; for nobody whose part is less."""
    world = told.world
    world.report(last_seen_at=act_now(world.nisha).now - timedelta(minutes=1))
    assert unfinished(act_now(world.ruth), told) == [
        ("returninterviews.recommendation", told.first.reference, "Recommended and not decided")
    ]
    assert unfinished(act_now(world.joan), told) == unfinished(act_now(world.ruth), told)
    for name in ("nisha", "lena"):
        assert unfinished(act_now(getattr(world, name)), told) == [], name

    action = told.accept()
    assert [each[:2] for each in unfinished(act_now(world.joan), told)] == [
        ("returninterviews.action", action.reference)
    ]
    added = told.add(world.birmingham)
    assert len(unfinished(act_now(world.joan), told)) == 1, "not late, and nobody recommended it"
    Deadline.objects.filter(reference=added.reference).update(
        starts_at=rules.due_at(in_days(-8)), due_at=rules.due_at(in_days(-6))
    )
    late = unfinished(act_now(world.joan), told)[0]
    assert late[1] == added.reference
    assert late[2].startswith("Late by 5 days")
    told.complete(added, by=world.ruth)
    told.complete(action)
    assert unfinished(act_now(world.joan), told) == []


def test_what_follows_moves_with_a_record_that_joins_another(told: Following) -> None:
    action = told.accept()
    note(told, action)
    other = Child.objects.create(
        reference="MC-0000-0000-0", listed_at=action.given_at, recorded_at=action.given_at,
        recording_agency=told.world.birmingham,
    )  # fmt: skip
    with transaction.atomic():
        for model in matching.moves():
            model._default_manager.filter(child=told.world.ava).update(child=other)
    assert {row.child for row in (fresh(action), told.first, ActionNote.objects.get())} == {other}
    assert fresh(action).deadline.child == other


def test_a_version_of_the_protocol_says_how_long_a_second_look_takes(told: Following) -> None:
    world = told.world
    LocalProtocol.objects.create(
        agency=world.birmingham, version=1, starts_on=in_days(-1), made_at=act_now(world.ruth).now,
        values={"second_look_working_days": 1},
    )  # fmt: skip
    told.turn_down()
    told.look_again()
    [clock] = Deadline.objects.running().filter(kind=ActionClock.SECOND_LOOK)
    assert clock.due_at == rules.to_be_decided_by(clock.starts_at, working_days=1, nation="England")  # type: ignore[arg-type]


# --- what must never be false


CONSTRAINTS: dict[str, dict[str, Any]] = {
    "action_has_text": {"text": ""},
    "action_done_has_author_and_evidence": {"completed_at": "now", "completed_by": "ruth"},
    "action_dropped_has_author_and_reasons": {"dropped_at": "now", "dropped_by": "ruth"},
    "action_ends_once": {
        "completed_at": "now", "completed_by": "ruth", "evidence": "x", "dropped_at": "now",
        "dropped_by": "ruth", "dropped_reasons": "x",
    },
    "action_helped_is_said_once_done": {
        "helped": "yes", "helped_at": "now", "helped_by": "ruth",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraints(told: Following, name: str) -> None:
    action = told.add()
    meant = {"now": act_now(told.world.ruth).now, "ruth": told.world.ruth}
    values = {key: meant.get(value, value) for key, value in CONSTRAINTS[name].items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("action_note_is_for_the_case_or_the_statutory_agencies", {"audience": "forces"}),
        ("actionnotes?_police_only_is_own", {"is_police_only": True}),
        ("actionnotes?_names_agencies_only_when_named", {"named_agencies": [1]}),
    ],
)
def test_constraints_of_notes(told: Following, name: str, values: dict[str, Any]) -> None:
    made = note(told, told.add())
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ActionNote.objects.filter(pk=made.pk).update(**values)
