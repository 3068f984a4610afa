"""The pages about one's agency: what each person finds there, and what they cannot reach."""

import pytest
from django.test import Client
from django.urls import reverse

from missingchildren.agencies.models import Invitation, Membership, Role, UnitKind
from missingchildren.audit.acts import database_now
from missingchildren.audit.models import Entry, Outcome
from tests.factories import AgencyFactory, AssignmentFactory, MembershipFactory, UnitFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Membership:
    return MembershipFactory.create(
        agency__name="Birmingham",
        agency__mail_domains=["birmingham.example"],
        roles=[Role.ADMINISTRATOR],
        user__full_name="Fay Lund",
    )


def open_page(client: Client, name: str, *args: str) -> tuple[int, str]:
    response = client.get(reverse(f"agencies:{name}", args=args), secure=True)
    return response.status_code, response.content.decode()


def test_agency_page_says_for_whom_one_acts(client: Client) -> None:
    member = MembershipFactory.create(agency__name="Kent Police", roles=[Role.CONTROL_ROOM])
    desk = UnitFactory.create(agency=member.agency, name="Desk one", kind=UnitKind.DUTY_DESK)
    AssignmentFactory.create(membership=member, unit=desk)
    UnitFactory.create(name="Somebody else's")
    sign_in(client, member.user)

    status, page = open_page(client, "agency")

    assert status == 200
    for text in ("Kent Police", "Control room", "Desk one", "you are in it", "urgent alerts go"):
        assert text in page
    assert "Somebody else" not in page
    assert "People of" not in page
    assert "Act for another agency" not in page


def test_a_person_of_two_agencies_picks(client: Client) -> None:
    first = MembershipFactory.create(agency__name="First")
    second = MembershipFactory.create(agency__name="Second", user=first.user)
    sign_in(client, first.user)
    assert "csrfmiddlewaretoken" in open_page(client, "agency")[1].partition("Act for")[2]

    answer = client.post(
        reverse("agencies:act_for"), {"agency": second.agency.reference}, secure=True
    )

    assert answer.status_code == 302
    assert '<h1 class="govuk-heading-l">Second</h1>' in open_page(client, "agency")[1]
    entry = Entry.objects.get(verb="choose_agency")
    assert (entry.user_id, entry.outcome) == (first.user_id, Outcome.DONE)
    assert str(second.pk) not in {entry.basis, entry.recipient}


def test_an_agency_of_others_is_a_404(client: Client) -> None:
    member, elsewhere = MembershipFactory.create(), AgencyFactory.create()
    sign_in(client, member.user)

    for reference in (elsewhere.reference, "AG-0000-0000-0", "", "\x00", "x" * 1_000_000):
        answer = client.post(reverse("agencies:act_for"), {"agency": reference}, secure=True)
        assert answer.status_code == 404, reference


def test_after_leaving_every_page_says_so(client: Client) -> None:
    """AZ-10: at the next request of the same session."""
    member = MembershipFactory.create()
    sign_in(client, member.user)
    assert open_page(client, "agency")[0] == 200

    Membership.objects.filter(pk=member.pk).update(ends_at=database_now())

    for name in ("agency", "people"):
        status, page = open_page(client, name)
        assert status == 403
        assert "not a member of any agency" in page
        assert member.agency.name not in page


def test_the_people_page_is_the_administrators(client: Client, administrator: Membership) -> None:
    colleague = MembershipFactory.create(agency=administrator.agency, user__full_name="Ruth A")
    MembershipFactory.create(user__full_name="Mallory Elsewhere")
    sign_in(client, administrator.user)

    status, page = open_page(client, "people")

    assert status == 200
    assert colleague.user.full_name in page
    assert "Mallory" not in page
    assert "Another administrator must change your own membership." in page


@pytest.mark.parametrize("name", ["people", "invite"])
def test_others_read_why_not(client: Client, administrator: Membership, name: str) -> None:
    """AZ-31: the reason is given, nothing is shown, and the refusal is logged."""
    colleague = MembershipFactory.create(agency=administrator.agency)
    sign_in(client, colleague.user)

    status, page = open_page(client, name)

    assert status == 403
    assert "Only an administrator" in page
    assert administrator.user.email not in page
    assert Entry.objects.get(verb=name).outcome == Outcome.DENIED


