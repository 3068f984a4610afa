"""The stories: children with a name in the demonstration, as they stand when it is loaded."""

from datetime import datetime
from itertools import islice

from cases.models import Child, ChildIdentifier, Location, Opening, Update
from cases.rules import Audience, Part
from cases.services import sharing, updates
from cases.services.children import Described
from cases.services.reports import Place
from missingchildren.core.clock import Precision, london_day
from missingchildren.demo import (
    cast,
    story_interviews,
    telling,
    telling_actions,
    telling_flags,
    telling_placements,
    telling_risk,
)
from missingchildren.demo.telling import (
    Known,
    Missing,
    Said,
    birthday,
    days,
    go_missing,
    hours,
    look,
    minutes,
    on_record,
)

NHS = tuple(islice(telling.nhs_numbers(), 12))
UPN = tuple(islice(telling.pupil_numbers(authority="886"), 6))
NHS_NUMBER, PUPIL_NUMBER = ChildIdentifier.Kind.NHS_NUMBER, ChildIdentifier.Kind.UPN

AT_SEAVIEW = Place(is_own_address=True)
SEAVIEW = ("Seaview House, Eastern Esplanade, Margate", "CT9 2HL")
SEAVIEW_PHONE = "01632 960 114"


def tell(*, now: datetime) -> None:
    """Tell every story up to `now`; what nobody has answered yet still waits."""
    jayden(now=now)
    mia(now=now)
    leo(now=now)
    ellis(now=now)
    noor(now=now)
    chloe(now=now)
    rhys(now=now)
    a_child_who_has_died(now=now)
    child = ava(now=now)
    telling.answer_alerts(before=now - hours(1))
    ava_is_missing(child=child, now=now)
    a_report_that_nobody_has_read(now=now)
    a_child_who_may_be_on_record(now=now)


# --- Ava


def ava_is_looked_after(*, now: datetime) -> Child:
    """Record Ava, 15, whom Birmingham looks after, before anybody placed her in Margate."""
    known = Known(
        described=Described(
            given_names="Ava",
            family_name="Bramley",
            date_of_birth=birthday(now, age=15, days_ago=143),
            sex=Child.Sex.FEMALE,
            identifiers=((NHS_NUMBER, NHS[0]), (PUPIL_NUMBER, UPN[0])),
        ),
        council="birmingham",
        since=london_day(now - days(800)),
        team=cast.IN_CARE_TEAM,
        moved_in=days(17),
        knows=("larkfield", "thanet_health", "open_door"),
        allocated_to=("ruth.adeyemi",),
    )
    return on_record(known, recorded=days(800), now=now)


def ava(*, now: datetime) -> Child:
    """Ava: for 17 days at Seaview House, away three times."""
    child = ava_is_looked_after(now=now)
    telling_placements.ava_moves_to_seaview(child, now=now)
    telling_flags.flag(telling_flags.OF_AVA, child, now=now)
    for number, (ago, away, worry) in enumerate(
        (
            (days(15), hours(3), "First week here. She said she was going home to Birmingham."),
            (days(11), hours(5), "Left after a call from somebody she would not name."),
            (days(6), hours(9), "Went out after tea without her inhaler. Her telephone is off."),
        )
    ):
        go_missing(
            Missing(
                reporter="nisha.roy",
                place=AT_SEAVIEW,
                seen=ago + hours(1),
                reported=ago,
                why_worried=worry,
                done_so_far="Rang her, looked in her room and along the seafront.",
                contact=("Nisha Roy", SEAVIEW_PHONE),
                accepted_by="joan.mercer",
                accepted=ago - minutes(5),
                returned=ago - away,
            ),
            child=child,
            now=now,
        )
        interview = story_interviews.ava(child=child, returned_at=now - (ago - away), number=number)
    telling_actions.ava_after_her_interview(interview, now=now)
    _tell_her_former_carers_nothing(child, now=now)
    return child


def _tell_her_former_carers_nothing(child: Child, *, now: datetime) -> None:
    """Decide not to share with Ava's former carers, though they ask."""
    sharing.decide_not_to_share(
        child_reference=child.reference,
        agency_reference=cast.agency("harbour").reference,
        reason="Her former carers ask how she is. Ava does not want them to know where she lives.",
        review_on=london_day(now + days(90)),
        act=cast.act_of("ruth.adeyemi", at=now - days(9)),
    )


