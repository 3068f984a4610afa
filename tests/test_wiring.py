"""Who listens to what, and what is registered: the whole list, so that nothing joins unseen.

Each app above the record lists its own in `tests/<app>/test_wiring.py`; here is what is left.
"""

from django.dispatch import Signal

from cases import events, panels
from cases.api import may
from missingchildren.alerts import events as alert_events
from missingchildren.alerts import kinds

APPS = ("placements.", "risk.", "returninterviews.")


def listeners(signal: Signal) -> set[str]:
    """Return the dispatch_uid of each listener: "app.what_it_does"."""
    return {str(receiver[0][0]) for receiver in signal.receivers}


def test_listeners_to_facts() -> None:
    facts = [fact for fact in vars(events).values() if isinstance(fact, Signal)]
    assert len(facts) == 8
    for fact in (*facts, alert_events.alert_acknowledged):
        assert not [name for name in listeners(fact) if not name.startswith(APPS)]


def test_panels_and_tabs_of_the_case_page() -> None:
    own = [panel.key for panel in panels.panels() if panel.template.startswith("cases/")]
    assert own == [
        "now", "question", "reports", "updates", "places", "told",
    ]  # fmt: skip


def test_operations_that_may_be_done_with_a_child() -> None:
    own = [
        name for name in may.registered() if may._operations[name].__module__.startswith("cases.")
    ]
    assert own == [
        "accept_report", "add_update", "decide_not_to_share", "end_sharing", "record_return",
        "report_missing", "reveal_place", "share",
    ]  # fmt: skip


def test_kinds_of_alert() -> None:
    assert {name for name in kinds.registered() if name.startswith("cases.")} == {
        "cases.report_received",
        "cases.report_accepted",
        "cases.child_missing",
        "cases.question_asked",
        "cases.child_returned",
        "cases.match_question",
    }