@pytest.mark.parametrize("name", ["change_roles", "end_membership"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_people_of_other_agencies_do_not_exist(
    client: Client, administrator: Membership, name: str, method: str
) -> None:
    """AZ-32: absent and somebody else's answer alike."""
    elsewhere = MembershipFactory.create()
    sign_in(client, administrator.user)

    answers = [
        getattr(client, method)(
            reverse(f"agencies:{name}", args=[reference]), {"roles": "manager"}, secure=True
        )
        for reference in (elsewhere.reference, "MB-7K3Q-9F2H-B", "\x00")
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert answers[0].content == answers[1].content == answers[2].content
    elsewhere.refresh_from_db()
    assert (elsewhere.roles, elsewhere.ends_at) == ([Role.PRACTITIONER], None)


def test_an_invitation_is_shown_once(client: Client, administrator: Membership) -> None:
    sign_in(client, administrator.user)

    made = client.post(
        reverse("agencies:invite"),
        {"email": "ruth@birmingham.example", "roles": ["practitioner"]},
        secure=True,
    )
    listed = open_page(client, "people")[1]

    assert "/invitation/" in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert "ruth@birmingham.example" in listed
    assert "/invitation/" not in listed
    assert Invitation.objects.get().made_by == administrator.user


@pytest.mark.parametrize(
    ("typed", "status", "message"),
    [
        ({"email": "", "roles": ["practitioner"]}, 200, "email"),
        ({"email": "x@birmingham.example"}, 200, "Choose at least one role."),
        ({"email": "x@evil.example", "roles": ["practitioner"]}, 200, "@birmingham.example"),
        ({"email": "x@birmingham.example", "roles": ["director"]}, 403, "above your own"),
        ({"email": "x@birmingham.example", "roles": ["superuser"]}, 200, "Choose from"),
    ],
)
def test_a_bad_invitation_is_explained_and_what_was_typed_is_kept(
    client: Client, administrator: Membership, typed: dict[str, str], status: int, message: str
) -> None:
    sign_in(client, administrator.user)

    answer = client.post(reverse("agencies:invite"), typed, secure=True)

    page = answer.content.decode()
    assert answer.status_code == status
    assert message in page
    assert "There is a problem" in page
    assert typed["email"] in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ["invite", "change_roles", "end_membership"])
def test_managing_people_needs_a_fresh_sign_in(
    client: Client, administrator: Membership, name: str
) -> None:
    """AUTH-14: user administration needs the second factor within five minutes."""
    member = MembershipFactory.create(agency=administrator.agency)
    sign_in(client, administrator.user)
    session = client.session
    session["second_factor_at"] -= 301
    session.save()
    args = [] if name == "invite" else [member.reference]

    answer = client.post(reverse(f"agencies:{name}", args=args), {"roles": "manager"}, secure=True)

    assert answer.status_code == 302
    assert "/account/confirm/" in answer["Location"]
    member.refresh_from_db()
    assert (member.roles, member.ends_at) == ([Role.PRACTITIONER], None)


def test_roles_are_changed_and_membership_ended(client: Client, administrator: Membership) -> None:
    member = MembershipFactory.create(agency=administrator.agency)
    sign_in(client, administrator.user)
    roles = reverse("agencies:change_roles", args=[member.reference])
    end = reverse("agencies:end_membership", args=[member.reference])
    assert client.get(roles, secure=True).status_code == 200
    assert client.get(end, secure=True).status_code == 200

    client.post(roles, {"roles": ["manager", "practitioner"]}, secure=True)
    client.post(end, secure=True)

    member.refresh_from_db()
    assert member.roles == [Role.PRACTITIONER, Role.MANAGER]
    assert member.ends_at is not None


def test_an_invitation_is_withdrawn(client: Client, administrator: Membership) -> None:
    sign_in(client, administrator.user)
    typed = {"email": "ruth@birmingham.example", "roles": ["practitioner"]}
    client.post(reverse("agencies:invite"), typed, secure=True)
    invitation = Invitation.objects.get()
    address = reverse("agencies:withdraw_invitation", args=[invitation.reference])

    assert client.post(address, secure=True).status_code == 302
    assert client.post(address, secure=True).status_code == 404

    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
    assert client.get(address, secure=True).status_code == 405


def test_somebody_signed_in_joins_a_second_agency(
    client: Client, administrator: Membership
) -> None:
    other = MembershipFactory.create(user__email="ruth@birmingham.example")
    sign_in(client, administrator.user)
    typed = {"email": "ruth@birmingham.example", "roles": ["practitioner"]}
    made = client.post(reverse("agencies:invite"), typed, secure=True)
    address = made.context["address"].partition("//")[2].partition("/")[2]
    client.logout()
    sign_in(client, other.user)

    shown = client.get(f"/{address}", secure=True)
    answer = client.post(f"/{address}", secure=True)

    assert 'name="password"' not in shown.content.decode()
    assert answer["Location"] == reverse("agencies:agency")
    assert "Birmingham" in open_page(client, "agency")[1]


def test_a_stranger_reaches_nothing_but_invitations(client: Client) -> None:
    for name in ("agency", "people", "invite"):
        answer = client.get(reverse(f"agencies:{name}"), secure=True)
        assert answer.status_code == 302
        assert reverse("account_login") in answer["Location"]
