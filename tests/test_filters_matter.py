"""Every filter that hides a child is noticed when it is missing: the oracle and the walk can fail.

Each mutation takes one filter away, as if somebody had forgotten it, and asks the oracle of
`tests/cases/test_access.py` and the walk over pages again. A mutation that they do not notice fails
the test; so does a check that does not hold before the mutation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.db.models import Q

from cases import access, queries, rules
from cases.models import (
    Child,
    ChildPermission,
    Grant,
    KeepFrom,
    Location,
    NamedReader,
    Update,
)
from cases.models.child import ChildQuerySet
from cases.models.episode import OwnedQuerySet
from cases.models.sharing import (
    ChildPermissionQuerySet,
    ClosingQuerySet,
    GrantQuerySet,
    permission_id,
)
from cases.rules import CASE_ROLES, Aspect, Audience, Part
from cases.services import sharing, updates
from missingchildren.agencies import acting
from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts import queries as alert_queries
from missingchildren.alerts.models import Alert
from missingchildren.core import prepared
from missingchildren.core.verdicts import ALLOWED, NotFound
from tests.cases.test_access import agree, may_open
from tests.partnership import CANARY_WORRY, Partnership, act_now

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch
POLICE_ONLY = "canary-intelligence"


@pytest.fixture(autouse=True)
def _queries_built_anew() -> Iterator[None]:
    """Let what a mutation changes reach the queries that are built once, and no other test."""
    prepared.forget()
    yield
    prepared.forget()


@pytest.fixture
def world(world: Partnership) -> Partnership:
    """Return a partnership around an accepted report, with words that only the police may read."""
    world.accept(world.report())
    act = act_now(world.joan)
    updates.add_update(
        child_reference=world.ava.reference, kind=Update.Kind.INFORMATION, text=POLICE_ONLY,
        happened_at=act.now, audience=Audience.OWN, token=uuid4(), act=act,
    )  # fmt: skip
    return world


# --- what must be hidden: each check raises AssertionError, or another failure, when it is not


def closed_to(world: Partnership, membership: Membership) -> None:
    """The oracle's question, for one person who may not open Ava: no list, no check, no page."""
    act = act_now(membership)
    assert not may_open(act, world.ava), "the single check opens her"
    assert world.ava not in queries.children_page(act=act).rows, "the list shows her"
    assert world.ava not in queries.missing_page(act=act).rows, "missing now shows her"
    assert not Child.objects.visible_to(act).filter(pk=world.ava.pk).exists()
    client = world.client(membership)
    assert client.get(f"/cases/{world.ava.reference}/", secure=True).status_code == 404
    for address in ("/", "/cases/", "/missing/"):
        assert "Bramley" not in client.get(address, secure=True).content.decode(), address


def ended_question(world: Partnership) -> None:
    """The school's question has ended."""
    grant = Grant.objects.get(child=world.ava, agency=world.school, ended_at=None)
    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=grant.reference,
        reason="The question is answered.", act=act_now(world.ruth),
    )  # fmt: skip
    closed_to(world, world.paul)


def expired_question(world: Partnership) -> None:
    """The health service's question has run out, and nothing was swept since."""
    now = act_now(world.ruth).now
    Grant.objects.filter(child=world.ava, agency=world.health).update(
        starts_at=now - timedelta(hours=1), ends_at=now
    )
    ChildPermission.listed.filter(group=world.health.group).update(valid_until=now)
    closed_to(world, world.grace)


def other_membership(world: Partnership) -> None:
    """Nisha also works for an agency without a part, and acts for that one now."""
    other = Membership.objects.create(
        user=world.nisha.user, agency=world.stranger_agency, roles=["practitioner"],
        starts_at=world.nisha.starts_at + timedelta(days=1),
    )  # fmt: skip
    client = world.client(world.nisha)
    session = client.session
    session[acting.SESSION_KEY] = other.pk
    session.save()
    assert client.get(f"/cases/{world.ava.reference}/", secure=True).status_code == 404
    assert "Bramley" not in client.get("/cases/", secure=True).content.decode()


