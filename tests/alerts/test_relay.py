"""Every queued delivery is sent, or ends in a state that says why not; none is sent blindly."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.db import OperationalError, connection, transaction

from missingchildren.agencies.acts import system_act
from missingchildren.agencies.models import Membership
from missingchildren.alerts import channels, kinds, outbox, queries, relay, rules, tasks
from missingchildren.alerts.channels import Answer, Result
from missingchildren.alerts.models import Alert, Delivery
from missingchildren.alerts.rules import ChannelName, State, Urgency
from missingchildren.audit.acts import Channel
from tests.alerts.conftest import (
    DESK,
    KIND,
    Desk,
    Entitlement,
    email_of,
    expire_lease,
    make_contact,
    make_due,
    raised,
    steps_of,
)


def mailed() -> list[Mail]:
    """Return what was handed to the mail server."""
    return [message.message() for message in mail.outbox]


def answer_with(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    """Let the mail server fail every message this way."""

    def send(_message: EmailMessage, *, fail_silently: bool = False) -> int:
        raise failure

    monkeypatch.setattr(EmailMessage, "send", send)


# --- sending


def test_a_due_delivery_is_sent_and_each_step_is_written(force: Desk) -> None:
    alert = raised(force)
    delivery = email_of(alert)

    assert relay.deliver_next() is True
    assert relay.deliver_next() is False

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.ACCEPTED, 1)
    assert steps_of(delivery) == [
        ("", "queued", "raised"),
        ("queued", "sending", "claimed"),
        ("sending", "accepted", "accepted"),
    ]
    (message,) = mailed()
    assert message["To"] == DESK
    assert message["X-Idempotency-Key"] == delivery.idem_key
    assert message["Message-ID"] == delivery.provider_reference
    assert delivery.idem_key in message["Message-ID"]


def test_the_message_says_reference_urgency_agency_and_link_and_nothing_else(force: Desk) -> None:
    """D10: no personal data in a message; what is not given cannot leak."""
    alert = raised(force, urgency=Urgency.IMMEDIATE)

    relay.deliver_next()

    (message,) = mail.outbox
    assert message.subject == f"Immediate: Child reported missing ({alert.subject_reference})"
    assert message.body == (
        f"Child reported missing: {alert.subject_reference}\n"
        "Urgency: immediate\n"
        "For: Kent Police, Duty desk\n"
        "\n"
        "Sign in to read it and to acknowledge it:\n"
        f"http://testserver/alerts/{alert.reference}/\n"
        "\n"
        "This message names nobody and says no more, on purpose. The same alert may\n"
        f"reach you twice: look at its reference, {alert.reference}.\n"
    )


def test_an_apostrophe_in_an_agencys_name_stays_one(force: Desk) -> None:
    type(force.agency).objects.update(name="Birmingham Children's Trust")
    raised(force)

    relay.deliver_next()

    assert "For: Birmingham Children's Trust, Duty desk" in str(mail.outbox[0].body)


def test_the_most_urgent_is_sent_first_and_then_the_longest_due(force: Desk) -> None:
    order = [Urgency.SOON, Urgency.IMMEDIATE, Urgency.ROUTINE, Urgency.IMMEDIATE]
    alerts = [
        raised(force, event=f"event {number}", urgency=urgency)
        for number, urgency in enumerate(order)
    ]
    Delivery.objects.filter(alert=alerts[3]).update(
        due_at=alerts[3].raised_at - timedelta(seconds=9)
    )

    while relay.deliver_next():
        pass

    sent = [str(message["X-Idempotency-Key"]) for message in mailed()]
    assert sent == [email_of(alerts[number]).idem_key for number in (3, 1, 0, 2)]


def test_what_is_not_due_is_left_alone(force: Desk) -> None:
    delivery = email_of(raised(force))
    Delivery.objects.update(due_at=delivery.due_at + timedelta(minutes=1))

    assert relay.deliver_next() is False


@pytest.mark.parametrize("hours", [-10, 10])
def test_this_machines_clock_decides_nothing(force: Desk, hours: int) -> None:
    """R-15: an early or late clock neither holds back a delivery nor sends one early."""
    due, later = (email_of(raised(force, event=event)) for event in ("due", "later"))
    Delivery.objects.filter(pk=later.pk).update(due_at=later.due_at + timedelta(hours=1))

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours)):
        while relay.deliver_next():
            pass

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == (State.ACCEPTED, State.QUEUED)


# --- checked again right before sending


def test_a_recipient_who_may_no_longer_know_is_not_sent_to(
    force: Desk, entitlement: type[Entitlement]
) -> None:
    delivery = email_of(raised(force))
    entitlement.ends = True

    relay.deliver_next()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_reason) == (State.WITHHELD, "not_entitled")
    assert not mail.outbox


def test_an_address_that_ended_meanwhile_is_replaced_by_the_one_that_holds_now(
    force: Desk,
) -> None:
    alert = raised(force)
    old = email_of(alert)
    type(force.contact).objects.update(ends_at=alert.raised_at)
    new = make_contact(force.agency, force.unit, address="new.desk@force.example")

    while relay.deliver_next():
        pass

    old.refresh_from_db()
    assert (old.state, old.last_reason) == (State.WITHHELD, "contact_not_valid")
    assert alert.deliveries.get(contact=new).state == State.ACCEPTED
    assert [message["To"] for message in mailed()] == ["new.desk@force.example"]


def test_an_address_of_another_agency_is_refused(force: Desk, council: Desk) -> None:
    """ALR-04: contacts swapped: the agency of the contact is not the agency of the alert."""
    delivery = email_of(raised(force))
    Delivery.objects.filter(pk=delivery.pk).update(contact=council.contact)

    while relay.deliver_next():
        pass

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_reason) == (State.WITHHELD, "contact_not_valid")
    assert "edt@council.example" not in {str(message["To"]) for message in mailed()}


def test_an_alert_overtaken_by_events_is_not_sent(force: Desk) -> None:
    alert = raised(force)
    delivery = email_of(alert)
    Alert.objects.update(ended_at=alert.raised_at, ended_reason="withdrawn")

    relay.deliver_next()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_reason) == (State.SUPERSEDED, "withdrawn")


def test_a_result_that_comes_after_the_answer_is_acknowledged_too(
    force: Desk, joan: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = raised(force)
    delivery = email_of(alert)

    def answered_meanwhile(**_: object) -> Result:
        # Stands for a service that commits while the mail server is talking.
        Alert.objects.update(acknowledged_at=alert.raised_at, acknowledged_by=joan)
        return Result(answer=Answer.ACCEPTED, reason="accepted")

    monkeypatch.setitem(channels.SENDERS, ChannelName.EMAIL, answered_meanwhile)
    relay.deliver_next()

    delivery.refresh_from_db()
    assert delivery.state == State.ACKNOWLEDGED
    assert steps_of(delivery)[-2:] == [
        ("sending", "accepted", "accepted"),
        ("accepted", "acknowledged", "acknowledged"),
    ]


# --- when the mail server refuses


@pytest.mark.parametrize(
    "failure",
    [
        smtplib.SMTPRecipientsRefused({DESK: (450, b"busy")}),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"our own password"),
        TimeoutError("no answer"),
        ConnectionRefusedError(),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_temporary_failure_is_tried_again_later_under_the_same_key(
    force: Desk, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    delivery = email_of(raised(force))
    with monkeypatch.context() as broken:
        answer_with(broken, failure)
        for _ in range(3):
            make_due(delivery)
            relay.deliver_next()
    delivery.refresh_from_db()
    waits = delivery.due_at - delivery.queued_at
    assert (delivery.state, delivery.attempts, delivery.raise_count) == (State.QUEUED, 3, 0)
    assert timedelta(seconds=12) <= waits <= timedelta(seconds=19)

    make_due(delivery)
    relay.deliver_next()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.ACCEPTED, 4)
    assert mailed()[0]["X-Idempotency-Key"] == delivery.idem_key


def test_after_ten_tries_it_is_a_dead_letter_that_the_duty_desk_sees(
    force: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = email_of(raised(force))
    answer_with(monkeypatch, ConnectionRefusedError())

    for _ in range(rules.MOST_TRIES):
        make_due(delivery)
        assert relay.deliver_next()
    make_due(delivery)
    assert not relay.deliver_next()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.DEAD, 10)
    assert_desk_is_told(force, delivery)


def test_after_four_hours_it_is_a_dead_letter(force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = email_of(raised(force))
    Delivery.objects.update(queued_at=delivery.queued_at - timedelta(hours=4))
    answer_with(monkeypatch, ConnectionRefusedError())

    relay.deliver_next()

    delivery.refresh_from_db()
    assert delivery.state == State.DEAD


@pytest.mark.parametrize(
    "failure",
    [
        smtplib.SMTPRecipientsRefused({DESK: (550, b"no such mailbox")}),
        smtplib.SMTPDataError(554, b"refused"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_permanent_refusal_is_a_dead_letter_at_once(
    force: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
) -> None:
    delivery = email_of(raised(force))
    answer_with(monkeypatch, failure)

    relay.deliver_next()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.DEAD, 1)
    assert delivery.last_reason.startswith("smtp_55")
    assert_desk_is_told(force, delivery)
    assert any(record.levelname == "ERROR" for record in caplog.records)


def assert_desk_is_told(force: Desk, delivery: Delivery) -> None:
    """Check that a person of the agency finds what could not be sent, in the inbox only."""
    told = Alert.objects.get(kind=kinds.DEAD_LETTER.name)
    assert (told.agency, told.unit) == (force.agency, force.unit)
    assert told.subject_reference == delivery.alert.subject_reference
    assert [each.channel for each in told.deliveries.all()] == [ChannelName.INBOX]
    assert list(Delivery.objects.given_up()) == [delivery]


# --- what cannot even be written


def test_a_poisonous_message_is_parked_after_three_and_the_rest_flows(
    force: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-13: counted per row, parked after three; the queue behind it is not held up."""
    poison = email_of(raised(force, event="poison", urgency=Urgency.IMMEDIATE))
    sound = email_of(raised(force, event="sound", urgency=Urgency.ROUTINE))
    render = kinds.from_template

    def raise_for_poison(alert: Alert) -> kinds.Message:
        if alert.event == "poison":
            raise ZeroDivisionError
        return render(alert)

    kind = kinds.by_name(KIND)
    monkeypatch.setitem(
        kinds._kinds,
        KIND,
        kinds.AlertKind(
            name=KIND,
            title=kind.title,
            still_entitled=kind.still_entitled,
            open_url=kind.open_url,
            render=raise_for_poison,
        ),
    )
    for _ in range(3):
        make_due(poison)
        assert relay.deliver_next()
    while relay.deliver_next():
        pass

    poison.refresh_from_db()
    sound.refresh_from_db()
    assert (poison.state, poison.raise_count) == (State.PARKED, 3)
    assert poison.last_reason == "ZeroDivisionError"
    assert sound.state == State.ACCEPTED
    assert_desk_is_told(force, poison)