def ava_is_missing(*, child: Child, now: datetime) -> None:
    """Ava, reported 40 minutes ago and accepted 36 minutes ago; others have begun to answer."""
    go_missing(
        Missing(
            reporter="nisha.roy",
            place=AT_SEAVIEW,
            seen=minutes(110),
            reported=minutes(40),
            why_worried=(
                "This is not like the other times. She was crying after a call at tea and put on "
                "her good shoes. She has no coat and no money. She uses an inhaler and left it on "
                "her bed."
            ),
            done_so_far=(
                "Rang her four times, no answer. Looked in her room and the garden. Rang Nan in "
                "Birmingham, who has not heard from her. Drove along the seafront."
            ),
            contact=("Nisha Roy", SEAVIEW_PHONE),
            accepted_by="joan.mercer",
            accepted=minutes(36),
        ),
        child=child,
        now=now,
    )
    _they_answer(child, now=now)
    _they_look(child, now=now)
    for said in WHAT_IS_SAID_OF_AVA:
        telling.say(said, child, now=now)
    _the_level_is_chosen(child, now=now)


def _the_level_is_chosen(child: Child, *, now: datetime) -> None:
    """What the emergency duty team says by telephone, what Open Door knows, and the level."""
    written = telling_risk.phone_answer(
        "dana.whitlock",
        child,
        "Her mother last heard from Ava at lunchtime, by message. Nobody at home knows where she is.",
        agency="birmingham",
        given_by="Ken Osei, duty social worker",
        given_phone="01632 960 301",
        given_at=now - minutes(31),
        at=now - minutes(31),
    )
    telling_risk.answer(
        "carl.yeo",
        child,
        "A man in a grey car waits for her on the seafront by the clock tower. She called him Dee.",
        at=now - minutes(28),
        audience=Audience.STATUTORY,
    )
    decision = telling_risk.decide(
        "dana.whitlock",
        child,
        level="high",
        reasons=(
            "No coat, no money, no inhaler. A call made her cry. A man in a grey car waits for her."
        ),
        police_only="The grey car may be the one in last month's report from Ramsgate.",
        early_reason="danger",
        review_due_at=now + minutes(35),
        at=now - minutes(25),
        said={
            "medical_needs": ("yes", "Asthma, inhaler left behind"),
            "out_of_character": ("yes", ""),
            "missing_before": ("yes", ""),
            "sexual_exploitation": ("yes", ""),
        },
    )
    telling_risk.confirm("marcus.oyelaran", decision, at=now - minutes(16))
    telling_risk.confirm_answer("ken.osei", written, at=now - minutes(9))


def _they_answer(child: Child, *, now: datetime) -> None:
    """Four answer what they were sent; the others have not read it yet."""
    for person, kind, ago in (
        ("joan.mercer", "cases.report_received", 38),
        ("nisha.roy", "cases.report_accepted", 35),
        ("ken.osei", "cases.child_missing", 33),
        ("carl.yeo", "cases.question_asked", 28),
    ):
        telling.answer(person, child, kind=kind, at=now - minutes(ago))


def _they_look(child: Child, *, now: datetime) -> None:
    """Who has opened the record; an officer from elsewhere in the force is asked why."""
    at = now - minutes(30)
    officer = cast.act_of("dana.whitlock", at=at)
    updates.open_with_reason(
        child_reference=child.reference, reason=Opening.Reason.DUTY, detail="", act=officer
    )
    last_seen = child.locations.filter(kind=Location.Kind.LAST_SEEN).order_by("-at").first()
    assert last_seen is not None
    updates.reveal_location(
        child_reference=child.reference, location_reference=last_seen.reference, act=officer
    )
    for person, ago in (("ken.osei", 32), ("dana.whitlock", 29), ("ruth.adeyemi", 15)):
        look(person, child, at=now - minutes(ago))


