"""Keep what an interview recommends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import RuleBroken
from returninterviews import rules
from returninterviews.models import Interview, Recommendation


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """One thing that an interviewer recommends: what, and who they think should do it by when."""

    text: str
    agency_reference: str = ""
    role: str = ""
    due_on: date | None = None
    priority: str = Recommendation.Priority.ORDINARY


def record_recommendations(
    *, interview: Interview, proposed: Sequence[Proposed], act: Act
) -> list[Recommendation]:
    """Keep what a signed interview recommends, in order. Called inside the act that signs it.

    The child's row is locked.

    Raises:
        RuleBroken: one has no text, an agency that does not exist, or a day that is past.
    """
    agencies = {
        agency.reference: agency
        for agency in Agency.objects.active().filter(
            reference__in=[each.agency_reference for each in proposed if each.agency_reference]
        )
    }
    recorded = []
    for order, each in enumerate(proposed, start=1):
        if not each.text.strip():
            raise RuleBroken("Say what you recommend.", "recommendations")
        if each.agency_reference and each.agency_reference not in agencies:
            raise RuleBroken("Choose an agency from the list.", "recommendations")
        rules.proposed_due_on(due_on=each.due_on, today=london_day(act.now)).require()
        recorded.append(
            Recommendation.objects.create(
                child=interview.child,
                interview=interview,
                reference=unused(Recommendation, "RC"),
                order=order,
                text=each.text,
                suggested_agency=agencies.get(each.agency_reference),
                suggested_role=each.role,
                suggested_due_on=each.due_on,
                priority=each.priority,
                recorded_at=act.now,
                recorded_by=act.membership,
            )
        )
    return recorded
