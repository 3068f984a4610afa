"""A signed interview about Ava, what it recommends, and the people who decide and act."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.db import transaction

from cases.models import Child, Deadline, Grant, MissingEpisode
from cases.rules import Part
from cases.services import sharing
from cases.services.references import unused
from cases.services.returns import record_return
from missingchildren.agencies.models import Agency, Membership, Role
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import london_day
from returninterviews.models import Action, Interview, InterviewEpisode, Recommendation
from returninterviews.services import actions, recommendations
from returninterviews.services.giving import Give
from returninterviews.services.recommendations import Proposed
from tests.partnership import Partnership, act_now, member

# Strings that no other row holds, so that a page that shows them leaks.
CANARY_RECOMMENDED = "canary-recommended: somebody she trusts takes her to the youth centre"
CANARY_ACTION = "canary-action: fit a night light and tell her when staff change"
CANARY_NOTE = "canary-note: the light is ordered and Nan was told"
CANARY_EVIDENCE = "canary-evidence: seen by the shift leader on Tuesday"
NIGHT_LIGHT = "Fit a night light."
REASONS = "Her mother does not want it, and it would not help."
WORDS = "She asked for this three times in the interview."
EVIDENCE = "The key worker fitted it, and we have seen it."


def signed_interview(
    world: Partnership,
    *,
    episode: MissingEpisode | None = None,
    council: Agency | None = None,
    provider: Agency | None = None,
) -> Interview:
    """Make an interview that Open Door has held and signed for Birmingham."""
    now = act_now(world.lena).now
    covers = InterviewEpisode.objects.filter(episode=episode).first() if episode else None
    interview = covers.interview if covers else Interview(child=world.ava)
    # What the return opened by itself is this interview, held now.
    Deadline.objects.running().filter(reference=interview.reference).update(done_at=now)
    held: dict[str, Any] = {
        "reference": interview.reference or unused(Interview, "RI"),
        "council": council or world.birmingham,
        "unit": world.team if council is None else None,
        "opened_at": now - timedelta(days=2),
        "provider": provider or world.charity,
        "referred_at": now - timedelta(days=2),
        "referred_by": world.ruth,
        "outcome": Interview.Outcome.COMPLETED,
        "outcome_at": now - timedelta(hours=3),
        "outcome_by": world.lena,
        "held_at": now - timedelta(hours=3),
        "signed_at": now,
        "signed_by": world.lena,
    }
    for name, value in held.items():
        setattr(interview, name, value)
    interview.save()
    if episode and not covers:
        InterviewEpisode.objects.create(child=world.ava, interview=interview, episode=episode)
    return interview


def open_to_provider(world: Partnership, *, ends_at: datetime | None = None) -> None:
    """Give Open Door the part of the provider, as the referral does."""
    act = act_now(world.ruth)
    with transaction.atomic():
        sharing.open_part(
            child=world.ava, agency=world.charity, part=Part.RHI_PROVIDER,
            basis=Grant.Basis.REFERRAL, source="RI", ends_at=ends_at, act=act,
        )  # fmt: skip
        sharing.recompute(child=world.ava, act=act)


def share_with(world: Partnership, agency: Agency, part: Part) -> Grant:
    """Let Ruth share Ava's record."""
    grant: Grant = sharing.share(
        child_reference=world.ava.reference, agency_reference=agency.reference, part=part,
        reason="They will help her after the interview.", ends_at=None, act=act_now(world.ruth),
    )  # fmt: skip
    return grant


def recommend(interview: Interview, *texts: str, by: Membership) -> list[Recommendation]:
    """Record what an interview recommends, as its signing does."""
    with transaction.atomic():
        Child.objects.select_for_update().get(pk=interview.child_id)
        return recommendations.record_recommendations(
            interview=interview, proposed=[Proposed(text=text) for text in texts], act=act_now(by)
        )


@dataclass
class Following:
    """Ava after she came home and was listened to: what follows from it."""

    world: Partnership
    texts: tuple[str, ...] = ("Take her to the youth centre on Tuesdays.",)
    recommendations: list[Recommendation] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let her come home, be interviewed, and somebody recommend something."""
        world = self.world
        self.episode = world.accept(world.report())
        act = act_now(world.joan)
        record_return(
            episode_reference=self.episode.reference,
            returned_at=act.now - timedelta(minutes=5), version=None, act=act,
        )  # fmt: skip
        open_to_provider(world)
        self.interview = signed_interview(world, episode=self.episode)
        self.recommendations = recommend(self.interview, *self.texts, by=world.lena)

    @cached_property
    def colin(self) -> Membership:
        """Return the council's manager."""
        return member(
            self.world.birmingham, Role.MANAGER, unit=self.world.team, name="Colin Marsh"
        )  # fmt: skip

    @cached_property
    def carl(self) -> Membership:
        """Return the provider's manager."""
        return member(self.world.charity, Role.MANAGER, name="Carl Yeo")

    @property
    def first(self) -> Recommendation:
        """Return the first recommendation as it is stored now."""
        return Recommendation.objects.get(pk=self.recommendations[0].pk)

    def accept(
        self, *, by: Membership | None = None, owner: Agency | None = None, text: str = NIGHT_LIGHT
    ) -> Action:
        """Take the first recommendation forward, by the home."""
        return recommendations.accept_recommendation(
            recommendation_reference=self.recommendations[0].reference,
            give=give(owner or self.world.home, text=text),
            version=None,
            token=uuid4(),
            act=act_now(by or self.world.ruth),
        )

    def turn_down(self, *, by: Membership | None = None) -> Recommendation:
        """Decide not to take the first recommendation forward."""
        return recommendations.not_take_forward(
            recommendation_reference=self.recommendations[0].reference, reasons=REASONS,
            version=None, act=act_now(by or self.colin),
        )  # fmt: skip

    def look_again(self, *, by: Membership | None = None) -> Recommendation:
        """Ask for a second look at the first recommendation."""
        return recommendations.ask_second_look(
            recommendation_reference=self.recommendations[0].reference, words=WORDS,
            version=None, act=act_now(by or self.world.lena),
        )  # fmt: skip

    def add(self, owner: Agency | None = None, *, days: int = 7, text: str = NIGHT_LIGHT) -> Action:
        """Add an action that no interview recommended."""
        return actions.add_action(
            child_reference=self.world.ava.reference,
            give=give(owner or self.world.home, days=days, text=text),
            token=uuid4(),
            act=act_now(self.world.ruth),
        )

    def complete(self, action: Action, *, by: Membership | None = None) -> Action:
        """Record that an action is done."""
        return actions.complete_action(
            action_reference=action.reference, evidence=EVIDENCE, version=None,
            act=act_now(by or self.world.nisha),
        )  # fmt: skip

    def drop(self, action: Action) -> Action:
        """Drop an action."""
        return actions.drop_action(
            action_reference=action.reference, reasons=REASONS, version=None,
            act=act_now(self.colin),
        )  # fmt: skip


def give(owner: Agency, *, days: int = 7, text: str = NIGHT_LIGHT) -> Give:
    """Return something for an agency to do within so many days."""
    return Give(text=text, agency_reference=owner.reference, due_on=in_days(days))


def in_days(days: int) -> date:
    """Return the day in London so many days from now."""
    return london_day(database_now()) + timedelta(days=days)
