"""What flags registered: the whole list, so that nothing joins unseen."""

from django.dispatch import Signal

from cases import events, panels, queries
from cases.api import may
from cases.services import closing, deadlines, matching, timeline
from missingchildren.agencies import protocol
from missingchildren.alerts import kinds
from missingchildren.web import navigation
from risk.models import Flag, FlagDecision
from risk.rules import FlagClock, FlagFact


def test_listeners() -> None:
    found = {
        name: {str(receiver[0][0]) for receiver in fact.receivers}
        for name, fact in vars(events).items()
        if isinstance(fact, Signal)
    }
    assert {name for name, those in found.items() if any("flag" in each for each in those)} == {
        "child_placed", "part_opened",
    }  # fmt: skip
    assert "risk.owe_flags_again" in found["part_opened"]
    assert "risk.review_flags_where_placed" in found["child_placed"]


def test_registries() -> None:
    assert {name for name in deadlines.registered() if name.startswith("risk.flag")} == set(
        FlagClock
    )
    assert {name for name in timeline.registered() if name.startswith("risk.flag")} == set(FlagFact)
    assert {name for name in kinds.registered() if name.startswith("risk.flag")} == {
        "risk.flag_asked", "risk.flag_review", "risk.flag_disagreed", "risk.flag_decided",
    }  # fmt: skip
    assert {name for name in sorted(protocol.keys()) if name.startswith("flag_")} == {
        "flag_decide_days", "flag_enter_hours", "flag_review_days", "flag_longest_days",
    }  # fmt: skip
    assert {name for name in may.registered() if "flag" in name} == {"ask_for_flag", "flag_child"}
    assert {name for name in queries._looks if name.startswith("risk.flag")} == {
        "risk.flag_list", "risk.flags", "risk.flag", "risk.flag_page",
    }  # fmt: skip
    assert {Flag, FlagDecision} <= set(matching.moves())
    assert not [check for check in closing.checks() if "flag" in check.name]


def test_what_the_case_page_shows() -> None:
    assert [(each.key, each.order) for each in panels.panels() if "flags" in each.template] == [
        ("flags", 15)
    ]
    assert panels._tabs["flags"].order == 15
    assert panels._evidence["flag"].order == 10
    assert "risk:flag_list" in {item.url_name for item in navigation.registered()}
