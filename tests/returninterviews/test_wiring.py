"""What interviews listen to and register: the whole list, so that nothing joins unseen."""

from cases import events, panels
from cases.api import may
from cases.services import closing, deadlines, matching, timeline
from missingchildren.agencies import protocol
from missingchildren.alerts import kinds
from tests.test_wiring import listeners

OURS = "returninterviews."


def test_listeners_to_facts() -> None:
    def ours(fact: object) -> set[str]:
        return {name for name in listeners(fact) if name.startswith(OURS)}  # type: ignore[arg-type]

    assert ours(events.child_located) == {"returninterviews.open_on_located"}
    assert ours(events.child_returned) == {"returninterviews.open_on_returned"}
    assert ours(events.part_opened) == {"returninterviews.hold_and_read_again"}


def test_panels_tabs_and_evidence() -> None:
    assert {"interview"} <= {
        panel.key for panel in panels.panels() if panel.template.startswith("returninterviews/")
    }
    assert {tab.key for tab in panels._tabs.values() if tab.url_name.startswith(OURS[:-1])} >= {
        "interviews"
    }
    assert [(each.key, each.order) for each in panels.evidence_sources() if each.order == 20] == [
        ("interview", 20)
    ]


def test_clocks_facts_settings_and_checks() -> None:
    assert {
        "returninterviews.hold", "returninterviews.name_council", "returninterviews.read_summary",
        "returninterviews.accept",
    } <= set(deadlines.registered())  # fmt: skip
    assert {"returninterviews.opened", "returninterviews.signed"} <= set(timeline.registered())
    assert {"rhi_accept_working_days", "rhi_summary_read_hours"} <= set(protocol.keys())
    assert "interview" in {check.name for check in closing.checks()}
    assert {
        "Interview", "InterviewEpisode", "Offer", "Account", "Quote", "CarerAccount", "SharedItem",
        "Summary", "Recommendation",
    } <= {model.__name__ for model in matching.moves()}  # fmt: skip


def test_kinds_of_alert() -> None:
    assert {
        "returninterviews.due", "returninterviews.referred", "returninterviews.not_held",
        "returninterviews.signed", "returninterviews.summary", "returninterviews.answered",
        "returninterviews.accepted",
    } <= set(kinds.registered())  # fmt: skip


def test_operations_that_may_be_done_with_a_child() -> None:
    assert {
        "refer_interview", "offer_interview", "sign_interview", "accept_interview",
    } <= set(may.registered())  # fmt: skip