WHAT_IS_SAID_OF_AVA = (
    Said(
        person="ken.osei",
        ago=minutes(31),
        happened=minutes(32),
        kind=Update.Kind.CALL,
        audience=Audience.STATUTORY,
        text=(
            "Rang Ava's mother. She last heard from Ava at lunchtime, by message, and will ring "
            "the control room if Ava comes to her."
        ),
    ),
    Said(
        person="dana.whitlock",
        ago=minutes(27),
        kind=Update.Kind.ENQUIRY,
        text="A patrol is at Margate station and on the seafront. Nobody has seen her yet.",
    ),
    Said(
        person="joan.mercer",
        ago=minutes(21),
        audience=Audience.OWN,
        text="The grey car may be the one in last month's report from Ramsgate. Check the number.",
    ),
    Said(
        person="nisha.roy",
        ago=minutes(12),
        happened=minutes(65),
        kind=Update.Kind.SIGHTING,
        text="Another resident says she saw Ava near the arcade, on the telephone, upset.",
    ),
)


# --- the others, in the order of the cast


def jayden(*, now: datetime) -> None:
    """Jayden, 13, at home in Birmingham without a social worker: back for 61 hours."""
    described = Described(
        given_names="Jayden",
        family_name="Cole",
        date_of_birth=birthday(now, age=13, days_ago=61),
        sex=Child.Sex.MALE,
        identifiers=((NHS_NUMBER, NHS[1]),),
    )
    episode = go_missing(
        Missing(
            reporter="tom.garrity",
            place=Place(description="Bus stop outside the leisure centre", postcode="B14 7TH"),
            seen=hours(80),
            reported=hours(77),
            precision=Precision.ABOUT,
            why_worried="His mother rang 101. He has not missed a night at home before.",
            done_so_far="His mother has rung his friends and his uncle.",
            contact=("Mrs Cole, his mother", "07700 900 131"),
            accepted_by="helen.bright",
            accepted=hours(76.5),
            said=(
                Said(
                    person="tom.garrity",
                    ago=hours(70),
                    kind=Update.Kind.ENQUIRY,
                    text="Went to his uncle's. Jayden had been there and left at about ten.",
                ),
            ),
            returned=hours(61),
        ),
        described=described,
        now=now,
    )
    _share_with_home_council(episode.child, "birmingham", "helen.bright", at=now - hours(60))
    story_interviews.jayden(child=episode.child, now=now)


def _share_with_home_council(child: Child, key: str, person: str, *, at: datetime) -> None:
    """Tell the council where a child without a social worker lives: it arranges the interview."""
    sharing.share(
        child_reference=child.reference,
        agency_reference=cast.agency(key).reference,
        part=Part.HOME_COUNCIL,
        reason="Lives at home and has no social worker: the council arranges the interview.",
        ends_at=None,
        act=cast.act_of(person, at=at),
    )


def mia(*, now: datetime) -> None:
    """Mia, 16, at home in Maidstone: back for nearly seven weeks."""
    described = Described(
        given_names="Mia",
        family_name="Thornbury",
        date_of_birth=birthday(now, age=16, days_ago=12),
        sex=Child.Sex.FEMALE,
        identifiers=((NHS_NUMBER, NHS[2]),),
    )
    episode = go_missing(
        Missing(
            reporter="dana.whitlock",
            place=Place(description="Her father's house", postcode="ME14 1XX"),
            seen=days(48) + hours(4),
            reported=days(48),
            why_worried="Left after an argument. Her father thinks she is with an older boyfriend.",
            contact=("Mr Thornbury, her father", "07700 900 142"),
            accepted_by="joan.mercer",
            accepted=days(48) - minutes(9),
            said=(
                Said(
                    person="priya.nair",
                    ago=days(47),
                    kind=Update.Kind.CONTACT,
                    text="Mia sent her sister a message: she is safe and will come home tomorrow.",
                ),
            ),
            returned=days(46),
        ),
        described=described,
        now=now,
    )
    _share_with_home_council(episode.child, "kent_council", "priya.nair", at=now - days(46))
    interview = story_interviews.mia(child=episode.child, now=now)
    telling_actions.mia_after_her_interview(interview, now=now)


