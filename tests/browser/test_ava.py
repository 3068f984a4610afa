"""Ava's story in a browser, from the Friday placement to the extended action and the next report."""

import functools

import pytest

from cases.models import Child
from missingchildren.audit.acts import database_now
from missingchildren.demo import story
from missingchildren.demo.telling import answer_alerts, days
from tests.browser import ava_after, ava_before, ava_missing
from tests.browser.forms import hidden
from tests.browser.person import Seat
from tests.demonstration import settle_the_cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize(
        "seat",
        [(1280, True), (320, True), (320, False)],
        ids=["desk", "telephone", "without scripts"],
        indirect=True,
    ),
]

STRANGERS = ("anil.desai", "sam.reyes", "jo.tranter", "carys.lloyd")


@pytest.fixture
def child(seat: Seat) -> Child:
    """Return Ava as Birmingham looks after her, whom nobody has placed in Margate yet."""
    now = settle_the_cast()
    ava = story.ava_is_looked_after(now=now)
    answer_alerts(before=now)
    return ava


def test_ava_from_the_placement_to_the_extended_action(seat: Seat, child: Child) -> None:
    """A11Y-01, A11Y-05, A11Y-08 on every page, LOC-05 on the way."""
    one = functools.cache(seat)  # each person keeps one window and one session

    ava_before.is_placed(one, child, arrived=database_now() - days(2))
    ava_before.the_area_is_told(one)
    ava_before.is_flagged(one, child)

    ava_missing.is_reported(one, child)
    ava_missing.the_agencies_answer(one, child)
    ava_missing.the_school_sees_its_question_alone(one, child)
    ava_missing.the_level_is_chosen(one, child)
    ava_missing.is_found(one, child)
    ava_missing.is_home(one, child)
    ava_missing.the_name_stays_with_the_police(one, child)

    ava_after.is_offered_an_interview(one, child)
    ava_after.is_interviewed(one, child)
    ava_after.the_interview_is_read(one, child)
    ava_after.the_council_decides(one, child)
    ava_after.an_action_gets_more_time(one)
    ava_after.the_next_report_begins_with_all_that(one, child)

    for person in STRANGERS:
        hidden(one(person), f"/cases/{child.reference}/")
