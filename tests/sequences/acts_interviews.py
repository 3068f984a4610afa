"""Acts after the return: refer, offer, write, sign, share, accept; decide on what is recommended; do it."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from missingchildren.agencies.models import Membership
from returninterviews import rules
from returninterviews.models import Action, Interview, Offer, Recommendation, Summary
from returninterviews.rules import (
    NOT_HELD,
    ActionState,
    CouncilDecision,
    Helped,
    InterviewState,
    RecommendationState,
    Shared,
    SummaryState,
)
from returninterviews.services import (
    accounts,
    actions,
    interviews,
    offers,
    recommendations,
    summaries,
)
from returninterviews.services.accounts import SharedWith
from returninterviews.services.giving import Give
from tests.returninterviews.telling import written
from tests.sequences.playing import Play, doing, ref

By = Membership | None
I = InterviewState  # noqa: E741 one letter for what stands on every line
R = RecommendationState
UNHELD = (I.TO_ARRANGE, I.REFERRED, I.OFFERED, I.ARRANGED)


def interview(play: Play, *states: I) -> Interview | None:
    return play.pick(Interview.objects.all(), lambda one: one.state in states)


def holder(play: Play, one: Interview | None) -> Membership:
    return play.world.lena if one and one.provider_id else play.world.ruth


@doing("refer interview")
def refer(play: Play, by: By) -> object:
    return interviews.refer(
        interview_reference=ref(interview(play, I.TO_ARRANGE)),
        provider_reference=play.agency_of("charity", "charity", "school").reference,
        version=play.version, token=uuid4(), act=play.act(by or play.world.ruth),
    )  # fmt: skip


@doing("take referral back")
def take_back(play: Play, by: By) -> object:
    one = play.pick(Interview.objects.all(), lambda one: bool(one.provider_id and not one.outcome))
    return interviews.refer(
        interview_reference=ref(one), provider_reference="", version=play.version, token=uuid4(),
        act=play.act(by or play.world.ruth),
    )  # fmt: skip


@doing("give referral back")
def give_back(play: Play, by: By) -> object:
    one = play.pick(Interview.objects.all(), lambda one: bool(one.provider_id and not one.outcome))
    return interviews.decline_referral(
        interview_reference=ref(one), reason=play.words(), version=play.version,
        act=play.act(by or play.world.lena),
    )  # fmt: skip


@doing("offer interview")
def offer(play: Play, by: By) -> object:
    one = interview(play, *UNHELD)
    result = play.chance.choice([*list(Offer.Result), *[Offer.Result.ACCEPTED] * 4])
    accepted = result == Offer.Result.ACCEPTED
    return offers.record_offer(
        interview_reference=ref(one), made_at=play.ago(play.chance.choice((0, 0, 1, 300))),
        to=Offer.To.CARER if play.chance.random() < 0.1 else Offer.To.CHILD,
        channel=Offer.Channel.PHONE, result=result,
        arranged_for=play.now + timedelta(hours=1) if accepted else None,
        place_kind="youth" if accepted else "", version=play.version, token=uuid4(),
        act=play.act(by or holder(play, one)),
    )  # fmt: skip


@doing("interview not held")
def not_held(play: Play, by: By) -> object:
    one = interview(play, *UNHELD)
    said = set(one.offers.values_list("result", flat=True)) if one else set()
    fitting = [code for code, why in NOT_HELD.items() if why.after in said]
    code = play.chance.choice(fitting if fitting and play.chance.random() < 0.7 else [*NOT_HELD])
    usual = play.person("colin") if NOT_HELD[code].is_for_managers else holder(play, one)
    return offers.record_not_held(
        interview_reference=ref(one), code=code, reason=play.words(),
        carer_offer="made", version=play.version, act=play.act(by or usual),
    )  # fmt: skip


@doing("write interview")
def write(play: Play, by: By) -> object:
    one = interview(play, I.ARRANGED)
    act = play.act(by or holder(play, one))
    with transaction.atomic():
        accounts.begin_draft(interview_reference=ref(one), act=act)
        return accounts.keep_page(
            interview_reference=ref(one), page="explained", typed={"met_at_0": ["1"]},
            version=play.version, act=act,
        )  # fmt: skip


def grid(play: Play, one: Interview | None) -> list[SharedWith]:
    """Share a summary with the other force, against what is usual, with or without a reason."""
    if one is None or play.chance.random() < 0.5:
        return []
    force = play.world.west_midlands
    share = {Shared.SUMMARY: rules.Decision.SHARE}
    return [SharedWith(agency_reference=force.reference, decisions=share, reason=play.words())]


@doing("sign interview")
def sign(play: Play, by: By) -> object:
    one = interview(play, I.ARRANGED)
    text = play.words("A man in a grey car waits for her.")
    return accounts.sign_interview(
        interview_reference=ref(one),
        written=written(play.ago(), shared=grid(play, one), summary=text),
        version=play.version, token=uuid4(), act=play.act(by or holder(play, one)),
    )  # fmt: skip


@doing("accept interview")
def accept(play: Play, by: By) -> object:
    return accounts.accept_interview(
        interview_reference=ref(interview(play, I.SIGNED)), analysis="So it is.",
        version=play.version, act=play.act(by or play.world.ruth),
    )  # fmt: skip


@doing("read summary")
def read_summary(play: Play, by: By) -> object:
    one = play.pick(Summary.objects.all(), lambda one: one.read_at is None)
    return summaries.read_summary(
        summary_reference=ref(one),
        act=play.act(by or play.one_of(one.agency_id if one else None)),
    )


@doing("answer summary")
def answer_summary(play: Play, by: By) -> object:
    one = play.pick(
        Summary.objects.select_related("agency"),
        lambda one: one.state == SummaryState.READ and one.agency.kind == "force",
    )
    return summaries.answer_summary(
        summary_reference=ref(one), answer=play.chance.choice(list(Summary.Answer)),
        crime_reference=play.words("KP/1"), because=play.words(), is_useful=True,
        version=play.version, act=play.act(by or play.one_of(one.agency_id if one else None)),
    )  # fmt: skip


# --- recommendations and follow-up actions


def recommendation(play: Play, *states: R) -> Recommendation | None:
    return play.pick(Recommendation.objects.all(), lambda one: one.state in states)


def give(play: Play) -> Give:
    owner = play.agency_of("home", "home", "birmingham", "school", "health", "kent_police")
    days = -2 if play.flaw == "to come" else play.chance.choice((0, 1, 7))
    to_ruth = owner == play.world.birmingham and play.chance.random() < 0.5
    return Give(
        text=play.words("Fit a night light."), agency_reference=owner.reference,
        membership_reference=play.world.ruth.reference if to_ruth else "",
        due_on=play.today + timedelta(days=days),
    )  # fmt: skip


@doing("take recommendation forward")
def take_forward(play: Play, by: By) -> object:
    return recommendations.accept_recommendation(
        recommendation_reference=ref(recommendation(play, R.TO_DECIDE)), give=give(play),
        version=play.version, token=uuid4(), act=play.act(by or play.world.ruth),
    )  # fmt: skip


@doing("do not take recommendation forward")
def not_take_forward(play: Play, by: By) -> object:
    return recommendations.not_take_forward(
        recommendation_reference=ref(recommendation(play, R.TO_DECIDE)), reasons=play.words(),
        version=play.version, act=play.act(by or play.person("colin")),
    )  # fmt: skip


@doing("ask second look")
def ask_second_look(play: Play, by: By) -> object:
    return recommendations.ask_second_look(
        recommendation_reference=ref(recommendation(play, R.NOT_TAKEN_FORWARD)),
        words=play.words(), version=play.version, act=play.act(by or play.world.lena),
    )  # fmt: skip


@doing("answer second look")
def answer_second_look(play: Play, by: By) -> object:
    answer = play.chance.choice(list(CouncilDecision))
    return recommendations.answer_second_look(
        recommendation_reference=ref(recommendation(play, R.SECOND_LOOK)), answer=answer,
        reasons=play.words(),
        give=give(play) if answer == CouncilDecision.TAKEN_FORWARD else None,
        version=play.version, token=uuid4(), act=play.act(by or play.person("colin")),
    )  # fmt: skip


@doing("add action")
def add_action(play: Play, by: By) -> object:
    to = recommendation(play, R.TAKEN_FORWARD) if play.chance.random() < 0.5 else None
    return actions.add_action(
        child_reference=play.ava.reference, give=give(play), token=uuid4(),
        recommendation_reference=ref(to) if to else "", act=play.act(by or play.world.ruth),
    )  # fmt: skip


def action(play: Play, state: ActionState) -> Action | None:
    return play.pick(Action.objects.all(), lambda one: one.state == state and not one.helped)


def owner(play: Play, one: Action | None) -> Membership:
    return play.one_of(one.owner_id if one else None)


@doing("note progress")
def note(play: Play, by: By) -> object:
    one = action(play, ActionState.OPEN)
    return actions.note_progress(
        action_reference=ref(one), text=play.words("It is ordered."), token=uuid4(),
        act=play.act(by or owner(play, one)),
    )  # fmt: skip


@doing("complete action")
def complete(play: Play, by: By) -> object:
    one = action(play, ActionState.OPEN)
    return actions.complete_action(
        action_reference=ref(one), evidence=play.words(), version=play.version,
        act=play.act(by or owner(play, one)),
    )  # fmt: skip


@doing("drop action")
def drop(play: Play, by: By) -> object:
    return actions.drop_action(
        action_reference=ref(action(play, ActionState.OPEN)), reasons=play.words(),
        version=play.version, act=play.act(by or play.person("colin")),
    )  # fmt: skip


@doing("say whether it helped")
def helped(play: Play, by: By) -> object:
    one = action(play, ActionState.DONE)
    return actions.say_whether_it_helped(
        action_reference=ref(one), helped=play.chance.choice(list(Helped)), version=play.version,
        act=play.act(by or owner(play, one)),
    )  # fmt: skip
