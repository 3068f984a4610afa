"""Law and practice of interviews as tables, each with its source."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import london_instant
from missingchildren.core.verdicts import Verdict
from returninterviews import rules
from returninterviews.models import Account, Interview, Offer, Quote, SharedItem
from returninterviews.rules import (
    GRID,
    INTERVIEW_TRANSITIONS,
    NOT_HELD,
    Decision,
    InterviewState,
    QuoteAudience,
    Recipient,
    Shared,
)

HOUR = timedelta(hours=1)
NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def london(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return london_instant(date(year, month, day), datetime(2000, 1, 1, hour, minute).time())  # noqa: DTZ001


# Source: statutory guidance (DfE, January 2014): within 72 hours; domain.md 2.4 rules 2, 3; bar.md
# TIME-01, TIME-02, TIME-07. Left: the return as London clocks show it; right: the last moment.
DUE = {
    "an ordinary week": (london(2026, 6, 10, 20), london(2026, 6, 13, 20)),
    "clocks go forward: 72 real hours (TIME-01)": (
        london(2027, 3, 26, 20), london(2027, 3, 29, 21),
    ),
    "clocks go back: 72 real hours (TIME-02)": (
        london(2027, 10, 29, 20), london(2027, 11, 1, 19),
    ),
    "clocks go forward on 29 March 2026 (TIME-01)": (
        london(2026, 3, 27, 20), london(2026, 3, 30, 21),
    ),
    "clocks go back on 25 October 2026 (TIME-02)": (
        london(2026, 10, 23, 20), london(2026, 10, 26, 19),
    ),
    "back in the night of 29 March 2026 before the clocks change (TIME-01)": (
        london(2026, 3, 29, 0, 30), london(2026, 4, 1, 1, 30),
    ),
    "Good Friday 3 to Easter Monday 6 April 2026 count (TIME-07)": (
        london(2026, 4, 3, 9), london(2026, 4, 6, 9),
    ),
    "back at the hour that is skipped the night after": (
        london(2027, 3, 25, 1, 30), london(2027, 3, 28, 2, 30),
    ),
    "Good Friday to Easter Monday count (TIME-07)": (
        london(2027, 3, 24, 12), london(2027, 3, 27, 12),
    ),
    "Christmas counts (TIME-07)": (london(2026, 12, 24, 18), london(2026, 12, 27, 18)),
    "a leap day counts (TIME-07)": (london(2028, 2, 28, 9), london(2028, 3, 2, 9)),
    "over the new year": (london(2026, 12, 30, 23), london(2027, 1, 2, 23)),
}  # fmt: skip


@pytest.mark.parametrize("case", DUE)
def test_an_interview_is_due_72_elapsed_hours_after_the_return(case: str) -> None:
    returned_at, due_at = DUE[case]

    assert rules.interview_due_at(returned_at) == due_at
    assert due_at - returned_at == timedelta(hours=72)


def test_the_clock_needs_an_instant() -> None:
    with pytest.raises(ValueError, match="aware"):
        rules.interview_due_at(datetime(2026, 6, 10, 20))  # noqa: DTZ001


# Source: domain.md 2.4, timescales after the interview: five working days, bank holidays of the
# council's nation (bar.md TIME-07).
ACCEPTANCE = {
    "over Easter in England": (
        london(2027, 3, 24, 16), Nation.ENGLAND, date(2027, 4, 2),
    ),
    "over Easter 2026 in England, Good Friday 3 and Easter Monday 6 April": (
        london(2026, 4, 1, 16), Nation.ENGLAND, date(2026, 4, 10),
    ),
    "over Christmas in England": (
        london(2026, 12, 23, 16), Nation.ENGLAND, date(2027, 1, 4),
    ),
    "Easter Monday is a working day in Scotland": (
        london(2027, 3, 24, 16), Nation.SCOTLAND, date(2027, 4, 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTANCE)
def test_the_council_has_five_working_days_to_accept(case: str) -> None:
    signed_at, nation, last = ACCEPTANCE[case]

    due = add_working_days(signed_at, rules.ACCEPT_WORKING_DAYS, nation)

    assert due == london_instant(last, datetime(2000, 1, 1, 23, 59, 59).time())  # noqa: DTZ001


# Source: domain.md 2.4 rule 1; practice, death stops every interview and offer.
OWED = {
    "a child of 15": (date(2011, 5, 4), None, True),
    "age not known": (None, None, True),
    "the day before 18": (date(2008, 6, 11), None, True),
    "18 today": (date(2008, 6, 10), None, False),
    "has died": (date(2011, 5, 4), date(2026, 6, 9), False),
}


@pytest.mark.parametrize("case", OWED)
def test_an_interview_is_owed_to_living_children(case: str) -> None:
    born_on, died_on, owed = OWED[case]

    assert bool(rules.interview_owed(born_on=born_on, died_on=died_on, on=NOON.date())) is owed


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 29), 20)]
)
def test_somebody_born_on_29_february_is_older_from_1_march(day: date, age: int) -> None:
    assert rules.age_on(date(2008, 2, 29), day) == age


@pytest.mark.parametrize(
    ("born_on", "asked"),
    [(date(2010, 6, 11), True), (date(2010, 6, 10), False), (None, True)],
)
def test_a_parent_is_asked_for_under_16s(born_on: date | None, asked: bool) -> None:
    """Source: practice, how a parent was asked for under-16s."""
    assert rules.asks_parent(born_on=born_on, on=NOON.date()) is asked


# --- states


def test_every_state_is_in_the_table_of_transitions() -> None:
    assert set(INTERVIEW_TRANSITIONS) == set(InterviewState)
    reached = {state for after in INTERVIEW_TRANSITIONS.values() for state in after}
    assert reached | {InterviewState.UNSETTLED} == set(InterviewState)


def test_every_combination_of_times_has_a_state() -> None:
    """A state is derived, so it cannot disagree with what is stored."""
    found = {
        rules.interview_state(
            has_council=has_council,
            referred_at=referred,
            offered_at=offered,
            arranged_for=arranged,
            outcome=outcome,
            accepted_at=accepted,
        )
        for has_council, referred, offered, arranged, accepted, outcome in product(
            (True, False), (None, NOON), (None, NOON), (None, NOON), (None, NOON),
            ("", *Interview.Outcome.values),
        )
    }  # fmt: skip

    assert found == set(InterviewState)


# --- offers and times

SENTENCES: dict[str, tuple[Verdict, str, str]] = {
    "an offer to come": (
        rules.offer(outcome="", made_at=NOON + HOUR, located_at=NOON - HOUR, is_accepted=False,
                    arranged_for=None, now=NOON),
        "made_at", "The time of the offer must be in the past.",
    ),
    "an offer before the child was located": (
        rules.offer(outcome="", made_at=NOON - 2 * HOUR, located_at=NOON - HOUR,
                    is_accepted=False, arranged_for=None, now=NOON),
        "made_at", "The offer was before the child was located. Check it.",
    ),
    "an offer to a child nobody has located": (
        rules.offer(outcome="", made_at=NOON, located_at=None, is_accepted=False,
                    arranged_for=None, now=NOON),
        "made_at", "The offer was before the child was located. Check it.",
    ),
    "accepted without a time": (
        rules.offer(outcome="", made_at=NOON, located_at=NOON - HOUR, is_accepted=True,
                    arranged_for=None, now=NOON),
        "arranged_for", "Say for when it was arranged.",
    ),
    "arranged for before it was offered": (
        rules.offer(outcome="", made_at=NOON, located_at=NOON - HOUR, is_accepted=True,
                    arranged_for=NOON - HOUR, now=NOON),
        "arranged_for", "The time arranged must be after the offer.",
    ),
    "an offer after the signing": (
        rules.offer(outcome="completed", made_at=NOON, located_at=NOON - HOUR,
                    is_accepted=False, arranged_for=None, now=NOON),
        "", "This interview is signed. It cannot be changed any more.",
    ),
    "held before the child was located": (
        rules.held(outcome="", held_at=NOON - 2 * HOUR, located_at=NOON - HOUR,
                   accepted_offer_at=NOON - 3 * HOUR, now=NOON),
        "met_at", "The interview was before the child was located. Check the time.",
    ),
    "held while nobody has located the child": (
        rules.held(outcome="", held_at=NOON, located_at=None, accepted_offer_at=NOON, now=NOON),
        "met_at", "The child has not been located. No interview can be held.",
    ),
    "held in the future": (
        rules.held(outcome="", held_at=NOON + HOUR, located_at=NOON, accepted_offer_at=NOON,
                   now=NOON),
        "met_at", "The time of the interview must be in the past.",
    ),
    "held without an offer": (
        rules.held(outcome="", held_at=NOON, located_at=NOON - HOUR, accepted_offer_at=None,
                   now=NOON),
        "", "Record first how the interview was offered, and that it was accepted.",
    ),
    "held before the offer": (
        rules.held(outcome="", held_at=NOON - HOUR, located_at=NOON - 2 * HOUR,
                   accepted_offer_at=NOON, now=NOON),
        "met_at", "The interview was before the child was offered it. Check the time.",
    ),
    "held after it was declined": (
        rules.held(outcome="declined", held_at=NOON, located_at=NOON, accepted_offer_at=NOON,
                   now=NOON),
        "", "It is already recorded that this interview was not held.",
    ),
    "referred to whoever has it": (
        rules.referral(outcome="", has_council=True, is_same=True),
        "provider", "It is already with them.",
    ),
    "referred while no council is known": (
        rules.referral(outcome="", has_council=False, is_same=False),
        "", "Say first which council must see to this interview.",
    ),
    "accepted twice": (
        rules.acceptance(outcome="completed", signed_at=NOON, accepted_by="Ruth Adeyemi on 1 May"),
        "", "This interview was accepted by Ruth Adeyemi on 1 May.",
    ),
    "accepted before it is signed": (
        rules.acceptance(outcome="", signed_at=None, accepted_by=""),
        "", "This interview is not signed yet.",
    ),
    "the child was not told, without a reason": (
        rules.child_told(is_told=False, because=""),
        "not_told_because", "Say why the child was not told.",
    ),
    "an answer to what was not read": (
        rules.answering(is_read=False, is_answered=False), "", "Say first that you have read it.",
    ),
    "an answer twice": (
        rules.answering(is_read=True, is_answered=True), "", "This has already been answered.",
    ),
    "a crime without its reference": (
        rules.receipt(answer="crime_recorded", crime_reference=" ", because=""),
        "crime_reference", "Enter the crime reference.",
    ),
    "no action without a reason": (
        rules.receipt(answer="no_action", crime_reference="", because=""),
        "no_action_because", "Say why no action is taken.",
    ),
    "recommended for yesterday": (
        rules.proposed_due_on(due_on=date(2026, 6, 9), today=date(2026, 6, 10)),
        "recommendations", "The day must not be in the past.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SENTENCES)
def test_each_refusal_says_what_to_do(case: str) -> None:
    verdict, field, sentence = SENTENCES[case]

    assert (verdict.allowed, verdict.field, verdict.reason) == (False, field, sentence)


def opening(**changes: object) -> Verdict:
    whole: dict[str, object] = {
        "is_explained": True, "not_explained_because": "", "is_alone": True,
        "not_alone_because": "", "interpreter": "not_needed", "interpreter_because": "",
        "must_ask_parent": False, "parent_asked": "", "parent_because": "",
    }  # fmt: skip
    return rules.opening_answers(**{**whole, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, ""),
        ({"is_explained": False}, "not_explained_because"),
        ({"is_explained": False, "not_explained_because": "She began at once"}, ""),
        ({"is_alone": False}, "not_alone_because"),
        ({"interpreter": "known"}, "interpreter_because"),
        ({"must_ask_parent": True}, "parent_asked"),
        ({"parent_asked": "not_asked"}, "parent_because"),
        ({"must_ask_parent": True, "parent_asked": "did_not_agree"}, ""),
    ],
)
def test_the_first_page_is_whole(changes: dict[str, object], field: str) -> None:
    """Source: practice: explained first; alone or why not; interpreter independent; parent asked."""
    verdict = opening(**changes)

    assert bool(verdict) is (field == "")
    assert verdict.field == field


# --- not held


def ended(code: str, *, results: set[str] | None = None, **changes: str) -> Verdict:
    return rules.not_held(
        outcome="",
        code=code,
        reason=changes.get("reason", "Because it was so."),
        results=frozenset(results or ()),
        carer_offer=changes.get("carer_offer", "made"),
        carer_because=changes.get("carer_because", ""),
    )


def test_the_reasons_are_those_of_the_domain() -> None:
    """Source: domain.md 3.5."""
    assert set(NOT_HELD) == {
        "declined_by_child", "declined_by_parent", "child_missing_again_before_interview",
        "could_not_contact", "not_offered", "out_of_area_no_provider",
        "offered_to_parent_carer_instead", "merged_with_other_episode",
        "whereabouts_still_unknown", "aged_18", "assessed_not_appropriate_now",
    }  # fmt: skip
    assert {why.outcome for why in NOT_HELD.values()} <= set(Interview.Outcome.values)


def test_not_offered_is_never_declined() -> None:
    """Source: domain.md 3.5, last sentence, and rule 14 of section 11."""
    for code, why in NOT_HELD.items():
        if why.outcome == "not_offered":
            assert ended(code)
            assert not ended(code, results={"not_today"}), code
        if why.outcome == "declined":
            assert not ended(code), code
            assert ended(code, results={why.after})


def test_a_declined_interview_says_whether_a_carer_was_asked() -> None:
    """Source: domain.md section 11, rule 16."""
    declined = {"declined_by_child"}

    assert ended("declined_by_child", results=declined, carer_offer="").field == "carer_offer"
    assert (
        ended("declined_by_child", results=declined, carer_offer="not_appropriate").field
        == "carer_because"
    )
    assert ended(
        "declined_by_child",
        results=declined,
        carer_offer="not_appropriate",
        carer_because="She is afraid of him",
    )


def test_waiving_needs_a_reason() -> None:
    assert ended("not_offered", reason="").field == "reason"
    assert ended("nonsense").field == "code"


# --- the grid


def test_the_grid_says_what_is_usual_for_each() -> None:
    """Source: design.md section 4, column "RHI summary / whole"."""
    assert set(GRID) == set(Recipient)
    assert set(GRID[Recipient.LEAD_FORCE].values()) == {Decision.SHARE}
    for others in (Recipient.OTHER_FORCE, Recipient.OTHER_COUNCIL):
        assert set(GRID[others].values()) == {Decision.WITHHOLD}
    assert set(GRID[Recipient.CARER]) == {Shared.SAFETY_NOTE}
    assert Recipient.SCHOOL not in rules.READS_HERE
    assert Recipient.HEALTH not in rules.READS_HERE


def column(recipient: Recipient, decisions: dict[Shared, Decision], **changes: str) -> Verdict:
    usual = rules.usual_decisions(recipient, has_note=True)
    return rules.sharing_with(
        recipient=recipient, name="Kent Police", decisions={**usual, **decisions},
        basis=changes.get("basis", "public_task"), reason=changes.get("reason", ""),
        instead=changes.get("instead", ""), has_note=True,
    )  # fmt: skip


def test_a_reason_is_asked_for_exceptions_only() -> None:
    withheld = {Shared.HARM: Decision.WITHHOLD}

    assert column(Recipient.LEAD_FORCE, {})
    assert column(Recipient.LEAD_FORCE, withheld).field == "reason"
    assert column(Recipient.LEAD_FORCE, withheld, reason="A third party is named")
    assert column(Recipient.LEAD_FORCE, {}, basis="because").field == "basis"
    in_part = {Shared.HARM: Decision.PART}
    assert column(Recipient.LEAD_FORCE, in_part, reason="As above").field == "instead"
    assert column(Recipient.CARER, {Shared.HARM: Decision.SHARE}, reason="x y z").field == (
        "decisions"
    )


def test_every_lawful_basis_names_its_law() -> None:
    """Source: domain.md 4.1, 4.2."""
    assert rules.USUAL_BASIS in rules.LAWFUL_BASES
    assert all("GDPR" in basis.source for basis in rules.LAWFUL_BASES.values())


@pytest.mark.parametrize(
    ("audience", "recipient", "hears"),
    [
        (QuoteAudience.COUNCIL, Recipient.LEAD_FORCE, False),
        (QuoteAudience.POLICE, Recipient.LEAD_FORCE, True),
        (QuoteAudience.POLICE, Recipient.OTHER_FORCE, True),
        (QuoteAudience.POLICE, Recipient.OTHER_COUNCIL, False),
        (QuoteAudience.ALL, Recipient.OTHER_COUNCIL, True),
        (QuoteAudience.ALL, Recipient.CARER, False),
    ],
)
def test_a_quote_is_heard_by_those_whom_the_child_chose(
    audience: QuoteAudience, recipient: Recipient, hears: bool
) -> None:
    """Source: practice, who may hear each quote."""
    assert rules.hears(audience, recipient) is hears


def test_rules_and_columns_use_the_same_words() -> None:
    assert {why.after for why in NOT_HELD.values() if why.after} <= set(Offer.Result.values)
    assert set(Quote.Audience.values) == {each.value for each in QuoteAudience}
    assert set(SharedItem.Decision.values) == {each.value for each in Decision}
    assert {"known"} <= set(Account.Interpreter.values)
    assert {"not_asked"} <= set(Account.ParentAsked.values)
    assert {"made", "not_appropriate"} == set(Interview.CarerOffer.values)
