"""The acceptance story over HTTP: a report from a children's home reaches everyone it should.

Nisha reports Ava; Joan's desk is alerted and accepts; Nisha's receipt changes; Birmingham and its
emergency duty team see the case; the school sees only its question; a stranger gets 404.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from cases.models import Child, MissingEpisode, Report
from missingchildren.alerts.models import Alert
from missingchildren.alerts.relay import deliver_next
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import in_london
from tests.demonstration import QUICK_HASHER, client_of, settle_with_ava

pytestmark = pytest.mark.django_db(transaction=True)

WORRY = "She was crying after a call at tea and left her inhaler on her bed."
POLICE_REFERENCE = "KP-231126-0412"
STRANGERS = ("anil.desai", "carys.lloyd", "sam.reyes", "jo.tranter")


@pytest.fixture
def ava(settings: Settings) -> Child:
    settings.PASSWORD_HASHERS = QUICK_HASHER
    return settle_with_ava()


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    page: str = response.content.decode()
    return page


def case_page(person: str, child: Child) -> Any:
    return client_of(person).get(reverse("cases:child", args=[child.reference]))


def answers(child: Child) -> list[tuple[str, dict[str, str]]]:
    """Return what Nisha answers, page by page."""
    seen = in_london(database_now() - timedelta(minutes=70))
    return [
        ("child", {"child": child.reference}),
        (
            "seen",
            {
                "last_seen_at-day": str(seen.day),
                "last_seen_at-month": str(seen.month),
                "last_seen_at-year": str(seen.year),
                "last_seen_at-time": f"{seen:%H:%M}",
                "precision": "exact",
            },
        ),
        ("place", {"where": "own", "postcode": "", "force": "", "description": ""}),
        ("worry", {"why_worried": WORRY}),
        ("tried", {"done_so_far": "Rang her, looked in her room and along the seafront."}),
        ("contact", {"contact_name": "Nisha Roy", "contact_phone": "01632 960 114"}),
    ]


def report(nisha: Client, child: Child) -> Report:
    """Fill in the report as Nisha does, one page at a time, and send it."""
    next_page = nisha.post(reverse("cases:report"))["Location"]
    for step, typed in answers(child):
        assert next_page == reverse("cases:report_question", args=[step])
        form = nisha.get(next_page).context
        kept = {"version": form["draft"].version, "token": str(form["draft"].token)}
        response = nisha.post(next_page, {**typed, **kept})
        assert response.status_code == 302, response.content.decode()
        next_page = response["Location"]
    assert next_page == reverse("cases:report_check")
    assert WORRY in text(nisha.get(next_page))
    sent = nisha.post(next_page)
    made = Report.objects.latest("pk")
    assert sent["Location"] == reverse("cases:receipt", args=[made.reference])
    return made


def send_what_is_queued() -> None:
    while deliver_next():
        pass


def test_a_report_reaches_everyone_it_should_and_nobody_else(ava: Child) -> None:
    nisha, joan = client_of("nisha.roy"), client_of("joan.mercer")
    receipt = reverse("cases:receipt", args=[report(nisha, ava).reference])
    episode = MissingEpisode.objects.open().get(child=ava)

    # The desk is alerted, by its inbox and by an e-mail that names nobody.
    assert "has not read it yet" in text(nisha.get(receipt))
    alert = Alert.objects.waiting().get(kind="cases.report_received", child_id=ava.pk)
    assert alert.reference in text(joan.get(reverse("alerts:inbox")))
    send_what_is_queued()
    (message,) = [sent for sent in mail.outbox if sent.to == ["duty-desk@kent-police.example"]]
    assert episode.reference in message.subject
    assert "Ava" not in message.subject + str(message.body)

    # Until the force accepts, the others know nothing.
    assert case_page("paul.denby", ava).status_code == 404
    assert case_page("grace.ilori", ava).status_code == 404

    # Joan answers the alert and reads the report; the receipt says that it is read.
    joan.post(reverse("alerts:acknowledge", args=[alert.reference]))
    alert.refresh_from_db()
    assert alert.acknowledged_by is not None
    assert WORRY in text(joan.get(reverse("cases:child", args=[ava.reference])))
    assert "read your report" in text(nisha.get(receipt))

    # She accepts it; the receipt has the reference, and its reporter is alerted.
    accept = reverse("cases:accept", args=[ava.reference, episode.reference])
    accepted = joan.post(accept, {"police_reference": POLICE_REFERENCE, "version": episode.version})
    assert accepted.status_code == 302
    assert POLICE_REFERENCE in text(nisha.get(receipt))
    send_what_is_queued()
    told = {sent.to[0] for sent in mail.outbox}
    assert {
        "duty@seaview-house.example",
        "edt@birmingham-childrens-trust.example",
        "edt@kent-council.example",
        "duty-desk@west-midlands-police.example",
        "duty@larkfield-academy.example",
    } <= told

    # Birmingham and its emergency duty team see the case, and who was told.
    for person in ("ruth.adeyemi", "ken.osei"):
        page = text(case_page(person, ava))
        assert WORRY in page
        assert POLICE_REFERENCE in page
        assert "Emergency duty team" in page

    # The school sees its question and nothing else.
    school = text(case_page("paul.denby", ava))
    assert "The police ask what you know" in school
    for hidden in (WORRY, POLICE_REFERENCE, "01632 960 114", "Emergency duty team", "inhaler"):
        assert hidden not in school

    # A stranger gets the same answer as for a child who does not exist.
    for person in STRANGERS:
        assert case_page(person, ava).status_code == 404
        assert client_of(person).get("/cases/MC-0000-0000-0/").status_code == 404


def test_sending_twice_makes_one_report(ava: Child) -> None:
    nisha = client_of("nisha.roy")
    made = report(nisha, ava)

    again = nisha.post(reverse("cases:report_check"))

    assert again["Location"] == reverse("cases:report")
    assert list(ava.episodes.open()) == [made.episode]


def test_the_school_answers_and_the_force_reads_it(ava: Child) -> None:
    nisha, joan, paul = (client_of(p) for p in ("nisha.roy", "joan.mercer", "paul.denby"))
    episode = report(nisha, ava).episode
    joan.post(
        reverse("cases:accept", args=[ava.reference, episode.reference]),
        {"police_reference": POLICE_REFERENCE, "version": episode.version},
    )

    add = reverse("cases:add_update", args=[ava.reference])
    form = paul.get(add).context["form"]
    at = in_london(database_now() - timedelta(minutes=5))
    typed = {
        "kind": "information",
        "happened_at-day": at.day,
        "happened_at-month": at.month,
        "happened_at-year": at.year,
        "happened_at-time": f"{at:%H:%M}",
        "text": "She left the site at ten past three with two friends.",
        "audience": "case",
        "token": form["token"].value(),
    }
    assert paul.post(add, typed).status_code == 302

    assert "with two friends" in text(joan.get(reverse("cases:child", args=[ava.reference])))
    assert "with two friends" in text(case_page("ruth.adeyemi", ava))
    assert case_page("jo.tranter", ava).status_code == 404
