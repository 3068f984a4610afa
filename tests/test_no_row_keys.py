"""No key of a row is ever shown: not in an address, a field, a page, a header or a message.

Every sequence of the database is set to begin where no other number of the service is, so that a
key stands out wherever it is written. Several people then follow every link and press every button.
"""

import os
import re
from collections import Counter, deque
from collections.abc import Iterator
from copy import copy, deepcopy
from urllib.parse import parse_qsl, urljoin, urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connections, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker, Settings

from cases.models import Grant, Update
from cases.rules import Part
from cases.services import children, drafts, sharing, updates
from cases.services.children import Described
from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.core.clock import Precision
from tests.partnership import Partnership, act_now, member
from tests.sign_in.software_key import SoftwareKey
from tests.test_every_page import OF_A_CHILD, OWN, fill
from tests.walking import walked_world
from tests.web.reading_html import Element, Page

pytestmark = pytest.mark.django_db

FIRST_KEY = 1_900_000_000
A_KEY = re.compile(r"(?<!\d)19\d{8}(?!\d)")
# Looked at so often, each with its own query: a list of thirty children has thirty pages alike.
OF_ONE_KIND = 3 if os.environ.get("FULL") else 2
HERE = "https://testserver"
MOST = 26  # more than a page of any list
# Numbers that a form may carry: how often a row was changed, and what people type themselves.
COUNTED = {"version"}


@pytest.fixture(scope="module")
def _keys_stand_out(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let every sequence begin at its own million, and put them back afterwards."""
    wrapper = connections["owner" if "owner" in connections else "default"]
    owner = wrapper.get_new_connection(wrapper.get_connection_params())
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences")
        before = sorted(cursor.fetchall())
        for number, (name, _) in enumerate(before):
            cursor.execute("SELECT setval(%s, %s)", [name, FIRST_KEY + 1_000_000 * number])
        yield
        for name, value in before:
            cursor.execute("SELECT setval(%s, %s, %s)", [name, value or 1, value is not None])
    owner.close()


@pytest.fixture(scope="module")
def told(_keys_stand_out: None, stage: None) -> Partnership:
    """Tell once of a partnership in which every list has more than one page, every page something."""
    world = walked_world()
    _say_something(world)
    _fill_lists(world)
    assert world.ava.pk >= FIRST_KEY
    return world


@pytest.fixture
def world(told: Partnership, db: None, settings: Settings) -> Partnership:
    settings.SITE_URL = HERE
    return deepcopy(told)


def _say_something(world: Partnership) -> None:
    act = act_now(world.ruth)
    for person in (world.ruth, world.paul):
        updates.add_update(
            child_reference=world.ava.reference, kind=Update.Kind.SIGHTING, text="Seen at the station.",
            happened_at=act.now, happened_precision=Precision.ABOUT, token=uuid4(),
            act=act_now(person),
        )  # fmt: skip
    sharing.decide_not_to_share(
        child_reference=world.ava.reference,
        agency_reference=world.stranger_agency.reference,
        reason="She does not go there any more.",
        review_on=act.now.date().replace(year=act.now.year + 1),
        act=act,
    )
    question = Grant.objects.get(child=world.ava, agency=world.charity, ended_at=None)
    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=question.reference,
        reason="They have answered.", act=act,
    )  # fmt: skip
    described = Described(
        given_names="Ava", family_name="Bramley", date_of_birth=world.ava.date_of_birth
    )
    world.report(by=world.beth, described=described)


def _fill_lists(world: Partnership) -> None:
    act = act_now(world.joan)
    for number in range(MOST):
        child = children.record_child(
            described=Described(given_names=f"Child {number}", family_name="Thornbury"),
            recording_agency=world.birmingham,
            act=act,
        )
        sharing.open_part(
            child=child, agency=world.birmingham, part=Part.HOME_COUNCIL,
            basis=Grant.Basis.RESPONSIBILITY, act=act,
        )  # fmt: skip
        sharing.recompute(child=child, act=act)
        raise_alert(
            kind="cases.child_missing", event=f"test {number}", agency_id=world.kent_police.pk,
            unit_id=world.desk.pk, child_id=world.ava.pk, reference=world.ava.reference,
            urgency=Urgency.SOON, act=act,
        )  # fmt: skip


# --- the people


def joan(world: Partnership) -> Membership:
    """Return the control room, with a passkey."""
    add = "/account/passkeys/add/"
    client = world.client(world.joan)
    options = client.get(add, secure=True).context["js_data"]["creation_options"]
    credential = SoftwareKey("testserver").create(options, HERE)
    client.post(add, {"name": "Laptop", "credential": credential}, secure=True)
    return world.joan


def ruth(world: Partnership) -> Membership:
    """Return the social worker, who works for a second agency too."""
    Membership.objects.create(
        user=world.ruth.user, agency=world.charity, roles=["practitioner"],
        starts_at=act_now(world.ruth).now,
    )  # fmt: skip
    return world.ruth


def nisha(world: Partnership) -> Membership:
    """Return the children's home in the middle of a second report."""
    drafts.begin(
        form="report",
        content={"steps": {"child": {"child": [world.ava.reference]}}},
        act=act_now(world.nisha),
    )
    return world.nisha


def paul(world: Partnership) -> Membership:
    return world.paul


def administrator(world: Partnership) -> Membership:
    """Return who keeps the force's people and invitations."""
    return member(world.kent_police, Role.ADMINISTRATOR, name="Fay Lund")


def stranger(world: Partnership) -> Membership:
    return world.stranger


# --- what is looked at


def assert_without_keys(response: HttpResponseBase, address: str) -> None:
    """Look for keys in everything that an answer says."""
    said = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    said += getattr(response, "content", b"").decode()
    assert not A_KEY.findall(said), address
    for name, morsel in getattr(response, "cookies", {}).items():
        assert not A_KEY.findall(f"{name}={morsel.value}"), address


def assert_is_reference(address: str, found_on: str) -> None:
    """No part of an address is a bare number: a key of a small table would not stand out."""
    parts = urlsplit(address)
    values = [*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))]
    assert not [value for value in values if value.isdigit()], (address, found_on)


