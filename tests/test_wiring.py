"""Who listens to what, and what is registered: the whole list, so that nothing joins unseen.

Each app above the record lists its own in `tests/<app>/test_wiring.py`; here is what is left.
"""

from django.dispatch import Signal

from cases import events, panels
from cases.api import may
from cases.rules import Aspect, Clock, Fact
from cases.services import closing, deadlines, timeline
from missingchildren.agencies import protocol
from missingchildren.alerts import events as alert_events
from missingchildren.alerts import kinds

APPS = ("placements.", "risk.", "returninterviews.")


def listeners(signal: Signal) -> set[str]:
    """Return the dispatch_uid of each listener: "app.what_it_does"."""
    return {str(receiver[0][0]) for receiver in signal.receivers}


def test_listeners_to_facts() -> None:
    facts = [fact for fact in vars(events).values() if isinstance(fact, Signal)]
    assert len(facts) == 10
    for fact in (*facts, alert_events.alert_acknowledged):
        assert not [name for name in listeners(fact) if not name.startswith(APPS)]


def test_panels_and_tabs_of_the_case_page() -> None:
    own = [panel.key for panel in panels.panels() if panel.template.startswith("cases/")]
    assert own == [
        "now", "prevention", "question", "reports", "updates", "places", "told",
    ]  # fmt: skip


def test_operations_that_may_be_done_with_a_child() -> None:
    own = [
        name for name in may.registered() if may._operations[name].__module__.startswith("cases.")
    ]
    assert own == [
        "accept_report", "add_update", "close_episode", "decide_not_to_share", "end_sharing",
        "record_located", "record_prevention_interview", "record_return", "report_missing",
        "reveal_place", "share",
    ]  # fmt: skip


def test_kinds_of_alert() -> None:
    assert {name for name in kinds.registered() if name.startswith("cases.")} == {
        "cases.report_received",
        "cases.report_accepted",
        "cases.child_missing",
        "cases.question_asked",
        "cases.child_located",
        "cases.child_returned",
        "cases.chased",
        "cases.match_question",
    }


def test_kinds_of_deadline() -> None:
    own = {
        name: (kind.seen_with, kind.can_extend, kind.ends_with_episode)
        for name, kind in deadlines.registered().items()
        if name.startswith("cases.")
    }
    assert own == {
        "cases.accept_report": (Aspect.ALERTS, False, False),
        "cases.match_question": (None, False, False),
        "cases.prevention_interview": (Aspect.ALERTS, True, True),
    }


def test_checks_before_an_episode_closes() -> None:
    assert [check.name for check in closing.checks() if check.name.startswith("cases.")] == [
        "cases.prevention_interview",
        "cases.return",
    ]


def test_times_that_a_force_settles_for_itself() -> None:
    assert protocol.keys()["prevention_interview_hours"].default == 24


def test_every_kind_of_fact_and_clock_is_registered() -> None:
    assert set(Fact) <= timeline.registered().keys()
    assert set(Clock) <= deadlines.registered().keys()
