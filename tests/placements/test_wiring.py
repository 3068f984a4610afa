"""What placements registers with the apps below: the whole list, so that nothing joins unseen."""

from django.dispatch import Signal

from cases import events, panels, queries
from cases.api import may
from cases.services import closing, deadlines, matching, timeline
from missingchildren.agencies import protocol
from missingchildren.alerts import kinds
from missingchildren.web import navigation
from placements.models import Approval, Placement, PlacementNotification
from placements.rules import Clock, Fact
from placements.services.registered import ACKNOWLEDGE_KEY
from tests.test_wiring import listeners


def test_it_listens_to_one_fact() -> None:
    facts = {name: fact for name, fact in vars(events).items() if isinstance(fact, Signal)}
    found = [
        (name, uid)
        for name, fact in facts.items()
        for uid in listeners(fact)
        if uid.startswith("placements.")
    ]
    assert found == [("part_opened", "placements.ask_for_answers_again")]


def test_panels_tabs_and_evidence() -> None:
    assert [p.key for p in panels.panels() if p.template.startswith("placements/")] == ["placement"]
    assert "placements" in panels._tabs
    assert ("placement", 50) in {(each.key, each.order) for each in panels.evidence_sources()}


def test_kinds_of_alert() -> None:
    assert {name for name in kinds.registered() if name.startswith("placements.")} == {
        "placements.approval_needed",
        "placements.notified",
        "placements.ended",
        "placements.withdrawn",
        "placements.sent_back",
    }


def test_kinds_of_deadline_and_of_timeline_entry() -> None:
    assert {name for name in deadlines.registered() if name.startswith("placements.")} == set(Clock)
    assert {name for name in timeline.registered() if name.startswith("placements.")} == set(Fact)
    extended = {name for name, kind in deadlines.registered().items() if kind.can_extend}
    assert extended & set(Clock) == {Clock.ACKNOWLEDGE}, "what a law fixes is never extended"


def test_times_that_are_local_practice() -> None:
    assert protocol.keys()[ACKNOWLEDGE_KEY].default == 2


def test_nothing_must_be_settled_before_an_episode_closes() -> None:
    assert not [check for check in closing.checks() if check.name.startswith("placements.")]


def test_what_moves_with_a_child_and_what_may_be_done() -> None:
    assert {Placement, Approval, PlacementNotification} <= set(matching.moves())
    assert "propose_placement" in may.registered()


def test_every_look_has_words_and_the_header_leads_to_the_notices() -> None:
    looks = {verb for verb in queries._looks if verb.startswith("placements.")}
    assert len(looks) == 15
    assert "placements:notifications" in {item.url_name for item in navigation.registered()}
