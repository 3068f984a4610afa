"""The inbox shows an agency its own alerts, the reader's units first, and names no child."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils.html import escape

from missingchildren.agencies.models import Membership, Role, UnitKind
from missingchildren.alerts import kinds, queries, relay
from missingchildren.alerts.models import Alert
from missingchildren.alerts.queries import Box
from missingchildren.alerts.rules import Urgency
from missingchildren.audit.models import Entry, Outcome
from tests.alerts.conftest import KIND, Desk, act_of, make_desk, make_member, raised
from tests.factories import UnitFactory
from tests.signing_in import sign_in


@pytest.fixture
def at_desk(client: Client, joan: Membership) -> Client:
    """Return Joan's browser."""
    sign_in(client, joan.user)
    return client


def events_in(member: Membership, box: Box, size: int = 25) -> list[str]:
    """Return the events in a box, page after page."""
    found: list[str] = []
    after = ""
    while True:
        page = queries.inbox(act=act_of(member), box=box, after=after, size=size)
        found += [alert.event for alert in page.alerts]
        after = page.after
        if not after:
            return found


# --- the questions


def test_ones_own_units_alerts_stand_apart_from_other_units(
    force: Desk, council: Desk, joan: Membership
) -> None:
    team = UnitFactory.create(agency=force.agency, kind=UnitKind.TEAM)
    dana = make_member(force.agency, "Dana Whitlock", unit=team)
    raised(force, event="desk")
    raised(force, event="everybody", to_unit=False)
    raised(council, event="council")

    assert sorted(events_in(joan, Box.OURS)) == ["desk", "everybody"]
    assert events_in(joan, Box.OTHERS) == []
    assert events_in(dana, Box.OURS) == ["everybody"]
    assert events_in(dana, Box.OTHERS) == ["desk"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 25])
def test_pages_together_hold_every_alert_once_most_urgent_first(
    force: Desk, joan: Membership, size: int
) -> None:
    wanted = []  # type: ignore[var-annotated]
    for urgency in (Urgency.SOON, Urgency.IMMEDIATE, Urgency.ROUTINE, Urgency.IMMEDIATE):
        for number in range(3):
            event = f"{urgency.word} {number} {len(wanted)}"
            wanted.append(raised(force, event=event, urgency=urgency))
    order = sorted(wanted, key=lambda alert: (alert.urgency, alert.raised_at, alert.pk))

    assert events_in(joan, Box.OURS, size) == [alert.event for alert in reversed(order)]


@pytest.mark.parametrize("size", [1, 2, 25])
def test_answered_alerts_come_newest_first(force: Desk, joan: Membership, size: int) -> None:
    alerts = [raised(force, event=f"event {number}") for number in range(5)]
    Alert.objects.filter(pk__in=[alert.pk for alert in alerts[:2]]).update(
        ended_at=alerts[0].raised_at, ended_reason="withdrawn"
    )
    Alert.objects.filter(pk=alerts[3].pk).update(
        acknowledged_at=alerts[0].raised_at, acknowledged_by=joan
    )

    assert events_in(joan, Box.SETTLED, size) == ["event 3", "event 1", "event 0"]


@pytest.mark.parametrize("after", ["", "x", "1.2", "1.2.x", "9" * 400, "1.99999999999999999999.1"])
def test_a_position_that_nobody_gave_out_is_the_beginning(
    force: Desk, joan: Membership, after: str
) -> None:
    raised(force)

    assert len(queries.inbox(act=act_of(joan), box=Box.OURS, after=after).alerts) == 1


def test_a_page_goes_on_after_an_alert_of_ones_own_agency_only(
    force: Desk, joan: Membership
) -> None:
    """AZ-20: the next page is found by a reference, and another agency's leads nowhere."""
    alerts = [raised(force, event=f"event {number}") for number in range(3)]
    foreign = raised(make_desk("Other force", address="desk@other-force.example"))

    def events_after(reference: str) -> list[str]:
        page = queries.inbox(act=act_of(joan), box=Box.OURS, after=reference)
        return [alert.event for alert in page.alerts]

    first = queries.inbox(act=act_of(joan), box=Box.OURS, size=1)
    assert first.after == first.alerts[0].reference
    assert events_after(alerts[1].reference) == ["event 0"]
    assert events_after(foreign.reference) == ["event 2", "event 1", "event 0"]


def test_counting_stops_at_a_hundred(
    force: Desk, joan: Membership, django_assert_num_queries: Callable[[int], object]
) -> None:
    template = raised(force)
    Alert.objects.bulk_create(
        Alert(
            reference=f"AL-{number}",
            kind=KIND,
            event=f"event {number}",
            agency=force.agency,
            unit=force.unit,
            subject_reference=template.subject_reference,
            urgency=Urgency.SOON,
            raised_at=template.raised_at,
            act_id=template.act_id,
        )
        for number in range(150)
    )
    act = act_of(joan)

    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert queries.unread_count(act=act) == 100


