"""What the stories tell of recommendations and follow-up actions: each an act of a person at a time.

Times count back from the time of loading, like those of `telling`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from missingchildren.core.clock import london_day
from missingchildren.demo import cast
from missingchildren.demo.telling import days, extend
from returninterviews.models import Action, Interview, Recommendation
from returninterviews.rules import ActionClock, Helped
from returninterviews.services import actions, recommendations
from returninterviews.services.giving import Give


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be done, by whom, and how long before the time of loading it is due.

    `agency` is a key of the cast, `doer` one of its people if the council names its own; `due`
    is negative for what is due after the time of loading.
    """

    text: str
    agency: str
    due: timedelta
    doer: str = ""

    def give(self, now: datetime) -> Give:
        """Return it as the services take it."""
        return Give(
            text=self.text,
            agency_reference=cast.agency(self.agency).reference,
            membership_reference=cast.membership(self.doer).reference if self.doer else "",
            due_on=london_day(now - self.due),
        )


def recommended(interview: Interview) -> list[Recommendation]:
    """Return what an interview recommends, in its order."""
    return list(interview.recommendations.order_by("order"))


def take_forward(
    recommendation: Recommendation, asked: Asked, *, person: str, ago: timedelta, now: datetime
) -> Action:
    """Have somebody of the council take a recommendation forward."""
    return recommendations.accept_recommendation(
        recommendation_reference=recommendation.reference,
        give=asked.give(now),
        version=None,
        token=None,
        act=cast.act_of(person, at=now - ago),
    )


def turn_down(
    recommendation: Recommendation, *, reasons: str, person: str, ago: timedelta, now: datetime
) -> None:
    """Have a manager decide not to take a recommendation forward."""
    recommendations.not_take_forward(
        recommendation_reference=recommendation.reference,
        reasons=reasons,
        version=None,
        act=cast.act_of(person, at=now - ago),
    )


def look_again(
    recommendation: Recommendation, *, words: str, person: str, ago: timedelta, now: datetime
) -> None:
    """Have whoever held the interview ask for a second look."""
    recommendations.ask_second_look(
        recommendation_reference=recommendation.reference,
        words=words,
        version=None,
        act=cast.act_of(person, at=now - ago),
    )


def report_progress(
    action: Action, *, text: str, person: str, ago: timedelta, now: datetime
) -> None:
    """Have somebody say how an action is going."""
    actions.note_progress(
        action_reference=action.reference,
        text=text,
        token=None,
        act=cast.act_of(person, at=now - ago),
    )


def finish(
    action: Action,
    *,
    evidence: str,
    person: str,
    ago: timedelta,
    now: datetime,
    helped: Helped | None = None,
) -> None:
    """Have somebody record that an action is done and, if it is known, whether it helped."""
    act = cast.act_of(person, at=now - ago)
    actions.complete_action(
        action_reference=action.reference, evidence=evidence, version=None, act=act
    )
    if helped:
        actions.say_whether_it_helped(
            action_reference=action.reference, helped=helped, version=None, act=act
        )


# --- the stories


MIA_RECOMMENDED = (
    "Somebody who is not family for Mia to talk to once a week, in school hours.",
    "Ask the youth worker to show Mia and her sister how to keep their location private.",
    "Mia wants to see the nurse about her sleep without her father being told first.",
)


def mia_after_her_interview(interview: Interview, *, now: datetime) -> None:
    """Mia: one recommendation done, one overdue by six days, one undecided past its time.

    The interview recommends `MIA_RECOMMENDED`, was signed about 42 days ago, and is Kent's.
    """
    someone_to_talk_to, privacy, _undecided = recommended(interview)
    done = take_forward(
        someone_to_talk_to,
        Asked(
            text="Find Mia a mentor at school and tell her who it is.",
            agency="kent_council", doer="beth.carver", due=days(20),
        ),
        person="beth.carver", ago=days(39), now=now,
    )  # fmt: skip
    report_progress(
        done, text="The school has offered Ms Hale, whom Mia knows and likes.",
        person="beth.carver", ago=days(30), now=now,
    )  # fmt: skip
    finish(
        done, evidence="Mia has met Ms Hale three times; both told me so on the telephone.",
        person="beth.carver", ago=days(22), now=now, helped=Helped.YES,
    )  # fmt: skip
    overdue = take_forward(
        privacy,
        Asked(
            text="Sit down with Mia and her sister and go through the settings of their telephones.",
            agency="kent_council", doer="beth.carver", due=days(6),
        ),
        person="idris.boateng", ago=days(38), now=now,
    )  # fmt: skip
    report_progress(
        overdue, text="Two appointments fell through. Mia would rather come after her exams.",
        person="beth.carver", ago=days(12), now=now,
    )  # fmt: skip


AVA_RECOMMENDED = (
    "Tell Ava the day before when a member of staff she likes will not be there at night.",
    "Let Ava see her Nan in Birmingham every second weekend, with the train fare.",
    "Move Ava to another class, away from the girl who knows the man with the grey car.",
)


def ava_after_her_interview(interview: Interview, *, now: datetime) -> None:
    """Ava: two recommendations taken forward, one not; Lena asks for a second look at it.

    Colin has given more time for one of the two.

    The interview recommends `AVA_RECOMMENDED`, was signed about five days ago, and is Birmingham's.
    """
    nights, nan, school = recommended(interview)
    given = take_forward(
        nights,
        Asked(
            text="Show Ava the rota each Sunday, and tell her when it changes.",
            agency="seaview", due=days(-4),
        ),
        person="ruth.adeyemi", ago=days(4.5), now=now,
    )  # fmt: skip
    report_progress(
        given, text="The rota hangs in the kitchen now. Ava helped to draw it.",
        person="nisha.roy", ago=days(3), now=now,
    )  # fmt: skip
    weekends = take_forward(
        nan,
        Asked(
            text="Agree the weekends with Nan, book the trains and put them into the care plan.",
            agency="birmingham", doer="ruth.adeyemi", due=days(-1),
        ),
        person="ruth.adeyemi", ago=days(4.4), now=now,
    )  # fmt: skip
    extend(
        "colin.marsh", kind=ActionClock.ACTION, reference=weekends.reference,
        new_due_at=now + days(9), at=now - days(2),
        reason="Nan is in hospital until Thursday, and Ava wants to hear it from her.",
    )  # fmt: skip
    turn_down(
        school,
        reasons="The school says that a move in the middle of the year would set Ava back in the "
        "subjects she likes. It will keep the two girls apart at breaks instead.",
        person="colin.marsh", ago=days(4), now=now,
    )  # fmt: skip
    look_again(
        school,
        words="Ava told me three times that lessons, not breaks, are when she is shown messages "
        "from him. She asks for one subject only, not for a new class.",
        person="lena.fox", ago=days(3), now=now,
    )  # fmt: skip
