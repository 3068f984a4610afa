"""Who looks at the pages that are measured: agencies by how much they see, a person per role."""

import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client

from cases.rules import CASE_ROLES
from missingchildren.agencies.models import Agency, Assignment, Membership, Role, Unit, User
from missingchildren.agencies.sign_in import SECOND_FACTOR_AT
from missingchildren.audit.acts import database_now
from missingchildren.demo.sign_in import give_second_factor

READERS = tuple(role for role in Role if role.value in CASE_ROLES)
OTHERS = tuple(role for role in Role if role.value not in CASE_ROLES)
DOMAIN = "bench.example"


@dataclass(frozen=True)
class Seen:
    """How many children one agency may open now, and how many of them are missing."""

    agency_id: int
    children: int
    missing: int


def seen_by_agencies() -> list[Seen]:
    """Return every agency that sees anybody, the widest first."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN)
        return [Seen(*row) for row in cursor.fetchall()]


def person(agency: Agency, role: Role) -> Membership:
    """Return somebody with one role in an agency and all of its units, made where there is none."""
    now = database_now()
    email = f"{role.value}.{agency.pk}@{DOMAIN}"
    user, is_new = User.objects.get_or_create(
        email=email, defaults={"full_name": role.label, "password": "!", "created_at": now}
    )
    if not is_new:
        return Membership.objects.get(user=user)
    give_second_factor(user)
    membership = Membership.objects.create(
        user=user, agency=agency, roles=[role.value], starts_at=now
    )
    for unit in Unit.objects.filter(agency=agency, is_active=True):
        Assignment.objects.create(membership=membership, unit=unit, starts_at=now)
    return membership


def client_of(membership: Membership) -> Client:
    """Return a client signed in as a person, as if they had just used their second factor."""
    client = Client(headers={"host": "localhost"})
    client.force_login(membership.user)
    session = client.session
    session[SECOND_FACTOR_AT] = time.time()
    session.save()
    return client


SEEN = """
SELECT a.id, count(*), count(r.missing_since)
  FROM cases_childpermission r
  JOIN auth_permission p ON p.id = r.permission_id AND p.codename = 'view_child'
  JOIN agencies_agency a ON a.group_id = r.group_id
  JOIN cases_child c ON c.id = r.content_object_id
 WHERE r.valid_until > now() AND NOT c.is_restricted
 GROUP BY a.id
 ORDER BY 2 DESC, 1
"""
