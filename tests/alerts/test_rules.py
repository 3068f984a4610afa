"""The tables that decide what may happen to a delivery are complete and mean what they say."""

from datetime import timedelta

import pytest

from missingchildren.alerts import rules
from missingchildren.alerts.rules import State

ENDS = {State.ACKNOWLEDGED, State.WITHHELD, State.SUPERSEDED, State.BOUNCED}


def test_every_state_has_its_ways_out_written_down() -> None:
    assert set(rules.TRANSITIONS) == set(State)
    assert {state for state, targets in rules.TRANSITIONS.items() if not targets} == ENDS


def test_every_state_can_be_reached_from_the_start() -> None:
    reached = set(rules.ENTRY.values())
    while True:
        further = {target for state in reached for target in rules.TRANSITIONS[state]} - reached
        if not further:
            break
        reached |= further

    assert reached == set(State)


def test_every_channel_says_how_its_deliveries_begin() -> None:
    assert set(rules.ENTRY) == set(rules.ChannelName)


def test_an_acknowledgement_moves_deliveries_only_along_the_table() -> None:
    for old, new in rules.ON_ACKNOWLEDGEMENT.items():
        assert rules.may_move(old, new)


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 0), (2, 5), (3, 15), (4, 30), (5, 60), (6, 120), (7, 300), (9, 300)],
)
def test_waits_grow_and_vary_by_a_fifth(attempts: int, seconds: int) -> None:
    shortest = rules.retry_wait(attempts=attempts, chance=0.0)
    middle = rules.retry_wait(attempts=attempts, chance=0.5)
    longest = rules.retry_wait(attempts=attempts, chance=0.999999)

    assert middle == timedelta(seconds=seconds)
    assert shortest == timedelta(seconds=seconds * 0.8)
    assert timedelta(seconds=seconds * 1.19) <= longest <= timedelta(seconds=seconds * 1.2)


@pytest.mark.parametrize(
    ("attempts", "age", "final"),
    [
        pytest.param(9, timedelta(hours=3, minutes=59), False, id="one try and a minute left"),
        pytest.param(10, timedelta(), True, id="ten tries"),
        pytest.param(1, timedelta(hours=4), True, id="four hours"),
    ],
)
def test_trying_ends_after_ten_tries_or_four_hours(
    attempts: int, age: timedelta, *, final: bool
) -> None:
    assert rules.is_given_up(attempts=attempts, age=age) is final


def test_the_key_differs_by_event_rule_recipient_and_channel_and_by_nothing_else() -> None:
    base = {
        "event": "episode_reported:ME-1",
        "kind": "reported",
        "rung": 0,
        "agency_id": 1,
        "unit_id": 2,
        "channel": "email",
        "contact_id": 3,
    }
    changes = {
        "event": "episode_reported:ME-2",
        "kind": "returned",
        "rung": 1,
        "agency_id": 2,
        "unit_id": None,
        "channel": "inbox",
        "contact_id": None,
    }

    keys = [rules.idempotency_key(**base)]  # type: ignore[arg-type]
    keys += [rules.idempotency_key(**{**base, name: to}) for name, to in changes.items()]  # type: ignore[arg-type]

    assert len(set(keys)) == 8
    assert rules.idempotency_key(**base) == keys[0]  # type: ignore[arg-type]
    assert "ME-1" not in keys[0]


@pytest.mark.parametrize(
    ("code", "permanent"),
    [(421, False), (450, False), (535, False), (550, True), (553, True), (554, True)],
)
def test_only_a_refusal_of_the_message_is_permanent(code: int, *, permanent: bool) -> None:
    assert rules.is_permanent(code) is permanent
