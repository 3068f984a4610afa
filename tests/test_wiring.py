"""Who listens to what, and what is registered: the whole list, so that nothing joins unseen."""

from django.dispatch import Signal

from cases import events, panels
from cases.api import may
from missingchildren.alerts import events as alert_events
from missingchildren.alerts import kinds


def listeners(signal: Signal) -> set[str]:
    return {str(receiver[0][0]) for receiver in signal.receivers}


def test_listeners_to_facts() -> None:
    for signal in (
        events.child_reported,
        events.report_accepted,
        events.child_returned,
        alert_events.alert_acknowledged,
    ):
        assert listeners(signal) == set()


def test_panels_and_tabs_of_the_case_page() -> None:
    assert [panel.key for panel in panels.panels()] == [
        "now", "question", "reports", "updates", "places", "told",
    ]  # fmt: skip


def test_operations_that_may_be_done_with_a_child() -> None:
    assert may.registered() == [
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
