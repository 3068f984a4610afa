"""A world in which everything sensitive that the services keep holds a word of its own."""

from datetime import timedelta
from uuid import uuid4

from cases.models import (
    Deadline,
    Opening,
    Update,
)
from cases.rules import Audience
from cases.services import deadlines, drafts, updates
from missingchildren.agencies.models import Agency, AgencyKind
from returninterviews.services import (
    actions,
    recommendations,
)
from returninterviews.services.giving import Give
from risk.models import Contribution
from risk.services import answers, decisions, dissent
from risk.services.answers import Answer, Call
from tests.canaries.listened import Listened
from tests.canaries.words import (
    ANSWER_PHONE,
    canary,
)
from tests.factories import DutyContactFactory
from tests.partnership import act_now
from tests.returninterviews.recommended import in_days
from tests.risk import rounds


class World(Listened):
    """Ava goes missing twice, is listened to once, and everybody writes something down."""

    def __post_init__(self) -> None:
        """Tell the story."""
        super().__post_init__()
        for of in Agency.objects.order_by("pk"):
            if of.kind in {AgencyKind.COUNCIL, AgencyKind.SCHOOL, AgencyKind.CHARITY}:
                DutyContactFactory.create(agency=of, address=f"duty{of.pk}@agency.example")
        self._share()
        self._place()
        self._flag()
        self._first_time()
        self._listen()
        self._second_time()
        self._judge()
        self._act_on_it()
        self._others()

    # --- she is missing again: everybody says what they know

    def _second_time(self) -> None:
        self.second = self._report(1)
        updates.open_with_reason(
            child_reference=self.ava.reference, reason=Opening.Reason.OTHER,
            detail=canary("opened because"), act=act_now(self.olga),
        )  # fmt: skip
        for person, key, audience in (
            (self.joan, "update police", Audience.OWN),
            (self.joan, "update forces", Audience.FORCES),
            (self.ruth, "update statutory", Audience.STATUTORY),
            (self.nisha, "update of home", Audience.CASE),
            (self.paul, "update of school", Audience.CASE),
            (self.grace, "update of health", Audience.OWN),
            (self.tom, "update of home force", Audience.OWN),
        ):
            act = act_now(person)
            updates.add_update(
                child_reference=self.ava.reference, kind=Update.Kind.SIGHTING, text=canary(key),
                happened_at=act.now, audience=audience, token=uuid4(), act=act,
            )  # fmt: skip
        drafts.begin(
            form="report", content={"steps": {"worry": {"why_worried": [canary("draft of a report")]}}},
            act=act_now(self.nisha),
        )  # fmt: skip

    def _judge(self) -> None:
        for person, key, audience in (
            (self.paul, "answer of school", Audience.CASE),
            (self.grace, "answer of health", Audience.STATUTORY),
            (self.tom, "answer for forces", Audience.FORCES),
            (self.nisha, "answer of home", Audience.CASE),
        ):
            rounds.tell(self, person, canary(key), audience=audience)
        act = act_now(self.joan)
        answers.write_down_answer(
            child_reference=self.ava.reference,
            ask_reference=rounds.ask_of(self, self.ken).reference,
            answer=Answer(kind=Contribution.Kind.TELLS, text=canary("answer by phone")),
            call=Call(given_by="Ken Osei", given_phone=ANSWER_PHONE, given_at=act.now),
            token=None, act=act,
        )  # fmt: skip
        first = rounds.decide(
            self, reasons=canary("first reasons"), police_only=canary("first police")
        )
        decisions.send_back(
            child_reference=self.ava.reference, decision_reference=first.reference,
            note=canary("level sent back"), version=None, act=act_now(self.marcus),
        )  # fmt: skip
        level = rounds.decide(
            self, reasons=canary("level reasons"), police_only=canary("level police")
        )
        for person in (self.ruth, self.nisha):
            disagreed = dissent.dissent(
                child_reference=self.ava.reference, decision_reference=level.reference,
                text=canary(f"dissent of {'council' if person == self.ruth else 'home'}"),
                token=None, act=act_now(person),
            )  # fmt: skip
        dissent.answer_dissent(
            child_reference=self.ava.reference, dissent_reference=disagreed.reference,
            answer=canary("dissent answered"), act=act_now(self.marcus),
        )  # fmt: skip

    def _act_on_it(self) -> None:
        one, two, _three = self.interview.recommendations.order_by("pk")
        of_home = recommendations.accept_recommendation(
            recommendation_reference=one.reference, give=_give(self.home, "action of home"),
            version=None, token=uuid4(), act=act_now(self.ruth),
        )  # fmt: skip
        recommendations.not_take_forward(
            recommendation_reference=two.reference, reasons=canary("not forward"), version=None,
            act=act_now(self.colin),
        )  # fmt: skip
        recommendations.ask_second_look(
            recommendation_reference=two.reference, words=canary("second look"), version=None,
            act=act_now(self.lena),
        )  # fmt: skip
        for person, key, audience in (
            (self.nisha, "note for case", Audience.CASE),
            (self.nisha, "note of home", Audience.STATUTORY),
        ):
            actions.note_progress(
                action_reference=of_home.reference, text=canary(key), audience=audience,
                token=uuid4(), act=act_now(person),
            )  # fmt: skip
        of_school = self._add(self.school, "action of school")
        actions.complete_action(
            action_reference=of_school, evidence=canary("evidence"), version=None,
            act=act_now(self.paul),
        )  # fmt: skip
        of_health = self._add(self.health, "action of health")
        actions.drop_action(
            action_reference=of_health, reasons=canary("dropped because"), version=None,
            act=act_now(self.colin),
        )  # fmt: skip
        own = self._add(self.birmingham, "action of council")
        due = Deadline.objects.running().get(reference=own)
        deadlines.extend_deadline(
            deadline_reference=due.own_reference, new_due_at=due.due_at + timedelta(days=2),
            reason=canary("extended because"), version=None, token=None, act=act_now(self.colin),
        )  # fmt: skip

    def _add(self, of: Agency, key: str) -> str:
        made = actions.add_action(
            child_reference=self.ava.reference, give=_give(of, key), token=uuid4(),
            act=act_now(self.ruth),
        )  # fmt: skip
        return str(made.reference)


def _give(of: Agency, key: str) -> Give:
    return Give(text=canary(key), agency_reference=of.reference, due_on=in_days(7))
