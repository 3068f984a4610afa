"""What the stories tell return home interviews with: each step an act of the cast, at its own time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from cases.models import Child
from missingchildren.agencies.models import Agency
from missingchildren.core.clock import london_day
from missingchildren.demo import cast
from returninterviews.models import Interview, Offer, Summary
from returninterviews.rules import QuoteAudience
from returninterviews.services import accounts, interviews, offers, summaries
from returninterviews.services.accounts import Quoted, SharedWith, Written
from returninterviews.services.offers import CarerSaid
from returninterviews.services.recommendations import Proposed


def interview_of(child: Child) -> Interview:
    """Return the child's latest interview: it opened by itself when the child was found."""
    found: Interview = Interview.objects.filter(child=child).order_by("-opened_at", "-pk")[0]
    return found


def refer(person: str, interview: Interview, *, provider: str, at: datetime) -> Interview:
    """Have the council refer an interview to a provider of the cast, or take it back with ""."""
    return interviews.refer(
        interview_reference=interview.reference,
        provider_reference=cast.agency(provider).reference if provider else "",
        version=None,
        act=cast.act_of(person, at=at),
    )


def offer(
    person: str,
    interview: Interview,
    *,
    at: datetime,
    result: Offer.Result = Offer.Result.ACCEPTED,
    to: Offer.To = Offer.To.CHILD,
    channel: Offer.Channel = Offer.Channel.PHONE,
    arranged_for: datetime | None = None,
    place_kind: str = "",
    wishes: str = "",
) -> Offer:
    """Have whoever holds an interview record an offer, made at the same time."""
    return offers.record_offer(
        interview_reference=interview.reference,
        made_at=at,
        to=to,
        channel=channel,
        result=result,
        arranged_for=arranged_for,
        place_kind=place_kind,
        wishes=wishes,
        version=None,
        token=None,
        act=cast.act_of(person, at=at),
    )


def not_held(
    person: str, interview: Interview, *, code: str, at: datetime, **said: Any
) -> Interview:
    """Have somebody record that an interview is not held, and why."""
    return offers.record_not_held(
        interview_reference=interview.reference,
        code=code,
        version=None,
        act=cast.act_of(person, at=at),
        **said,
    )


def hold_and_sign(
    person: str,
    interview: Interview,
    *,
    met_at: datetime,
    at: datetime,
    summary: str,
    recommends: Sequence[tuple[str, str, int]] = (),
    quotes: Sequence[tuple[str, QuoteAudience]] = (),
    carer: tuple[str, str] | None = None,
    shared: Sequence[SharedWith] = (),
    checked_by: str = "",
    place_kind: str = "youth",
    **said: Any,
) -> Interview:
    """Have whoever holds an interview sign it at `at`, as it was held at `met_at`.

    `recommends` are what, the key of the agency, and in how many days; `checked_by` is a key of
    the cast. The other pages are given by their names in `Written`.
    """
    act = cast.act_of(person, at=at)
    return accounts.sign_interview(
        interview_reference=interview.reference,
        written=Written(
            met_at=met_at,
            place_kind=place_kind,
            summary=summary,
            quotes=[Quoted(text=text, audience=audience) for text, audience in quotes],
            carer=CarerSaid(who=carer[0], text=carer[1]) if carer else None,
            shared=shared,
            recommendations=[
                Proposed(
                    text=text,
                    agency_reference=cast.agency(key).reference if key else "",
                    due_on=london_day(at + timedelta(days=days)),
                )
                for text, key, days in recommends
            ],
            checked_by_reference=cast.membership(checked_by).reference if checked_by else "",
            **{
                "is_explained": True, "is_alone": True, "is_child_told": True,
                "parent_asked": "agreed", **said,
            },
        ),
        version=None,
        token=None,
        act=act,
    )  # fmt: skip


def accept(person: str, interview: Interview, *, at: datetime, analysis: str = "") -> Interview:
    """Have the council accept a signed interview."""
    return accounts.accept_interview(
        interview_reference=interview.reference,
        analysis=analysis,
        version=None,
        act=cast.act_of(person, at=at),
    )


def read_summary(
    person: str,
    interview: Interview,
    *,
    at: datetime,
    answer: Summary.Answer | None = None,
    is_useful: bool = True,
    crime_reference: str = "",
    because: str = "",
) -> Summary:
    """Have an agency read what it was told and, with `answer`, say a little later what it did."""
    act = cast.act_of(person, at=at)
    agency: Agency = act.own_agency
    summary = summaries.read_summary(
        summary_reference=Summary.objects.get(interview=interview, agency=agency).reference,
        act=act,
    )
    if answer is None:
        return summary
    return summaries.answer_summary(
        summary_reference=summary.reference,
        answer=answer,
        crime_reference=crime_reference,
        because=because,
        is_useful=is_useful,
        version=None,
        act=cast.act_of(person, at=at + timedelta(minutes=20)),
    )
