"""Signing in as one of the cast: with a real second factor by hand, or with one button."""

import base64
import hashlib
import secrets
from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from missingchildren.agencies import factors
from missingchildren.agencies.models import Membership, User
from missingchildren.agencies.sign_in import AccountAdapter, note_second_factor
from missingchildren.audit.acts import database_now

# One password for everybody, printed at the start; the demonstration answers on this machine only.
PASSWORD = "Lantern harbour seventeen gulls"  # noqa: S105

WHAT_TO_TRY = {
    "joan.mercer": "Open Alerts: a school's report that nobody has read. Accept it with a reference.",
    "dana.whitlock": "Open Missing now, then Ava: what has been said, where she was last seen.",
    "marcus.oyelaran": "Open Missing now, most worrying first; see who has accepted what.",
    "priya.nair": "Open Ava's History tab: who looked, for which agency, and why.",
    "tom.garrity": "Open Ava: the force of her home area is told, and is asked why it looks.",
    "helen.bright": "Open Alerts: the force of Ava's home area is told that she is missing.",
    "sam.reyes": "Open My work: the report from New Street, accepted. Ava is not to be found.",
    "ruth.adeyemi": "Open My work: your child is missing. Open Ava: all of her record.",
    "colin.marsh": "Open the children list, then Ava's Sharing: who can see what, and until when.",
    "samira.khan": "Open Ava: where she is placed and since when.",
    "jean.holt": "Open Missing now: every child Birmingham answers for.",
    "owen.pryce": "Open a case: a privacy officer reads references, never the case.",
    "fay.lund": "Look for a child: an administrator manages people and reads no case.",
    "ken.osei": "Open My work: is a child just reported one of Birmingham's? Then open Ava.",
    "beth.carver": "Open Missing now: the council where Ava is placed sees that she is missing.",
    "idris.boateng": "Open Missing now for children placed in Kent by others.",
    "moira.platt": "Open Alerts: the host council's emergency duty team was told too.",
    "nadia.price": "Open Leo Sandhu, then Placements: what you approved, and who must still be told.",
    "anil.desai": "Look for Ava by name: a council with no part in her case finds nothing.",
    "carys.lloyd": "Open Rhys Parry: placed in Kent by Cardiff, with Welsh deadlines.",
    "gwen.rees": "Open Rhys Parry, then Placements: a Welsh council's panel decides, you write it down.",
    "lena.fox": "Open Ava: asked what they know, they read the question and no more.",
    "carl.yeo": "Open Ava: your answer about the grey car stands under the question.",
    "nisha.roy": "Report a child missing; then watch your receipt change.",
    "jo.tranter": "Report a child missing from a foster home.",
    "paul.denby": "Open My work: your report is not read. Open Alerts: the question about Ava.",
    "grace.ilori": "Open Alerts: health reads its question, not the case.",
}


@dataclass(frozen=True)
class Person:
    """One of the cast as the page of buttons shows them."""

    name: str
    email: str
    agency: str
    agency_kind: str
    roles: str
    job_title: str
    units: str
    what_to_try: str


def seed_of(email: str) -> str:
    """Return the authenticator seed of one of the cast: always the same, so that it can be printed."""
    return base64.b32encode(
        hashlib.sha256(f"demonstration {email}".encode()).digest()[:20]
    ).decode()


def give_second_factor(user: User) -> str:
    """Give one of the cast an authenticator app and kept recovery codes; return the app's seed.

    Nobody has the codes, so their hashes are chance itself: slow hashes would cost the start half a
    second a person.
    """
    seed = seed_of(user.email)
    Authenticator.objects.filter(user=user).delete()
    factors.add_totp(user=user, secret=seed)
    hashes = [secrets.token_hex(64) for _ in range(factors.RECOVERY_CODES)]
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"salt": secrets.token_hex(16), "hashes": hashes, "kept": True},
    )
    return seed


def sign_in_as(request: HttpRequest, user: User) -> None:
    """Sign in without asking for anything, as freshly as with a password and a second factor."""
    adapter = AccountAdapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, user)
    record_authentication(request, user, method="demonstration")
    note_second_factor(request)


def people() -> list[tuple[str, list[Person]]]:
    """Return the cast under the names of their agencies, the largest casts first."""
    memberships = (
        Membership.objects.live(database_now())
        .filter(user__email__endswith=".example")
        .select_related("user", "agency")
        .prefetch_related("assignments__unit")
        .order_by("agency__kind", "agency__name", "pk")
    )
    groups: dict[str, list[Person]] = {}
    for membership in memberships:
        groups.setdefault(membership.agency.name, []).append(_person(membership))
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def _person(membership: Membership) -> Person:
    user, agency = membership.user, membership.agency
    units = (assignment.unit.name for assignment in membership.assignments.all())
    return Person(
        name=user.full_name,
        email=user.email,
        agency=agency.name,
        agency_kind=agency.get_kind_display(),
        roles=", ".join(role.replace("_", " ") for role in membership.roles),
        job_title=user.job_title,
        units=", ".join(sorted(units)),
        what_to_try=WHAT_TO_TRY.get(user.email.partition("@")[0], ""),
    )
