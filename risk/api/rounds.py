"""Operations on risk rounds: who was asked, answers, evidence, levels, dissents."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases.access import ChildView
from cases.api.opened import opened
from cases.api.shapes import AUDIENCES, AgencyOut
from cases.rules import Audience
from missingchildren.agencies.api import Endpoint, acting, agency_out, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import (
    In,
    Instant,
    Nothing,
    OneOf,
    Out,
    Reference,
    Typed,
    Version,
)
from risk import access, queries
from risk.forms.rounds import (
    AnswerForm,
    ConfirmForm,
    DecideForm,
    DissentAnswerForm,
    DissentForm,
    PhoneForm,
    WordsForm,
)
from risk.models import Contribution, Decision, Dissent, ShownEvidence
from risk.queries import Answered, Line, RoundPage
from risk.rules import (
    EARLY_REASONS,
    LEVELS,
    QUESTIONS,
    AskState,
    Chosen,
    DecisionState,
    Known,
    RoundState,
    Said,
)
from risk.services import answers, decisions, rounds
from risk.services import dissent as dissents
from risk.services.answers import Answer, Call

LEVEL_KEYS = [level.key for level in LEVELS]
ANSWER_AUDIENCES = [audience for audience in AUDIENCES if audience != Audience.OWN]


class LevelOut(Out):
    """A level that was chosen, without its reasons."""

    reference = Reference()
    level = OneOf(LEVEL_KEYS)
    state = OneOf([state.value for state in DecisionState])
    decided_at = Instant()
    review_due_at = Instant()
    version = Version(help_text="Send it back to confirm the level or to send it back")


def level_out(decision: Decision, state: DecisionState) -> dict[str, Any]:
    """Return a level."""
    return {
        "reference": decision.reference,
        "level": decision.level,
        "state": state,
        "decided_at": decision.recorded_at,
        "review_due_at": decision.review_due_at,
        "version": decision.version,
    }


class RiskAnswerOut(Out):
    """An answer to what was asked."""

    reference = Reference()
    kind = OneOf(Contribution.Kind.values)
    text = serializers.CharField(allow_blank=True)
    at = Instant()
    audience = OneOf([audience.value for audience in Audience])
    is_late = serializers.BooleanField()
    is_by_phone = serializers.BooleanField()
    is_confirmed = serializers.BooleanField()
    is_read = serializers.BooleanField(help_text="A late answer: by the force that leads")


class AskedOut(Out):
    """One agency that was asked, or could be, and what became of the question."""

    reference = Reference(allow_null=True)
    agency = AgencyOut()
    state = OneOf([state.value for state in AskState])
    asked_at = Instant(allow_null=True)
    asked_again_at = Instant(allow_null=True)
    answered_at = Instant(allow_null=True)
    closed_until = Instant(allow_null=True)
    answers = RiskAnswerOut(many=True)


class RiskRoundOut(Out):
    """A risk round."""

    reference = Reference()
    state = OneOf([state.value for state in RoundState])
    opened_at = Instant()
    ended_at = Instant(allow_null=True)
    asked = AskedOut(many=True)
    level = LevelOut(allow_null=True)
    version = Version(help_text="Send it back with a level, as `round_version`")


class EvidenceOut(Out):
    """One thing that bears on the risk, as it stands now."""

    digest = serializers.CharField(help_text="Send it back in `seen`; whatever changes has another")
    section = serializers.CharField(help_text="Which source offers it")
    kind = serializers.CharField()
    reference = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    at = Instant()
    owner = AgencyOut()
    is_police_only = serializers.BooleanField()


class EvidenceListOut(Out):
    """Everything that is on the officer's page."""

    results = EvidenceOut(many=True)
    version = Version(help_text="Of the round: send it back with a level, as `round_version`")


def page_of(request: Request, reference: str) -> tuple[ChildView, RoundPage]:
    """Return the latest round of a child.

    Raises:
        NotFound: the child is hidden, its part does not open the round, or there is none.
    """
    view = opened(request, reference)
    page = queries.round_page(view, acting(request)) if access.sees_round(view) else None
    if page is None:
        raise NotFound("There is no risk round that you may see.")
    reading_of(request).objects.append(page.round.reference)
    return view, page


def _answer_row(answer: Answered) -> dict[str, Any]:
    return {
        "reference": answer.reference,
        "kind": answer.kind,
        "text": answer.text,
        "at": answer.at,
        "audience": answer.audience,
        "is_late": answer.is_late,
        "is_by_phone": answer.is_by_phone,
        "is_confirmed": answer.is_confirmed,
        "is_read": answer.is_read,
    }


