"""Who sees which placement and which notice: by part, by agency, by person, and after the end."""

from datetime import timedelta

import pytest

from cases import access as case_access
from cases.models import KeepFrom, Location
from cases.rules import Part
from cases.services import sharing
from missingchildren.agencies.models import Membership, Role, UnitKind
from missingchildren.core.verdicts import NotFound
from placements import access, queries
from placements.models import Placement
from placements.services import notices
from tests.api.calling import Caller
from tests.factories import UnitFactory
from tests.partnership import CANARY_PLACE, Partnership, act_now, member
from tests.placements.telling import (
    BIRMINGHAM_POSTCODE,
    acknowledge,
    approved,
    current,
    end,
    notice_to,
    propose,
    samira,
    send_back,
    start,
)

pytestmark = pytest.mark.django_db


def seen(world: Partnership, membership: Membership) -> set[str]:
    """Return the placements that a person sees by the list, and check that pages agree."""
    act = act_now(membership)
    try:
        view = case_access.view_of(act=act, reference=world.ava.reference)
    except NotFound:
        listed: set[str] = set()
    else:
        listed = {placement.reference for placement in queries.placements_of(view, act)}
        one_by_one = {
            placement.reference
            for placement in Placement.objects.all()
            if queries.placement_of(view, act, placement.reference)
        }
        assert listed == one_by_one, "list and single check disagree"
    return listed


def listed_notices(membership: Membership) -> set[str]:
    """Return the notices that a person's agency has by the list, and check that single ones agree."""
    act = act_now(membership)
    listed = {
        notice.reference
        for is_answered in (False, True)
        for notice in queries.notices_page(act, is_answered=is_answered).rows
    }
    for reference in listed:
        assert queries.own_notice(act, reference)
    return listed


def test_before_the_area_is_told_only_the_council_sees_a_placement(world: Partnership) -> None:
    world.accept(world.report())
    placement = approved(world)

    for name in ("ruth", "ken"):
        assert seen(world, getattr(world, name)) == {placement.reference}
    for name in ("joan", "beth", "nisha", "paul", "grace", "lena", "tom", "stranger", "owen"):
        assert seen(world, getattr(world, name)) == set(), name
    view = case_access.view_of(act=act_now(world.joan), reference=world.ava.reference)
    lives = case_access.readable_locations(act_now(world.joan), view).filter(kind="lives")
    assert not lives, "an officer must not be sent where the child does not live yet"


def test_whoever_is_told_sees_the_placement_to_come(world: Partnership) -> None:
    placement = approved(world)
    notices.send_notices(
        placement_reference=placement.reference, version=None, act=act_now(samira(world))
    )
    for name in ("joan", "beth"):
        assert seen(world, getattr(world, name)) == {placement.reference}, name
        assert len(listed_notices(getattr(world, name))) == 1


def test_the_lead_force_sees_where_the_child_lives_and_nothing_past(world: Partnership) -> None:
    first = end(world, current(world))
    world.accept(world.report())
    second = propose(
        world, postcode=BIRMINGHAM_POSTCODE, provider_reference="",
        arrives_at=act_now(world.ruth).now,
    )  # fmt: skip
    assert seen(world, world.joan) == set()
    assert seen(world, world.ruth) == {first.reference, second.reference}


def test_an_agency_keeps_its_own_notice_when_its_part_has_ended(world: Partnership) -> None:
    placement = current(world)
    notice = acknowledge(notice_to(placement, world.kent_police), world.joan)
    end(world, placement)

    assert seen(world, world.joan) == set()
    assert notice.reference in listed_notices(world.joan)
    kept = queries.own_notice(act_now(world.joan), notice.reference)
    assert kept is not None
    assert queries.what_was_sent(kept)["name"] == "Ava Bramley"
    assert queries.still_open(kept, act_now(world.joan)) is None
    assert CANARY_PLACE not in str(queries.what_was_sent(kept))


def test_what_was_sent_stays_as_it_was(world: Partnership) -> None:
    placement = current(world)
    Placement.objects.filter(pk=placement.pk).update(why_this_home="Something else.")
    notice = queries.own_notice(
        act_now(world.joan), notice_to(placement, world.kent_police).reference
    )
    assert notice is not None
    assert "Something else" not in str(queries.what_was_sent(notice))


def test_a_notice_sent_back_shows_nothing_of_the_child(world: Partnership) -> None:
    sent_back = send_back(notice_to(current(world), world.kent_police), world.joan)
    notice = queries.own_notice(act_now(world.joan), sent_back.reference)
    assert notice is not None
    assert queries.what_was_sent(notice) == {}


