"""What recommendations and follow-up actions register: the whole list, so that nothing joins unseen."""

from cases import events, panels
from cases.api import may
from cases.services import closing, deadlines, matching, sharing, timeline
from missingchildren.agencies import protocol
from missingchildren.alerts import kinds
from missingchildren.celery import app
from returninterviews.api.shapes import NOTE_AUDIENCE_WORDS
from returninterviews.models import Action, ActionNote, Recommendation
from returninterviews.rules import ActionClock, ActionFact
from returninterviews.services.actions import NOTE_AUDIENCES
from tests.test_wiring import listeners


def test_listeners() -> None:
    assert listeners(events.part_ended) == {"returninterviews.reclaim_when_a_part_ends"}


def test_panel_tab_and_evidence() -> None:
    assert "actions" in [panel.key for panel in panels.panels()]
    assert "actions" in panels._tabs
    assert [source.order for source in panels.evidence_sources() if source.key == "unfinished"] == [
        25
    ]


def test_deadlines_entries_moves_and_settings() -> None:
    registered = deadlines.registered()
    assert {kind.value for kind in ActionClock} <= registered.keys()
    assert [kind for kind in ActionClock if registered[kind].can_extend] == [ActionClock.ACTION]
    assert {kind.value for kind in ActionFact} <= timeline.registered().keys()
    assert all(len(kind) <= 40 for kind in (*ActionClock, *ActionFact)), "the columns hold 40"
    assert {Recommendation, Action, ActionNote} <= set(matching.moves())
    assert protocol.keys()["recommendation_decision_working_days"].default == 5
    assert protocol.keys()["second_look_working_days"].default == 5


def test_closing_check_operations_and_task() -> None:
    assert "recommendations" in [check.name for check in closing.checks()]
    assert "add_action" in may.registered()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "returninterviews.tasks.reclaim_what_nobody_sees" in scheduled
    assert set(sharing.passed_on()) == set(ActionClock)


def test_kinds_of_alert() -> None:
    assert {
        "returninterviews.action_given",
        "returninterviews.came_back",
        "returninterviews.not_taken_forward",
        "returninterviews.second_look_asked",
        "returninterviews.second_look_answered",
    } <= kinds.registered().keys()


def test_the_api_takes_the_audiences_that_the_service_takes() -> None:
    assert [audience.value for audience in NOTE_AUDIENCES] == NOTE_AUDIENCE_WORDS
