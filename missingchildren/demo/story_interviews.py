"""What is said in the return home interviews of the stories; `story` calls it after each return."""

from datetime import datetime

from cases.models import Child
from missingchildren.demo import telling_interviews as telling
from missingchildren.demo.telling import days, hours, minutes
from missingchildren.demo.telling_actions import AVA_RECOMMENDED, MIA_RECOMMENDED
from returninterviews.models import Interview, Offer, Summary
from returninterviews.rules import QuoteAudience


def jayden(*, child: Child, now: datetime) -> Interview:
    """Jayden's: offered twice, put off, with eleven hours left."""
    interview = telling.interview_of(child)
    telling.refer("colin.marsh", interview, provider="open_door", at=now - hours(55))
    telling.offer("lena.fox", interview, at=now - hours(40), result=Offer.Result.NO_CONTACT)
    telling.offer(
        "lena.fox",
        interview,
        at=now - hours(16),
        result=Offer.Result.NOT_TODAY,
        wishes="After school, not at home. He would like to bring the dog.",
    )
    return interview


def mia(*, child: Child, now: datetime) -> Interview:
    """Mia's: signed 44 hours after she came back, with three recommendations, and accepted."""
    back = now - days(46)
    interview = telling.interview_of(child)
    telling.refer("beth.carver", interview, provider="open_door", at=back + hours(4))
    telling.offer(
        "lena.fox",
        interview,
        at=back + hours(9),
        arranged_for=back + hours(40),
        place_kind="school",
        wishes="At college, in the lunch hour.",
    )
    telling.hold_and_sign(
        "lena.fox",
        interview,
        met_at=back + hours(40),
        at=back + hours(44),
        place_kind="school",
        before="She and her father argued about who she sees.",
        reasons=["arguments", "friends"],
        away="She stayed at a flat in Maidstone with a man whom she calls her boyfriend.",
        back="Her sister came for her.",
        harms=["11A", "1A"],
        harm="He is much older. He buys her drink and keeps her telephone when she is there.",
        wishes="To live with her sister for a while.",
        quotes=[("Nobody shouts there.", QuoteAudience.ALL)],
        carer=("Her father", "He is worried and does not know how to talk with her."),
        summary=(
            "Mia stays with a man who is much older, buys her drink and keeps her telephone. She "
            "wants to live with her sister for a while."
        ),
        places_and_people="A flat near Maidstone East station. She calls him Dan.",
        recommends=[(text, "kent_council", 14) for text in MIA_RECOMMENDED],
    )
    telling.read_summary(
        "priya.nair", interview, at=back + hours(60), answer=Summary.Answer.REPORT_MADE
    )
    return telling.accept(
        "idris.boateng",
        interview,
        at=back + days(4),
        analysis="The second time with the same man. Her sister is the safest place.",
    )


def ava(*, child: Child, returned_at: datetime, number: int) -> Interview:
    """Ava's after her first, second and third return from Seaview: no, not reached, and held."""
    interview = telling.interview_of(child)
    telling.refer("ruth.adeyemi", interview, provider="open_door", at=returned_at + hours(3))
    return (_ava_does_not_want_it, _ava_is_not_reached, _ava_talks)[number](interview, returned_at)


def declined(person: str, interview: Interview, *, at: datetime) -> Interview:
    """A child's who does not want it; their carer is offered one."""
    telling.offer(person, interview, at=at, result=Offer.Result.DECLINED_BY_CHILD)
    return telling.not_held(
        person,
        interview,
        code="declined_by_child",
        carer_offer=Interview.CarerOffer.MADE,
        at=at + minutes(4),
    )


def _ava_does_not_want_it(interview: Interview, back: datetime) -> Interview:
    return declined("lena.fox", interview, at=back + hours(20))


def _ava_is_not_reached(interview: Interview, back: datetime) -> Interview:
    for later in (18, 44):
        telling.offer("lena.fox", interview, at=back + hours(later), result=Offer.Result.NO_CONTACT)
    return telling.not_held("lena.fox", interview, code="could_not_contact", at=back + hours(70))


def _ava_talks(interview: Interview, back: datetime) -> Interview:
    telling.offer("lena.fox", interview, at=back + hours(6), result=Offer.Result.NOT_TODAY)
    telling.offer(
        "lena.fox",
        interview,
        at=back + hours(9),
        arranged_for=back + hours(20),
        place_kind="youth",
        wishes="A woman. At the youth centre, not at Seaview.",
    )
    telling.hold_and_sign(
        "lena.fox",
        interview,
        met_at=back + hours(20),
        at=back + hours(23),
        checked_by="carl.yeo",
        before="She had a call at tea and went out to meet somebody.",
        reasons=["family", "made_to"],
        away="She was in a grey car on the seafront, and later at a house that she would not name.",
        back="She walked home along the front.",
        harms=["24A", "threats"],
        harm="A man asks her to carry things. He says that she owes him for the telephone.",
        health="She had no inhaler with her and was short of breath.",
        wishes="To see Nan at weekends.",
        quotes=[
            ("He said he knows where Nan lives.", QuoteAudience.POLICE),
            ("I only want to go home at weekends.", QuoteAudience.ALL),
        ],
        carer=("Nisha Roy, shift leader", "The calls come at tea. Afterwards she is very quiet."),
        summary=(
            "A man in a grey car waits for Ava on the seafront. He asks her to carry things and "
            "says that she owes him. She is afraid for her grandmother."
        ),
        places_and_people="The seafront at Margate, in the evening. A grey car.",
        safety_note="She leaves after a call at tea: sit with her then, and see that she has her inhaler.",
        recommends=list(
            zip(AVA_RECOMMENDED, ("seaview", "birmingham", "larkfield"), (7, 14, 14), strict=True)
        ),
    )
    telling.read_summary(
        "priya.nair", interview, at=back + hours(25), answer=Summary.Answer.REPORT_MADE
    )
    return telling.accept(
        "ruth.adeyemi",
        interview,
        at=back + hours(26),
        analysis="The third time in two weeks, each after a call. It looks like county lines.",
    )
