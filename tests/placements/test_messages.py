"""What leaves the service, and what its history shows: no name, no place, no word of the notice."""

import pytest
from django.core import mail

from cases import access as case_access
from cases import panels
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert
from missingchildren.alerts.relay import deliver_next
from missingchildren.audit.models import Entry
from placements.services import notices, placements
from tests.factories import DutyContactFactory
from tests.partnership import CANARY_PLACE, Partnership, act_now
from tests.placements.telling import (
    KENT_POSTCODE,
    PLACEMENT_PHONE,
    POLICE_SHOULD_KNOW,
    WHY_THIS_HOME,
    acknowledge,
    approved,
    current,
    end,
    notice_to,
    propose,
    samira,
    send_back,
)

REASON = "canary-reason: her uncle found the house"
CANARIES = (
    CANARY_PLACE, PLACEMENT_PHONE, KENT_POSTCODE, WHY_THIS_HOME, POLICE_SHOULD_KNOW, REASON,
    "Ava", "Bramley", "2011", "Seaview", "Margate",
)  # fmt: skip


def everything_is_told(world: Partnership) -> None:
    """Let each kind of alert of this app be raised, and each text be typed."""
    withdrawn = approved(world)
    notices.send_notices(
        placement_reference=withdrawn.reference, version=None, act=act_now(samira(world))
    )
    placements.withdraw_placement(
        placement_reference=withdrawn.reference, reason=REASON, version=None,
        act=act_now(samira(world)),
    )  # fmt: skip
    placement = current(world)
    acknowledge(notice_to(placement, world.kent_police), world.joan, response=REASON)
    send_back(notice_to(placement, world.kent_council), world.beth, REASON)
    end(world, placement)
    propose(world, arrives_at=act_now(world.ruth).now)


@pytest.mark.django_db
def test_no_message_says_more_than_references(world: Partnership) -> None:
    """LOC-05: subject and body of each kind; the length depends on nothing about the child."""
    everything_is_told(world)
    raised = Alert.objects.filter(kind__startswith="placements.").select_related("agency", "unit")
    assert {alert.kind for alert in raised} == {
        name for name in kinds.registered() if name.startswith("placements.")
    }
    for alert in raised:
        message = kinds.of(alert).render(alert)
        for canary in CANARIES:
            assert canary not in message.subject + message.body, (alert.kind, canary)


@pytest.mark.django_db(transaction=True)
def test_no_mail_that_leaves_holds_a_canary(world: Partnership) -> None:
    """LOC-05: headers too."""
    for of in (world.birmingham, world.kent_council):
        DutyContactFactory.create(agency=of, address="office@council.example")
    everything_is_told(world)

    while deliver_next():
        pass

    assert len(mail.outbox) >= 3
    for message in mail.outbox:
        sent = message.message().as_string() + message.subject + str(message.body)
        for canary in CANARIES:
            assert canary not in sent, canary


@pytest.mark.django_db
def test_history_and_log_hold_references_only(world: Partnership) -> None:
    """LOC-06: old addresses are not in the timeline, the log, or the history of rows."""
    everything_is_told(world)
    view = case_access.view_of(act=act_now(world.ruth), reference=world.ava.reference)
    shown = " ".join(
        f"{moment.title} {moment.text}" for moment in panels.moments(view, act_now(world.ruth))
    )
    logged = " ".join(str(row) for row in Entry.objects.values())
    for canary in (CANARY_PLACE, KENT_POSTCODE, WHY_THIS_HOME, POLICE_SHOULD_KNOW, REASON):
        assert canary not in shown, canary
        assert canary not in logged, canary


@pytest.mark.django_db
def test_the_history_of_rows_holds_no_address_and_no_notice(world: Partnership) -> None:
    """LOC-06: what was sent is kept once, and its history is not."""
    everything_is_told(world)
    notice = notice_to(
        world.ava.placements.order_by("pk")[1], world.kent_police)  # fmt: skip
    event_model = notice.events.model  # type: ignore[attr-defined]
    assert "sent" not in {field.name for field in event_model._meta.get_fields()}


@pytest.mark.django_db
def test_the_evidence_for_a_risk_round_names_no_place(world: Partnership) -> None:
    """It says how far, since when, and who in the area has not answered."""
    placement = current(world)
    acknowledge(notice_to(placement, world.kent_police), world.joan)
    world.accept(world.report())
    source = next(each for each in panels.evidence_sources() if each.key == "placement")
    for membership in (world.joan, world.ruth):
        act = act_now(membership)
        view = case_access.view_of(act=act, reference=world.ava.reference)
        (item,) = source.items(view, act)
        assert item.reference == placement.reference
        assert item.owner == world.birmingham
        assert "Children's home, out of area, at a distance" in item.text
        assert "Kent Police: told, has acknowledged" in item.text
        assert "Kent County Council: told, has not acknowledged" in item.text
        for canary in CANARIES:
            assert canary not in item.text.replace("2011", ""), canary
    for membership in (world.nisha, world.paul, world.tom):
        act = act_now(membership)
        view = case_access.view_of(act=act, reference=world.ava.reference)
        assert source.items(view, act) == []
    end(world, placement)
    act = act_now(world.ruth)
    view = case_access.view_of(act=act, reference=world.ava.reference)
    assert source.items(view, act) == []
