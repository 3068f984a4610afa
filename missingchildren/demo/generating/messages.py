"""The alerts about one episode: what was raised, sent and answered, and the log of it."""

from typing import NamedTuple

from missingchildren.alerts.rules import ChannelName, State, Urgency, idempotency_key
from missingchildren.audit.models import Operation
from missingchildren.demo.generating.lives import MINUTE, Absence
from missingchildren.demo.generating.nation import Body
from missingchildren.demo.generating.numbers import stamp
from missingchildren.demo.generating.records import NULL, Records
from missingchildren.demo.generating.sharing import Told

ANSWERED = 0.97
RETURNED = "cases.child_returned"
RECEIVED, MISSING, ASKED = "cases.report_received", "cases.child_missing", "cases.question_asked"
# Kinds that are ended, unanswered, when the recipient can no longer open the child.
ONLY_WHILE_OPEN = frozenset({RECEIVED, MISSING, ASKED})
PART_HAS_ENDED = "the part has ended"
INBOX = ChannelName.INBOX.value
DISCLOSURE = Operation.DISCLOSURE.value
SENT, DONE = State.ACCEPTED.value, State.ACKNOWLEDGED.value


class Concerned(NamedTuple):
    """One episode, and whom it concerned."""

    absence: Absence
    reference: str
    report: str
    force: Body
    reporter: Body
    told: list[Told]


class Messages:
    """Raises the alerts about one episode, each in the recipient's inbox."""

    def __init__(self, records: Records, child: int, concerned: Concerned, live: set[int]) -> None:
        """Take the child's key, the episode, and the agencies that may open the child now."""
        self.records, self.child, self.concerned, self.live = records, child, concerned, live
        self.reference, self.force = concerned.reference, concerned.force

    def write(self) -> None:
        """Raise what the report, its acceptance and the return raised."""
        absence, told = self.concerned.absence, self.concerned.told
        self.reported(self.concerned.report, absence.reported, absence.accepted)
        if absence.accepted is not None:
            self.accepted(told, self.concerned.reporter, absence.accepted)
        if absence.returned is not None:
            self.returned(told, absence.returned)

    def reported(self, report: str, at: int, answered: int | None) -> None:
        """Alert the force's desk."""
        self._raise(
            RECEIVED, f"report_received:{report}", self.force, self.force.desk(at),
            at, Urgency.IMMEDIATE, answered,
        )  # fmt: skip

    def accepted(self, told: list[Told], reporter: Body, at: int) -> None:
        """Tell and ask everyone whom the accepted report concerns, and answer the reporter."""
        for to in told:
            is_question = to.basis == "question"
            self._tell(
                ASKED if is_question else MISSING, to.body, to.unit,
                at, Urgency.IMMEDIATE if to.basis == "responsibility" else Urgency.SOON, to.basis,
            )  # fmt: skip
        self._tell("cases.report_accepted", reporter, None, at, Urgency.URGENT, "report")

    def returned(self, told: list[Told], at: int) -> None:
        """Tell everyone that the child is back."""
        for to in told:
            if to.body is not self.force:
                self._tell(RETURNED, to.body, to.unit, at, Urgency.SOON, to.basis)

    def _tell(
        self, kind: str, body: Body, unit: int | None, at: int, urgency: Urgency, basis: str
    ) -> None:
        rng = self.records.rng
        wait = 5 * MINUTE + int(rng.expovariate(1 / (90 * MINUTE)))
        is_answered = rng.random() < ANSWERED and at + wait < self.records.now
        event = kind.removeprefix("cases.") if kind == RETURNED else kind
        self._raise(
            kind, f"{event}:{self.reference}", body, unit, at, urgency,
            at + wait if is_answered else None,
        )  # fmt: skip
        self.records.logged(
            self.child, at, self.force, DISCLOSURE, kind, self.reference, basis=basis,
            recipient=body.reference,
        )  # fmt: skip

    def _raise(
        self,
        kind: str,
        event: str,
        body: Body,
        unit: int | None,
        at: int,
        urgency: Urgency,
        answered: int | None,
    ) -> None:
        """Add the alert, its delivery to the inbox, and each of its steps."""
        records, instant = self.records, stamp(at)
        done = NULL if answered is None else stamp(answered)
        is_ended = answered is None and kind in ONLY_WHILE_OPEN and body.id not in self.live
        alert = records.add(
            "alerts_alert", next(records.references["AL"]), kind, event, body.id, unit or NULL,
            self.child, self.reference, urgency.value, instant, records.act(), done,
            NULL if answered is None else body.member(answered),
            stamp(self._end(kind)) if is_ended else NULL, PART_HAS_ENDED if is_ended else "",
        )  # fmt: skip
        key = idempotency_key(
            event=event, kind=kind, rung=0, agency_id=body.id, unit_id=unit, channel=INBOX,
            contact_id=None,
        )  # fmt: skip
        delivery = records.add(
            "alerts_delivery", alert, INBOX, 0, key, SENT if answered is None else DONE,
            urgency.value, instant, instant, "", 0, 0, "", "", instant,
        )  # fmt: skip
        records.add("alerts_transition", delivery, "", SENT, instant, "", "raised")
        if answered is not None:
            records.add("alerts_transition", delivery, SENT, DONE, done, "", "acknowledged")

    def _end(self, kind: str) -> int:
        """Return when the part ended that an alert of this kind came with."""
        absence = self.concerned.absence
        over = absence.closed or absence.withdrawn or self.records.now
        return (absence.returned or over) if kind == ASKED else over
