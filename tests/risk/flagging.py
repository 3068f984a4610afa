"""Who asks for flags, decides and enters them in the tests, and each act in one ordinary call."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cases.models import Child, Grant
from cases.rules import Part
from cases.services import sharing
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Membership, Role
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import london_day
from risk.models import Flag
from risk.rules import FlagClock, FlagLevel, FlagOutcome, FlagState
from risk.services import flags
from risk.services.flags import Grounds, Terms
from tests.factories import act_for
from tests.partnership import Partnership, member

# What each state owes, at least: whoever reads the deadlines finds every open flag.
OWES = {
    FlagState.REQUESTED: FlagClock.DECIDE,
    FlagState.DISPUTED: FlagClock.DECIDE,
    FlagState.ACCEPTED: FlagClock.ENTER,
    FlagState.ACTIVE: FlagClock.REVIEW,
    FlagState.REVIEW_OVERDUE: FlagClock.REVIEW,
    FlagState.EXPIRED: FlagClock.REVIEW,
    FlagState.TO_TAKE_OFF: FlagClock.TAKE_OFF,
}
# Words that no other row holds.
CANARY_GROUNDS = "canary-grounds: a man called Dee waits for her by the clock tower"
CANARY_FIRST = "canary-first: look for the grey car on the seafront"
CANARY_REASONS = "canary-reasons: three reports of the same car this month"
CANARY_DISAGREEMENT = "canary-disagreement: she told her interviewer of it twice"
CANARY_WORDING = "canary-wording: treat as high, tell the inspector at once"


@dataclass
class Flagging:
    """The people of a partnership who have to do with flags; `now` moves by `later`."""

    world: Partnership
    now: datetime = field(default_factory=database_now)

    def __post_init__(self) -> None:
        """Give the force and the councils the people that decide."""
        world = self.world
        self.ruth = world.ruth
        self.colin = member(world.birmingham, Role.MANAGER, unit=world.team, name="Colin Marsh")
        self.joan = world.joan
        self.marcus = member(
            world.kent_police, Role.SUPERVISOR, unit=world.desk, name="Marcus Oyelaran"
        )
        self.tom = world.tom
        self.ava: Child = world.ava

    @property
    def today(self) -> date:
        """Return the day of the acts in London."""
        return london_day(self.now)

    def later(self, **span: float) -> None:
        """Let time pass before the next act."""
        self.now += timedelta(**span)

    def act(self, person: Membership) -> Act:
        """Return an act of a person now."""
        return act_for(person, now=self.now)

    def grounds(self, **changes: Any) -> Grounds:
        """Return ordinary grounds."""
        ordinary: dict[str, Any] = {
            "level": FlagLevel.HIGH,
            "grounds": CANARY_GROUNDS,
            "if_missing": CANARY_FIRST,
            "is_child_told": True,
        }
        return Grounds(**{**ordinary, **changes})

    def terms(self, **changes: Any) -> Terms:
        """Return ordinary terms: a review in 90 days, an expiry in a year."""
        ordinary: dict[str, Any] = {
            "review_on": self.today + timedelta(days=90),
            "expires_on": self.today + timedelta(days=365),
        }
        return Terms(**{**ordinary, **changes})

    def ask(self, *, by: Membership | None = None, force: Agency | None = None) -> Flag:
        """Let Ruth ask Kent Police for a flag."""
        return flags.ask_for_flag(
            child_reference=self.ava.reference,
            force_reference=(force or self.world.kent_police).reference,
            grounds=self.grounds(),
            token=None,
            act=self.act(by or self.ruth),
        )

    def make(self, *, by: Membership | None = None) -> Flag:
        """Let Marcus flag Ava for Kent Police, which has a part in her record."""
        return flags.flag_child(
            child_reference=self.ava.reference,
            grounds=self.grounds(),
            terms=self.terms(),
            token=None,
            act=self.act(by or self.marcus),
        )

    def decide(
        self,
        flag: Flag,
        outcome: FlagOutcome = FlagOutcome.ACCEPTED,
        *,
        by: Membership | None = None,
        **terms: Any,
    ) -> Flag:
        """Let Marcus decide."""
        if outcome == FlagOutcome.AMENDED:
            terms = {"level": FlagLevel.MEDIUM, "wording": CANARY_WORDING, **terms}
        return flags.decide_flag(
            flag_reference=flag.reference,
            outcome=outcome,
            reasons=CANARY_REASONS,
            terms=self.terms(**terms),
            version=None,
            act=self.act(by or self.marcus),
        )

    def disagree(self, flag: Flag, *, by: Membership | None = None) -> Flag:
        """Let Colin disagree."""
        return flags.disagree_with_flag(
            flag_reference=flag.reference,
            disagreement=CANARY_DISAGREEMENT,
            version=None,
            act=self.act(by or self.colin),
        )

    def enter(self, flag: Flag, *, by: Membership | None = None) -> Flag:
        """Let Joan enter the flag on the force's system."""
        return flags.enter_flag(
            flag_reference=flag.reference,
            system_reference="KP-W-1180",
            version=None,
            act=self.act(by or self.joan),
        )

    def review(
        self,
        flag: Flag,
        outcome: FlagOutcome = FlagOutcome.RENEWED,
        *,
        by: Membership | None = None,
        **terms: Any,
    ) -> Flag:
        """Let Marcus review the flag."""
        return flags.review_flag(
            flag_reference=flag.reference,
            outcome=outcome,
            reasons=CANARY_REASONS,
            terms=self.terms(**terms),
            version=None,
            act=self.act(by or self.marcus),
        )

    def end(self, flag: Flag, *, by: Membership | None = None) -> Flag:
        """Let Marcus end the flag."""
        return flags.end_flag(
            flag_reference=flag.reference,
            reasons="She lives with her aunt now and is safe.",
            version=None,
            act=self.act(by or self.marcus),
        )

    def take_off(self, flag: Flag, *, by: Membership | None = None) -> Flag:
        """Let Joan take the flag off the force's system."""
        return flags.take_flag_off(
            flag_reference=flag.reference, version=None, act=self.act(by or self.joan)
        )

    def active(self) -> Flag:
        """Return a flag that was asked for, accepted and entered."""
        return self.enter(self.decide(self.ask()))

    def expired(self) -> Flag:
        """Return a flag that held until yesterday."""
        flag = self.active()
        yesterday = self.today - timedelta(days=1)
        Flag.objects.filter(pk=flag.pk).update(review_on=yesterday, expires_on=yesterday)
        flag.refresh_from_db()
        return flag

    def give_part(self, agency: Agency, part: Part) -> None:
        """Give an agency a part in Ava's record."""
        act = self.act(self.ruth)
        sharing.open_part(
            child=self.ava, agency=agency, part=part, basis=Grant.Basis.PLACEMENT,
            reason="Lives there", act=act,
        )  # fmt: skip
        sharing.recompute(child=self.ava, act=act)
