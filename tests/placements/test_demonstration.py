"""What the stories of placements are told with really tells them, through the services."""

from datetime import datetime, time, timedelta

import pytest
from django.test import override_settings

from cases.models import Child, Deadline, Grant
from cases.services.children import Described
from missingchildren.agencies.models import Agency
from missingchildren.audit.acts import database_now
from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import in_london, london_day
from missingchildren.demo import cast, telling
from missingchildren.demo import telling_placements as tell
from missingchildren.demo.telling import Known, birthday, days
from placements import rules
from placements.models import PlacementNotification
from placements.queries import opened_at
from placements.rules import Clock, NoticeState, PlacementState
from tests.demonstration import QUICK_HASHER

pytestmark = pytest.mark.django_db


def on_record(given: str, *, council: str, worker: str, team: str) -> Child:
    now = database_now()
    known = Known(
        described=Described(
            given_names=given,
            family_name="Bramley",
            date_of_birth=birthday(now, age=15, days_ago=9),
        ),
        council=council,
        since=london_day(now - days(500)),
        team=team,
        allocated_to=(worker,),
    )
    return telling.on_record(known, recorded=days(500), now=now)


@pytest.fixture
def _cast(db: None) -> None:
    with override_settings(PASSWORD_HASHERS=QUICK_HASHER):
        cast.settle(now=database_now())


def parts(child: Child, agency: Agency) -> set[str]:
    live = Grant.objects.live(database_now()).filter(child=child, agency=agency)
    return set(live.values_list("part", flat=True))


@pytest.mark.usefixtures("_cast")
def test_avas_friday() -> None:
    """Demonstration: approved by telephone, there at half past six, Kent Police answer, Kent does not."""
    now = database_now()
    ava = on_record("Ava", council="birmingham", worker="ruth.adeyemi", team=cast.IN_CARE_TEAM)

    placement = tell.ava_moves_to_seaview(ava, now=now)

    placement.refresh_from_db()
    started = in_london(placement.started_at or now)
    assert (started.weekday(), f"{started:%H:%M}") == (4, "18:30")
    assert timedelta(days=16) <= now - started <= timedelta(days=24)
    assert placement.state == PlacementState.CURRENT
    assert placement.distance == "out of area, at a distance"
    assert placement.approval.officer == cast.membership("jean.holt")
    assert placement.approval.recorded_by == cast.membership("samira.khan")
    police = tell.notice_to(placement, "kent_police")
    council = tell.notice_to(placement, "kent_council")
    assert (police.state, council.state) == (NoticeState.ACKNOWLEDGED, NoticeState.SENT)
    answered = in_london(police.acknowledged_at or now)
    assert (answered.weekday(), f"{answered:%H:%M}") == (0, "09:10")
    assert police.due_at == add_working_days(started, 5, Nation.ENGLAND)
    assert in_london(police.due_at).weekday() == 4 or police.due_at > started + timedelta(days=7)
    assert set(opened_at([police, council])) == {police.reference, council.reference}
    assert (
        Deadline.objects.overdue(now)
        .filter(kind=Clock.ACKNOWLEDGE, agency=cast.agency("kent_council"))
        .exists()
    )
    assert parts(ava, cast.agency("seaview")) == {"children's home"}
    assert parts(ava, cast.agency("kent_police")) == {"host force"}


@pytest.mark.usefixtures("_cast")
def test_leos_end_notices_are_due_in_two_working_days() -> None:
    now = database_now()
    leo = on_record("Leo", council="kent_council", worker="beth.carver", team=cast.CHILDREN_TEAM)
    placement = tell.leo_lives_in_dudley(leo, now=now)

    placement = tell.leo_leaves_dudley(placement, now=now)

    assert placement.state == PlacementState.ENDED
    owed = Deadline.objects.running().filter(child=leo)
    assert {deadline.kind for deadline in owed} == {Clock.NOTIFY_END}
    assert {deadline.due_at for deadline in owed} == {add_working_days(now, 2, Nation.ENGLAND)}
    ends = PlacementNotification.objects.filter(placement=placement, about="end")
    assert {(each.name, each.state) for each in ends} == {
        ("Dudley Metropolitan Borough Council", NoticeState.NOT_TOLD),
        ("West Midlands Police", NoticeState.NOT_TOLD),
    }
    assert parts(leo, cast.agency("west_midlands_police")) == {"host force"}
    assert parts(leo, cast.agency("harbour")) == set()


@pytest.mark.usefixtures("_cast")
def test_a_welsh_council_asks_its_panel() -> None:
    """Rhys: placed in Kent by Cardiff; the panel's decision is written down."""
    now = database_now()
    rhys = on_record("Rhys", council="cardiff", worker="carys.lloyd", team="")
    at = now - timedelta(days=130)

    placement = tell.place(
        rhys,
        tell.SEAVIEW_HOUSE,
        by="carys.lloyd",
        proposed_at=at - timedelta(days=4),
        approved=tell.Approved(officer="gwen.rees", at=at - timedelta(days=2)),
        arrived_at=at,
    )

    assert placement.state == PlacementState.CURRENT
    assert placement.approval.needed == rules.Approver.PANEL


@pytest.mark.parametrize("days_on", range(8))
def test_the_story_can_be_told_on_any_day(days_on: int) -> None:
    """Whatever day it is loaded on, over Christmas too."""
    for beginning in ("2026-11-27T12:00:00+00:00", "2026-12-22T12:00:00+00:00"):
        now = datetime.fromisoformat(beginning) + timedelta(days=days_on)
        friday = tell.last(tell.FRIDAY, before=now - timedelta(days=16), at=time(17, 10))
        assert in_london(friday).weekday() == tell.FRIDAY
        assert timedelta(days=16) <= now - friday <= timedelta(days=24)
        ended = tell.ended_with_notice_due_in(2, now=now)
        assert ended < now
        due = rules.end_notice_due_at(ended_at=ended, nation=Nation.ENGLAND)
        assert due == add_working_days(now, 2, Nation.ENGLAND)
