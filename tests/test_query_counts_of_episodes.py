"""The pages of a child send the same number of queries at 1 and at 100 episodes, for every role.

Every episode was judged, closed and talked about, and left something to do: at most 20 each.
"""

from datetime import timedelta
from typing import Any

import pytest

from cases.models import Location, Update
from cases.rules import CASE_ROLES, Audience, Clock
from cases.services import deadlines
from cases.services.references import unused
from missingchildren.agencies.models import Role
from missingchildren.demo.benching.capturing import capture
from missingchildren.demo.benching.comparing import MOST_QUERIES
from returninterviews.models import Interview, Summary
from risk.models import RiskRound
from tests.partnership import Partnership, act_now, member
from tests.placements.telling import current
from tests.returninterviews.recommended import recommend, signed_interview
from tests.returninterviews.telling import past_episode
from tests.risk.flagging import Flagging
from tests.risk.rounds import accepted, decide, tell

pytestmark = pytest.mark.django_db
MANY = 100
READERS = [role for role in Role if role.value in CASE_ROLES]


@pytest.fixture
def world(world: Partnership) -> Partnership:
    """Return a partnership in which Ava is placed, flagged, missing, judged, and was listened to once."""
    current(world)
    Flagging(world).active()
    _past(world, number=0)
    accepted(world)
    tell(world, world.grace)
    decide(world)
    return world


def _past(world: Partnership, *, number: int) -> Interview:
    """Add an episode of the past with all that it leaves behind."""
    act = act_now(world.joan)
    episode = past_episode(world, ago=timedelta(days=9 + number), number=number)
    common: dict[str, Any] = {
        "child": world.ava, "owner": world.kent_police, "audience": Audience.CASE,
        "recorded_at": act.now, "recorded_by": world.joan,
    }  # fmt: skip
    RiskRound.objects.create(
        child=world.ava, episode=episode, opened_at=episode.started_at,
        reference=unused(RiskRound, "RR"), ended_at=episode.returned_at,
        ended_because=RiskRound.Ended.BACK_FIRST,
    )  # fmt: skip
    Update.objects.create(
        **common, episode=episode, reference=unused(Update, "MU"), kind=Update.Kind.SIGHTING,
        text="Seen at the pier.", happened_at=episode.started_at,
    )  # fmt: skip
    Location.objects.create(
        **common, episode=episode, reference=unused(Location, "LO"), kind=Location.Kind.LAST_SEEN,
        place="{}", at=episode.started_at,
    )  # fmt: skip
    interview = signed_interview(world, episode=episode)
    recommend(interview, "Take her to the youth centre.", "A light at night.", by=world.lena)
    Summary.objects.create(
        **{**common, "audience": Audience.NAMED, "owner": world.charity},
        named_agencies=[world.kent_police.pk], interview=interview, agency=world.kent_police,
        reference=unused(Summary, "RS"), summary="She was at the pier.",
    )  # fmt: skip
    return interview


def _owe(world: Partnership, number: int) -> None:
    """Let the force and the council owe something more of the child, overdue."""
    act = act_now(world.joan)
    for agency, unit in ((world.kent_police, world.desk), (world.birmingham, world.team)):
        deadlines.start(
            child=world.ava, agency=agency, unit=unit, kind=Clock.PREVENTION_INTERVIEW,
            reference=f"{agency.pk} {number}", due_at=act.now - timedelta(hours=number), act=act,
        )  # fmt: skip


def test_every_page_of_a_child_costs_the_same_at_1_and_at_100_episodes(world: Partnership) -> None:
    """PERF-01: officer's page, interview, overdue, case page and its tabs: ≤ 20, for all roles."""
    case = f"/cases/{world.ava.reference}/"
    first = Interview.objects.filter(child=world.ava, outcome="completed").order_by("pk")[0]
    summary = Summary.objects.order_by("pk")[0]
    main = [case, f"{case}risk/", f"{case}interviews/", "/overdue/"]
    pages = {
        world.kent_police: [*main, f"/summaries/{summary.reference}/"],
        world.birmingham: [*main, f"/interviews/{first.reference}/"],
    }
    beside = [
        f"{case}episodes/", f"{case}placements/", f"{case}flags/", f"{case}actions/", "/",
        f"{case}history/", f"{case}sharing/",
    ]  # fmt: skip
    clients = {
        (agency.name, role): world.client(member(agency, role, unit=unit))
        for agency, unit in ((world.kent_police, world.desk), (world.birmingham, world.team))
        for role in READERS
    }

    def costs() -> dict[tuple[str, str], dict[Role, int]]:
        return {
            (agency.short_name, page): {
                role: len(capture(clients[agency.name, role], page).statements) for role in roles
            }
            for agency, of_agency in pages.items()
            for shown, roles in ((of_agency, READERS), (beside, [Role.PRACTITIONER]))
            for page in shown
        }

    def officers() -> dict[Role, int]:
        page = f"{case}risk/decide/?seen="
        chooses = (Role.PRACTITIONER, Role.CONTROL_ROOM, Role.SUPERVISOR, Role.MANAGER)
        return {
            role: len(capture(clients[world.kent_police.name, role], page).statements)
            for role in chooses
        }

    _owe(world, 1)
    one = {**costs(), ("police", "decide"): officers()}
    for number in range(1, MANY):
        _past(world, number=number)
        _owe(world, number + 1)
    hundred = {**costs(), ("police", "decide"): officers()}

    assert world.ava.episodes.count() == MANY + 1
    grown = {page: (one[page], hundred[page]) for page in one if one[page] != hundred[page]}
    assert not grown
    dear = {page: found for page, found in one.items() if max(found.values()) > MOST_QUERIES}
    assert not dear