def _asked_row(line: Line) -> dict[str, Any]:
    return {
        "reference": line.ask.reference if line.ask else None,
        "agency": agency_out(line.agency),
        "state": line.state,
        "asked_at": line.ask.asked_at if line.ask else None,
        "asked_again_at": line.ask.reasked_at if line.ask else None,
        "answered_at": line.answered_at,
        "closed_until": line.closed_until if line.state == AskState.CLOSED else None,
        "answers": [_answer_row(answer) for answer in line.answers],
    }


def round_out(page: RoundPage) -> dict[str, Any]:
    """Return a round with who was asked, and the level that counts now."""
    round = page.round
    return {
        "reference": round.reference,
        "state": round.state,
        "opened_at": round.opened_at,
        "ended_at": round.ended_at,
        "asked": [_asked_row(line) for line in page.lines],
        "level": level_out(round.current, round.current.state_in(round)) if round.current else None,
        "version": round.version,
    }


class Round(Endpoint):
    """The latest risk round of a child."""

    @operation("getRiskRound", verb="risk.round", tag="risk", gives=RiskRoundOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show who was asked, what they answered, and the level that counts now."""
        return round_out(page_of(request, reference)[1])


class Asked(Endpoint):
    """Who is asked in a round."""

    @operation(
        "askOthers",
        verb="risk.ask_others",
        tag="risk",
        gives=RiskRoundOut,
        takes=Nothing,
        does=Operation.DISCLOSURE,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Ask everybody who has got a part since the others were asked."""
        page_of(request, reference)
        typed(request, Nothing)
        once(
            request,
            lambda: rounds.ask_others(child_reference=reference, act=acting(request)).reference,
        )
        return round_out(page_of(request, reference)[1])


class EvidenceOfRound(Endpoint):
    """What bears on the risk now."""

    @operation("listRiskEvidence", verb="risk.round", tag="risk", gives=EvidenceListOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List what is on the officer's page: no more than this person may read."""
        _, page = page_of(request, reference)
        rows = [
            {
                "digest": digest,
                "section": section.key,
                "kind": item.kind,
                "reference": item.reference,
                "title": item.title,
                "text": item.text,
                "at": item.at,
                "owner": agency_out(item.owner),
                "is_police_only": queries.is_for_police(item),
            }
            for digest, (section, item) in page.evidence.items()
        ]
        return {"results": rows, "version": page.round.version}


# --- answers


class RiskAnswerIn(In):
    """What an agency knows, or that it checked and holds nothing."""

    kind = OneOf(Contribution.Kind.values)
    text = Typed(AnswerForm, "text", help_text="What is known, or what was checked; no address")
    up_to_date = Typed(AnswerForm, "up_to_date", help_text="Of what was checked")
    audience = OneOf(ANSWER_AUDIENCES, required=False, default=Audience.CASE.value)


class PhoneIn(RiskAnswerIn):
    """What an agency says by telephone."""

    given_by = Typed(PhoneForm, "given_by", help_text="Name and role")
    given_phone = Typed(PhoneForm, "given_phone")
    given_at = Instant()


def _said(sent: dict[str, Any]) -> Answer:
    return Answer(
        kind=Contribution.Kind(sent["kind"]),
        text=sent["text"],
        up_to_date=sent["up_to_date"],
        audience=Audience(sent["audience"]),
    )


def contribution_out(contribution: Contribution) -> dict[str, Any]:
    """Return one answer."""
    text = contribution.text
    if contribution.up_to_date:
        text = f"Checked: {text}\nHow up to date: {contribution.up_to_date}"
    return {
        "reference": contribution.reference,
        "kind": contribution.kind,
        "text": text,
        "at": contribution.recorded_at,
        "audience": contribution.audience,
        "is_late": contribution.is_late,
        "is_by_phone": contribution.is_by_phone,
        "is_confirmed": contribution.confirmed_at is not None,
        "is_read": contribution.read_at is not None,
    }


def answer_in(request: Request, reference: str, answer_reference: str) -> Contribution:
    """Return one answer that this person may read.

    Raises:
        NotFound: the child or the answer is hidden.
    """
    view = opened(request, reference)
    found = queries.answer_in(view, acting(request), answer_reference)
    if found is None:
        raise NotFound("There is no such answer, or you may not see it.")
    reading_of(request).objects.append(found.reference)
    return found


class Answers(Endpoint):
    """Answers of the acting agency."""

    @operation(
        "answerRiskQuestion",
        verb="risk.answer",
        tag="risk",
        gives=RiskAnswerOut,
        takes=RiskAnswerIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Tell the police what this agency knows, or that it checked and holds no information."""
        opened(request, reference)
        sent = typed(request, RiskAnswerIn)
        made = once(
            request,
            lambda: (
                answers.answer(
                    child_reference=reference, answer=_said(sent), token=None, act=acting(request)
                ).reference
            ),
        )
        return contribution_out(answer_in(request, reference, made))


class OneAnswer(Endpoint):
    """One answer."""

    @operation("getRiskAnswer", verb="risk.contribution", tag="risk", gives=RiskAnswerOut)
    def get(self, request: Request, reference: str, answer_reference: str) -> dict[str, Any]:
        """Show an answer to its agency, and to those it is for."""
        return contribution_out(answer_in(request, reference, answer_reference))


class PhoneAnswers(Endpoint):
    """Answers by telephone."""

    @operation(
        "writeDownAnswer",
        verb="risk.write_down_answer",
        tag="risk",
        gives=RiskAnswerOut,
        takes=PhoneIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str, ask_reference: str) -> dict[str, Any]:
        """Write down what an agency that was asked says by telephone; it confirms it later."""
        view = opened(request, reference)
        if not access.sees_round(view) or queries.ask_in(view, ask_reference) is None:
            raise NotFound("There is no such question.")
        sent = typed(request, PhoneIn)
        made = once(
            request,
            lambda: (
                answers.write_down_answer(
                    child_reference=reference,
                    ask_reference=ask_reference,
                    answer=_said(sent),
                    call=Call(
                        given_by=sent["given_by"],
                        given_phone=sent["given_phone"],
                        given_at=sent["given_at"],
                    ),
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return contribution_out(answer_in(request, reference, made))


class ConfirmAnswer(Endpoint):
    """Confirmation of a telephone answer."""

    @operation(
        "confirmAnswer",
        verb="risk.confirm_answer",
        tag="risk",
        gives=RiskAnswerOut,
        takes=Nothing,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, answer_reference: str) -> dict[str, Any]:
        """Confirm that what was written down is what this agency said."""
        answer_in(request, reference, answer_reference)
        typed(request, Nothing)
        once(
            request,
            lambda: (
                answers.confirm_answer(
                    child_reference=reference,
                    answer_reference=answer_reference,
                    act=acting(request),
                ).reference
            ),
        )
        return contribution_out(answer_in(request, reference, answer_reference))


class ReadAnswer(Endpoint):
    """That a late answer is read."""

    @operation(
        "readLateAnswer",
        verb="risk.read_answer",
        tag="risk",
        gives=RiskAnswerOut,
        takes=Nothing,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, answer_reference: str) -> dict[str, Any]:
        """Say that somebody of the force that leads has read an answer that came late."""
        answer_in(request, reference, answer_reference)
        typed(request, Nothing)
        once(
            request,
            lambda: (
                answers.read_late_answer(
                    child_reference=reference,
                    answer_reference=answer_reference,
                    act=acting(request),
                ).reference
            ),
        )
        return contribution_out(answer_in(request, reference, answer_reference))


class LateAnswers(Endpoint):
    """Answers of an agency whose part ended with the child's return."""

    @operation(
        "answerLate",
        verb="risk.answer",
        tag="risk",
        gives=RiskAnswerOut,
        takes=RiskAnswerIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, ask_reference: str) -> dict[str, Any]:
        """Tell the police what this agency knows, after the child is back."""
        act = acting(request)
        ask = answers.late_ask(ask_reference=ask_reference, act=act)
        reading_of(request).of([ask.child_id], ask.reference, basis="asked before the return")
        sent = typed(request, RiskAnswerIn)
        made = once(
            request,
            lambda: (
                answers.answer_late(
                    ask_reference=ask_reference, answer=_said(sent), token=None, act=act
                ).reference
            ),
        )
        return contribution_out(Contribution.objects.get(reference=made, owner=act.own_agency))


# --- levels


class SaidIn(In):
    """The answer to one question about the child."""

    question = OneOf([question.key for question in QUESTIONS.questions])
    answer = OneOf([known.value for known in Known], required=False, default="")
    words = Typed(WordsForm, "words")


class DecideIn(In):
    """A level, with what must be said with it."""

    level = OneOf(LEVEL_KEYS)
    reasons = Typed(DecideForm, "reasons", help_text="What partners can read")
    police_only = Typed(DecideForm, "police_only", help_text="For the own force alone")
    review_due_at = Instant()
    answers = SaidIn(many=True, required=False)
    early_reason = OneOf(
        list(EARLY_REASONS), required=False, default="", help_text="While somebody is silent"
    )
    early_words = Typed(DecideForm, "early_words")
    flag_reason = Typed(DecideForm, "flag_reason", help_text="Where lower than an active flag")
    minimum_reason = Typed(DecideForm, "minimum_reason")
    seen = serializers.ListField(
        child=serializers.CharField(max_length=20),
        max_length=200,
        help_text="The digest of each piece of evidence that the officer was shown",
    )
    exceptions = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=200, required=False, default=list
    )
    exception_words = Typed(DecideForm, "exception_words")
    round_version = Version(help_text="`version` of the round that was judged")


class ShownOut(Out):
    """One thing that was shown when a level was chosen."""

    section = serializers.CharField(help_text="Which source offers it")
    kind = serializers.CharField()
    reference = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    at = Instant()
    owner = AgencyOut()
    is_police_only = serializers.BooleanField()
    considered = serializers.BooleanField()
    exception_words = serializers.CharField(allow_blank=True)


class SaidOut(Out):
    """A question with its answer."""

    question = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)


class ChosenLevelOut(LevelOut):
    """A level, and exactly what was shown when it was chosen."""

    reasons = serializers.CharField()
    police_only = serializers.CharField(
        required=False, allow_blank=True, help_text="For the force that decided alone"
    )
    early_reason = serializers.CharField(allow_blank=True)
    answers = SaidOut(many=True)
    shown = ShownOut(many=True)


def _shown(row: ShownEvidence) -> dict[str, Any]:
    return {
        "section": row.source,
        "kind": row.kind,
        "reference": row.reference,
        "title": row.title,
        "text": row.text,
        "at": row.at,
        "owner": agency_out(row.owner),
        "is_police_only": queries.is_for_police(row),
        "considered": row.considered,
        "exception_words": row.exception_words,
    }


def decision_out(request: Request, reference: str, decision_reference: str) -> dict[str, Any]:
    """Return a level with what was shown, no more than this person may see.

    Raises:
        NotFound: the child or the decision is hidden.
    """
    act = acting(request)
    view = opened(request, reference)
    found = queries.decision_in(view, decision_reference) if access.sees_round(view) else None
    if found is None:
        raise NotFound("There is no such level, or you may not see it.")
    reading_of(request).objects.append(found.reference)
    replay = queries.replay_of(found, view, act)
    rows = [*replay.asked, *(row for _, items in replay.sections for row in items)]
    shown = {
        **level_out(found, found.state_in(found.round)),
        "reasons": found.reasons,
        "early_reason": EARLY_REASONS.get(found.early_reason, ""),
        "answers": [
            {"question": question, "answer": answer, "words": words}
            for question, answer, words in replay.said
        ],
        "shown": [_shown(row) for row in (*rows, *replay.police_only)],
    }
    if found.owner_id == act.agency_id:
        shown["police_only"] = replay.police_reasons
    return shown


class Decisions(Endpoint):
    """Levels of risk."""

    @operation(
        "chooseLevel",
        verb="risk.decide",
        tag="risk",
        gives=ChosenLevelOut,
        takes=DecideIn,
        does=Operation.ALTERATION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Choose the level; a later one in a round is its review. 409 where more has come in."""
        page_of(request, reference)
        sent = typed(request, DecideIn)
        made = once(
            request,
            lambda: (
                decisions.decide(
                    child_reference=reference,
                    level=_level(sent),
                    version=sent["round_version"],
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return decision_out(request, reference, made)


def _level(sent: dict[str, Any]) -> Chosen:
    said = {
        each["question"]: Said(each["answer"], each["words"]) for each in sent.get("answers", ())
    }
    others = (
        "level", "reasons", "police_only", "review_due_at", "early_reason", "early_words",
        "flag_reason", "minimum_reason", "exception_words",
    )  # fmt: skip
    return Chosen(
        **{name: sent[name] for name in others},
        answers=said,
        seen=frozenset(sent["seen"]),
        exceptions=frozenset(sent["exceptions"]),
    )


class OneDecision(Endpoint):
    """One level."""

    @operation("getLevel", verb="risk.decision", tag="risk", gives=ChosenLevelOut)
    def get(self, request: Request, reference: str, decision_reference: str) -> dict[str, Any]:
        """Show a level, and exactly what was on the officer's page when it was chosen."""
        return decision_out(request, reference, decision_reference)


class ConfirmIn(In):
    """The decision that was judged."""

    version = Version(help_text="Of the decision that was judged")


class Confirm(Endpoint):
    """Confirmation of a level."""

    @operation(
        "confirmLevel",
        verb="risk.confirm",
        tag="risk",
        gives=ChosenLevelOut,
        takes=ConfirmIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, decision_reference: str) -> dict[str, Any]:
        """Confirm a level as a supervisor or a manager who did not choose it."""
        decision_out(request, reference, decision_reference)
        sent = typed(request, ConfirmIn)
        once(
            request,
            lambda: (
                decisions.confirm(
                    child_reference=reference,
                    decision_reference=decision_reference,
                    version=sent["version"],
                    act=acting(request),
                ).reference
            ),
        )
        return decision_out(request, reference, decision_reference)


class SendBackIn(ConfirmIn):
    """Why a level must be looked at again."""

    note = Typed(ConfirmForm, "note", required=True)


class SendBack(Endpoint):
    """A level that is sent back."""

    @operation(
        "sendLevelBack",
        verb="risk.send_back",
        tag="risk",
        gives=ChosenLevelOut,
        takes=SendBackIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, decision_reference: str) -> dict[str, Any]:
        """Send a level back with a note; it counts until another is chosen."""
        decision_out(request, reference, decision_reference)
        sent = typed(request, SendBackIn)
        once(
            request,
            lambda: (
                decisions.send_back(
                    child_reference=reference,
                    decision_reference=decision_reference,
                    note=sent["note"],
                    version=sent["version"],
                    act=acting(request),
                ).reference
            ),
        )
        return decision_out(request, reference, decision_reference)


# --- dissents


class DissentIn(In):
    """How another agency sees the risk."""

    text = Typed(DissentForm, "text")


class DissentOut(Out):
    """How another agency sees the risk, and what the force makes of it."""

    reference = Reference()
    owner = AgencyOut()
    text = serializers.CharField()
    at = Instant()
    answer = serializers.CharField(allow_blank=True)
    answered_at = Instant(allow_null=True)


def dissent_out(request: Request, reference: str, dissent_reference: str) -> dict[str, Any]:
    """Return a dissent.

    Raises:
        NotFound: the child or the dissent is hidden.
    """
    found: Dissent | None = queries.dissent_in(
        opened(request, reference), acting(request), dissent_reference
    )
    if found is None:
        raise NotFound("There is nothing of the kind that you may see.")
    reading_of(request).objects.append(found.reference)
    return {
        "reference": found.reference,
        "owner": agency_out(found.owner),
        "text": found.text,
        "at": found.recorded_at,
        "answer": found.answer,
        "answered_at": found.answered_at,
    }


class Dissents(Endpoint):
    """What agencies say who see the risk otherwise."""

    @operation(
        "dissentFromLevel",
        verb="risk.dissent",
        tag="risk",
        gives=DissentOut,
        takes=DissentIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str, decision_reference: str) -> dict[str, Any]:
        """Say that this agency sees the risk otherwise, and why."""
        view = opened(request, reference)
        if queries.decision_for_level(view, decision_reference) is None:
            raise NotFound("There is no such level, or you may not see it.")
        sent = typed(request, DissentIn)
        made = once(
            request,
            lambda: (
                dissents.dissent(
                    child_reference=reference,
                    decision_reference=decision_reference,
                    text=sent["text"],
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return dissent_out(request, reference, made)


class OneDissent(Endpoint):
    """One dissent."""

    @operation("getDissent", verb="risk.dissent", tag="risk", gives=DissentOut)
    def get(self, request: Request, reference: str, dissent_reference: str) -> dict[str, Any]:
        """Show how an agency sees the risk, and the answer."""
        return dissent_out(request, reference, dissent_reference)


class DissentAnswerIn(In):
    """What the force makes of it."""

    answer = Typed(DissentAnswerForm, "answer")


class AnswerDissent(Endpoint):
    """The answer to a dissent."""

    @operation(
        "answerDissent",
        verb="risk.answer_dissent",
        tag="risk",
        gives=DissentOut,
        takes=DissentAnswerIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, dissent_reference: str) -> dict[str, Any]:
        """Answer an agency that sees the risk otherwise."""
        dissent_out(request, reference, dissent_reference)
        sent = typed(request, DissentAnswerIn)
        once(
            request,
            lambda: (
                dissents.answer_dissent(
                    child_reference=reference,
                    dissent_reference=dissent_reference,
                    answer=sent["answer"],
                    act=acting(request),
                ).reference
            ),
        )
        return dissent_out(request, reference, dissent_reference)
