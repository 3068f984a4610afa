"""A person acts for one agency at a time, and loses it at the next request after it ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.db.utils import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from guardian.models import GroupObjectPermission
from guardian.shortcuts import assign_perm
from psycopg2 import sql
from pytest_django import DjangoAssertNumQueries

from missingchildren.agencies import acting, services, views
from missingchildren.agencies.acts import Act, begin, personal_act, system_act
from missingchildren.agencies.models import Agency, Membership, Role, User
from missingchildren.audit.acts import Channel, database_now
from missingchildren.core.verdicts import NotFound, NotPermitted
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def visit(user: User, session: SessionStore, *, path: str = "/") -> HttpRequest:
    """Return a request of this session as a view would see it."""
    request = RequestFactory().get(path)
    request.user = User.objects.get(pk=user.pk)
    request.session = session
    acting.ActingMiddleware(lambda _: HttpResponse())(request)
    return request


@pytest.fixture
def session() -> SessionStore:
    return SessionStore()


def test_the_sole_membership_is_acted_under(session: SessionStore) -> None:
    membership = MembershipFactory.create()

    request = visit(membership.user, session)

    assert acting.acting(request) == membership


def test_a_choice_lasts_for_the_session(session: SessionStore) -> None:
    user = UserFactory.create()
    first, second = MembershipFactory.create_batch(2, user=user)
    assert acting.acting(visit(user, session)) == first

    acting.switch(visit(user, session), second)

    assert acting.acting(visit(user, session)) == second
    assert acting.acting(visit(user, SessionStore())) == first


def test_a_choice_that_ended_is_asked_again(session: SessionStore) -> None:
    """AZ-10: what was typed for one agency is not done for another."""
    user = UserFactory.create()
    chosen, other = MembershipFactory.create_batch(2, user=user)
    acting.switch(visit(user, session), chosen)
    Membership.objects.filter(pk=chosen.pk).update(ends_at=database_now())

    request = visit(user, session)

    assert acting.acting(request) is None
    assert [act.membership for act in acting.acts_open_in(request)] == [other]
    with pytest.raises(NotPermitted):
        acting.act_for(request)


def test_a_strangers_membership_in_the_session_is_not_acted_under(session: SessionStore) -> None:
    own, strangers = MembershipFactory.create(), MembershipFactory.create()
    session[acting.SESSION_KEY] = strangers.pk

    assert acting.acting(visit(own.user, session)) is None


ENDINGS: dict[str, Callable[[Membership], Any]] = {
    "membership ended": lambda m: Membership.objects.filter(pk=m.pk).update(ends_at=database_now()),
    "agency left": lambda m: Agency.objects.filter(pk=m.agency_id).update(is_active=False),
    "person deactivated": lambda m: User.objects.filter(pk=m.user_id).update(is_active=False),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_next_request_has_nothing(ending: str, session: SessionStore) -> None:
    """AZ-10: gone at once, in a session that goes on."""
    membership = MembershipFactory.create()
    assert acting.acting(visit(membership.user, session))

    ENDINGS[ending](membership)

    assert acting.acting(visit(membership.user, session)) is None
    with pytest.raises(NotPermitted):
        begin(membership, Channel.WEB)


def test_moving_from_one_agency_to_another(session: SessionStore) -> None:
    """AZ-10: after the move everything is asked for the new agency's group."""
    old = MembershipFactory.create()
    new = MembershipFactory.create(user=old.user, starts_at=database_now())
    Membership.objects.filter(pk=old.pk).update(ends_at=database_now())

    act = acting.act_for(visit(old.user, session))

    assert act.membership == new
    assert act.group_id == new.agency.group_id


def test_a_membership_in_the_future_is_not_acted_under(session: SessionStore) -> None:
    membership = MembershipFactory.create(starts_at=database_now() + timedelta(hours=1))

    assert acting.acting(visit(membership.user, session)) is None


