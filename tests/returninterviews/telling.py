"""What the tests of interviews are told with: Ava comes back, is offered an interview, and it is held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from cases.models import Grant, MissingEpisode
from cases.services import returns
from missingchildren.agencies.models import Membership
from returninterviews.models import Interview, Offer, Summary
from returninterviews.rules import QuoteAudience
from returninterviews.services import accounts, interviews, offers
from returninterviews.services.accounts import Quoted, SharedWith, Written
from returninterviews.services.recommendations import Proposed
from tests.partnership import Partnership, act_now

# Words that no other row holds: what is said stays with the council and whoever holds the interview.
CANARY_NARRATIVE = "canary-narrative: she slept at the boating lake"
CANARY_QUOTE = "canary-quote: nobody asks me what I want"
CANARY_CARER = "canary-carer: she rang her nan twice"
CANARY_SUMMARY = "canary-summary: a man in a grey car waits for her"
CANARY_NOTE = "canary-note: do not let her wait at the gate alone"


def come_back(world: Partnership, *, ago: timedelta = timedelta(minutes=30)) -> Interview:
    """Let Ava come back from an accepted report, and return the interview that opens by itself."""
    episode = MissingEpisode.objects.filter(child=world.ava, returned_at=None).get()
    act = act_now(world.joan)
    returns.record_return(
        episode_reference=episode.reference,
        returned_at=max(act.now - ago, episode.started_at),
        version=None,
        act=act,
    )
    return Interview.objects.get(covers__episode=episode)


def refer(world: Partnership, interview: Interview, *, by: Membership | None = None) -> Interview:
    """Let the council refer an interview to the charity."""
    return interviews.refer(
        interview_reference=interview.reference,
        provider_reference=world.charity.reference,
        version=None,
        act=act_now(by or world.ruth),
    )


def offer(
    by: Membership,
    interview: Interview,
    *,
    result: Offer.Result = Offer.Result.ACCEPTED,
    to: Offer.To = Offer.To.CHILD,
    made_at: datetime | None = None,
) -> Offer:
    """Record an offer that was made just now."""
    act = act_now(by)
    at = made_at or act.now
    return offers.record_offer(
        interview_reference=interview.reference,
        made_at=at,
        to=to,
        channel=Offer.Channel.PHONE,
        result=result,
        arranged_for=at if result == Offer.Result.ACCEPTED else None,
        place_kind="youth" if result == Offer.Result.ACCEPTED else "",
        wishes="A woman, not at home",
        version=None,
        token=None,
        act=act,
    )


def written(met_at: datetime, **changes: Any) -> Written:
    """Return an ordinary interview, whole."""
    ordinary = Written(
        met_at=met_at,
        place_kind="youth",
        is_explained=True,
        is_alone=True,
        parent_asked="agreed",
        before="She had argued about her telephone.",
        reasons=("arguments",),
        away=CANARY_NARRATIVE,
        back="A friend's mother drove her home.",
        harms=("11A",),
        harm="She was bought things by a man whom she calls a friend.",
        quotes=(
            Quoted(text=CANARY_QUOTE),
            Quoted(text="I was scared of him", audience=QuoteAudience.POLICE),
        ),
        wishes="To see her sister.",
        carer=offers.CarerSaid(who="Keyworker", text=CANARY_CARER),
        summary=CANARY_SUMMARY,
        safety_note=CANARY_NOTE,
        is_child_told=True,
        recommendations=(
            Proposed(text="See that she meets her sister each week"),
            Proposed(text="Look for the grey car on the seafront", priority="urgent"),
        ),
    )
    return replace(ordinary, **changes)


def sign(
    by: Membership,
    interview: Interview,
    *,
    shared: Sequence[SharedWith] = (),
    met_at: datetime | None = None,
    **changes: Any,
) -> Interview:
    """Sign an ordinary interview that was held just now."""
    act = act_now(by)
    return accounts.sign_interview(
        interview_reference=interview.reference,
        written=written(met_at or act.now, shared=shared, **changes),
        version=None,
        token=uuid4(),
        act=act,
    )


def held(world: Partnership, **changes: Any) -> Interview:
    """Return an interview that the charity was referred, offered, held and signed."""
    interview = come_back(world)
    refer(world, interview)
    offer(world.lena, interview)
    return sign(world.lena, interview, **changes)


def summary_for(interview: Interview, agency: Any) -> Summary:
    """Return what an agency was told of an interview."""
    summary: Summary = Summary.objects.get(interview=interview, agency=agency)
    return summary


def past_episode(world: Partnership, *, ago: timedelta, number: int = 0) -> MissingEpisode:
    """Return an episode that is over, accepted and returned, without a report of its own."""
    now = act_now(world.joan).now
    started = now - ago - timedelta(hours=5) - timedelta(days=number)
    back = started + timedelta(hours=4)
    return MissingEpisode.objects.create(
        child=world.ava,
        reference=f"ME-T{number:03d}-0000-0",
        started_at=started,
        last_seen_at=started,
        reported_at=started,
        located_at=back,
        returned_at=back,
        return_recorded_by=world.joan,
        accepted_at=started,
        accepted_by=world.joan,
        police_reference=f"KP-{number}",
        lead_force=world.kent_police,
    )


def grant_of(world: Partnership, agency: Any) -> Grant:
    """Return the live part that a referral made."""
    grant: Grant = Grant.objects.get(
        child=world.ava, agency=agency, basis=Grant.Basis.REFERRAL, ended_at=None
    )
    return grant
