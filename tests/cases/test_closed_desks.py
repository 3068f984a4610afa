"""At night a question to an agency that is closed says so; silence is never shown as safety."""

from datetime import UTC, datetime, time

import pytest

from cases import access, queries
from cases.queries import Told
from missingchildren.agencies.models import Agency, Membership
from missingchildren.alerts import services as alert_services
from missingchildren.alerts.models import Alert
from missingchildren.alerts.queries import alerts_about
from tests.factories import act_for
from tests.partnership import Partnership

pytestmark = pytest.mark.django_db

# A Sunday evening and the morning after, in London's winter.
NIGHT = datetime(2026, 11, 22, 22, 10, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
OPENS = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def world(world: Partnership) -> Partnership:
    """Return a partnership whose school keeps hours, and whose clinic has not said."""
    Agency.objects.filter(pk=world.school.pk).update(
        always_open=False, opening_days=[0, 1, 2, 3, 4], opens_at=time(8), closes_at=time(17)
    )
    Agency.objects.filter(pk=world.health.pk).update(always_open=False)
    Agency.objects.filter(pk=world.birmingham.pk).update(
        always_open=False, opening_days=[0, 1, 2, 3, 4], opens_at=time(9), closes_at=time(17)
    )
    for name in ("school", "health", "birmingham"):
        getattr(world, name).refresh_from_db()
    world.accept(world.report())
    return world


def told(world: Partnership, to: Agency, *, now: datetime, by: Membership | None = None) -> Told:
    """Return how the question to an agency stands, as the police read it at a time."""
    act = act_for(by or world.joan, now=now)
    alert = alerts_about(child_id=world.ava.pk).get(
        agency=to, kind__in=["cases.question_asked", "cases.child_missing"]
    )
    return queries.told_line(alert, act)


def test_a_closed_school_is_closed_until_it_opens(world: Partnership) -> None:
    assert told(world, world.school, now=NIGHT).closed_until == OPENS
    assert told(world, world.school, now=MORNING).closed_until is None


def test_an_agency_that_has_not_said_is_not_called_closed(world: Partnership) -> None:
    line = told(world, world.health, now=NIGHT)

    assert line.closed_until is None
    assert line.are_hours_unknown
    assert not told(world, world.health, now=MORNING.replace(hour=10)).are_hours_unknown


def test_a_team_that_is_there_at_night_is_not_closed(world: Partnership) -> None:
    """The council is closed; its emergency duty team is not."""
    Alert.objects.filter(agency=world.birmingham).update(unit=world.edt)
    assert told(world, world.birmingham, now=NIGHT).closed_until is None

    Alert.objects.filter(agency=world.birmingham).update(unit=world.team)
    assert told(world, world.birmingham, now=NIGHT).closed_until == datetime(
        2026, 11, 23, 9, 0, tzinfo=UTC
    )


def test_the_record_says_closed_until_when(
    world: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the case page, to the police and the council; and it has gone once it is answered."""
    monkeypatch.setattr(queries, "closed_until", lambda agency, _at: OPENS
                        if agency == world.school else None)  # fmt: skip
    for person in (world.joan, world.ruth):
        shown = world.client(person).get(f"/cases/{world.ava.reference}/", secure=True)
        words = " ".join(shown.content.decode().split())
        assert "Not yet: closed until" in words
        assert "23 November 2026 at 8:00am" in words

    asked = Alert.objects.get(agency=world.school, kind="cases.question_asked")
    alert_services.acknowledge(reference=asked.reference, act=act_for(world.paul))

    shown = world.client(world.joan).get(f"/cases/{world.ava.reference}/", secure=True)
    assert "closed until" not in shown.content.decode()


def test_a_question_that_ended_asks_nobody_any_more(world: Partnership) -> None:
    Alert.objects.filter(agency=world.school).update(ended_at=OPENS, ended_reason="x")
    shown = world.client(world.joan).get(f"/cases/{world.ava.reference}/", secure=True)

    assert "No longer needed since" in shown.content.decode()


def test_the_reporter_is_told_nothing_of_whom_was_asked(world: Partnership) -> None:
    """The receipt has the same words at night, whoever is closed."""
    view = access.view_of(act=act_for(world.nisha), reference=world.ava.reference)
    assert not view.sees_others
    report = world.ava.reports.get()

    shown = world.client(world.nisha).get(f"/report/sent/{report.reference}/", secure=True)

    assert "We are checking whether others know this child" in shown.content.decode()
    assert "closed until" not in shown.content.decode()
    assert "Larkfield" not in shown.content.decode()