def test_the_councils_notice_leaves_out_what_only_the_police_read(world: Partnership) -> None:
    placement = current(world)
    for of, has in ((world.kent_police, True), (world.kent_council, False)):
        notice = queries.own_notice(
            act_now(world.joan if has else world.beth), notice_to(placement, of).reference
        )
        assert notice is not None
        assert ("what_police_should_know" in queries.what_was_sent(notice)) == has


def test_a_person_or_agency_from_whom_the_record_is_kept_has_no_notice(world: Partnership) -> None:
    placement = current(world)
    reference = notice_to(placement, world.kent_police).reference
    act = act_now(world.ruth)
    KeepFrom.objects.create(
        child=world.ava, user=world.joan.user, reason="x", starts_at=act.now, made_by=world.ruth
    )
    assert listed_notices(world.joan) == set()
    assert queries.own_notice(act_now(world.joan), reference) is None
    assert listed_notices(world.dana) == {reference}
    KeepFrom.objects.create(
        child=world.ava, agency=world.kent_police, reason="x", starts_at=act.now, made_by=world.ruth
    )
    assert listed_notices(world.dana) == set()


def test_roles_that_read_no_case_have_no_notices(world: Partnership) -> None:
    current(world)
    for role in (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        person = member(world.kent_police, role)
        assert listed_notices(person) == set()
        assert not access.is_notified(act_now(person))
    assert not access.is_notified(act_now(world.nisha))
    assert access.is_notified(act_now(world.joan))


def test_a_host_force_sees_the_home_and_no_other_place(world: Partnership) -> None:
    """LOC-01: the design's table: a host force with nothing open sees the placement."""
    episode = world.accept(world.report())
    placement = current(world)
    act = act_now(world.ruth)
    sharing.open_part(
        child=world.ava, agency=world.west_midlands, part=Part.HOST_FORCE, basis="person",  # type: ignore[arg-type]
        reason="She is there at weekends.", act=act,
    )  # fmt: skip
    sharing.recompute(child=world.ava, act=act)
    view = case_access.view_of(act=act_now(world.tom), reference=world.ava.reference)
    tom = case_access.readable_locations(act_now(world.tom), view)
    assert view.parts == {Part.HOST_FORCE, Part.HOME_FORCE}
    assert list(tom) == [placement.location]
    lead = case_access.view_of(act=act_now(world.joan), reference=world.ava.reference)
    assert set(case_access.readable_locations(act_now(world.joan), lead)) == {
        placement.location,
        Location.objects.get(episode=episode),
    }


def test_the_host_part_is_the_duty_desks_and_others_are_asked_why(world: Partnership) -> None:
    UnitFactory.create(agency=world.kent_council, kind=UnitKind.EDT, name="Kent EDT")
    placement = start(world, approved(world))
    for membership, has_reason in ((world.joan, True), (world.dana, False), (world.beth, False)):
        view = case_access.view_of(act=act_now(membership), reference=world.ava.reference)
        assert bool(view.basis) == has_reason, membership
    client = world.client(world.dana)
    notice = notice_to(placement, world.kent_police)
    answer = client.get(f"/notifications/{notice.reference}/", secure=True)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/cases/{world.ava.reference}/open/"


def test_expired_parts_and_left_people_lose_the_record(world: Partnership) -> None:
    placement = current(world)
    now = act_now(world.joan).now
    world.ava.grants.filter(agency=world.kent_police).update(
        starts_at=now - timedelta(hours=1), ends_at=now
    )
    world.ava.permission_rows.filter(group=world.kent_police.group).update(valid_until=now)
    assert seen(world, world.joan) == set()
    assert listed_notices(world.joan) == {notice_to(placement, world.kent_police).reference}


def test_what_a_force_answers_to_its_notice_is_not_for_the_host_council(world: Partnership) -> None:
    """LOC-01: others' answers: the lead force and the child's councils; an agency has its own."""
    world.accept(world.report())
    withdrawn = approved(world)
    notices.send_notices(
        placement_reference=withdrawn.reference, version=None, act=act_now(samira(world))
    )
    send_back(notice_to(withdrawn, world.kent_police), world.joan, "A man we watch lives there.")
    acknowledge(
        notice_to(withdrawn, world.kent_council), world.beth, response="The home has no manager."
    )
    start(world, withdrawn)
    about = f"/cases/{world.ava.reference}/placements/{withdrawn.reference}/"
    for name, reads in {
        "ruth": {"A man we watch", "no manager"}, "beth": {"no manager"},
    }.items():  # fmt: skip
        person = getattr(world, name)
        page = world.client(person).get(about, secure=True).content.decode()
        said = Caller(person).get(about.replace("/cases/", "/children/")).content.decode()
        for words in ("A man we watch", "no manager"):
            assert (words in page) == (words in reads), (name, words)
            assert (words in said) == (words in reads), (name, words)
        assert "Sent back" in page