def test_an_address_that_cannot_be_written_to_a_header_is_poison_not_a_crash(
    force: Desk,
) -> None:
    type(force.contact).objects.update(address="desk@force.example\nBcc: all@press.example")
    delivery = email_of(raised(force))

    for _ in range(3):
        make_due(delivery)
        relay.deliver_next()

    delivery.refresh_from_db()
    assert delivery.state == State.PARKED
    assert not mail.outbox


def test_a_lost_database_is_not_the_messages_fault(
    force: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = email_of(raised(force))

    def lost(_alert: Alert) -> kinds.Message:
        raise OperationalError

    monkeypatch.setattr(kinds, "of", lost)
    with pytest.raises(OperationalError):
        relay.deliver_next()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.raise_count) == (State.SENDING, 0)


# --- leases


def test_a_dead_workers_lease_runs_out_and_the_next_worker_sends(force: Desk) -> None:
    """R-01, R-02: killed between claim and mark: sent again, under the same key."""
    delivery = email_of(raised(force))
    relay._claim()  # the worker dies here
    assert relay.deliver_next() is False

    expire_lease(delivery)
    assert relay.deliver_next() is True

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.ACCEPTED, 2)
    assert steps_of(delivery) == [
        ("", "queued", "raised"),
        ("queued", "sending", "claimed"),
        ("sending", "queued", "lease_expired"),
        ("queued", "sending", "claimed"),
        ("sending", "accepted", "accepted"),
    ]


