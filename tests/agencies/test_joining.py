"""Joining an agency: by an invitation, once, within 72 hours, at one of its own addresses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps as django_apps
from django.test import Client
from django.urls import reverse

from missingchildren.agencies import queries, services
from missingchildren.agencies.acts import Act, personal_act, system_act
from missingchildren.agencies.models import Agency, Invitation, Membership, Role, User
from missingchildren.audit.acts import Channel
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from tests.factories import AgencyFactory, MembershipFactory, UserFactory, act_for

pytestmark = pytest.mark.django_db

PASSWORD = "walrus teapot lantern gravel"
RUTH = "ruth@birmingham.example"


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory.create(name="Birmingham", mail_domains=["birmingham.example"])


@pytest.fixture
def administrator(agency: Agency) -> Act:
    return act_for(MembershipFactory.create(agency=agency, roles=[Role.ADMINISTRATOR]))


def stranger() -> Act:
    return system_act(Channel.WEB)


def issue(administrator: Act, *, email: str = RUTH) -> services.IssuedInvitation:
    assert administrator.agency is not None
    return services.invite(
        agency_reference=administrator.agency.reference,
        email=email,
        roles=[Role.PRACTITIONER],
        act=administrator,
    )


def test_invited_person_joins_with_the_roles_given(administrator: Act) -> None:
    issued = issue(administrator)
    act = stranger()

    joined = services.accept_invitation(
        token=issued.token, act=act, full_name="Ruth Adeyemi", password=PASSWORD
    )

    user = User.objects.get(email=RUTH)
    assert joined.user == user
    assert joined.agency == administrator.agency
    assert joined.roles == [Role.PRACTITIONER]
    assert joined.starts_at == act.now
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    entry = Entry.objects.get(act_id=act.id)
    assert (entry.verb, entry.user_id, entry.agency_id) == (
        "accept_invitation",
        user.pk,
        joined.agency_id,
    )


def test_token_is_kept_only_as_a_hash(administrator: Act) -> None:
    """AUTH-19: what the database holds opens nothing."""
    issued = issue(administrator)

    stored = Invitation.objects.get()
    assert issued.token not in {str(value) for value in vars(stored).values()}
    assert stored.token_hash == queries.token_hash(issued.token)
    history = django_apps.get_model("agencies", "InvitationEvent")
    assert "token_hash" not in {field.name for field in history._meta.get_fields()}


def test_an_invitation_works_once(administrator: Act) -> None:
    """AUTH-19: single use."""
    issued = issue(administrator)
    services.accept_invitation(
        token=issued.token, act=stranger(), full_name="Ruth Adeyemi", password=PASSWORD
    )

    with pytest.raises(NotFound, match="has been used"):
        services.accept_invitation(
            token=issued.token, act=stranger(), full_name="Mallory", password=PASSWORD
        )

    assert Membership.objects.filter(user__email=RUTH).count() == 1


@pytest.mark.parametrize(("late_by", "works"), [(-1, True), (0, False), (1, False)])
def test_an_invitation_lasts_72_hours(administrator: Act, late_by: int, *, works: bool) -> None:
    """AUTH-19: 72 h."""
    issued = issue(administrator)
    at = issued.invitation.made_at + timedelta(hours=72, seconds=late_by)
    act = replace(stranger(), now=at)

    def accept() -> Membership:
        return services.accept_invitation(
            token=issued.token, act=act, full_name="Ruth Adeyemi", password=PASSWORD
        )

    if works:
        assert accept().starts_at == at
    else:
        with pytest.raises(NotFound, match="72 hours"):
            accept()


def test_only_the_agencys_addresses_are_invited(administrator: Act) -> None:
    """AUTH-19: only to the agency's allowed mail domains."""
    with pytest.raises(RuleBroken, match=r"@birmingham\.example") as refusal:
        issue(administrator, email="ruth@elsewhere.example")

    assert refusal.value.field == "email"
    assert not Invitation.objects.exists()


def test_a_domain_taken_away_makes_the_invitation_worthless(administrator: Act) -> None:
    issued = issue(administrator)
    Agency.objects.filter(memberships=administrator.membership).update(
        mail_domains=["other.example"]
    )

    with pytest.raises(RuleBroken, match=r"@other\.example"):
        services.accept_invitation(
            token=issued.token, act=stranger(), full_name="Ruth", password=PASSWORD
        )


def test_a_second_invitation_withdraws_the_first(administrator: Act) -> None:
    first, second = issue(administrator), issue(administrator)

    with pytest.raises(NotFound):
        services.accept_invitation(
            token=first.token, act=stranger(), full_name="Ruth", password=PASSWORD
        )
    services.accept_invitation(
        token=second.token, act=stranger(), full_name="Ruth", password=PASSWORD
    )


def test_a_withdrawn_invitation_is_worthless(administrator: Act) -> None:
    issued = issue(administrator)

    services.withdraw_invitation(
        invitation_reference=issued.invitation.reference, act=administrator
    )

    with pytest.raises(NotFound):
        services.accept_invitation(
            token=issued.token, act=stranger(), full_name="Ruth", password=PASSWORD
        )