def leo(*, now: datetime) -> None:
    """Leo, 14: placed in Dudley by Kent until last week, and away once while there."""
    known = Known(
        described=Described(
            given_names="Leo",
            family_name="Sandhu",
            date_of_birth=birthday(now, age=14, days_ago=200),
            sex=Child.Sex.MALE,
            identifiers=((NHS_NUMBER, NHS[3]),),
        ),
        council="kent_council",
        since=london_day(now - days(500)),
        team=cast.CHILDREN_TEAM,
        allocated_to=("beth.carver",),
    )
    child = on_record(known, recorded=days(500), now=now)
    placement = telling_placements.leo_lives_in_dudley(child, now=now)
    go_missing(
        Missing(
            reporter="jo.tranter",
            place=Place(description="Dudley bus station", postcode="DY1 1AA"),
            seen=days(64) + hours(3),
            reported=days(64),
            why_worried="He was to be back from school at four. His carer cannot reach him.",
            done_so_far="His carer has rung the school and two friends.",
            contact=("Jo Tranter, on call", "01632 960 187"),
            accepted_by="helen.bright",
            accepted=days(64) - minutes(14),
            returned=days(63),
        ),
        child=child,
        now=now,
    )
    telling_flags.flag(telling_flags.OF_LEO, child, now=now)
    telling_placements.leo_leaves_dudley(placement, now=now)


def ellis(*, now: datetime) -> None:
    """Ellis, 16, who arrived alone: looked after by Kent, missing for 26 days."""
    known = Known(
        described=Described(
            given_names="Ellis",
            family_name="Grant",
            date_of_birth=birthday(now, age=16, days_ago=250),
            is_birth_estimated=True,
            sex=Child.Sex.MALE,
            identifiers=(
                (NHS_NUMBER, NHS[4]),
                (ChildIdentifier.Kind.HOME_OFFICE, "G1902277/4"),
            ),
        ),
        council="kent_council",
        since=london_day(now - days(71)),
        legal_status="V2",
        team=cast.CHILDREN_TEAM,
        knows=("thanet_health", "open_door"),
        allocated_to=("beth.carver",),
    )
    child = on_record(known, recorded=days(71), now=now)
    telling_flags.flag(telling_flags.OF_ELLIS, child, now=now)
    go_missing(
        Missing(
            reporter="moira.platt",
            place=Place(description="The shared house, his room", postcode="CT9 1PX"),
            seen=days(26) + hours(13),
            reported=days(26),
            precision=Precision.HOUR,
            why_worried=(
                "He has been in the country for ten weeks and speaks little English: he needs a "
                "Tigrinya interpreter. His bag and his papers are gone. He owed money to the "
                "people who brought him."
            ),
            done_so_far="Rang his telephone: switched off. Asked the others in the house.",
            contact=("Moira Platt, emergency duty team", "01632 960 165"),
            accepted_by="joan.mercer",
            accepted=days(26) - minutes(6),
            said=WHAT_IS_SAID_OF_ELLIS,
        ),
        child=child,
        now=now,
    )


WHAT_IS_SAID_OF_ELLIS = (
    Said(
        person="beth.carver",
        ago=days(25),
        kind=Update.Kind.CALL,
        audience=Audience.STATUTORY,
        text="Told the Home Office that he is missing, by telephone. No other details were given.",
    ),
    Said(
        person="priya.nair",
        ago=days(24),
        kind=Update.Kind.ENQUIRY,
        text="His telephone was last on a network near Dover on the morning he left.",
        audience=Audience.STATUTORY,
    ),
    Said(
        person="grace.ilori",
        ago=days(23),
        audience=Audience.STATUTORY,
        text="He missed his health assessment. He was due a second dose of medicine for his lungs.",
    ),
    Said(
        person="carl.yeo",
        ago=days(20),
        text="He told our worker that a cousin lives in Birmingham. He did not say where.",
    ),
    Said(
        person="beth.carver",
        ago=days(16),
        kind=Update.Kind.CALL,
        audience=Audience.STATUTORY,
        text="Strategy discussion held by telephone: police, health and us. We meet again weekly.",
    ),
    Said(
        person="priya.nair",
        ago=days(4),
        kind=Update.Kind.ENQUIRY,
        text="No new information this week. The interpreter rang both numbers again: no answer.",
    ),
)


