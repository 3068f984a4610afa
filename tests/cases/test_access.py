"""Lists and single checks agree for everyone, at once, and nothing but a live grant opens a child."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import get_commands
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import access, queries
from cases.models import Child, ChildPermission, Deadline, Grant, KeepFrom, NamedReader
from cases.rules import CASE_ROLES, PARTS, Part, Right
from cases.services import children, sharing
from cases.services.children import Described
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Role, User
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from tests.factories import act_for
from tests.partnership import Partnership, act_now

pytestmark = pytest.mark.django_db
REASON = "They may know where she is."


def may_open(act: Act, child: Child) -> bool:
    try:
        access.view_of(act=act, reference=child.reference)
    except NotFound:
        return False
    return True


def agree(world: Partnership, made: list[Child]) -> None:
    """The oracle: every list and every single check give the same answer, for every persona."""
    people = (world.joan, world.dana, world.ruth, world.ken, world.owen, world.nisha, world.paul,
              world.grace, world.tom, world.beth, world.lena, world.stranger)  # fmt: skip
    for membership in people:
        act = act_now(membership)
        listed = {child.pk for child in queries.children_page(act=act).rows}
        missing = {child.pk for child in queries.missing_page(act=act).rows}
        asked = set(Child.objects.visible_to(act).values_list("pk", flat=True))
        opened = {child.pk for child in made if may_open(act, child)}
        assert listed == opened == asked & {child.pk for child in made}, membership.user
        assert missing == {
            child.pk for child in made if child.pk in opened and child.missing_since
        }, membership.user
        assert queries.children_page(act=act).count == len(listed)


def test_lists_and_checks_agree_through_a_report(world: Partnership) -> None:
    """AZ-02: own, shared and not shared, before, during and after."""
    made = [world.ava]
    agree(world, made)
    report = world.report()
    made = [Child.objects.get(pk=world.ava.pk)]
    agree(world, made)
    world.accept(report)
    agree(world, made)


STEPS = ("share", "end", "expire", "keep_from", "let_in", "restrict", "name", "deactivate")


@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), max_size=6))
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_lists_and_checks_agree_after_any_sharing(
    world: Partnership, steps: list[tuple[str, int]]
) -> None:
    """AZ-30, small: any order of sharing, ending, running out, closing and leaving."""
    act = act_now(world.ruth)
    with transaction.atomic():
        child = _another_child(world, act)
        for step, which in steps:
            _take(world, child, step, which, act)
        child.refresh_from_db()
        agree(world, [world.ava, child])
        _rows_are_the_union_of_grants(child, act)
        transaction.set_rollback(True)


def _another_child(world: Partnership, act: Act) -> Child:
    child = children.record_child(
        described=Described(given_names="Mia", family_name="Thornbury"),
        recording_agency=world.birmingham,
        act=act,
    )
    sharing.open_part(
        child=child, agency=world.birmingham, part=Part.HOME_COUNCIL,
        basis=Grant.Basis.RESPONSIBILITY, act=act,
    )  # fmt: skip
    sharing.recompute(child=child, act=act)
    return child


def _take(world: Partnership, child: Child, step: str, which: int, act: Act) -> None:
    agencies = (world.school, world.kent_council, world.west_midlands, world.charity)
    parts = (Part.SCHOOL, Part.HOST_COUNCIL, Part.HOME_FORCE, Part.VOLUNTARY_BODY)
    agency, part = agencies[which], parts[which]
    people = (world.paul, world.beth, world.tom, world.lena)
    grants = Grant.objects.filter(child=child, agency=agency)
    if step == "share":
        sharing.open_part(
            child=child, agency=agency, part=part, basis=Grant.Basis.PERSON, reason=REASON, act=act
        )
    elif step == "end":
        grants.update(ended_at=act.now)
    elif step == "expire":
        grants.update(starts_at=act.now - timedelta(hours=1), ends_at=act.now)
    elif step == "keep_from":
        KeepFrom.objects.create(
            child=child, user=people[which].user, reason="x", starts_at=act.now, made_by=world.ruth
        )
    elif step == "let_in":
        KeepFrom.objects.filter(child=child).update(ends_at=act.now)
    elif step == "restrict":
        Child.objects.filter(pk=child.pk).update(is_restricted=True)
    elif step == "name":
        NamedReader.objects.create(
            child=child, user=people[which].user, starts_at=act.now, made_by=world.ruth
        )
    elif step == "deactivate":
        type(agency).objects.filter(pk=agency.pk).update(is_active=which != 0)
    sharing.recompute(child=child, act=act)


def _rows_are_the_union_of_grants(child: Child, act: Act) -> None:
    wanted = {
        (grant.agency.group_id, right)
        for grant in Grant.objects.live(act.now).filter(child=child, agency__is_active=True)
        for right in grant.opens
    }
    rows = ChildPermission.listed.filter(content_object=child, valid_until__gt=act.now)
    held = set(rows.values_list("group_id", "permission__codename"))
    assert held == wanted


def test_a_group_right_to_all_children_opens_none(world: Partnership) -> None:
    """AZ-06: guardian's model-wide permission is not asked."""
    world.stranger_agency.group.permissions.add(
        Permission.objects.get(codename="view_child", content_type__app_label="cases")
    )

    assert not may_open(act_now(world.stranger), world.ava)
    assert not queries.children_page(act=act_now(world.stranger)).rows


