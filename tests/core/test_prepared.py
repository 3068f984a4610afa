"""Prepared queries ask what they would have asked, with the values of each time."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections
from django.db.models import OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from missingchildren.agencies.models import Membership, User
from missingchildren.audit.acts import database_now
from missingchildren.core import prepared
from missingchildren.core.prepared import Parameter, Prepared, by_shape, only
from tests.partnership import Partnership

pytestmark = pytest.mark.django_db


def live_of(user: Any, now: Any) -> QuerySet[Membership]:
    """Return a query with all that a query can have: joins, a subquery, a prefetch, an order."""
    others = Membership.objects.filter(agency=OuterRef("agency"), starts_at__lte=now)
    return (
        Membership.objects.filter(user=user)
        .select_related("user", "agency")
        .annotate(colleagues=ArraySubquery(others.order_by("pk").values("pk")))
        .prefetch_related("assignments")
        .order_by("starts_at", "pk")
    )


def test_it_finds_what_the_query_finds_for_each_value(world: Partnership) -> None:
    """With the same related rows, annotations and prefetched rows, and as many queries."""
    ask = Prepared(lambda: live_of(Parameter("user"), Parameter("now")))
    now = database_now()
    for member in (world.ruth, world.joan, world.nisha):
        wanted = list(live_of(member.user_id, now))
        with CaptureQueriesContext(connections["default"]) as sent:
            found = ask(user=member.user_id, now=now)
        assert found == wanted != []
        assert [row.user for row in found] == [row.user for row in wanted]
        assert [row.agency.name for row in found] == [row.agency.name for row in wanted]
        assert [row.colleagues for row in found] == [row.colleagues for row in wanted]  # type: ignore[attr-defined]
        assert [list(row.assignments.all()) for row in found] == [
            list(row.assignments.all()) for row in wanted
        ]
        with CaptureQueriesContext(connections["default"]) as built:
            list(live_of(member.user_id, now))
        assert len(sent) == len(built)
    assert ask(user=0, now=now) == []
    assert ask(user=None, now=now) == []


def test_it_is_built_once_until_it_is_forgotten(world: Partnership) -> None:
    built = []

    def build() -> QuerySet[User]:
        built.append(1)
        return User.objects.filter(pk=Parameter("pk"))

    ask = Prepared(build)
    assert ask.one(pk=world.ruth.user_id) == world.ruth.user
    assert ask.one(pk=world.joan.user_id) == world.joan.user
    assert ask.one(pk=0) is None
    assert len(built) == 1
    prepared.forget()
    assert ask(pk=world.ruth.user_id) == [world.ruth.user]
    assert len(built) == 2


def test_a_value_that_is_missing_is_named(world: Partnership) -> None:
    ask = Prepared(lambda: User.objects.filter(pk=Parameter("pk")))
    with pytest.raises(KeyError, match="pk"):
        ask()


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection(world: Partnership) -> None:
    """Many at once get their own answers, whoever had it built."""
    ask = Prepared(lambda: User.objects.filter(pk=Parameter("pk")))
    people = [world.ruth.user, world.joan.user, world.nisha.user, world.tom.user] * 5

    def found(user: User) -> User | None:
        try:
            return ask.one(pk=user.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(found, people)) == people


def test_only_returns_the_row_or_none(world: Partnership) -> None:
    assert only(User.objects.filter(pk=world.ruth.user_id)) == world.ruth.user
    assert only(User.objects.filter(pk=0)) is None


def test_each_shape_is_a_query_of_its_own(world: Partnership) -> None:
    @by_shape
    def people(*, is_named: bool) -> QuerySet[User]:
        found = User.objects.filter(pk=Parameter("pk"))
        return found if is_named else found.none()

    assert people(is_named=True) is people(is_named=True)
    assert people(is_named=True).one(pk=world.ruth.user_id) == world.ruth.user
    assert people(is_named=False)(pk=world.ruth.user_id) == []