def test_what_was_sent_about_a_child_is_known_with_channel_state_and_answer(
    force: Desk, council: Desk
) -> None:
    raised(force, child_id=1)
    raised(council, child_id=1)
    raised(council, event="other child", child_id=2)
    relay.deliver_next()

    deliveries = queries.deliveries_for(1)
    about = queries.alerts_about(child_id=1, reference=deliveries[0].alert.subject_reference)

    assert [(each.alert.agency.name, each.channel) for each in deliveries] == [
        ("Kent County Council", "inbox"),
        ("Kent County Council", "email"),
        ("Kent Police", "inbox"),
        ("Kent Police", "email"),
    ]
    assert [alert.agency for alert in about] == [council.agency, force.agency]


# --- the pages


def test_a_waiting_alert_is_listed_and_answered_from_the_page(at_desk: Client, force: Desk) -> None:
    alert = raised(force)
    page = at_desk.get("/alerts/").content.decode()
    assert alert.reference in page
    assert "Acknowledge" in page

    answer = at_desk.post(f"/alerts/{alert.reference}/acknowledge/", follow=True)

    assert answer.redirect_chain == [("/alerts/", 302)]
    assert f"You acknowledged {alert.reference}." in answer.content.decode()
    assert alert.reference not in at_desk.get("/alerts/?box=ours").context["lines"]
    settled = at_desk.get("/alerts/?box=settled").content.decode()
    assert "Acknowledged by <bdi>Joan Mercer</bdi>" in settled


def test_the_second_to_answer_reads_who_was_first(at_desk: Client, force: Desk) -> None:
    alert = raised(force)
    dana = make_member(force.agency, "Dana Whitlock")
    other = Client()
    sign_in(other, dana.user)
    other.post(f"/alerts/{alert.reference}/acknowledge/")

    answer = at_desk.post(f"/alerts/{alert.reference}/acknowledge/", follow=True)

    assert f"Dana Whitlock already acknowledged {alert.reference} on" in answer.content.decode()


def test_the_page_of_one_alert_shows_how_it_was_sent(at_desk: Client, force: Desk) -> None:
    alert = raised(force)
    relay.deliver_next()

    page = at_desk.get(f"/alerts/{alert.reference.lower()}/").content.decode()

    assert "In the inbox" in page
    assert "Email" in page
    assert "Sent" in page


def test_an_alert_that_leads_somewhere_opens_there(
    at_desk: Client, force: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = raised(force)
    kind = kinds.by_name(KIND)
    monkeypatch.setitem(
        kinds._kinds,
        KIND,
        kinds.AlertKind(
            name=KIND,
            title=kind.title,
            still_entitled=kind.still_entitled,
            open_url=lambda alert: f"/cases/{alert.subject_reference}/",
        ),
    )

    answer = at_desk.get(f"/alerts/{alert.reference}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{alert.subject_reference}/")


@pytest.mark.parametrize("verb", ["get", "post"])
def test_another_agencys_alert_and_no_alert_give_the_same_answer(
    at_desk: Client, council: Desk, verb: str
) -> None:
    theirs = raised(council).reference
    end = "acknowledge/" if verb == "post" else ""

    answers = [
        getattr(at_desk, verb)(f"/alerts/{reference}/{end}")
        for reference in (theirs, "AL-7K3Q-9F2H-B", "nonsense")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert theirs not in answers[0].content.decode()


def test_who_may_not_answer_reads_why_and_is_refused(client: Client, force: Desk) -> None:
    alert = raised(force, to_unit=False)
    fay = make_member(force.agency, "Fay Lund", role=Role.ADMINISTRATOR)
    sign_in(client, fay.user)

    page = client.get("/alerts/")
    answer = client.post(f"/alerts/{alert.reference}/acknowledge/")

    reason = escape("Your role does not answer alerts. Ask a colleague on duty.")
    assert reason in page.content.decode()
    assert f"/alerts/{alert.reference}/acknowledge/" not in page.content.decode()
    assert answer.status_code == 403
    assert reason in answer.content.decode()


def test_who_looked_at_which_alerts_is_in_the_log(
    at_desk: Client, force: Desk, joan: Membership
) -> None:
    alert = raised(force, child_id=5)

    at_desk.get("/alerts/")
    at_desk.get(f"/alerts/{alert.reference}/")

    for verb in ("alerts.inbox", "alerts.open"):
        entry = Entry.objects.get(verb=verb, outcome=Outcome.DONE)
        assert (entry.user_id, entry.membership_id) == (joan.user_id, joan.pk)
        assert (entry.subjects, entry.references) == ([5], [alert.reference])


@pytest.mark.parametrize("box", ["ours", "others", "settled"])
def test_every_list_can_be_empty(at_desk: Client, box: str) -> None:
    assert at_desk.get(f"/alerts/?box={box}").status_code == 200


def test_a_list_that_does_not_exist_is_not_found(at_desk: Client) -> None:
    assert at_desk.get("/alerts/?box=everything").status_code == 404


@pytest.mark.parametrize("rows", [1, 26])
def test_a_page_costs_the_same_queries_whatever_it_shows(
    at_desk: Client,
    force: Desk,
    rows: int,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(rows):
        raised(force, event=f"event {number}")

    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        page = at_desk.get("/alerts/")

    assert ("after=" in page.content.decode()) is (rows > 25)
    assert not mail.outbox
