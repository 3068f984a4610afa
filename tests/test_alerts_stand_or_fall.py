"""What is done and the alerts of it stand or fall together, once, for risk and interviews too."""

from typing import Any

import pytest

from missingchildren.alerts.models import Alert
from returninterviews.models import Account, Interview, Summary
from risk.models import Flag
from tests.partnership import Partnership
from tests.returninterviews.telling import come_back, offer, refer, sign
from tests.risk.flagging import Flagging

pytestmark = pytest.mark.django_db


def fail(**_: Any) -> None:
    raise RuntimeError("no alert")


def test_an_interview_is_not_signed_when_nobody_can_be_told(
    world: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ALR-01: no account, no summary, no outcome; and signed for good when they can."""
    world.accept(world.report())
    interview = refer(world, come_back(world))
    offer(world.lena, interview)
    before = Alert.objects.count()

    with monkeypatch.context() as patch:
        patch.setattr("returninterviews.services.accounts.raise_alert", fail)
        with pytest.raises(RuntimeError, match="no alert"):
            sign(world.lena, interview)

    assert Interview.objects.get().outcome == ""
    assert not Account.objects.exists()
    assert not Summary.objects.exists()
    assert Alert.objects.count() == before
    sign(world.lena, interview)
    told = Alert.objects.filter(kind__in=["returninterviews.signed", "returninterviews.summary"])
    assert told.count() == 1 + Summary.objects.count()


def test_a_flag_is_not_asked_for_when_the_force_cannot_be_told(
    world: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ALR-01."""
    people = Flagging(world)
    with monkeypatch.context() as patch:
        patch.setattr("risk.services.flag_duties.raise_alert", fail)
        with pytest.raises(RuntimeError, match="no alert"):
            people.ask()

    assert not Flag.objects.exists()
    flag = people.ask()
    assert Alert.objects.filter(subject_reference=flag.reference).count() == 1