def test_one_query_finds_the_membership_its_rights_and_the_time(
    session: SessionStore, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    membership = MembershipFactory.create(roles=[Role.SUPERVISOR])
    assignment = AssignmentFactory.create(membership=membership)
    ended = AssignmentFactory.create(membership=membership, ends_at=database_now())
    request = RequestFactory().get("/")
    request.user, request.session = membership.user, session

    with django_assert_num_queries(1):
        acting.ActingMiddleware(lambda _: HttpResponse())(request)
        act = acting.act_for(request)

    assert act.unit_ids == {assignment.unit_id} != {ended.unit_id}
    assert act.roles == {Role.SUPERVISOR}
    assert act.now == database_now()
    assert acting.act_for(request) is act


def test_a_person_of_no_agency_reads_why(session: SessionStore) -> None:
    request = visit(UserFactory.create(), session)
    middleware = acting.ActingMiddleware(lambda _: HttpResponse())

    response = middleware.process_view(request, views.people, (), {})

    assert response is not None
    assert response.status_code == 403
    assert "not a member of any agency" in response.content.decode()
    assert middleware.process_view(request, views.agency, (), {}) is None


def test_choosing_an_agency_one_does_not_belong_to_is_a_404() -> None:
    membership, elsewhere = MembershipFactory.create(), AgencyFactory.create()

    with pytest.raises(NotFound):
        services.choose_agency(
            agency_reference=elsewhere.reference, act=personal_act(membership.user, Channel.WEB)
        )


def test_the_switch_keeps_the_choice(session: SessionStore) -> None:
    user = UserFactory.create()
    _, second = MembershipFactory.create_batch(2, user=user)
    request = RequestFactory().post("/agency/act-for/", {"agency": second.agency.reference})
    request.user, request.session = user, session
    request._messages = type("Silent", (), {"add": lambda *_: None})()  # type: ignore[attr-defined]

    response = views.act_for(request)

    assert response.status_code == 302
    assert acting.acting(visit(user, session)) == second
    request = RequestFactory().post("/agency/act-for/", {"agency": "AG-NONE"})
    request.user, request.session = user, session
    with pytest.raises(NotFound):
        views.act_for(request)


def test_an_act_of_no_person_is_an_operators_only_by_command_or_task() -> None:
    acts = {channel: system_act(channel).is_system for channel in Channel}

    assert acts == {
        Channel.WEB: False,
        Channel.API: False,
        Channel.TASK: True,
        Channel.COMMAND: True,
    }


def test_begin_does_not_trust_what_was_loaded() -> None:
    membership = MembershipFactory.create(roles=[Role.PRACTITIONER])
    membership.roles = [Role.DIRECTOR]

    act: Act = begin(membership, Channel.API)

    assert act.roles == {Role.PRACTITIONER}


# --- AZ-11: the group


def delete_at_once(cursor: Any, table: str, key: int) -> None:
    """Delete a row behind Django's back, and have the database check it now."""
    cursor.execute(sql.SQL("DELETE FROM {} WHERE id = %s").format(sql.Identifier(table)), [key])
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_agencys_group_cannot_be_deleted() -> None:
    """AZ-11: so no other agency can be given its key and what was granted to it."""
    agency = AgencyFactory.create()

    with pytest.raises(ProtectedError):
        agency.group.delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        delete_at_once(cursor, "auth_group", agency.group_id)


def test_an_agency_keeps_the_group_it_was_made_with() -> None:
    """AZ-11: nor may an agency be pointed at another group."""
    agency, other = AgencyFactory.create(), Group.objects.create(name="other")

    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(group=other)


def test_a_group_recreated_under_a_forced_key_is_granted_nothing() -> None:
    """AZ-11: delete the group, recreate it with the same key: its permissions are gone."""
    group = Group.objects.create(name="was an agency's")
    target = AgencyFactory.create()
    assign_perm("agencies.view_agency", group, target)
    key = group.pk
    group.delete()

    again = Group.objects.create(pk=key, name="another's")

    assert not GroupObjectPermission.objects.filter(group=again).exists()


def test_a_person_recreated_under_a_forced_key_has_no_membership() -> None:
    """AZ-11: a person with a membership cannot be deleted at all."""
    membership = MembershipFactory.create()

    with pytest.raises(ProtectedError):
        membership.user.delete()


def test_there_is_no_superuser_path() -> None:
    """AZ-07: no flag on a person opens anything."""
    fields = {field.name for field in User._meta.get_fields()}

    assert not fields & {"is_superuser", "is_staff", "groups", "user_permissions"}
    assert not hasattr(User.objects, "create_superuser")


def test_units_of_other_agencies_do_not_count(session: SessionStore) -> None:
    user = UserFactory.create()
    first, second = MembershipFactory.create_batch(2, user=user)
    AssignmentFactory.create(membership=second, unit=UnitFactory.create(agency=second.agency))

    assert acting.act_for(visit(user, session)).membership == first
    assert acting.act_for(visit(user, session)).unit_ids == frozenset()