def noor(*, now: datetime) -> None:
    """Noor, 17: looked after by Birmingham, missing for five days, eighteen in nine days."""
    known = Known(
        described=Described(
            given_names="Noor",
            family_name="Hassan",
            date_of_birth=birthday(now + days(9), age=18, days_ago=0),
            sex=Child.Sex.FEMALE,
            identifiers=((NHS_NUMBER, NHS[5]),),
        ),
        council="birmingham",
        since=london_day(now - days(1200)),
        team=cast.IN_CARE_TEAM,
        allocated_to=("ruth.adeyemi",),
    )
    child = on_record(known, recorded=days(1200), now=now)
    go_missing(
        Missing(
            reporter="ken.osei",
            place=Place(description="College, main entrance", postcode="B14 6TP"),
            seen=days(5) + hours(5),
            reported=days(5),
            why_worried=(
                "She did not come back from college. She has been told she must leave her flat "
                "when she is eighteen and is very worried about it."
            ),
            done_so_far="Rang her, her college and her sister.",
            contact=("Ken Osei, emergency duty team", "01632 960 141"),
            accepted_by="helen.bright",
            accepted=days(5) - minutes(12),
            said=(
                Said(
                    person="ruth.adeyemi",
                    ago=days(4),
                    kind=Update.Kind.CONTACT,
                    text="Her sister had a message: Noor is with friends and does not say where.",
                ),
                Said(
                    person="tom.garrity",
                    ago=days(2),
                    kind=Update.Kind.ENQUIRY,
                    text="Seen two of her friends. Neither has met her since last week.",
                ),
            ),
        ),
        child=child,
        now=now,
    )


CHLOES_TIMES = (
    # days ago, hours away, what was said
    (1068, 4, "Did not come home from school."),
    (871, 26, "Left in the night by her window."),
    (640, 7, "Went to meet somebody she knows from a game."),
    (588, 51, "Gone since Friday. Her telephone is off."),
    (402, 5, "Late from her father's. He says she left at six."),
    (377, 30, "Left school at lunch with two older girls."),
    (211, 12, "Went to London with friends and missed the last train."),
    (95, 19, "Left after contact with her father was cancelled."),
    (38, 6, "Out after ten, not answering."),
)


def chloe(*, now: datetime) -> None:
    """Chloe, 16: looked after by Kent, nine times missing in three years, and each time back."""
    known = Known(
        described=Described(
            given_names="Chloe",
            family_name="Merritt",
            date_of_birth=birthday(now, age=16, days_ago=30),
            sex=Child.Sex.FEMALE,
            identifiers=((NHS_NUMBER, NHS[6]), (PUPIL_NUMBER, UPN[1])),
        ),
        council="kent_council",
        since=london_day(now - days(1150)),
        team=cast.CHILDREN_TEAM,
        home="harbour",
        address=("Mr and Mrs Pell, Tower Parade, Whitstable", "CT5 2BJ"),
        knows=("larkfield", "open_door"),
        allocated_to=("beth.carver",),
    )
    child = on_record(known, recorded=days(1150), now=now)
    for ago, away, worry in CHLOES_TIMES:
        go_missing(
            Missing(
                reporter="jo.tranter",
                place=Place(description="Her foster home", postcode="CT5 2BJ"),
                seen=days(ago) + hours(2),
                reported=days(ago),
                why_worried=worry,
                done_so_far="Her carers have rung her and her friends.",
                contact=("Jo Tranter, on call", "01632 960 187"),
                accepted_by="joan.mercer",
                accepted=days(ago) - minutes(8),
                returned=days(ago) - hours(away),
            ),
            child=child,
            now=now,
        )
    telling_flags.flag(telling_flags.OF_CHLOE, child, now=now)