def test_there_is_no_superuser_and_no_admin_site() -> None:
    """AZ-07."""
    assert not apps.is_installed("django.contrib.admin")
    assert not {"is_superuser", "is_staff"} & {field.name for field in User._meta.get_fields()}
    assert "createsuperuser" not in get_commands() or not hasattr(User.objects, "create_superuser")


def test_a_group_made_again_with_the_same_key_opens_nothing(world: Partnership) -> None:
    """AZ-11: permission rows go with what they point at."""
    lonely = Group.objects.create(name="lonely")
    permission = Permission.objects.get(codename="view_child", content_type__app_label="cases")
    ChildPermission.listed.create(group=lonely, permission=permission, content_object=world.ava)
    key = lonely.pk

    lonely.delete()
    Group.objects.create(pk=key, name="again")

    assert not ChildPermission.listed.filter(group_id=key).exists()


def test_a_privacy_officer_reads_no_case(world: Partnership) -> None:
    assert not may_open(act_now(world.owen), world.ava)


def test_revoking_closes_the_record_at_the_next_question(world: Partnership) -> None:
    """AZ-08: and a form opened before writes nothing."""
    world.accept(world.report())
    act = act_now(world.ruth)
    grant = Grant.objects.get(child=world.ava, agency=world.school, ended_at=None)
    assert may_open(act_now(world.paul), world.ava)

    sharing.end_sharing(
        child_reference=world.ava.reference,
        grant_reference=grant.reference,
        reason=REASON,
        act=act,
    )

    assert not may_open(act_now(world.paul), world.ava)
    owed = Deadline.objects.filter(child=world.ava, agency=world.school)
    assert owed.exists()
    assert not owed.running().exists(), "nobody there could see what they owe"
    client = world.client(world.paul)
    answer = client.post(f"/cases/{world.ava.reference}/updates/add/", {"text": "x"}, secure=True)
    assert answer.status_code == 404
    assert not world.ava.updates.exists()


@pytest.mark.parametrize("membership", ["nisha", "paul", "tom"])
def test_only_who_decides_may_share(world: Partnership, membership: str) -> None:
    world.accept(world.report())

    with pytest.raises(NotPermitted):
        sharing.share(
            child_reference=world.ava.reference,
            agency_reference=world.stranger_agency.reference,
            part=Part.SCHOOL,
            reason=REASON,
            ends_at=None,
            act=act_now(getattr(world, membership)),
        )

    assert not Grant.objects.filter(agency=world.stranger_agency).exists()


def test_what_the_law_keeps_open_no_person_ends(world: Partnership) -> None:
    grant = Grant.objects.get(child=world.ava, agency=world.birmingham)

    with pytest.raises(RuleBroken, match="responsibility keeps this open"):
        sharing.end_sharing(
            child_reference=world.ava.reference,
            grant_reference=grant.reference,
            reason=REASON,
            act=act_now(world.ruth),
        )


def test_a_record_outside_ones_own_work_asks_why(world: Partnership) -> None:
    world.report()
    client = world.client(world.dana)
    address = f"/cases/{world.ava.reference}/"
    assert client.get(address, secure=True).headers["Location"] == f"{address}open/"

    refused = client.post(f"{address}open/", {"reason": "asked"}, secure=True)
    assert "Answer “Who asked you?”" in refused.content.decode()
    client.post(f"{address}open/", {"reason": "duty"}, secure=True)

    assert client.get(address, secure=True).status_code == 200
    assert access.view_of(act=act_for(world.dana), reference=world.ava.reference).basis == (
        "asked: duty"
    )


def test_every_part_opens_the_child_and_no_more_than_it_names() -> None:
    assert set(PARTS) == set(Part)
    for part, opens in PARTS.items():
        assert Right.CHILD in opens.rights, part
    for part in (Part.SCHOOL, Part.HEALTH, Part.VOLUNTARY_BODY, Part.CHILDRENS_HOME):
        assert PARTS[part].rights == {Right.CHILD}
    readers = {part for part, opens in PARTS.items() if Right.INTERVIEW in opens.rights}
    assert readers == {Part.RESPONSIBLE_COUNCIL, Part.HOME_COUNCIL}
    assert Role.PRIVACY_OFFICER not in CASE_ROLES
