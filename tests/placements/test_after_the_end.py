"""When a placement is over nobody else is chosen to be told of it, and no part opens any more."""

import pytest

from cases.models import Deadline, Grant
from cases.rules import Part
from missingchildren.core.verdicts import RuleBroken
from placements.models import PlacementNotification
from placements.rules import Clock, NoticeState
from placements.services import notices
from tests.partnership import Partnership, act_now
from tests.placements.telling import approved, current, end, notice_to, samira, send_back, start

pytestmark = pytest.mark.django_db


def running(kind: Clock) -> int:
    return Deadline.objects.running().filter(kind=kind).count()


def reroute(world: Partnership, notice: PlacementNotification) -> PlacementNotification:
    return notices.reroute_notice(
        notice_reference=notice.reference, agency_reference=world.west_midlands.reference,
        version=None, act=act_now(samira(world)),
    )  # fmt: skip


def test_the_end_stops_the_search_for_somebody_else_to_tell(world: Partnership) -> None:
    placement = current(world)
    notice = send_back(notice_to(placement, world.kent_police), world.joan)
    assert running(Clock.REROUTE) == 1

    end(world, placement)

    assert running(Clock.REROUTE) == 0
    with pytest.raises(RuleBroken, match="does not live there any more"):
        reroute(world, notice)
    assert not Grant.objects.filter(child=world.ava, agency=world.west_midlands).exists()


def test_a_notice_sent_back_after_the_end_asks_for_nobody_else(world: Partnership) -> None:
    placement = end(world, current(world), tell_now=False)
    assert running(Clock.NOTIFY_END) == 2

    send_back(notice_to(placement, world.kent_police), world.joan)

    assert running(Clock.REROUTE) == 0
    assert running(Clock.NOTIFY_END) == 1, "whoever was not to be told of it is not told of its end"
    told_of_end = notice_to(placement, world.kent_police, about="end")
    assert told_of_end.state == NoticeState.NOT_NEEDED


def test_nobody_is_told_by_hand_of_an_end_before_the_start(world: Partnership) -> None:
    """Or the start, sent afterwards, would open a part that nothing ends."""
    placement = start(world, approved(world), tell_now=False)
    end(world, placement, tell_now=False)
    of_end = notice_to(placement, world.kent_police, about="end")

    with pytest.raises(RuleBroken, match="of the start first"):
        notices.record_told_by_hand(
            notice_reference=of_end.reference, whom="Desk", version=None,
            how=PlacementNotification.How.PHONE, told_at=act_now(world.ruth).now,
            act=act_now(samira(world)),
        )  # fmt: skip

    notices.send_notices(
        placement_reference=placement.reference, version=None, act=act_now(samira(world))
    )
    hosts = Grant.objects.live(act_now(world.ruth).now).filter(part=Part.HOST_FORCE)
    assert not hosts.exists()
