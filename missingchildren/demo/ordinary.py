"""Ordinary load: forty more children, the same at every start, most of them at home today."""

from datetime import datetime
from itertools import count
from random import Random

from cases.models import Child, ChildIdentifier
from cases.services.children import Described
from cases.services.reports import Place
from missingchildren.core.clock import london_day
from missingchildren.demo import cast, story_interviews, telling, telling_interviews
from missingchildren.demo.telling import Known, Missing, birthday, days, go_missing, hours, minutes

SEED = 20140127  # the date of the statutory guidance
GIVEN_NAMES = {
    Child.Sex.FEMALE: (
        "Aaliyah", "Bethan", "Caitlin", "Demi", "Ebony", "Freya", "Gabriela", "Hafsa", "Isla",
        "Jasmine", "Keira", "Lola", "Maryam", "Niamh", "Orla", "Poppy", "Rhianna", "Sana",
        "Tilly", "Zofia",
    ),
    Child.Sex.MALE: (
        "Adam", "Blake", "Connor", "Dominik", "Ethan", "Finley", "George", "Hamza", "Ibrahim",
        "Jake", "Kai", "Liam", "Mason", "Nathan", "Oscar", "Reece", "Samuel", "Tyler", "Yusuf",
        "Zane",
    ),
}  # fmt: skip
FAMILY_NAMES = (
    "Abbott", "Begum", "Carrick", "Dudek", "Ellison", "Farah", "Goddard", "Hussain", "Ivory",
    "Jarvis", "Kamara", "Lowe", "Mahmood", "Nolan", "Okafor", "Petrov", "Quinn", "Redmond",
    "Sesay", "Tierney", "Underhill", "Vickers", "Whitmore", "Yilmaz", "Ashdown", "Bhatti",
    "Croft", "Dhillon", "Eastwood", "Flint", "Gill", "Holloway", "Iqbal", "Jessop", "Kowalski",
    "Lambert", "Malik", "Norris", "Oduya", "Pryor",
)  # fmt: skip
# How many each council looks after, which team works with them, who, and where they are reported.
COUNCILS = (
    ("birmingham", 27, cast.IN_CARE_TEAM, ("ruth.adeyemi", "colin.marsh"), "ken.osei", "B14 7TH"),
    ("kent_council", 8, cast.CHILDREN_TEAM, ("beth.carver",), "moira.platt", "ME14 1XX"),
    ("dudley", 3, "Front door", ("anil.desai",), "anil.desai", "DY1 1AA"),
    ("cardiff", 2, "Intake and assessment", ("carys.lloyd",), "", ""),
)
ACCEPTS = {"kent_council": "joan.mercer"}
WORRIES = (
    "Did not come back from school and is not answering.",
    "Went out after tea and was to be home by nine.",
    "Left the house in the night. The back door was open.",
    "Was to meet a friend in town. The friend says they never came.",
    "Upset after contact with family, and left on foot.",
    "Has been talking about going to stay with a cousin.",
)
DONE = "Rang the child and the friends we know of, and looked near home."
# Every second child was missing once in the last year; these are missing now, for so many hours.
MISSING_NOW = {4: 7, 17: 30, 29: 11}


def tell(*, now: datetime) -> None:
    """Record the forty, with what happened to them until now."""
    chance = Random(SEED)  # noqa: S311 not a secret
    serial = count()
    numbers = telling.nhs_numbers(first=1000)
    for council, number, team, workers, reporter, postcode in COUNCILS:
        for _ in range(number):
            index = next(serial)
            described = _described(index, next(numbers), chance, now=now)
            child = telling.on_record(
                Known(
                    described=described,
                    council=council,
                    since=london_day(now - days(chance.randint(410, 1100))),
                    legal_status=chance.choice(("C2", "V2")),
                    team=team,
                    allocated_to=(workers[index % len(workers)],),
                ),
                recorded=days(405),
                now=now,
            )
            accepts = ACCEPTS.get(council, "helen.bright")
            missing = _missing(index, reporter, postcode, accepts, chance)
            if missing and reporter:
                go_missing(missing, child=child, now=now)
                if missing.returned is not None:
                    story_interviews.declined(
                        workers[index % len(workers)],
                        telling_interviews.interview_of(child),
                        at=now - missing.returned + hours(20),
                    )


def _described(index: int, nhs_number: str, chance: Random, *, now: datetime) -> Described:
    sex = (Child.Sex.FEMALE, Child.Sex.MALE)[index % 2]
    return Described(
        given_names=GIVEN_NAMES[sex][index // 2],
        family_name=FAMILY_NAMES[index],
        date_of_birth=birthday(now, age=chance.randint(11, 16), days_ago=chance.randint(1, 360)),
        sex=sex,
        identifiers=((ChildIdentifier.Kind.NHS_NUMBER, nhs_number),),
    )


def _missing(
    index: int, reporter: str, postcode: str, accepts: str, chance: Random
) -> Missing | None:
    """Return the one time that this child was, or is, missing."""
    ago, away = days(chance.randint(12, 360)), hours(chance.randint(3, 60))
    worry = chance.choice(WORRIES)
    if index not in MISSING_NOW and index % 2:
        return None
    still = index in MISSING_NOW
    reported = hours(MISSING_NOW[index]) if still else ago
    return Missing(
        reporter=reporter,
        place=Place(description="Near home", postcode=postcode),
        seen=reported + hours(3),
        reported=reported,
        why_worried=worry,
        done_so_far=DONE,
        contact=("The duty social worker", "01632 960 120"),
        accepted_by=accepts,
        accepted=reported - minutes(chance.randint(4, 25)),
        returned=None if still else reported - away,
    )
