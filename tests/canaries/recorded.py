"""What is recorded of Ava before she goes missing, and who else there is."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import (
    Child,
    Grant,
    KeepFrom,
    NamedReader,
)
from cases.rules import Part
from cases.services import children, sharing
from cases.services.children import Described
from missingchildren.agencies.models import Agency, Membership
from placements.services import notices, placements
from placements.services.placements import Decision as Approval
from risk.rules import FlagLevel, FlagOutcome
from risk.services import flags
from risk.services.flags import Grounds, Terms
from tests.canaries.people import People
from tests.canaries.words import (
    NAMES,
    PHONE_OF_BEN,
    PLACEMENT_PHONE,
    canary,
)
from tests.partnership import act_now
from tests.placements import telling as placing
from tests.returninterviews.recommended import in_days


class Recorded(People):
    """A record that is shared and not, homes proposed and refused, a flag, other children."""

    def _share(self) -> None:
        """Open the parts that no fact of this story opens, end one, and decide against another."""
        for of, part in (
            (self.home_council, Part.HOME_COUNCIL),
            (self.fostering, Part.FOSTERING_AGENCY),
            (self.supported, Part.SUPPORTED_ACCOMMODATION),
        ):
            self._share_with(of, part)
        grant = self._share_with(self.old_school, Part.SCHOOL)
        sharing.end_sharing(
            child_reference=self.ava.reference, grant_reference=grant.reference,
            reason=canary("ended sharing"), act=act_now(self.ruth),
        )  # fmt: skip
        sharing.decide_not_to_share(
            child_reference=self.ava.reference, agency_reference=self.stranger_council.reference,
            reason=canary("not shared"), review_on=in_days(30), act=act_now(self.ruth),
        )  # fmt: skip
        act = act_now(self.ruth)
        with transaction.atomic():
            KeepFrom.objects.create(
                child=self.ava, user=self.kate.user, reason=canary("kept from"),
                made_by=self.ruth, starts_at=act.now,
            )  # fmt: skip
            sharing.open_part(
                child=self.ava, agency=self.finders, part=Part.FINDING, basis=Grant.Basis.REPORT,
                act=act,
            )  # fmt: skip
            sharing.recompute(child=self.ava, act=act)

    def _share_with(self, of: Agency, part: Part) -> Grant:
        grant: Grant = sharing.share(
            child_reference=self.ava.reference, agency_reference=of.reference, part=part,
            reason=canary("shared because"), ends_at=None, act=act_now(self.ruth),
        )  # fmt: skip
        return grant

    def _place(self) -> None:
        """Refuse a home, take one back after its notice came back, and let her live in a third."""
        texts: dict[str, Any] = {
            "description": canary("placement address"),
            "why_this_home": canary("why this home"),
            "what_police_should_know": canary("police should know"),
            "contact_phone": PLACEMENT_PHONE,
        }
        refused = placing.propose(self, **texts)
        placements.approve_placement(
            placement_reference=refused.reference,
            decision=replace(Approval(is_approved=False), reasons=canary("home refused")),
            version=None, act=act_now(self.holt),
        )  # fmt: skip
        withdrawn = placing.approved(self, **texts)
        notices.send_notices(
            placement_reference=withdrawn.reference, version=None, act=act_now(self.samira)
        )
        placing.send_back(
            placing.notice_to(withdrawn, self.kent_council), self.beth, canary("sent back")
        )
        placements.withdraw_placement(
            placement_reference=withdrawn.reference, reason=canary("withdrawn"), version=None,
            act=act_now(self.samira),
        )  # fmt: skip
        self.placement = placing.current(self, **texts)
        placing.acknowledge(
            placing.notice_to(self.placement, self.kent_police), self.joan,
            response=canary("acknowledged"),
        )  # fmt: skip

    def _flag(self) -> None:
        """Ask for a flag, amend it, disagree, and enter it all the same."""
        asked = flags.ask_for_flag(
            child_reference=self.ava.reference, force_reference=self.kent_police.reference,
            grounds=Grounds(
                level=FlagLevel.HIGH, grounds=canary("grounds"), if_missing=canary("if missing"),
                is_child_told=False, child_not_told_because=canary("flag not told"),
            ),
            token=None, act=act_now(self.ruth),
        )  # fmt: skip
        about: dict[str, Any] = {"flag_reference": asked.reference, "version": None}
        flags.decide_flag(
            outcome=FlagOutcome.AMENDED, reasons=canary("flag reasons"),
            terms=Terms(
                level=FlagLevel.MEDIUM, wording=canary("flag wording"), review_on=in_days(90),
                expires_on=in_days(300),
            ),
            act=act_now(self.marcus), **about,
        )  # fmt: skip
        flags.disagree_with_flag(
            disagreement=canary("flag disagreed"), act=act_now(self.colin), **about
        )
        flags.enter_flag(system_reference="KP-W-1180", act=act_now(self.joan), **about)

    # --- other children

    def _others(self) -> None:
        """Ben lives at the same home; Zoe is another council's; Rosa's record is closed to most."""
        self.ben = self._child("Ben", self.ruth)
        self.zoe = self._child("Zoe", self.sophie)
        self.rosa = self._child("Rosa", self.ruth)
        ben, ava = self.ben, self.ava
        vars(self)["ava"] = ben
        placing.current(
            self, description=canary("placement address"), why_this_home=canary("why home of ben"),
            contact_phone=PHONE_OF_BEN, what_police_should_know=canary("police of ben"),
        )  # fmt: skip
        vars(self)["ava"] = ava
        act = act_now(self.ruth)
        with transaction.atomic():
            sharing.open_part(
                child=ben, agency=self.home, part=Part.CHILDRENS_HOME,
                basis=Grant.Basis.PLACEMENT, reason="Lives at Seaview House", act=act,
            )  # fmt: skip
            sharing.recompute(child=ben, act=act)
            Child.objects.filter(pk=self.rosa.pk).update(is_restricted=True)
            NamedReader.objects.create(
                child=self.rosa, user=self.colin.user, made_by=self.holt, starts_at=act.now
            )

    def _child(self, given_name: str, by: Membership) -> Child:
        act = act_now(by)
        with transaction.atomic():
            child = children.record_child(
                described=Described(
                    given_names=given_name, family_name=NAMES[given_name],
                    date_of_birth=date(2010, 2, 3), sex="M",
                ),
                recording_agency=by.agency, act=act,
            )  # fmt: skip
            children.begin_looking_after(
                child=child, council=by.agency, unit=self.team if by == self.ruth else None,
                starts_on=date(2024, 1, 8), legal_status="C2", act=act,
            )  # fmt: skip
            sharing.recompute(child=child, act=act)
        return child
