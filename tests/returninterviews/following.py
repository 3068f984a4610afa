"""Interviews of the demonstration's stories, as far as what follows from them needs one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from cases.models import Child, Grant
from cases.rules import Part
from cases.services import sharing
from cases.services.references import unused
from missingchildren.audit.acts import database_now
from missingchildren.demo import cast, telling_actions
from returninterviews.models import Interview, Recommendation
from returninterviews.services.recommendations import Proposed, record_recommendations
from tests.browser.state import child

MIA, AVA = "Mia Thornbury", "Ava Bramley"


def signed(
    of: Child, texts: Sequence[str], *, council: str, worker: str, ago: timedelta, now: datetime
) -> Interview:
    """Return an interview that Lena held and signed so long before `now`, and what it recommends."""
    act = cast.act_of("lena.fox", at=now - ago)
    with transaction.atomic():
        locked = Child.objects.select_for_update().get(pk=of.pk)
        sharing.open_part(
            child=locked, agency=cast.agency("open_door"), part=Part.RHI_PROVIDER,
            basis=Grant.Basis.REFERRAL, source=f"interview of {of.reference}",
            act=cast.act_of(worker, at=now - ago - timedelta(hours=2)),
        )  # fmt: skip
        sharing.recompute(child=locked, act=act)
        interview = Interview.objects.create(
            child=locked, reference=unused(Interview, "RI"), council=cast.agency(council),
            opened_at=act.now - timedelta(hours=3), provider=cast.agency("open_door"),
            referred_at=act.now - timedelta(hours=2), referred_by=cast.membership(worker),
            outcome=Interview.Outcome.COMPLETED, outcome_at=act.now, outcome_by=act.membership,
            held_at=act.now - timedelta(hours=1), signed_at=act.now, signed_by=act.membership,
        )  # fmt: skip
        record_recommendations(
            interview=interview, proposed=[Proposed(text=text) for text in texts], act=act
        )
    return interview


def follow_mia() -> None:
    """Tell what follows from Mia's interview, unless her story has."""
    mia = child(MIA)
    if not Recommendation.objects.filter(child=mia).exists():
        now = database_now()
        interview = signed(
            mia, telling_actions.MIA_RECOMMENDED, council="kent_council", worker="beth.carver",
            ago=timedelta(days=42), now=now,
        )  # fmt: skip
        telling_actions.mia_after_her_interview(interview, now=now)


def follow_ava() -> None:
    """Tell what follows from Ava's last interview, unless her story has."""
    ava = child(AVA)
    if not Recommendation.objects.filter(child=ava).exists():
        now = database_now()
        interview = signed(
            ava, telling_actions.AVA_RECOMMENDED, council="birmingham", worker="ruth.adeyemi",
            ago=timedelta(days=5), now=now,
        )  # fmt: skip
        telling_actions.ava_after_her_interview(interview, now=now)
