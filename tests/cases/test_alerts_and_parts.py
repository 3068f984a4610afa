"""When a part ends, what waited for its agency ends with it, and no inbox leads to a closed record."""

from copy import deepcopy
from datetime import timedelta

import pytest

from cases.models import Child, ChildPermission, Grant, KeepFrom, MatchQuestion
from cases.services import matching, returns, sharing
from cases.services.children import Described
from missingchildren.agencies.models import Agency, Membership
from missingchildren.alerts.models import Alert, Delivery
from missingchildren.alerts.rules import State
from tests.factories import DutyContactFactory
from tests.partnership import Partnership, act_now

pytestmark = pytest.mark.django_db
REASON = "The question is answered."


def school_asked() -> Partnership:
    """Return a partnership in which Ava's report is accepted, and the school was asked."""
    world = Partnership()
    DutyContactFactory.create(agency=world.school, address="office@school.example")
    world.accept(world.report())
    return world


@pytest.fixture(scope="module")
def school_asked_once(stage: None) -> Partnership:
    return school_asked()


@pytest.fixture
def world(school_asked_once: Partnership, db: None) -> Partnership:
    """Return a partnership in which the school was asked, told once for the module."""
    return deepcopy(school_asked_once)


def end_question(world: Partnership) -> None:
    grant = Grant.objects.get(child=world.ava, agency=world.school, ended_at=None)
    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=grant.reference, reason=REASON,
        act=act_now(world.ruth),
    )  # fmt: skip


def come_back(world: Partnership) -> None:
    act = act_now(world.joan)
    returns.record_return(
        episode_reference=world.ava.reports.get().episode.reference,
        returned_at=act.now, version=None, act=act,
    )  # fmt: skip


def keep_from_the_school(world: Partnership) -> None:
    act = act_now(world.ruth)
    KeepFrom.objects.create(
        child=world.ava, agency=world.school, reason="A relative works there.",
        starts_at=act.now, made_by=world.ruth,
    )  # fmt: skip
    sharing.recompute(child=world.ava, act=act)


def leave(world: Partnership) -> None:
    Agency.objects.filter(pk=world.school.pk).update(is_active=False)
    sharing.recompute(child=world.ava, act=act_now(world.ruth))
    Agency.objects.filter(pk=world.school.pk).update(is_active=True)


def question_to(agency: Agency) -> Alert:
    return Alert.objects.get(agency=agency, kind="cases.question_asked")


@pytest.mark.parametrize("ending", [end_question, come_back, keep_from_the_school, leave])
def test_what_waits_for_an_agency_ends_with_its_part(world: Partnership, ending: object) -> None:
    """AZ-08: the question leaves the inbox, its unsent e-mail is not sent, others' alerts stay."""
    others = Alert.objects.waiting().filter(child_id=world.ava.pk).exclude(agency=world.school)
    before = set(others.exclude(kind="cases.question_asked"))

    ending(world)  # type: ignore[operator]

    asked = question_to(world.school)
    assert asked.ended_reason == "the part has ended"
    email = Delivery.objects.get(alert=asked, channel="email")
    assert email.state == State.SUPERSEDED
    assert list(email.transitions.order_by("pk").values_list("to_state", flat=True)) == [
        "queued", "superseded",
    ]  # fmt: skip
    assert before <= set(others)


@pytest.mark.parametrize("ending", [end_question, come_back, keep_from_the_school, leave])
@pytest.mark.parametrize("name", ["paul", "grace", "lena", "ruth", "joan", "nisha", "tom"])
def test_nothing_that_waits_in_an_inbox_leads_to_a_closed_record(
    world: Partnership, ending: object, name: str
) -> None:
    ending(world)  # type: ignore[operator]

    _everything_opens(world, getattr(world, name))


def _everything_opens(world: Partnership, membership: Membership) -> None:
    client = world.client(membership)
    for alert in Alert.objects.filter(agency=membership.agency):
        opened = client.get(f"/alerts/{alert.reference}/", secure=True, follow=True)
        assert opened.status_code == 200, alert.kind


def test_an_alert_whose_part_ran_out_unseen_speaks_for_itself(world: Partnership) -> None:
    """AZ-09: nothing was swept, and the link does not lead to a page that is not there."""
    now = act_now(world.paul).now
    Grant.objects.filter(child=world.ava, agency=world.school).update(
        starts_at=now - timedelta(hours=1), ends_at=now
    )
    ChildPermission.listed.filter(group=world.school.group).update(valid_until=now)

    _everything_opens(world, world.paul)


def test_the_school_still_learns_that_the_child_is_back(world: Partnership) -> None:
    come_back(world)

    back = Alert.objects.get(agency=world.school, kind="cases.child_returned")
    shown = world.client(world.paul).get(f"/alerts/{back.reference}/", secure=True)

    assert back.ended_at is None
    assert "A child who was missing is back" in shown.content.decode()
    assert "Bramley" not in shown.content.decode()


def test_answering_whether_two_are_one_ends_the_question_and_carries_alerts_along(
    world: Partnership,
) -> None:
    come_back(world)
    described = Described(
        given_names="Ava", family_name="Bramley", date_of_birth=world.ava.date_of_birth
    )
    report = world.report(by=world.beth, described=described, last_seen_at=act_now(world.beth).now)
    question = MatchQuestion.objects.get()
    received = Alert.objects.get(event=f"report_received:{report.reference}")
    address = f"/alerts/{received.reference}/"
    new = Child.objects.get(reports=report).reference

    matching.answer_match(
        reference=question.reference, answer=MatchQuestion.Answer.SAME, act=act_now(world.ruth)
    )

    received.refresh_from_db()
    assert received.ended_at is None, "the desk must still accept the report"
    joan = world.client(world.joan)
    assert joan.get(address, secure=True)["Location"] == f"/cases/{world.ava.reference}/"
    assert joan.get(f"/cases/{new}/", secure=True)["Location"] == f"/cases/{world.ava.reference}/"
    assert world.client(world.stranger).get(f"/cases/{new}/", secure=True).status_code == 404
    asked = Alert.objects.get(kind="cases.match_question")
    assert asked.ended_reason == "the question is answered"
    _everything_opens(world, world.ruth)
