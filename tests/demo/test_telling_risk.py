"""Ava's evening as risk tells it: by the cast, at past times, through the services."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from cases.models import Child
from missingchildren.audit.acts import database_now
from missingchildren.core.verdicts import RuleBroken
from missingchildren.demo import story, telling_risk
from missingchildren.demo.telling import Missing, go_missing, minutes
from risk import queries
from risk.models import Decision
from risk.rules import DecisionState, RoundState
from tests.demonstration import QUICK_HASHER, settle_with_ava

pytestmark = pytest.mark.django_db


@pytest.fixture
def ava(settings: Settings) -> Child:
    settings.PASSWORD_HASHERS = QUICK_HASHER
    return settle_with_ava()


def test_ava_tonight(ava: Child) -> None:
    """Reported 40 minutes ago, high for a quarter of an hour, confirmed nine minutes after it."""
    now = database_now()
    go_missing(
        Missing(
            reporter="nisha.roy",
            place=story.AT_SEAVIEW,
            seen=minutes(110),
            reported=minutes(40),
            why_worried="She was crying after a call at tea.",
            accepted_by="joan.mercer",
            accepted=minutes(36),
        ),
        child=ava,
        now=now,
    )
    written = telling_risk.phone_answer(
        "dana.whitlock",
        ava,
        "Her mother last heard from her at lunchtime.",
        agency="birmingham",
        given_by="Ken Osei, duty social worker",
        given_phone="01632 960 301",
        given_at=now - minutes(31),
        at=now - minutes(31),
    )
    telling_risk.answer("carl.yeo", ava, "A man in a grey car waits for her.", at=now - minutes(28))
    decision = telling_risk.decide(
        "dana.whitlock",
        ava,
        level="high",
        reasons="No coat, no inhaler, a call that made her cry, a man in a grey car.",
        police_only="The grey car may be the one from Ramsgate.",
        early_reason="danger",
        review_due_at=now + minutes(35),
        at=now - minutes(25),
    )
    telling_risk.confirm("marcus.oyelaran", decision, at=now - minutes(16))
    telling_risk.confirm_answer("ken.osei", written, at=now - minutes(9))

    round = queries.latest_round(ava)
    assert round is not None
    assert round.state == RoundState.UNDER_REVIEW
    kept = Decision.objects.get()
    assert kept.state_in(round) == DecisionState.CONFIRMED
    assert kept.early_reason == "danger"
    shown = {row.title: row.text for row in kept.shown.all()}
    assert "Fourth time missing in 90 days" in shown
    assert any("grey car" in text for text in shown.values())
    # Nobody chooses a level for her a second time without a reason for partners.
    with pytest.raises(RuleBroken):
        telling_risk.decide(
            "dana.whitlock",
            ava,
            level="low",
            reasons=" ",
            review_due_at=now + timedelta(hours=1),
            at=now,
        )