def left(world: Partnership) -> None:
    """Ruth no longer works for the council."""
    client = world.client(world.ruth)
    Membership.objects.filter(pk=world.ruth.pk).update(ends_at=act_now(world.ruth).now)
    answer = client.get(f"/cases/{world.ava.reference}/", secure=True)
    assert answer.status_code in {403, 404}


def privacy_officer(world: Partnership) -> None:
    closed_to(world, world.owen)


def kept_from(world: Partnership) -> None:
    KeepFrom.objects.create(
        child=world.ava, user=world.ken.user, reason="A relative.", made_by=world.ruth,
        starts_at=act_now(world.ruth).now,
    )  # fmt: skip
    closed_to(world, world.ken)


def kept_from_agency(world: Partnership) -> None:
    act = act_now(world.ruth)
    KeepFrom.objects.create(
        child=world.ava, agency=world.school, reason="A relative works there.",
        made_by=world.ruth, starts_at=act.now,
    )  # fmt: skip
    sharing.recompute(child=world.ava, act=act)
    closed_to(world, world.paul)


def restricted(world: Partnership) -> None:
    """Only those named may open a restricted record, and only while they are."""
    Child.objects.filter(pk=world.ava.pk).update(is_restricted=True)
    now = act_now(world.ruth).now
    NamedReader.objects.create(
        child=world.ava, user=world.ken.user, made_by=world.ruth,
        starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1),
    )  # fmt: skip
    closed_to(world, world.ruth)
    closed_to(world, world.ken)


def audience(world: Partnership) -> None:
    """What the police wrote for themselves reaches no council."""
    for name in ("ruth", "ken"):
        shown = world.client(getattr(world, name)).get(
            f"/cases/{world.ava.reference}/", secure=True
        )
        assert POLICE_ONLY not in shown.content.decode()
    assert POLICE_ONLY in world.client(world.joan).get(
        f"/cases/{world.ava.reference}/", secure=True
    ).content.decode()  # fmt: skip


def aspect(world: Partnership) -> None:
    """The school has its question, not the report, the history or who can see."""
    client = world.client(world.paul)
    shown = client.get(f"/cases/{world.ava.reference}/", secure=True).content.decode()
    assert CANARY_WORRY not in shown
    for tab in ("history", "sharing", "episodes"):
        answer = client.get(f"/cases/{world.ava.reference}/{tab}/", secure=True)
        assert answer.status_code == 404, tab


def place(world: Partnership) -> None:
    """The force of her home area may not have the place where she was last seen."""
    location = Location.objects.get(child=world.ava)
    address = f"/cases/{world.ava.reference}/places/{location.reference}/"
    assert world.client(world.tom).post(address, secure=True).status_code == 404


def own_work(world: Partnership) -> None:
    """Dana, of no desk, is asked why before anything is shown."""
    answer = world.client(world.dana).get(f"/cases/{world.ava.reference}/", secure=True)
    assert answer.status_code == 302


def inbox(world: Partnership) -> None:
    """An agency's inbox holds its own alerts, and another's leads nowhere."""
    foreign = Alert.objects.filter(agency=world.kent_police).order_by("pk")[0]
    act = act_now(world.stranger)
    for box in alert_queries.Box:
        assert not alert_queries.inbox(act=act, box=box).alerts
    assert alert_queries.unread_count(act=act) == 0
    client = world.client(world.stranger)
    assert client.get(f"/alerts/{foreign.reference}/", secure=True).status_code == 404


def receipt(world: Partnership) -> None:
    """A receipt is its maker's agency's alone."""
    report = world.ava.reports.get()
    client = world.client(world.stranger)
    assert client.get(f"/report/sent/{report.reference}/", secure=True).status_code == 404


def lists_agree(world: Partnership) -> None:
    """The oracle itself, for every persona, in a world where some parts have ended and run out."""
    act = act_now(world.ruth)
    Grant.objects.filter(agency=world.school).update(ended_at=act.now)
    sharing.recompute(child=world.ava, act=act)
    world.ava.refresh_from_db()
    agree(world, [world.ava])


# --- one filter less, each