def assert_fields_are_references(page: Page, found_on: str) -> None:
    """Nor is what a form carries without being typed."""
    for element in page.elements:
        carried = element.name == "option" or (
            element.name in {"input", "button"}
            and element.attributes.get("type") in {"hidden", "radio", "checkbox", "submit"}
        )
        if carried and element.attributes.get("name") not in COUNTED:
            assert not element.attributes.get("value", "").isdigit(), (element, found_on)


def links_of(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.name == "a" or (
            element.name == "form" and element.attributes.get("method", "get") == "get"
        ):
            yield element.attributes.get("href") or element.attributes.get("action") or ""


def forms_of(page: Page) -> Iterator[tuple[str, dict[str, str]]]:
    """Return each form that posts: where, and what it holds as it stands."""
    for form in page.elements:
        if form.name == "form" and form.attributes.get("method") == "post":
            inside = [e for e in page.elements if form in e.parents and e.attributes.get("name")]
            yield (
                form.attributes.get("action", ""),
                {
                    e.attributes["name"]: e.attributes.get("value", e.text)
                    for e in inside
                    if _is_sent(e)
                },
            )


def _is_sent(element: Element) -> bool:
    return element.attributes.get("type") not in {"radio", "checkbox"} or (
        "checked" in element.attributes
    )


class Walk:
    """One person's walk through everything that they are led to."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.routes: Counter[str] = Counter()
        self.forms: dict[str, tuple[str, dict[str, str]]] = {}
        self._waiting: deque[str] = deque()

    def go(self, *starts: str) -> None:
        """Follow every link from here on, then press every button once."""
        for start in starts:
            self._lead(start, "the start")
        while self._waiting:
            address = self._waiting.popleft()
            self._read(self.client.get(address, secure=True), address)
        for address, values in list(self.forms.values()):
            self._press(address, values)

    def _lead(self, link: str, found_on: str) -> None:
        address = urljoin(found_on, link) if found_on.startswith("/") else link
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or parts.path.startswith("/static/"):
            return
        assert_is_reference(address, found_on)
        try:
            route = resolve(parts.path).route
        except Resolver404:
            raise AssertionError(f"{found_on} leads nowhere: {address}") from None
        kind = f"{route}?{'&'.join(sorted(key for key, _ in parse_qsl(parts.query)))}"
        self.routes[kind] += 1
        if self.routes[kind] <= OF_ONE_KIND:
            self._waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))

    def _read(self, response: HttpResponseBase, address: str) -> None:
        assert response.status_code < 500, address
        assert_without_keys(response, address)
        if "Location" in response.headers:
            self._lead(response.headers["Location"], address)
        if "text/html" not in response.headers.get("Content-Type", ""):
            return
        page = Page(response.content.decode())  # type: ignore[attr-defined]
        assert_fields_are_references(page, address)
        for link in links_of(page):
            self._lead(link, address)
        for action, values in forms_of(page):
            where = urljoin(address, action)
            assert_is_reference(where, address)
            match = resolve(urlsplit(where).path)
            if match.url_name != "account_logout":
                self.forms.setdefault(match.route, (where, values))

    def _press(self, address: str, values: dict[str, str]) -> None:
        """Send a form as it stands, read the answer, and undo what it did."""
        cookies = copy(self.client.cookies)
        with transaction.atomic():
            answer = self.client.post(address, values, secure=True)
            assert answer.status_code < 500, address
            assert_without_keys(answer, address)
            assert_is_reference(answer.headers.get("Location", ""), address)
            transaction.set_rollback(True)
        self.client.cookies = cookies


@pytest.mark.parametrize("persona", [joan, ruth, nisha, paul, administrator, stranger])
def test_nobody_is_ever_shown_a_key(world: Partnership, persona: object) -> None:
    """AZ-20."""
    membership = persona(world)  # type: ignore[operator]
    walk = Walk(world.client(membership))

    walk.go("/", *(fill(route, world) for route in sorted(OF_A_CHILD | OWN)))

    assert len(walk.routes) > 20, "the walk came to nothing"
    assert walk.forms
    if persona is joan:
        assert "alerts/?after&box" in walk.routes, "a second page of alerts"
        assert "account/passkeys/<slug:handle>/remove/?" in walk.routes
    if persona is ruth:
        assert "cases/?after" in walk.routes, "a second page of children"
        assert "agency/act-for/" in walk.forms
        assert "questions/<str:reference>/?" in walk.routes
    if persona is administrator:
        assert "agency/people/<str:reference>/roles/?" in walk.routes


def test_no_message_holds_a_key(world: Partnership) -> None:
    """AZ-20: neither what alerts say nor what accounts are sent."""
    alerts = Alert.objects.select_related("agency", "unit")
    assert {alert.kind for alert in alerts} >= {"cases.report_received", "cases.question_asked"}
    for alert in alerts:
        message = kinds.of(alert).render(alert)
        assert not A_KEY.findall(message.subject + message.body), alert.kind
        assert_is_reference(kinds.link(alert), alert.kind)

    client = world.client(world.joan)
    client.post("/account/recovery-codes/", secure=True)

    assert [message.subject for message in mail.outbox] == ["New recovery codes were made"]
    for sent in mail.outbox:
        assert not A_KEY.findall(sent.subject + str(sent.body))


def test_the_demonstrations_page_of_people_holds_no_key(
    world: Partnership, settings: Settings
) -> None:
    """AZ-20: people are chosen by address."""
    settings.ROOT_URLCONF = "tests.sign_in.demo_urls"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    settings.FICTION_NOTICE = "Every person here is fictional."

    shown = Client().get("/demo/", secure=True)

    assert "Joan Mercer" in shown.content.decode()
    assert_without_keys(shown, "/demo/")
    page = Page(shown.content.decode())
    assert_fields_are_references(page, "/demo/")
    for address in page.addresses():
        assert_is_reference(address, "/demo/")


def test_the_walk_would_notice_a_key(world: Partnership) -> None:
    """The proof of the proof: what a key would look like, wherever it stood."""
    assert A_KEY.findall(f"/cases/{world.ava.pk}/")
    assert A_KEY.findall(f'value="3.1795.{world.desk.pk}"')
    with pytest.raises(AssertionError):
        assert_is_reference("/people/7/remove/", "here")
    with pytest.raises(AssertionError):
        assert_is_reference("/alerts/?after=7", "here")
    page = Page('<input type="hidden" name="child" value="7">')
    with pytest.raises(AssertionError):
        assert_fields_are_references(page, "here")
