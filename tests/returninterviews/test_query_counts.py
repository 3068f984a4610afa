"""The pages of interviews send the same number of queries for one episode and for a hundred: at most 20."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import panels
from cases.access import view_of
from cases.services.references import unused
from missingchildren.demo.benching.capturing import capture
from missingchildren.demo.benching.comparing import MOST_QUERIES
from returninterviews.models import Interview, InterviewEpisode
from returninterviews.services import accounts, interviews
from tests.partnership import Partnership, act_now
from tests.returninterviews.telling import held, offer, past_episode, refer, summary_for

pytestmark = pytest.mark.django_db
# What the panel and the tab of interviews may add to the case page.
MOST_OF_A_PANEL = 1


@pytest.fixture
def world(world: Partnership) -> Partnership:
    """Return a partnership in which Ava's report is accepted."""
    world.accept(world.report())
    return world


def count(client: Client, address: str) -> int:
    return len(capture(client, address).statements)


def many(world: Partnership, number: int) -> None:
    """Add episodes of the past: half join the open interview, half had one that was not held."""
    act = act_now(world.joan)
    for each in range(1, number + 1):
        episode = past_episode(world, ago=timedelta(days=10), number=each)
        if each % 2:
            interviews.open_interview(episode=episode, act=act)
            continue
        ended = Interview.objects.create(
            child=world.ava, reference=unused(Interview, "RI"), council=world.birmingham,
            opened_at=act.now - timedelta(days=10 + each), outcome="not_possible",
            not_held_code="aged_18", outcome_at=act.now, outcome_by=world.ruth,
        )  # fmt: skip
        InterviewEpisode.objects.create(child=world.ava, interview=ended, episode=episode)


def test_pages_send_the_same_queries_at_1_and_at_100_episodes(world: Partnership) -> None:
    """PERF-01."""
    signed = held(world)
    summary = summary_for(signed, world.kent_police)
    again = interviews.open_interview(
        episode=past_episode(world, ago=timedelta(days=2)), act=act_now(world.joan)
    )
    assert again is not None
    refer(world, again)
    offer(world.lena, again)
    accounts.begin_draft(interview_reference=again.reference, act=act_now(world.lena))
    at, child = f"/interviews/{again.reference}/", world.ava.reference
    looked: dict[str, Any] = {
        f"/cases/{child}/": world.ruth,
        f"/cases/{child}/interviews/": world.joan,
        at: world.lena,
        f"{at}explained/": world.lena,
        f"{at}refer/": world.ruth,
        f"/interviews/{signed.reference}/account/": world.ruth,
        f"/summaries/{summary.reference}/": world.joan,
    }
    clients = {address: world.client(person) for address, person in looked.items()}

    few = {address: count(client, address) for address, client in clients.items()}
    many(world, 100)
    after = {address: count(client, address) for address, client in clients.items()}

    assert few == after
    assert max(few.values()) <= MOST_QUERIES, few


def test_the_panel_and_the_tab_cost_one_query(world: Partnership) -> None:
    held(world)
    for person in (world.joan, world.ruth, world.lena):
        act = act_now(person)
        view = view_of(act=act, reference=world.ava.reference)
        [panel] = [each for each in panels.panels() if each.key == "interview"]
        with CaptureQueriesContext(
            connection,
        ) as sent:
            panel.context(view, act)
            panels.tabs(view, act)
        assert len(sent) <= MOST_OF_A_PANEL
