"""Alert practice as pure functions and tables: states, keys, waits, what the mail server's codes mean."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType


class Urgency(IntEnum):
    """How soon a person must act; a higher number is sent first."""

    ROUTINE = 0
    SOON = 1
    URGENT = 2
    IMMEDIATE = 3

    @property
    def word(self) -> str:
        """Return the word used in pages, messages and the API."""
        return self.name.lower()


class ChannelName(StrEnum):
    """A way to reach an agency."""

    INBOX = "inbox"
    EMAIL = "email"


class State(StrEnum):
    """Where one delivery stands."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    WITHHELD = "withheld"
    SUPERSEDED = "superseded"
    BOUNCED = "bounced"
    DEAD = "dead"
    PARKED = "parked"


# The inbox is a page of ours, so what is committed is already accepted there.
ENTRY: Mapping[str, State] = MappingProxyType(
    {ChannelName.INBOX: State.ACCEPTED, ChannelName.EMAIL: State.QUEUED}
)

# The only ways out of a state; a trigger in the database holds everyone to them.
TRANSITIONS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.QUEUED: frozenset({State.SENDING, State.SUPERSEDED}),
        State.SENDING: frozenset(
            {
                State.QUEUED,
                State.ACCEPTED,
                State.WITHHELD,
                State.SUPERSEDED,
                State.DEAD,
                State.PARKED,
            }
        ),
        State.ACCEPTED: frozenset({State.DELIVERED, State.BOUNCED, State.ACKNOWLEDGED}),
        State.DELIVERED: frozenset({State.BOUNCED, State.ACKNOWLEDGED}),
        # A person may send again what was given up or parked.
        State.DEAD: frozenset({State.QUEUED}),
        State.PARKED: frozenset({State.QUEUED}),
        State.ACKNOWLEDGED: frozenset(),
        State.WITHHELD: frozenset(),
        State.SUPERSEDED: frozenset(),
        State.BOUNCED: frozenset(),
    }
)

# What an acknowledgement does to the alert's other deliveries.
ON_ACKNOWLEDGEMENT: Mapping[State, State] = MappingProxyType(
    {
        State.QUEUED: State.SUPERSEDED,
        State.ACCEPTED: State.ACKNOWLEDGED,
        State.DELIVERED: State.ACKNOWLEDGED,
    }
)

RETRY_WAITS = tuple(timedelta(seconds=seconds) for seconds in (0, 5, 15, 30, 60, 120))
LATER_RETRIES = timedelta(minutes=5)
JITTER = 0.2
MOST_TRIES = 10
# GOV.UK Notify gives up a message after about as long (48 tries, 300 seconds apart).
GIVE_UP_AFTER = timedelta(hours=4)
# A message that cannot even be written is parked after as many attempts.
MOST_RAISES = 3


def may_move(old: State, new: State) -> bool:
    """Return whether a delivery may go from one state to the other."""
    return new in TRANSITIONS[old]


def retry_wait(*, attempts: int, chance: float) -> timedelta:
    """Return how long to wait after the given number of attempts.

    `chance` lies in [0, 1) and moves the wait by up to 20 % either way, so that messages which
    failed together do not come back together.
    """
    index = attempts - 1
    wait = RETRY_WAITS[index] if index < len(RETRY_WAITS) else LATER_RETRIES
    return wait * (1 + JITTER * (2 * chance - 1))


def is_given_up(*, attempts: int, age: timedelta) -> bool:
    """Return whether a temporary failure is now final."""
    return attempts >= MOST_TRIES or age >= GIVE_UP_AFTER


def idempotency_key(
    *,
    event: str,
    kind: str,
    rung: int,
    agency_id: int,
    unit_id: int | None,
    channel: str,
    contact_id: int | None,
) -> str:
    """Return the key that every attempt of one delivery carries, and no other delivery has.

    A digest, because it travels: it must not say which event it stands for.
    """
    parts = (event, kind, rung, agency_id, unit_id or 0, channel, contact_id or 0)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:40]


def is_permanent(smtp_code: int) -> bool:
    """Return whether a mail server's answer means that trying again is pointless.

    Source: RFC 5321 4.2.1: 5yz is permanent. RFC 4954 4 and 6: 530, 534, 535 and 538 are about our
    own sign-in to the server, which an operator mends while the message waits.
    """
    return smtp_code // 100 == 5 and smtp_code not in {530, 534, 535, 538}