def no_end_of_grants(patch: Patch) -> None:
    """Grants hold for ever: the truth from which rows are recomputed."""

    def live(self: GrantQuerySet, _now: Any) -> GrantQuerySet:
        return self.all()

    patch.setattr(GrantQuerySet, "live", live)
    # The trigger in the database is the second wall; without it, rows live on.
    patch.setattr(ChildPermissionQuerySet, "live", _rows_whenever)
    patch.setattr(access.LiveChecker, "get_group_filters", _filters_whenever)


def _rows_whenever(self: ChildPermissionQuerySet, *, act: Any, right: Any) -> Any:
    if not act.roles & CASE_ROLES:
        return self.none()
    return self.filter(group=act.own_agency.group_id, permission_id=permission_id(right))


_filters = access.LiveChecker.get_group_filters


def _filters_whenever(self: access.LiveChecker, child: Child) -> dict[str, Any]:
    filters = _filters(self, child)
    del filters["childpermission__valid_until__gt"]
    return filters


def no_expiry_in_lists(patch: Patch) -> None:
    patch.setattr(ChildPermissionQuerySet, "live", _rows_whenever)


def no_expiry_in_checks(patch: Patch) -> None:
    patch.setattr(access.LiveChecker, "get_group_filters", _filters_whenever)


def no_agency_in_lists(patch: Patch) -> None:
    def live(self: ChildPermissionQuerySet, *, act: Any, right: Any) -> Any:
        if not act.roles & CASE_ROLES:
            return self.none()
        return self.filter(permission_id=permission_id(right), valid_until__gt=act.now)

    patch.setattr(ChildPermissionQuerySet, "live", live)


def no_roles_in_lists(patch: Patch) -> None:
    def live(self: ChildPermissionQuerySet, *, act: Any, right: Any) -> Any:
        return self.filter(
            group=act.own_agency.group_id,
            permission_id=permission_id(right),
            valid_until__gt=act.now,
        )

    patch.setattr(ChildPermissionQuerySet, "live", live)


def no_roles_in_checks(patch: Patch) -> None:
    patch.setattr(access, "CASE_ROLES", frozenset(Role))


def no_choice_of_membership(patch: Patch) -> None:
    """Whoever belongs to two agencies acts for the first, whatever they chose."""
    patch.setattr(acting, "_chosen", lambda request: next(iter(request.open_acts), None))


def no_end_of_memberships(patch: Patch) -> None:
    queryset = type(Membership.objects.all())
    patch.setattr(queryset, "live", lambda self, _now: self.all())


def no_keeping_from_in_lists(patch: Patch) -> None:
    def permitted(act: Any) -> Any:
        return ChildPermission.listed.live(act=act, right="view_child").filter(
            Q(content_object__is_restricted=False)
        )

    patch.setattr(queries, "permitted", permitted)


def no_closing_in_checks(patch: Patch) -> None:
    patch.setattr(ChildQuerySet, "open_to_person", lambda self, **_who: self.all())


def no_keeping_from_agencies(patch: Patch) -> None:
    def live(self: ClosingQuerySet, now: Any) -> ClosingQuerySet:
        if self.model is KeepFrom:
            return self.filter(agency=None, starts_at__lte=now)
        return self.filter(starts_at__lte=now)

    patch.setattr(ClosingQuerySet, "live", live)


def no_restriction_in_lists(patch: Patch) -> None:
    def permitted(act: Any) -> Any:
        kept = KeepFrom.objects.live(act.now).filter(
            user_id=act.user_id, child=models.OuterRef("content_object_id")
        )
        return ChildPermission.listed.live(act=act, right="view_child").filter(~models.Exists(kept))

    patch.setattr(queries, "permitted", permitted)


def no_end_of_naming(patch: Patch) -> None:
    patch.setattr(ClosingQuerySet, "live", lambda self, now: self.filter(starts_at__lte=now))


def no_audience(patch: Patch) -> None:
    patch.setattr(
        OwnedQuerySet, "readable_to", lambda self, _agency, _kind, *, sees_others: self.all()
    )


def no_aspects(patch: Patch) -> None:
    patch.setattr(rules, "aspects_of", lambda _parts: frozenset(Aspect))