def test_a_worker_that_lost_its_lease_writes_nothing(force: Desk) -> None:
    delivery = email_of(raised(force))
    slow = relay._claim()
    assert slow is not None
    expire_lease(delivery)
    relay._claim()

    relay._attempt(slow, letter_of(delivery))

    delivery.refresh_from_db()
    assert delivery.state == State.SENDING
    assert len(steps_of(delivery)) == 4


def letter_of(delivery: Delivery) -> relay.Letter:
    """Return what a worker would send."""
    return relay.Letter(
        channel=ChannelName.EMAIL,
        message=kinds.Message(subject="s", body="b"),
        address=DESK,
        idem_key=delivery.idem_key,
    )


def test_the_sweeper_returns_only_leases_that_ran_out(force: Desk) -> None:
    dead, alive = (email_of(raised(force, event=event)) for event in ("dead", "alive"))
    relay._claim()
    relay._claim()
    expire_lease(dead)

    tasks.return_expired_leases()

    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.state, dead.lease, dead.locked_by) == (State.QUEUED, None, "")
    assert alive.state == State.SENDING
    assert steps_of(dead)[-1] == ("sending", "queued", "lease_expired")


def test_a_message_that_kills_every_worker_ends_as_a_dead_letter(force: Desk) -> None:
    delivery = email_of(raised(force))

    for _ in range(rules.MOST_TRIES):
        assert relay._claim()
        expire_lease(delivery)
    relay.deliver_next()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_reason) == (State.DEAD, "tries_used_up")
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_relays_and_a_sweeper_racing_send_each_message_once(force: Desk) -> None:
    """ALR-11: two relays and a sweeper: one delivery each."""
    for number in range(40):
        raised(force, event=f"event {number}")
    start = Barrier(5)

    def work(number: int) -> None:
        start.wait()
        try:
            if number == 0:
                for _ in range(50):
                    relay.return_expired()
            else:
                while relay.deliver_next():
                    pass
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(work, range(5)))

    keys = [str(message["X-Idempotency-Key"]) for message in mailed()]
    assert len(keys) == len(set(keys)) == 40
    emails = Delivery.objects.filter(channel=ChannelName.EMAIL)
    assert set(emails.values_list("state", "attempts")) == {(State.ACCEPTED.value, 1)}


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_mail_server_talks(
    force: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(force)
    seen: list[bool] = []

    def look(**_: object) -> Result:
        seen.append(connection.in_atomic_block)
        return Result(answer=Answer.ACCEPTED, reason="accepted")

    monkeypatch.setitem(channels.SENDERS, ChannelName.EMAIL, look)
    relay.deliver_next()

    assert seen == [False]


def test_the_task_stops_after_its_batch(force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "BATCH", 2)
    for number in range(3):
        raised(force, event=f"event {number}")

    tasks.deliver_due_alerts(added_in_a_later_release=True)

    assert len(mail.outbox) == 2


# --- reconciliation


def test_events_and_outcomes_add_up(force: Desk, council: Desk) -> None:
    """Every alert's every channel stands in exactly one state, and the age of the oldest shows."""
    raised(force)
    raised(council)
    with transaction.atomic():
        outbox.supersede(events=["nothing"], reason="x", act=system_act(Channel.TASK))
    assert queries.oldest_unsent_age() is not None

    while relay.deliver_next():
        pass

    assert queries.oldest_unsent_age() is None
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.ACCEPTED.value}
