"""An interview from the return to the council's acceptance: what happens, who is told, what is refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import events
from cases.access import view_of
from cases.models import Child, Deadline, Grant, MissingEpisode, TimelineEntry
from cases.rules import Part
from cases.services import closing, returns
from cases.services.children import Described
from missingchildren.agencies.models import AgencyArea, Membership, Role
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, Refused, RuleBroken, Stale
from returninterviews import queries
from returninterviews.models import (
    Account,
    CarerAccount,
    Interview,
    InterviewEpisode,
    Offer,
    Recommendation,
    SharedItem,
    Summary,
)
from returninterviews.rules import (
    INTERVIEW_TRANSITIONS,
    Clock,
    Decision,
    InterviewState,
    Shared,
)
from returninterviews.services import accounts, interviews, offers
from returninterviews.services.accounts import SharedWith
from returninterviews.services.recommendations import Proposed
from tests.partnership import Partnership, act_now, member
from tests.returninterviews.telling import (
    CANARY_SUMMARY,
    come_back,
    grant_of,
    held,
    offer,
    past_episode,
    refer,
    sign,
    summary_for,
    written,
)

pytestmark = pytest.mark.django_db
NOBODYS = Described(given_names="Jo", family_name="Nobody", date_of_birth=None)


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


def running(kind: Clock, interview: Interview | Summary) -> list[Deadline]:
    return list(
        Deadline.objects.running()
        .filter(kind=kind, reference=interview.reference)
        .order_by("agency__name")
    )


def after(at: datetime | None, **span: int) -> datetime:
    assert at is not None
    return at + timedelta(**span)


def state_of(interview: Interview) -> InterviewState:
    """Return where the stored interview stands."""
    return Interview.objects.get(pk=interview.pk).state


def told(kind: str) -> set[str]:
    return set(Alert.objects.filter(kind=kind).values_list("agency__name", flat=True))


# --- it opens by itself


def test_a_return_opens_the_interview_and_starts_the_72_hours(world: Partnership) -> None:
    interview = come_back(world)
    episode = MissingEpisode.objects.get(child=world.ava)

    assert interview.council == world.birmingham
    assert interview.unit == world.team
    assert interview.clock_started_at == episode.returned_at
    assert interview.due_at == after(episode.returned_at, hours=72)
    assert interview.state == InterviewState.TO_ARRANGE
    [clock] = running(Clock.HOLD, interview)
    assert (clock.agency, clock.unit, clock.due_at) == (
        world.birmingham, world.team, interview.due_at,
    )  # fmt: skip
    assert told("returninterviews.due") == {"Birmingham Children's Trust"}
    assert TimelineEntry.objects.filter(
        kind="returninterviews.opened", reference=interview.reference
    ).exists()
    # Located opens it, returned starts its clock: both acts are written down.
    assert Entry.objects.filter(verb="returninterviews.open", outcome=Outcome.DONE).count() == 2


def locate(world: Partnership) -> MissingEpisode:
    """Let Ava be located and not home yet, as the record announces it."""
    act = act_now(world.joan)
    episode = MissingEpisode.objects.get(child=world.ava, located_at=None)
    episode.located_at = act.now - timedelta(minutes=5)
    episode.located_recorded_by = world.joan
    episode.save(update_fields=["located_at", "located_recorded_by"])
    with transaction.atomic():
        events.child_located.send(sender=MissingEpisode, episode=episode, act=act)
    return episode


def test_it_may_start_once_the_child_is_located_and_the_clock_starts_at_home(
    world: Partnership,
) -> None:
    episode = locate(world)

    interview = Interview.objects.get(covers__episode=episode)
    assert interview.clock_started_at is None
    assert not running(Clock.HOLD, interview)
    refer(world, interview)
    offer(world.lena, interview)
    assert come_back(world, ago=timedelta(minutes=1)) == interview
    interview.refresh_from_db()
    assert interview.due_at
    assert [clock.agency.name for clock in running(Clock.HOLD, interview)] == [
        "Birmingham Children's Trust", "Open Door Interviews",
    ]  # fmt: skip
    assert Interview.objects.count() == 1
    assert told("returninterviews.due") == {"Birmingham Children's Trust"}


def test_a_run_of_episodes_has_one_interview_and_the_first_clock(world: Partnership) -> None:
    interview = come_back(world)
    due_at = interview.due_at
    act = act_now(world.joan)
    world.accept(world.report(last_seen_at=act.now))

    assert come_back(world) == interview

    interview.refresh_from_db()
    assert interview.due_at == due_at
    assert interview.covers.count() == 2
    assert len(running(Clock.HOLD, interview)) == 1


def test_after_an_interview_has_ended_the_next_return_opens_another(world: Partnership) -> None:
    first = held(world)
    world.accept(world.report(last_seen_at=act_now(world.joan).now))

    assert come_back(world) != first


def test_the_same_return_announced_twice_opens_one(world: Partnership) -> None:
    interview = come_back(world)
    episode = MissingEpisode.objects.get(child=world.ava)

    again = interviews.open_interview(episode=episode, act=act_now(world.joan))

    assert again == interview
    assert InterviewEpisode.objects.count() == 1
    assert Deadline.objects.filter(kind=Clock.HOLD).count() == 1


@pytest.mark.parametrize("change", ["died", "18"])
def test_none_is_owed_to_a_child_who_has_died_or_is_18(world: Partnership, change: str) -> None:
    now = act_now(world.joan).now
    changes = (
        {"died_on": now.date()}
        if change == "died"
        else {"date_of_birth": now.date().replace(year=now.year - 18, day=1)}
    )
    Child.objects.filter(pk=world.ava.pk).update(**changes)
    episode = past_episode(world, ago=timedelta(days=1))

    assert interviews.open_interview(episode=episode, act=act_now(world.joan)) is None
    assert not Interview.objects.exists()
    assert not Alert.objects.filter(kind="returninterviews.due").exists()


def test_nothing_is_kept_of_a_return_when_its_interview_cannot_be_opened(
    world: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("no interview")

    monkeypatch.setattr(interviews, "open_interview", fail)

    with pytest.raises(RuntimeError):
        come_back(world)
    assert MissingEpisode.objects.get(child=world.ava).returned_at is None


# --- whose it is


def child_at_home(world: Partnership) -> MissingEpisode:
    """Report a child whom nobody looks after, last seen in Kent."""
    report = world.report(by=world.beth, described=NOBODYS)
    return world.accept(report)


def test_a_child_at_home_is_the_home_councils(world: Partnership) -> None:
    episode = child_at_home(world)
    interview = _back(world, episode)

    assert interview.council == world.kent_council
    [home] = [
        grant for grant in _parts(interview, world.kent_council) if grant.part == Part.HOME_COUNCIL
    ]
    assert home.basis == Grant.Basis.REPORT


def _back(world: Partnership, episode: MissingEpisode) -> Interview:
    returns.record_return(
        episode_reference=episode.reference, returned_at=act_now(world.joan).now, version=None,
        act=act_now(world.joan),
    )  # fmt: skip
    return Interview.objects.get(covers__episode=episode)


def _parts(interview: Interview, agency: Any) -> list[Grant]:
    live = Grant.objects.live(act_now_of(interview)).filter(child=interview.child, agency=agency)
    return list(live.order_by("pk"))


def act_now_of(interview: Interview) -> Any:
    return interview.opened_at + timedelta(minutes=1)


def test_without_a_home_council_it_is_the_council_of_the_place_last_seen(
    world: Partnership,
) -> None:
    """The school reports; the council of the area where the child was last seen gets a part."""
    report = world.report(by=world.paul, described=NOBODYS)
    episode = world.accept(report)
    Grant.objects.filter(child=episode.child, agency=world.kent_council).delete()

    interview = _back(world, episode)

    assert interview.council == world.kent_council
    [grant] = _parts(interview, world.kent_council)
    assert (grant.part, grant.source) == (Part.HOME_COUNCIL, interview.reference)
    assert view_of(act=act_now(world.beth), reference=interview.child.reference)


def nobody_knows(world: Partnership) -> Interview:
    """Return an interview for which no council is known."""
    report = world.report(by=world.paul, described=NOBODYS)
    episode = world.accept(report)
    AgencyArea.objects.filter(agency=world.kent_council).delete()
    return _back(world, episode)


def test_where_no_council_is_known_the_lead_force_must_say_which(world: Partnership) -> None:
    interview = nobody_knows(world)
    assert interview.council is None
    assert interview.state == InterviewState.UNSETTLED
    [clock] = running(Clock.NAME_COUNCIL, interview)
    assert (clock.agency, clock.unit) == (world.kent_police, world.desk)
    page = world.client(world.joan).get(f"/cases/{interview.child.reference}/", secure=True)
    assert "Say which council it is for" in page.content.decode()

    interviews.name_council(
        interview_reference=interview.reference,
        council_reference=world.kent_council.reference,
        version=interview.version,
        act=act_now(world.joan),
    )

    interview.refresh_from_db()
    assert interview.council == world.kent_council
    assert not running(Clock.NAME_COUNCIL, interview)
    assert len(running(Clock.HOLD, interview)) == 1
    assert "Kent County Council" in told("returninterviews.due")
    with pytest.raises(NotPermitted, match="known already"):
        interviews.name_council(
            interview_reference=interview.reference,
            council_reference=world.birmingham.reference, version=None, act=act_now(world.joan),
        )  # fmt: skip


def test_only_the_lead_force_says_which_council_and_only_a_council(world: Partnership) -> None:
    interview = nobody_knows(world)

    def name(by: Any, council: Any) -> None:
        interviews.name_council(
            interview_reference=interview.reference, council_reference=council.reference,
            version=None, act=act_now(by),
        )  # fmt: skip

    with pytest.raises(NotFound):
        name(world.ruth, world.birmingham)
    with pytest.raises(NotFound, match="no such council"):
        name(world.joan, world.charity)
    with pytest.raises(NotFound):
        name(world.stranger, world.kent_council)


# --- referral


def test_a_referral_opens_the_record_to_the_provider(world: Partnership) -> None:
    interview = refer(world, come_back(world))

    grant = grant_of(world, world.charity)
    assert (grant.part, grant.source, grant.ends_at) == (
        Part.RHI_PROVIDER, interview.reference, None,
    )  # fmt: skip
    assert interview.state == InterviewState.REFERRED
    assert told("returninterviews.referred") == {"Open Door Interviews"}
    assert {clock.agency for clock in running(Clock.HOLD, interview)} == {
        world.birmingham, world.charity,
    }  # fmt: skip


def test_a_provider_may_give_a_referral_back(world: Partnership) -> None:
    interview = refer(world, come_back(world))

    interviews.decline_referral(
        interview_reference=interview.reference, reason="We have nobody this week", version=None,
        act=act_now(world.lena),
    )  # fmt: skip

    interview.refresh_from_db()
    assert interview.provider is None
    assert interview.state == InterviewState.TO_ARRANGE
    assert [clock.agency for clock in running(Clock.HOLD, interview)] == [world.birmingham]
    with pytest.raises(NotFound):
        view_of(act=act_now(world.lena), reference=world.ava.reference)
    page = world.client(world.ruth).get(f"/interviews/{interview.reference}/", secure=True)
    assert "We have nobody this week" in page.content.decode()
    assert refer(world, interview).provider == world.charity


def test_the_council_may_take_a_referral_back(world: Partnership) -> None:
    interview = refer(world, come_back(world))

    interviews.refer(
        interview_reference=interview.reference, provider_reference="", version=None,
        act=act_now(world.ruth),
    )  # fmt: skip

    assert offer(world.ruth, interview).agency == world.birmingham
    with pytest.raises(NotFound):
        offer(world.lena, interview)


def test_what_a_referral_refuses(world: Partnership) -> None:
    interview = refer(world, come_back(world))

    def again(by: Any, to: str, version: int | None = None) -> None:
        interviews.refer(
            interview_reference=interview.reference, provider_reference=to, version=version,
            act=act_now(by),
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="already with them"):
        again(world.ruth, world.charity.reference)
    with pytest.raises(NotFound, match="no such provider"):
        again(world.ruth, world.school.reference)
    with pytest.raises(NotPermitted, match="Only the council"):
        again(world.lena, "")
    with pytest.raises(NotFound):
        again(world.joan, "")
    with pytest.raises(Stale):
        again(world.ruth, "", 1)
    with pytest.raises(RuleBroken, match="Say why"):
        interviews.decline_referral(
            interview_reference=interview.reference, reason=" ", version=None,
            act=act_now(world.lena),
        )  # fmt: skip
    with pytest.raises(NotPermitted, match="not referred to your agency"):
        interviews.decline_referral(
            interview_reference=interview.reference, reason="No time", version=None,
            act=act_now(world.ruth),
        )  # fmt: skip


# --- offers, and interviews that are not held


def test_an_offer_is_recorded_with_what_became_of_it(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    made = offer(world.lena, interview, result=Offer.Result.NOT_TODAY)
    assert state_of(interview) == InterviewState.OFFERED
    assert Interview.objects.get().offered_at == made.made_at

    offer(world.lena, interview)
    assert state_of(interview) == InterviewState.ARRANGED

    offer(world.lena, interview, result=Offer.Result.NO_CONTACT)
    assert state_of(interview) == InterviewState.OFFERED
    assert queries.results_of(interview) == {"not_today", "accepted", "could_not_contact"}


def test_only_whoever_holds_it_records_offers(world: Partnership) -> None:
    interview = refer(world, come_back(world))

    with pytest.raises(NotPermitted, match="with Open Door Interviews"):
        offer(world.ruth, interview)
    with pytest.raises(NotFound):
        offer(world.joan, interview)


def test_an_offer_before_the_child_was_located_is_refused(world: Partnership) -> None:
    interview = refer(world, come_back(world))

    with pytest.raises(RuleBroken, match="before the child was located") as refused:
        offer(world.lena, interview, made_at=act_now(world.lena).now - timedelta(hours=5))
    assert refused.value.field == "made_at"
    assert not Offer.objects.exists()


def test_an_interview_before_the_child_is_located_does_not_exist(world: Partnership) -> None:
    """Bad input: interview before the child was located."""
    assert not Interview.objects.exists()
    interview = refer(world, come_back(world))
    offer(world.lena, interview)

    with pytest.raises(RuleBroken, match="before the child was located") as refused:
        sign(world.lena, interview, met_at=act_now(world.lena).now - timedelta(hours=5))
    assert refused.value.field == "met_at"


def test_completion_before_an_offer_is_refused(world: Partnership) -> None:
    """Bad input: completion before offer."""
    interview = refer(world, come_back(world))

    with pytest.raises(RuleBroken, match="Record first how the interview was offered"):
        sign(world.lena, interview)
    offer(world.lena, interview, to=Offer.To.CARER)
    with pytest.raises(RuleBroken, match="Record first how the interview was offered"):
        sign(world.lena, interview)
    assert not Account.objects.exists()


def end(by: Any, interview: Interview, code: str, **changes: Any) -> Interview:
    return offers.record_not_held(
        interview_reference=interview.reference, code=code, version=None, act=act_now(by),
        **{"carer_offer": "made", **changes},
    )  # fmt: skip


def test_declined_needs_an_offer_and_says_whether_a_carer_was_asked(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    with pytest.raises(RuleBroken, match="Record first the offer"):
        end(world.lena, interview, "declined_by_child")
    offer(world.lena, interview, result=Offer.Result.DECLINED_BY_CHILD)

    with pytest.raises(RuleBroken, match="parent or carer") as refused:
        end(world.lena, interview, "declined_by_child", carer_offer="")
    assert refused.value.field == "carer_offer"
    ended = end(
        world.lena, interview, "declined_by_child",
        carer=offers.CarerSaid(who="Mother", text="She is tired"),
    )  # fmt: skip

    assert (ended.outcome, ended.state) == ("declined", InterviewState.DECLINED)
    assert not running(Clock.HOLD, interview)
    assert told("returninterviews.not_held") == {"Birmingham Children's Trust"}
    assert CarerAccount.objects.get().text == "She is tired"
    assert grant_of(world, world.charity).ends_at == after(ended.outcome_at, days=28)


def test_not_offered_is_a_managers_decision_of_the_council(world: Partnership) -> None:
    """AZ-31: waiving an interview."""
    interview = come_back(world)
    colin = member(world.birmingham, Role.MANAGER, unit=world.team)

    with pytest.raises(NotPermitted, match="supervisor or a manager"):
        end(world.ruth, interview, "not_offered", reason="There was no time")
    interview.refresh_from_db()
    assert interview.outcome == ""
    with pytest.raises(RuleBroken, match="Say why"):
        end(colin, interview, "not_offered", carer_offer="")
    end(colin, interview, "not_offered", reason="There was no time", carer_offer="")

    interview.refresh_from_db()
    assert (interview.outcome, interview.not_held_code) == ("not_offered", "not_offered")


def test_not_offered_cannot_follow_an_offer(world: Partnership) -> None:
    interview = come_back(world)
    colin = member(world.birmingham, Role.MANAGER, unit=world.team)
    offer(world.ruth, interview, result=Offer.Result.NOT_TODAY)

    with pytest.raises(RuleBroken, match="It was offered"):
        end(colin, interview, "not_offered", reason="There was no time")


def test_a_provider_cannot_waive(world: Partnership) -> None:
    interview = refer(world, come_back(world))

    with pytest.raises(NotPermitted, match="Only the council"):
        end(world.lena, interview, "not_offered", reason="There was no time")


def test_an_interview_that_the_child_put_off_is_arranged_again_before_it_is_signed(
    world: Partnership,
) -> None:
    interview = refer(world, come_back(world))
    offer(world.lena, interview)
    offer(world.lena, interview, result=Offer.Result.NOT_TODAY)
    with pytest.raises(RuleBroken, match="Record first how the interview was offered"):
        sign(world.lena, interview)
    offer(world.lena, interview)

    assert sign(world.lena, interview).state == InterviewState.SIGNED


# --- any order of acts


def offered(name: str, result: str) -> Callable[[Partnership, Interview], Any]:
    def act(world: Partnership, interview: Interview) -> Any:
        return offer(getattr(world, name), interview, result=Offer.Result(result))

    return act


def manager(world: Partnership) -> Membership:
    """Return a manager of the council, the same each time."""
    found = Membership.objects.filter(agency=world.birmingham, roles=[Role.MANAGER]).first()
    return found or member(world.birmingham, Role.MANAGER)


ACTS: dict[str, Callable[[Partnership, Interview], Any]] = {
    "refer": refer,
    "take back": lambda world, interview: interviews.refer(
        interview_reference=interview.reference, provider_reference="", version=None,
        act=act_now(world.ruth),
    ),
    "give back": lambda world, interview: interviews.decline_referral(
        interview_reference=interview.reference, reason="No time", version=None,
        act=act_now(world.lena),
    ),
    "not offered": lambda world, interview: end(
        manager(world), interview, "not_offered", reason="No time at all"
    ),
    "declined": lambda world, interview: end(world.lena, interview, "declined_by_child"),
    "missing again": lambda world, interview: end(
        world.ruth, interview, "child_missing_again_before_interview"
    ),
    "lena signs": lambda world, interview: sign(world.lena, interview),
    "ruth signs": lambda world, interview: sign(world.ruth, interview),
    "accept": lambda world, interview: accept(world.ruth, interview),
    **{
        f"{name} offers, {result}": offered(name, result)
        for name in ("ruth", "lena")
        for result in ("accepted", "not_today", "declined_by_child")
    },
}  # fmt: skip


@pytest.fixture
def opened(world: Partnership) -> Interview:
    """Return the interview that Ava's return opens."""
    return come_back(world)