def every_right_of_a_part(patch: Patch) -> None:
    """A school's part opens what the council's does."""
    whole = rules.PARTS[Part.RESPONSIBLE_COUNCIL]
    patch.setitem(rules.PARTS, Part.SCHOOL, whole)


def no_right_to_places(patch: Patch) -> None:
    def readable(_act: Any, view: access.ChildView) -> Any:
        return Location.objects.filter(child=view.child)

    patch.setattr(access, "readable_locations", readable)


def no_question_why(patch: Patch) -> None:
    patch.setattr(access.ChildView, "needs_reason", property(lambda _self: False))
    patch.setattr(access, "has_reason", lambda _view: ALLOWED)


def no_agency_in_the_inbox(patch: Patch) -> None:
    patch.setattr(alert_queries, "_in_box", lambda _act, _box: Alert.objects.waiting())


def no_agency_of_an_alert(patch: Patch) -> None:
    def any_alert(*, act: Any, reference: str) -> Alert | None:
        return Alert.objects.filter(reference=reference).first()

    patch.setattr(alert_queries, "alert_of_agency", any_alert)


def no_owner_of_a_receipt(patch: Patch) -> None:
    def any_report(_act: Any, reference: str) -> Any:
        model = Child._meta.get_field("reports").related_model
        return model._default_manager.filter(reference=reference).first()

    patch.setattr(queries, "own_report", any_report)


def no_check_on_pages(patch: Patch) -> None:
    """The page loads the child without asking who looks."""

    def view_of(*, act: Any, reference: str) -> access.ChildView:
        child = Child.objects.filter(reference=reference).first()
        if child is None:
            raise NotFound(access.HIDDEN)
        return access.ChildView(
            child=child, parts=frozenset(Part), rights=frozenset(), aspects=frozenset(Aspect),
            basis="agency",
        )  # fmt: skip

    patch.setattr(access, "view_of", view_of)


@dataclass(frozen=True)
class Mutation:
    """One filter removed, and the check that must then fail."""

    remove: Callable[[Patch], None]
    check: Callable[[Partnership], None]

    @property
    def name(self) -> str:
        return f"{self.remove.__name__}: {self.check.__name__}"


MUTATIONS = [
    Mutation(no_end_of_grants, ended_question),
    Mutation(no_expiry_in_lists, expired_question),
    Mutation(no_expiry_in_checks, expired_question),
    Mutation(no_agency_in_lists, lists_agree),
    Mutation(no_roles_in_lists, privacy_officer),
    Mutation(no_roles_in_checks, privacy_officer),
    Mutation(no_choice_of_membership, other_membership),
    Mutation(no_end_of_memberships, left),
    Mutation(no_keeping_from_in_lists, kept_from),
    Mutation(no_closing_in_checks, kept_from),
    Mutation(no_closing_in_checks, restricted),
    Mutation(no_keeping_from_agencies, kept_from_agency),
    Mutation(no_restriction_in_lists, restricted),
    Mutation(no_end_of_naming, restricted),
    Mutation(no_audience, audience),
    Mutation(no_aspects, aspect),
    Mutation(every_right_of_a_part, aspect),
    Mutation(no_right_to_places, place),
    Mutation(no_question_why, own_work),
    Mutation(no_agency_in_the_inbox, inbox),
    Mutation(no_agency_of_an_alert, inbox),
    Mutation(no_owner_of_a_receipt, receipt),
    Mutation(no_check_on_pages, privacy_officer),
]
CHECKS = sorted({mutation.check for mutation in MUTATIONS}, key=lambda check: check.__name__)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_holds_as_the_code_stands(
    world: Partnership, check: Callable[[Partnership], None]
) -> None:
    """AZ-02, AZ-08, AZ-09, AZ-10."""
    check(world)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_filter_less_is_noticed(
    world: Partnership, monkeypatch: Patch, mutation: Mutation
) -> None:
    """AZ-29, small: a mutation that survives fails here."""
    mutation.remove(monkeypatch)
    prepared.forget()

    with pytest.raises((AssertionError, NotFound)):
        mutation.check(world)
