"""What risk listens to and has registered: the whole list, so that nothing joins unseen."""

from cases import events, panels
from cases.api import may
from cases.services import closing, deadlines, matching, timeline
from missingchildren.agencies import protocol
from missingchildren.alerts import kinds
from risk.models import Ask, Contribution, Decision, Dissent, RiskRound, ShownEvidence
from risk.rules import Clock, Fact
from tests.test_wiring import listeners


def own(names: object, prefix: str = "risk.") -> set[str]:
    return {name for name in names if name.startswith(prefix)}  # type: ignore[attr-defined]


def test_listeners_to_facts() -> None:
    assert own(listeners(events.child_reported)) == {"risk.open_round"}
    assert own(listeners(events.report_accepted)) == {"risk.ask_everyone"}
    assert own(listeners(events.child_returned)) == {"risk.end_round"}
    assert own(listeners(events.part_opened)) == {"risk.ask_again", "risk.owe_flags_again"}
    # Located, not home yet: the level is still under review.
    assert own(listeners(events.child_located)) == set()
    assert own(listeners(events.episode_closed)) == set()


def test_panels_tabs_and_evidence_of_rounds() -> None:
    shown = [(panel.key, panel.order) for panel in panels.panels()]
    assert ("level", 12) in shown
    assert ("asked", 15) in shown
    offered = {source.key: source.order for source in panels.evidence_sources()}
    assert offered["answers"] == 55
    assert offered["level"] == 60


def test_kinds_of_alert_of_rounds() -> None:
    rounds = {
        "risk.asked", "risk.anything_new", "risk.still_wanted", "risk.answer_confirm",
        "risk.late_answer", "risk.decided", "risk.dissent", "risk.dissent_answered",
    }  # fmt: skip
    assert rounds <= own(kinds.registered())


def test_kinds_of_deadline_and_of_timeline_of_rounds() -> None:
    assert set(Clock) <= own(deadlines.registered())
    assert set(Fact) <= own(timeline.registered())


def test_nothing_of_a_round_keeps_an_episode_from_closing() -> None:
    assert own((check.name for check in closing.checks()), "risk.round") == set()


def test_what_moves_with_a_report() -> None:
    moved = {RiskRound, Ask, Contribution, Decision, ShownEvidence, Dissent}
    assert moved <= set(matching.moves())


def test_operations_of_rounds_that_may_be_done() -> None:
    assert {
        "answer_risk_question", "write_down_answer", "choose_level", "confirm_level",
        "send_level_back", "dissent_from_level", "ask_others",
    } <= set(may.registered())  # fmt: skip


def test_what_forces_may_settle() -> None:
    assert {
        "answer_minutes", "first_level_minutes", "confirm_minutes", "dissent_minutes",
        "late_answer_minutes", "minimum_level_for_children",
    } <= set(protocol.keys())  # fmt: skip