@given(names=st.lists(st.sampled_from(sorted(ACTS)), max_size=12))
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_order_of_acts_leads_to_a_state_that_is_not_in_the_table(
    world: Partnership, opened: Interview, names: list[str]
) -> None:
    """What is refused changes nothing; what is done leads where the table says."""
    with transaction.atomic():
        interview = Interview.objects.get(pk=opened.pk)
        state = interview.state
        for name in names:
            try:
                with transaction.atomic():
                    ACTS[name](world, interview)
            except Refused:
                assert state_of(interview) == state, name
            now = state_of(interview)
            assert now == state or now in INTERVIEW_TRANSITIONS[state], (name, state, now)
            state = now
        is_settled = not INTERVIEW_TRANSITIONS[state] or state == InterviewState.SIGNED
        assert bool(running(Clock.HOLD, interview)) is not is_settled
        transaction.set_rollback(True)


# --- signing


def test_without_a_safety_note_the_home_is_told_nothing(world: Partnership) -> None:
    interview = held(world, safety_note="")

    assert not Summary.objects.filter(interview=interview, agency=world.home).exists()
    item = SharedItem.objects.get(account__interview=interview, agency=world.home)
    assert item.decision == Decision.WITHHOLD


def test_exceptions_are_shared_with_a_reason(world: Partnership) -> None:
    lead, host = world.kent_police.reference, world.kent_council.reference
    interview = held(
        world,
        shared=(
            SharedWith(
                agency_reference=lead,
                decisions={Shared.HARM: Decision.WITHHOLD, Shared.PLACES: Decision.PART},
                reason="A third person is named",
                instead="A place on the seafront; ring us",
            ),
            SharedWith(
                agency_reference=host,
                decisions={Shared.SUMMARY: Decision.SHARE},
                reason="She is placed there",
            ),
        ),
        places_and_people="The boating lake",
    )

    summary = summary_for(interview, world.kent_police)
    assert (summary.harm, summary.places_and_people) == ("", "")
    assert summary.instead == "A place on the seafront; ring us"
    shared = summary_for(interview, world.kent_council)
    assert (shared.summary, shared.wishes) == (CANARY_SUMMARY, "")
    assert (
        SharedItem.objects.get(
            account__interview=interview, agency=world.kent_police, what="harm"
        ).reason
        == "A third person is named"
    )


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "not explained, without a reason": (
        {"is_explained": False}, "Say why sharing was not explained first", "not_explained_because",
    ),
    "not alone, without a reason": (
        {"is_alone": False}, "Say why the child was not seen alone", "not_alone_because",
    ),
    "an interpreter the child knows": (
        {"interpreter": "known"}, "no independent interpreter", "interpreter_because",
    ),
    "no parent asked": ({"parent_asked": ""}, "how a parent or carer was asked", "parent_asked"),
    "no summary": ({"summary": "  "}, "Write a summary", "summary"),
    "not told": ({"is_child_told": False}, "Say why the child was not told", "not_told_because"),
    "an empty quote": (
        {"quotes": (accounts.Quoted(text=" "),)}, "Write what the child said", "quotes",
    ),
    "an empty recommendation": (
        {"recommendations": (Proposed(text=" "),)}, "Say what you recommend", "recommendations",
    ),
    "recommended to nobody": (
        {"recommendations": (Proposed(text="Ring", agency_reference="AG-0000-0000-0"),)},
        "Choose an agency from the list", "recommendations",
    ),
    "shared with a stranger": (
        {"shared": (SharedWith(agency_reference="AG-0000-0000-0"),)}, "no part", "shared",
    ),
    "checked by a stranger": (
        {"checked_by_reference": "MB-0000-0000-0"}, "Choose who checked it", "checked_by",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_whole_is_not_signed(world: Partnership, case: str) -> None:
    changes, sentence, field = REFUSED[case]
    interview = refer(world, come_back(world))
    offer(world.lena, interview)
    before = Alert.objects.count()

    with pytest.raises(RuleBroken, match=sentence) as refused:
        sign(world.lena, interview, **changes)

    assert refused.value.field == field
    interview.refresh_from_db()
    assert interview.outcome == ""
    assert not Account.objects.exists()
    assert not Summary.objects.exists()
    assert Alert.objects.count() == before
    assert len(running(Clock.HOLD, interview)) == 2


def test_a_manager_may_check_it_first(world: Partnership) -> None:
    carl = member(world.charity, Role.MANAGER, name="Carl Yeo")
    interview = held(world, checked_by_reference=carl.reference)

    assert Account.objects.get(interview=interview).checked_by == carl


def test_the_council_may_hold_it_itself(world: Partnership) -> None:
    interview = come_back(world)
    offer(world.ruth, interview)

    signed = sign(world.ruth, interview)

    assert signed.state == InterviewState.SIGNED
    assert not Alert.objects.filter(kind="returninterviews.signed").exists()
    assert len(running(Clock.ACCEPT, signed)) == 1


def test_the_same_token_signs_once(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    offer(world.lena, interview)
    act = act_now(world.lena)
    whole = written(act.now)
    for _press in range(2):
        accounts.sign_interview(
            interview_reference=interview.reference, written=whole, version=None,
            token=act.id, act=act_now(world.lena),
        )  # fmt: skip

    assert Account.objects.count() == 1
    assert Alert.objects.filter(kind="returninterviews.signed").count() == 1


def test_somebody_elses_change_in_between_is_said(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    offer(world.lena, interview)

    with pytest.raises(Stale):
        accounts.sign_interview(
            interview_reference=interview.reference, written=written(act_now(world.lena).now),
            version=1, token=None, act=act_now(world.lena),
        )  # fmt: skip


# --- acceptance


def accept(by: Any, interview: Interview, **changes: Any) -> Interview:
    return accounts.accept_interview(
        interview_reference=interview.reference, act=act_now(by),
        **{"analysis": "The third time this month", "version": None, **changes},
    )  # fmt: skip


def test_only_the_council_accepts_and_only_what_is_signed(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    with pytest.raises(RuleBroken, match="not signed yet"):
        accept(world.ruth, interview)
    offer(world.lena, interview)
    sign(world.lena, interview)

    with pytest.raises(NotPermitted, match="Only the council"):
        accept(world.lena, interview)
    with pytest.raises(NotFound):
        accept(world.joan, interview)
    with pytest.raises(Stale):
        accept(world.ruth, interview, version=1)


# --- closing


def test_an_episode_closes_when_its_interview_is_settled(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    episode = MissingEpisode.objects.get(child=world.ava)
    act = act_now(world.joan)
    [check] = [each for each in closing.checks() if each.name == "interview"]
    assert check.unsettled(episode, act) == [
        "The return home interview is referred: it is neither held nor settled."
    ]
    offer(world.lena, interview)
    sign(world.lena, interview)

    assert check.unsettled(episode, act) == []


# --- constraints by name

BROKEN: dict[str, tuple[type[Model], dict[str, Any]]] = {
    "interview_arranged_after_offer": (Interview, {"offered_at": None}),
    "interview_clock_has_due_time": (Interview, {"due_at": None}),
    "interview_referral_is_whole": (Interview, {"referred_at": None}),
    "interview_outcome_has_time_and_author": (
        Interview, {"outcome": "declined", "not_held_code": "declined_by_parent"},
    ),
    "interview_not_held_has_reason": (Interview, {"outcome": "declined", "not_held_code": ""}),
    "interview_declined_by_child_asks_carer": (Interview, {"not_held_code": "declined_by_child"}),
    "interview_accepted_after_signing": (Interview, {"accepted_at": "now", "accepted_by": "lena"}),
    "interview_signed_has_author_and_was_held": (
        Interview, {"signed_at": "now", "signed_by": "lena"},
    ),
    "recommendation_has_text": (Recommendation, {"text": ""}),
    "summary_read_has_time_and_person": (Summary, {"read_at": "now"}),
    "summary_answered_after_reading": (
        Summary, {"answer": "report_made", "answered_at": "now", "answered_by": "lena"},
    ),
    "summary_crime_has_reference": (
        Summary, {"read_at": "now", "read_by": "lena", "answer": "crime_recorded",
                  "answered_at": "now", "answered_by": "lena"},
    ),
    "summary_no_action_has_reason": (
        Summary, {"read_at": "now", "read_by": "lena", "answer": "no_action",
                  "answered_at": "now", "answered_by": "lena"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(world: Partnership, name: str) -> None:
    model, changes = BROKEN[name]
    interview = refer(world, come_back(world))
    offer(world.lena, interview)
    if model is not Interview:
        sign(world.lena, interview)
    now = act_now(world.lena).now
    values = {
        key: {"now": now, "lena": world.lena}.get(value, value) if isinstance(value, str) else value
        for key, value in changes.items()
    }
    if name == "interview_not_held_has_reason":
        values |= {"outcome_at": now, "outcome_by": world.lena}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.update(**values)
