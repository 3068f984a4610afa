"""What the stories are told with: answers to the police, a level, its confirmation, a dissent.

Every act is a person's, at its own time, through the services that pages and the API use.
"""

from datetime import datetime

from cases import access
from cases.models import Child
from cases.rules import Audience
from missingchildren.demo import cast
from risk import queries
from risk.models import Ask, Contribution, Decision, Dissent
from risk.rules import QUESTIONS, Chosen, Said
from risk.services import answers, decisions
from risk.services import dissent as dissents
from risk.services.answers import Answer, Call

TELLS, HOLDS_NOTHING = Contribution.Kind.TELLS, Contribution.Kind.HOLDS_NOTHING


def answer(
    person: str, child: Child, text: str, *, at: datetime, audience: Audience = Audience.CASE
) -> Contribution:
    """Have somebody tell the police what their agency knows."""
    return answers.answer(
        child_reference=child.reference,
        answer=Answer(kind=TELLS, text=text, audience=audience),
        token=None,
        act=cast.act_of(person, at=at),
    )


def holds_nothing(
    person: str, child: Child, *, checked: str, up_to_date: str, at: datetime
) -> Contribution:
    """Have somebody check, and say that their agency holds no information."""
    return answers.answer(
        child_reference=child.reference,
        answer=Answer(kind=HOLDS_NOTHING, text=checked, up_to_date=up_to_date),
        token=None,
        act=cast.act_of(person, at=at),
    )


def late_answer(person: str, child: Child, text: str, *, at: datetime) -> Contribution:
    """Have somebody answer whose agency's part ended when the child came back."""
    act = cast.act_of(person, at=at)
    return answers.answer_late(
        ask_reference=_asked(child, act.own_agency.pk).reference,
        answer=Answer(kind=TELLS, text=text),
        token=None,
        act=act,
    )


def phone_answer(
    officer: str,
    child: Child,
    text: str,
    *,
    agency: str,
    given_by: str,
    given_phone: str,
    given_at: datetime,
    at: datetime,
    audience: Audience = Audience.CASE,
) -> Contribution:
    """Have an officer write down what somebody of an agency of the cast says by telephone."""
    return answers.write_down_answer(
        child_reference=child.reference,
        ask_reference=_asked(child, cast.agency(agency).pk).reference,
        answer=Answer(kind=TELLS, text=text, audience=audience),
        call=Call(given_by=given_by, given_phone=given_phone, given_at=given_at),
        token=None,
        act=cast.act_of(officer, at=at),
    )


def confirm_answer(person: str, contribution: Contribution, *, at: datetime) -> Contribution:
    """Have somebody of the agency confirm what was written down."""
    return answers.confirm_answer(
        child_reference=contribution.child.reference,
        answer_reference=contribution.reference,
        act=cast.act_of(person, at=at),
    )


def read_late_answer(person: str, contribution: Contribution, *, at: datetime) -> Contribution:
    """Have somebody of the lead force read an answer that came late."""
    return answers.read_late_answer(
        child_reference=contribution.child.reference,
        answer_reference=contribution.reference,
        act=cast.act_of(person, at=at),
    )


def decide(
    officer: str,
    child: Child,
    *,
    level: str,
    reasons: str,
    review_due_at: datetime,
    at: datetime,
    police_only: str = "",
    early_reason: str = "",
    flag_reason: str = "",
    said: dict[str, tuple[str, str]] | None = None,
) -> Decision:
    """Have an officer who has considered all that is known at that time choose a level.

    `said` holds the answer and the words to questions by their keys; what is not named is not known.
    """
    act = cast.act_of(officer, at=at)
    page = queries.round_page(access.view_of(act=act, reference=child.reference), act)
    assert page is not None
    named = said or {}
    return decisions.decide(
        child_reference=child.reference,
        level=Chosen(
            level=level,
            reasons=reasons,
            police_only=police_only,
            review_due_at=review_due_at,
            answers={
                question.key: Said(*named.get(question.key, _unsaid(is_open=question.is_open)))
                for question in QUESTIONS.questions
            },
            early_reason=early_reason if page.has_silent_asks else "",
            flag_reason=flag_reason,
            seen=frozenset(page.evidence),
        ),
        version=page.round.version,
        token=None,
        act=act,
    )


def confirm(supervisor: str, decision: Decision, *, at: datetime) -> Decision:
    """Have a supervisor confirm a level."""
    return decisions.confirm(
        child_reference=decision.child.reference,
        decision_reference=decision.reference,
        version=None,
        act=cast.act_of(supervisor, at=at),
    )


def send_back(supervisor: str, decision: Decision, note: str, *, at: datetime) -> Decision:
    """Have a supervisor send a level back."""
    return decisions.send_back(
        child_reference=decision.child.reference,
        decision_reference=decision.reference,
        note=note,
        version=None,
        act=cast.act_of(supervisor, at=at),
    )


def dissent(person: str, decision: Decision, text: str, *, at: datetime) -> Dissent:
    """Have another agency say that it sees the risk otherwise."""
    return dissents.dissent(
        child_reference=decision.child.reference,
        decision_reference=decision.reference,
        text=text,
        token=None,
        act=cast.act_of(person, at=at),
    )


def answer_dissent(person: str, dissent: Dissent, answer: str, *, at: datetime) -> Dissent:
    """Have the lead force answer it."""
    return dissents.answer_dissent(
        child_reference=dissent.child.reference,
        dissent_reference=dissent.reference,
        answer=answer,
        act=cast.act_of(person, at=at),
    )


def _asked(child: Child, agency_id: int) -> Ask:
    """Return the latest question to an agency about a child."""
    ask: Ask = Ask.objects.filter(child=child, agency=agency_id).latest("asked_at")
    return ask


def _unsaid(*, is_open: bool) -> tuple[str, str]:
    return ("", "") if is_open else ("not_known", "")