def rhys(*, now: datetime) -> None:
    """Rhys, 14: placed at Seaview House by Cardiff; away once, six weeks ago."""
    known = Known(
        described=Described(
            given_names="Rhys",
            family_name="Parry",
            date_of_birth=birthday(now, age=14, days_ago=310),
            sex=Child.Sex.MALE,
            identifiers=((NHS_NUMBER, NHS[7]), (PUPIL_NUMBER, UPN[2])),
        ),
        council="cardiff",
        since=london_day(now - days(620)),
        moved_in=days(130),
        knows=("larkfield",),
        allocated_to=("carys.lloyd",),
    )
    child = on_record(known, recorded=days(620), now=now)
    arrived_at = now - days(129)
    telling_placements.place(
        child,
        telling_placements.SEAVIEW_HOUSE_FOR_RHYS,
        by="carys.lloyd",
        proposed_at=arrived_at - days(6),
        approved=telling_placements.Approved(officer="gwen.rees", at=arrived_at - days(4)),
        arrived_at=arrived_at,
    )
    go_missing(
        Missing(
            reporter="nisha.roy",
            place=AT_SEAVIEW,
            seen=days(43) + hours(2),
            reported=days(43),
            why_worried="He was homesick and talked of walking to Wales. It was below freezing.",
            done_so_far="Looked in the house and the garden, rang him, rang his mother.",
            contact=("Nisha Roy", SEAVIEW_PHONE),
            accepted_by="joan.mercer",
            accepted=days(43) - minutes(4),
            returned=days(43) - hours(7),
        ),
        child=child,
        now=now,
    )


def a_child_who_has_died(*, now: datetime) -> None:
    """A record closed to all but two people: it appears nowhere, and sends nothing."""
    known = Known(
        described=Described(
            given_names="Tessa",
            family_name="Marlow",
            date_of_birth=birthday(now, age=15, days_ago=280),
            sex=Child.Sex.FEMALE,
            identifiers=((NHS_NUMBER, NHS[8]),),
        ),
        council="birmingham",
        since=london_day(now - days(900)),
        team=cast.IN_CARE_TEAM,
        allocated_to=("colin.marsh",),
    )
    child = on_record(known, recorded=days(900), now=now)
    telling.record_death(
        child=child,
        died_on=london_day(now - days(150)),
        readers=("jean.holt", "colin.marsh"),
        act=cast.act_of("colin.marsh", at=now - days(149)),
    )


# --- what waits for somebody


def a_report_that_nobody_has_read(*, now: datetime) -> None:
    """Callum, 12: reported by his school four minutes ago, waiting at Kent's control room."""
    go_missing(
        Missing(
            reporter="paul.denby",
            place=AT_SEAVIEW,
            seen=minutes(55),
            reported=minutes(4),
            why_worried=(
                "He left through the sports hall after an argument and has never done so before. "
                "He has diabetes and his kit is in his bag in the office."
            ),
            done_so_far="Searched the school. Rang his grandmother, who is on her way.",
            contact=("Paul Denby, safeguarding lead", "01632 960 158"),
        ),
        described=Described(
            given_names="Callum",
            family_name="Reid",
            date_of_birth=birthday(now, age=12, days_ago=77),
            sex=Child.Sex.MALE,
            identifiers=((PUPIL_NUMBER, UPN[3]),),
        ),
        now=now,
    )


def a_child_who_may_be_on_record(*, now: datetime) -> None:
    """Amelia, 14: is she the child of almost the same name whom Birmingham looks after?"""
    born = birthday(now, age=14, days_ago=19)
    on_record(
        Known(
            described=Described(
                given_names="Amelia",
                family_name="Osborne",
                date_of_birth=born,
                sex=Child.Sex.FEMALE,
                identifiers=((NHS_NUMBER, NHS[9]),),
            ),
            council="birmingham",
            since=london_day(now - days(300)),
            team=cast.IN_CARE_TEAM,
            allocated_to=("ruth.adeyemi",),
        ),
        recorded=days(300),
        now=now,
    )
    episode = go_missing(
        Missing(
            reporter="sam.reyes",
            place=Place(description="New Street station, by the barriers", postcode="B2 4QA"),
            seen=minutes(35),
            reported=minutes(9),
            precision=Precision.ABOUT,
            why_worried="A member of staff saw her crying with an older man. Both were gone later.",
            done_so_far="Searched the station. Somebody is looking at the cameras.",
            contact=("Sam Reyes", "07700 900 176"),
            accepted_by="helen.bright",
            accepted=minutes(6),
        ),
        described=Described(
            given_names="Amelia",
            family_name="Osbourne",
            date_of_birth=born,
            sex=Child.Sex.FEMALE,
        ),
        now=now,
    )
    telling.answer("helen.bright", episode.child, kind="cases.report_received", at=now - minutes(8))
