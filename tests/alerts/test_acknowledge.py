"""One person of the agency answers an alert; whoever comes second learns who was first."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts import events, relay, services
from missingchildren.alerts.models import Alert
from missingchildren.alerts.rules import ChannelName, State
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted
from tests.alerts.conftest import Desk, act_of, email_of, make_member, raised, steps_of


def test_an_answer_has_time_and_author_and_moves_every_delivery(
    force: Desk, joan: Membership
) -> None:
    alert = raised(force)
    relay.deliver_next()
    act = act_of(joan)

    answered = services.acknowledge(reference=alert.reference, act=act)

    assert (answered.acknowledged_at, answered.acknowledged_by) == (act.now, joan)
    assert set(alert.deliveries.values_list("state", flat=True)) == {State.ACKNOWLEDGED.value}
    assert steps_of(email_of(alert))[-1] == ("accepted", "acknowledged", "acknowledged")


def test_what_was_not_sent_yet_need_not_be(force: Desk, joan: Membership) -> None:
    alert = raised(force)

    services.acknowledge(reference=alert.reference, act=act_of(joan))

    assert email_of(alert).state == State.SUPERSEDED
    assert relay.deliver_next() is False


def test_whoever_comes_second_learns_who_was_first_and_changes_nothing(
    force: Desk, joan: Membership
) -> None:
    alert = raised(force)
    dana = make_member(force.agency, "Dana Whitlock")
    first = services.acknowledge(reference=alert.reference, act=act_of(joan))

    second = services.acknowledge(reference=alert.reference, act=act_of(dana))

    assert second.acknowledged_by == joan
    assert second.acknowledged_at == first.acknowledged_at
    assert len(steps_of(email_of(alert))) == 2


def test_the_log_keeps_who_answered_what(force: Desk, joan: Membership) -> None:
    alert = raised(force, child_id=41)
    act = act_of(joan)

    services.acknowledge(reference=alert.reference, act=act)
    services.acknowledge(reference=alert.reference, act=act_of(joan))

    entries = Entry.objects.filter(verb="alerts.acknowledge").order_by("pk")
    assert [(entry.outcome, entry.basis) for entry in entries] == [
        (Outcome.DONE, ""),
        (Outcome.DONE, "already_acknowledged"),
    ]
    assert entries[0].act_id == act.id
    assert entries[0].subjects == [41]
    assert entries[0].references == [alert.reference, alert.subject_reference]


def test_the_row_before_and_after_is_kept_with_the_act(force: Desk, joan: Membership) -> None:
    alert = raised(force)
    act = act_of(joan)

    services.acknowledge(reference=alert.reference, act=act)

    (event,) = Alert.pgh_event_model.objects.all()  # type: ignore[attr-defined]
    assert (event.pgh_obj_id, event.acknowledged_by) == (alert.pk, joan)
    assert event.pgh_context["act"] == str(act.id)


def test_other_apps_hear_of_the_first_answer_only(
    force: Desk, joan: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = raised(force)
    heard: list[Any] = []

    def hear(**facts: Any) -> None:
        heard.append((facts["alert"], facts["act"]))

    events.alert_acknowledged.connect(hear)
    try:
        act = act_of(joan)
        services.acknowledge(reference=alert.reference, act=act)
        services.acknowledge(reference=alert.reference, act=act_of(joan))
    finally:
        events.alert_acknowledged.disconnect(hear)

    assert heard == [(alert, act)]


def test_another_agencys_alert_does_not_exist_for_you(force: Desk, council: Desk) -> None:
    alert = raised(force)
    beth = make_member(council.agency, "Beth Carver", unit=council.unit)

    for reference in (alert.reference, "AL-0000-0000-0"):
        with pytest.raises(NotFound, match=r"There is no such alert\."):
            services.acknowledge(reference=reference, act=act_of(beth))

    alert.refresh_from_db()
    assert alert.acknowledged_at is None
    assert Entry.objects.filter(verb="alerts.acknowledge", outcome=Outcome.DENIED).count() == 2


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_who_only_keeps_accounts_or_records_cannot_answer(force: Desk, role: Role) -> None:
    alert = raised(force)
    keeper = make_member(force.agency, "Fay Lund", role=role)

    with pytest.raises(NotPermitted, match="Your role does not answer alerts"):
        services.acknowledge(reference=alert.reference, act=act_of(keeper))


def test_nothing_is_kept_when_what_follows_fails(force: Desk, joan: Membership) -> None:
    alert = raised(force)

    def fail(**_: Any) -> None:
        raise ZeroDivisionError

    events.alert_acknowledged.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            services.acknowledge(reference=alert.reference, act=act_of(joan))
    finally:
        events.alert_acknowledged.disconnect(fail)

    alert.refresh_from_db()
    assert alert.acknowledged_at is None
    assert alert.deliveries.get(channel=ChannelName.INBOX).state == State.ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_of_many_who_answer_at_once_one_is_first_and_all_learn_who(force: Desk) -> None:
    alert = raised(force)
    members = [make_member(force.agency, f"Officer {number}") for number in range(12)]

    def answer(member: Membership) -> int | None:
        try:
            return services.acknowledge(
                reference=alert.reference, act=act_of(member)
            ).acknowledged_by_id
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        named = set(threads.map(answer, members))

    assert len(named) == 1
    assert len(steps_of(email_of(alert))) == 2


@pytest.mark.django_db(transaction=True)
def test_answers_and_relays_racing_leave_every_delivery_settled(
    force: Desk, joan: Membership
) -> None:
    """Either the worker's result comes first and is moved on, or it sees the answer."""
    alerts = [raised(force, event=f"event {number}") for number in range(30)]

    def answer() -> None:
        try:
            for alert in alerts:
                services.acknowledge(reference=alert.reference, act=act_of(joan))
        finally:
            connection.close()

    def send() -> None:
        try:
            while relay.deliver_next():
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        for done in [threads.submit(answer), threads.submit(send), threads.submit(send)]:
            done.result()

    states = {email_of(alert).state for alert in alerts}
    assert states <= {State.ACKNOWLEDGED.value, State.SUPERSEDED.value}
