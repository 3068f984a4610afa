"""An alert exists exactly when what caused it does, once per recipient, and carries no names."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from missingchildren.agencies.acts import system_act
from missingchildren.alerts import kinds, outbox
from missingchildren.alerts.models import Alert, Delivery, Transition
from missingchildren.alerts.rules import ChannelName, State, Urgency
from missingchildren.audit.acts import Channel, database_now
from tests.alerts.conftest import (
    EPISODE,
    KIND,
    Desk,
    email_of,
    make_contact,
    raise_for,
    raised,
    steps_of,
)


class Regret(Exception):
    """What undoes the business transaction."""


def regret(alert: Alert | None) -> None:
    """Undo it, the alert having been raised."""
    assert alert is not None
    raise Regret


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_raises_nothing(force: Desk) -> None:
    """ALR-01: rolled back, no outbox row."""
    with pytest.raises(Regret), transaction.atomic():
        regret(raise_for(force))

    assert not Alert.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_kept_raises_one_per_recipient_and_channel(
    force: Desk, council: Desk
) -> None:
    """ALR-01: committed, exactly one per recipient and rule."""
    with transaction.atomic():
        raise_for(force)
        raise_for(council)

    assert Alert.objects.count() == 2
    for desk in (force, council):
        channels = Delivery.objects.filter(alert__agency=desk.agency).values_list(
            "channel", flat=True
        )
        assert sorted(channels) == ["email", "inbox"]


@pytest.mark.django_db(transaction=True)
def test_an_alert_outside_a_transaction_is_refused(force: Desk) -> None:
    with pytest.raises(outbox.NoTransaction):
        outbox.raise_alert(
            kind=KIND,
            event="alone",
            agency_id=force.agency.pk,
            unit_id=None,
            child_id=None,
            reference=EPISODE,
            urgency=Urgency.SOON,
            act=system_act(Channel.TASK),
        )


def test_an_unknown_kind_is_refused_at_once(force: Desk) -> None:
    with pytest.raises(kinds.UnknownKind):
        outbox.raise_alert(
            kind="tests.nobody_knows",
            event="e",
            agency_id=force.agency.pk,
            unit_id=None,
            child_id=None,
            reference=EPISODE,
            urgency=Urgency.SOON,
            act=system_act(Channel.TASK),
        )


def test_the_same_event_replayed_raises_nothing_more(force: Desk) -> None:
    """ALR-10: same rule, same event, replayed: no second message."""
    raised(force)
    raised(force, to_unit=False)

    again = [raise_for(force), raise_for(force, to_unit=False)]

    assert again == [None, None]
    assert Alert.objects.count() == 2
    assert Delivery.objects.filter(channel=ChannelName.INBOX).count() == 2
    assert Delivery.objects.values("idem_key").distinct().count() == Delivery.objects.count()


@pytest.mark.django_db(transaction=True)
def test_the_same_event_raised_at_once_from_many_sides_is_one_alert(force: Desk) -> None:
    """ALR-10: under races too."""

    def raise_once(_number: int) -> bool:
        try:
            return raise_for(force) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        new = list(threads.map(raise_once, range(24)))

    assert new.count(True) == 1
    assert Alert.objects.count() == 1
    assert Delivery.objects.count() == 2


def test_the_database_itself_refuses_a_second_alert_for_an_event(force: Desk) -> None:
    """ALR-10: constraint alert_once_per_event_and_recipient, without a unit too."""
    alert = raised(force, to_unit=False)
    alert.pk, alert.reference = None, "AL-0000-0000-0"

    with pytest.raises(IntegrityError, match="alert_once_per_event_and_recipient"):
        alert.save(force_insert=True)


def test_a_reference_that_is_taken_costs_no_alert(
    force: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = raised(force)
    drawn = iter([first.reference, first.reference, "AL-7K3Q-9F2H-B"])
    monkeypatch.setattr(outbox, "new_reference", lambda _prefix: next(drawn))

    second = raise_for(force, event="another")

    assert second is not None
    assert second.reference == "AL-7K3Q-9F2H-B"


def test_the_inbox_has_the_alert_at_once_and_the_mail_waits(force: Desk) -> None:
    alert = raised(force)

    inbox = alert.deliveries.get(channel=ChannelName.INBOX)
    assert (inbox.state, inbox.accepted_at) == (State.ACCEPTED, alert.raised_at)
    assert steps_of(inbox) == [("", "accepted", "raised")]
    assert steps_of(email_of(alert)) == [("", "queued", "raised")]


def test_the_unit_is_written_to_at_its_own_address_and_else_at_the_agencys(force: Desk) -> None:
    general = make_contact(force.agency, None, address="general@force.example")

    to_unit = email_of(raised(force, event="to the unit"))
    to_agency = email_of(raised(force, event="to the agency", to_unit=False))

    assert to_unit.contact == force.contact
    assert to_agency.contact == general


def test_an_address_that_nobody_verified_is_not_written_to(force: Desk) -> None:
    type(force.contact).objects.update(verified_at=None, verified_by=None)

    alert = raised(force)

    assert [each.channel for each in alert.deliveries.all()] == [ChannelName.INBOX]


def test_ending_an_event_stops_what_is_still_queued(force: Desk, council: Desk) -> None:
    alerts = [raised(force), raised(council)]

    with transaction.atomic():
        ended = outbox.supersede(
            events=[alerts[0].event], reason="withdrawn", act=system_act(Channel.TASK)
        )

    assert ended == 2
    for alert in alerts:
        assert email_of(alert).state == State.SUPERSEDED
        assert alert.deliveries.get(channel=ChannelName.INBOX).state == State.ACCEPTED


# --- what the database holds everybody to


def test_a_delivery_leaves_a_state_only_by_a_written_transition(force: Desk) -> None:
    delivery = email_of(raised(force))

    with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=State.DELIVERED, accepted_at=database_now()
        )


@pytest.mark.parametrize("model", [Alert, Delivery, Transition])
def test_nothing_is_deleted(force: Desk, model: type[Alert | Delivery | Transition]) -> None:
    raised(force)

    with pytest.raises(Exception, match=r"Cannot delete|permission denied"), transaction.atomic():
        model._base_manager.all()._raw_delete("default")


def test_a_written_step_is_never_changed(force: Desk) -> None:
    raised(force)

    with pytest.raises(Exception, match=r"Cannot update|permission denied"), transaction.atomic():
        Transition.objects.update(reason="other")


def test_an_acknowledgement_needs_time_and_author(force: Desk) -> None:
    alert = raised(force)

    with pytest.raises(IntegrityError, match="alert_acknowledgement_has_time_and_author"):
        Alert.objects.filter(pk=alert.pk).update(acknowledged_at=alert.raised_at)


def test_a_leased_delivery_is_sending_and_no_other_is(force: Desk) -> None:
    delivery = email_of(raised(force))

    with pytest.raises(IntegrityError, match="delivery_is_leased_while_sending"):
        Delivery.objects.filter(pk=delivery.pk).update(locked_by="somebody")