def test_an_agency_that_left_takes_nobody(administrator: Act) -> None:
    issued = issue(administrator)
    Agency.objects.filter(memberships=administrator.membership).update(is_active=False)

    with pytest.raises(NotFound):
        services.accept_invitation(
            token=issued.token, act=stranger(), full_name="Ruth", password=PASSWORD
        )


@pytest.mark.parametrize(
    ("full_name", "password", "field"),
    [
        pytest.param("", PASSWORD, "full_name", id="no name"),
        pytest.param("   ", PASSWORD, "full_name", id="blank name"),
        pytest.param("Ruth\x00", PASSWORD, "full_name", id="NUL in the name"),
        pytest.param("R" * 1_000_000, PASSWORD, "full_name", id="a name of a megabyte"),
        pytest.param("Ruth", "walrus teapot", "password", id="short password"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_the_invitation_still_works(
    administrator: Act, full_name: str, password: str, field: str
) -> None:
    issued = issue(administrator)

    with pytest.raises(RuleBroken) as refusal:
        services.accept_invitation(
            token=issued.token, act=stranger(), full_name=full_name, password=password
        )

    assert refusal.value.field == field
    assert not User.objects.filter(email=RUTH).exists()
    assert Invitation.objects.get().used_at is None


def test_somebody_with_an_account_joins_signed_in(administrator: Act) -> None:
    ruth = UserFactory.create(email=RUTH, full_name="Ruth Adeyemi")
    issued = issue(administrator)

    joined = services.accept_invitation(
        token=issued.token, act=personal_act(ruth, Channel.WEB), full_name="Other", password="x"
    )

    ruth.refresh_from_db()
    assert joined.user == ruth
    assert (ruth.full_name, ruth.password) == ("Ruth Adeyemi", "!")


def test_holding_the_invitation_does_not_open_somebodys_account(administrator: Act) -> None:
    ruth = UserFactory.create(email=RUTH)
    issued = issue(administrator)

    with pytest.raises(NotPermitted, match="Sign in"):
        services.accept_invitation(
            token=issued.token, act=stranger(), full_name="Mallory", password=PASSWORD
        )

    ruth.refresh_from_db()
    assert ruth.password == "!"


def test_an_invitation_is_for_its_own_address(administrator: Act) -> None:
    mallory = UserFactory.create(email="mallory@birmingham.example")
    issued = issue(administrator)

    with pytest.raises(NotPermitted, match="another address"):
        services.accept_invitation(token=issued.token, act=personal_act(mallory, Channel.WEB))


def test_a_member_is_not_invited_again(administrator: Act) -> None:
    MembershipFactory.create(agency=administrator.agency, user__email=RUTH)

    with pytest.raises(RuleBroken, match="already a member"):
        issue(administrator)


def test_a_refused_invitation_is_logged(administrator: Act) -> None:
    practitioner = act_for(MembershipFactory.create(agency=administrator.agency))

    with pytest.raises(NotPermitted):
        issue(practitioner)

    entry = Entry.objects.get(act_id=practitioner.id)
    assert (entry.verb, entry.outcome) == ("invite", Outcome.DENIED)


# --- the page


def test_the_page_makes_the_account_and_leads_to_signing_in(
    client: Client, administrator: Act
) -> None:
    address = reverse("agencies:invitation", kwargs={"token": issue(administrator).token})

    shown = client.get(address, secure=True)
    sent = client.post(
        address,
        {"full_name": "Ruth Adeyemi", "job_title": "Social worker", "password": PASSWORD},
        secure=True,
    )

    assert RUTH in shown.content.decode()
    assert shown["Referrer-Policy"] == "no-referrer"
    assert sent.status_code == 302
    assert sent["Location"] == reverse("account_login")
    user = User.objects.get(email=RUTH)
    assert (user.full_name, user.job_title) == ("Ruth Adeyemi", "Social worker")


def test_the_page_keeps_the_name_and_never_the_password(client: Client, administrator: Act) -> None:
    address = reverse("agencies:invitation", kwargs={"token": issue(administrator).token})

    page = client.post(address, {"full_name": "Ruth Adeyemi", "password": "short"}, secure=True)

    text = page.content.decode()
    assert "Ruth Adeyemi" in text
    assert 'value="short"' not in text
    assert not User.objects.filter(email=RUTH).exists()


def test_unknown_and_used_invitations_answer_alike(client: Client, administrator: Act) -> None:
    issued = issue(administrator)
    services.accept_invitation(
        token=issued.token, act=stranger(), full_name="Ruth", password=PASSWORD
    )
    used = client.get(reverse("agencies:invitation", args=[issued.token]), secure=True)
    unknown = client.get(reverse("agencies:invitation", args=["x" * 43]), secure=True)

    assert used.status_code == unknown.status_code == 404
    assert "72 hours" in used.content.decode()
    assert "72 hours" in unknown.content.decode()
