"""What the records of one fictional child look like, table by table, as the services leave them."""

from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from typing import NamedTuple, TypeVar

from cases.models import ChildIdentifier, Deadline, Location, TimelineEntry, Update
from cases.rules import PART_OF_ASKED, PART_OF_REPORTER, PARTS, Audience, Part
from missingchildren.core.encryption import encrypt
from missingchildren.core.names import search_form
from missingchildren.demo.generating import lives, words
from missingchildren.demo.generating.lives import DAY, HOUR, YEAR, Absence, Life
from missingchildren.demo.generating.loading import Loader
from missingchildren.demo.generating.nation import Body, Council, Nation
from missingchildren.demo.generating.numbers import (
    day,
    nhs_numbers,
    pupil_number,
    references,
    stamp,
)

T = TypeVar("T")

NULL = r"\N"
FOREVER = "infinity"

COLUMNS = {
    "cases_child": (
        "id", "reference", "date_of_birth", "is_birth_estimated", "sex", "pronouns",
        "is_restricted", "listed_at", "missing_since", "recorded_at", "version", "recorded_by_id",
        "recording_agency_id",
    ),
    "cases_childname": (
        "id", "child_id", "kind", "given_names", "family_name", "search", "is_main", "recorded_at",
        "recording_agency_id",
    ),
    "cases_childidentifier": (
        "id", "child_id", "kind", "value", "recorded_at", "recording_agency_id",
    ),
    "cases_lookedafterperiod": (
        "id", "child_id", "responsible_council_id", "legal_status", "starts_on", "ends_on",
        "recorded_at", "version",
    ),
    "cases_involvement": (
        "id", "child_id", "agency_id", "capacity", "starts_at", "ends_at", "recording_agency_id",
    ),
    "cases_missingepisode": (
        "id", "child_id", "reference", "kind", "started_at", "started_precision", "last_seen_at",
        "last_seen_precision", "reported_at", "whereabouts_known", "located_at",
        "located_precision", "returned_at", "returned_precision", "return_recorded_by_id",
        "statistical_end", "withdrawn_at", "withdrawn_by_id", "closed_at", "lead_force_id",
        "accepted_at", "accepted_by_id", "police_reference", "version",
    ),
    "cases_report": (
        "id", "child_id", "episode_id", "reference", "owner_id", "audience", "named_agencies",
        "is_police_only", "recorded_at", "recorded_by_id", "name_given", "told_force_id",
        "told_unit_id", "why_worried", "done_so_far", "contact_name", "contact_phone",
        "opens_record",
    ),
    "cases_location": (
        "id", "child_id", "episode_id", "reference", "owner_id", "audience", "named_agencies",
        "is_police_only", "recorded_at", "recorded_by_id", "kind", "place", "authority_code",
        "force_code", "at",
    ),
    "cases_update": (
        "id", "child_id", "episode_id", "reference", "owner_id", "audience", "named_agencies",
        "is_police_only", "recorded_at", "recorded_by_id", "kind", "text", "happened_at",
        "happened_precision",
    ),
    "cases_grant": (
        "id", "child_id", "reference", "agency_id", "unit_id", "part", "opens", "starts_at",
        "ends_at", "basis", "reason", "source", "made_at", "made_by_id", "ended_at",
        "ended_reason",
    ),
    "cases_childpermission": (
        "id", "group_id", "permission_id", "content_object_id", "sort_at", "missing_since",
        "valid_until",
    ),
    "cases_deadline": (
        "id", "child_id", "agency_id", "unit_id", "kind", "reference", "starts_at", "due_at",
        "done_at", "done_by_id",
    ),
    "cases_timelineentry": (
        "id", "child_id", "episode_id", "kind", "reference", "happened_at", "recorded_at",
        "agency_id", "membership_id", "act_id",
    ),
    "cases_allocation": ("id", "child_id", "membership_id", "starts_at"),
    "cases_namedreader": ("id", "child_id", "user_id", "starts_at", "made_by_id"),
    "cases_keepfrom": ("id", "child_id", "user_id", "reason", "starts_at", "made_by_id"),
    "audit_entry": (
        "id", "at", "act_id", "user_id", "agency_id", "membership_id", "channel", "operation",
        "verb", "outcome", "subjects", "objects", "basis", "recipient",
    ),
}  # fmt: skip

FORMS = {table: "\t".join(["%s"] * len(names)) + "\n" for table, names in COLUMNS.items()}

# How often, where domain.md 8 has no rate.
OUT_OF_AREA = 0.37
HAS_NHS_NUMBER = 0.85
HAS_PUPIL_NUMBER = 0.60
RESTRICTED = 0.0005
KEPT_FROM = 0.001
MISSING_NOW = 0.00075
FEWEST_MISSING = 8
WIDEST = 14  # the widest viewer may open one child in so many
SAMPLES = 200  # of each encrypted text: encrypting two million would take longer than all else

CARER_PARTS = {
    "childrens_home": Part.CHILDRENS_HOME,
    "fostering_agency": Part.FOSTERING_AGENCY,
    "supported_accommodation": Part.SUPPORTED_ACCOMMODATION,
}
UPDATE_KINDS = [kind.value for kind in Update.Kind]
CASE, OWN = Audience.CASE.value, Audience.OWN.value
REPORTED = TimelineEntry.Kind.REPORTED.value
ACCEPTED = TimelineEntry.Kind.ACCEPTED.value
RETURNED = TimelineEntry.Kind.RETURNED.value
LAST_SEEN = Location.Kind.LAST_SEEN.value
ACCEPT_REPORT = Deadline.Kind.ACCEPT_REPORT.value
NAMES_OF_PARTS = {part: part.value for part in Part}
AUDIENCES = (CASE, CASE, CASE, Audience.STATUTORY.value, OWN)


class Given(NamedTuple):
    """One part that is live: whose, what it opens, until when (None: no end)."""

    body: Body
    part: Part
    until: int | None


class Setting(NamedTuple):
    """Who answers for one child."""

    home: Council
    host: Council
    carer: Body | None
    school: Body | None

    @property
    def is_out_of_area(self) -> bool:
        """Return whether the child is placed in another council's area."""
        return self.host is not self.home


class Records:
    """Draws children one after the other and writes their rows."""

    def __init__(
        self,
        nation: Nation,
        loader: Loader,
        rng: Random,
        *,
        children: int,
        now: int,
        permissions: dict[str, int],
    ) -> None:
        """Take the nation, how many children, the moment that is now, and the rights' keys."""
        self.nation, self.rng, self.children, self.now = nation, rng, children, now
        self.keys = {table: count(loader.first_key(table)) for table in COLUMNS}
        self.lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        self.references = {
            prefix: references(rng, prefix) for prefix in ("MC", "ME", "RP", "LO", "MU", "GR")
        }
        self.nhs = nhs_numbers(rng)
        self.permissions = {
            part: [permissions[right] for right in sorted(opens.rights)]
            for part, opens in PARTS.items()
        }
        self.opens = {
            part: "{" + ",".join(sorted(opens.rights)) + "}" for part, opens in PARTS.items()
        }
        self.phones = [encrypt(f"07700 900{number:03}") for number in range(SAMPLES)]
        self.places = [
            encrypt(f'{{"description": "{words.PLACES[n % len(words.PLACES)]}", "postcode": ""}}')
            for n in range(SAMPLES)
        ]
        self.reason = encrypt("May be the person whom the child goes missing with.")
        self.search_forms = {
            word: search_form(word)
            for word in {*words.GIRLS, *words.BOYS, *words.FAMILIES, *words.SHORTER.values()}
        }
        self.widest_room = max(1, round(children / WIDEST))
        missing = max(FEWEST_MISSING, round(children * MISSING_NOW))
        self.missing_step = max(1, children // missing)

    def write(self, index: int) -> None:
        """Add the rows of child number `index`; number 0 and 1 are the narrowest viewer's two."""
        must = self.widest_room >= self.children - index
        narrow = index < 2
        setting, life = self._draw(index, must=must, narrow=narrow)
        Child(
            self, life, setting, is_restricted=not narrow and self.rng.random() < RESTRICTED
        ).write()

    def _draw(self, index: int, *, must: bool, narrow: bool) -> tuple[Setting, Life]:
        rng = self.rng
        inside = True if must else None if self.widest_room else False
        life = lives.draw(
            rng,
            now=self.now,
            missing_now=index % self.missing_step == 0,
            looked_after=True if narrow else False if must else None,
            recent=must or narrow,
        )
        home = self.nation.council(rng, widest=inside)
        return self._setting(home, life, widest=inside, narrow=narrow), life

    def _setting(self, home: Council, life: Life, *, widest: bool | None, narrow: bool) -> Setting:
        """Draw where the child lives and learns."""
        rng, host, carer = self.rng, home, None
        if life.looked_after_from is not None and rng.random() < OUT_OF_AREA:
            host = self.nation.council(rng, widest=widest)
        if narrow:
            carer = self.nation.narrowest
        elif life.looked_after_from is not None and host.carers and rng.random() < 0.8:
            carer = self.pick(host.carers)
        school = self.pick(host.schools) if host.schools and rng.random() < 0.8 else None
        return Setting(home, host, carer, school)

    def pick(self, options: Sequence[T]) -> T:
        """Draw one; quicker than `random.choice`, and drawn tens of millions of times."""
        return options[int(self.rng.random() * len(options))]

    def add(self, table: str, *values: object) -> None:
        """Add a row; its key is given here."""
        self.lines[table].append(FORMS[table] % (next(self.keys[table]), *values))

    def taken(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the rows so far by table, and begin anew."""
        for table, lines in self.lines.items():
            yield table, lines
            self.lines[table] = []


class Child:
    """Writes the rows of one child."""

    def __init__(
        self, records: Records, life: Life, setting: Setting, *, is_restricted: bool
    ) -> None:
        """Take the life, who answers for it, and whether only named people may open the record."""
        self.records, self.life, self.setting = records, life, setting
        self.is_restricted = is_restricted
        self.rng, self.now = records.rng, records.now
        self.add, self.pick = records.add, records.pick
        self.id = next(records.keys["cases_child"])
        self.reference = next(records.references["MC"])
        self.live: list[Given] = []
        self.asked: list[tuple[Body, Part]] = []
        self.name = ""
        first = life.absences[0]
        self.recorder = self._reporter()
        self.recorded = first.reported
        self.is_carer_live = False
        self.is_home_council_live = False

    def write(self) -> None:
        """Write everything, the child's own row last: it says what the rest came to."""
        life = self.life
        self._names()
        self._identifiers()
        self._involvements()
        self._care()
        self._timeline("recorded", self.recorded, self.recorder, "", None)
        for absence in life.absences:
            self._absence(absence)
        self._afterwards()
        self._closed_to_some()
        last = life.absences[-1]
        listed = stamp(last.reported)
        missing = stamp(last.started) if last.is_open else NULL
        self._permissions(listed, missing)
        sex = "" if self.rng.random() < 0.01 else "M" if life.is_boy else "F"
        self.records.lines["cases_child"].append(
            f"{self.id}\t{self.reference}\t{day(life.born)}\tf\t{sex}\t\t"
            f"{'t' if self.is_restricted else 'f'}\t{listed}\t{missing}\t{stamp(self.recorded)}\t1\t"
            f"{self.recorder.member(self.recorded)}\t{self.recorder.id}\n"
        )
        if self.is_restricted:
            self._named_reader()

    # --- who the child is

    def _names(self) -> None:
        rng, life = self.rng, self.life
        given = self.pick(words.BOYS if life.is_boy else words.GIRLS)
        family = self.pick(words.FAMILIES)
        if rng.random() < 0.06:
            family += "-" + self.pick(words.FAMILIES)
        self._name("legal", given, family, is_main=True)
        self.name = f"{given} {family}"
        if given in words.SHORTER:
            self._name("known_as", words.SHORTER[given], family)
        elif rng.random() < 0.03:
            self._name("former", given, self.pick(words.FAMILIES))

    def _name(self, kind: str, given: str, family: str, *, is_main: bool = False) -> None:
        forms = self.records.search_forms
        family_form = " ".join(forms[part] for part in family.split("-"))
        self.add(
            "cases_childname", self.id, kind, given, family, f"{forms[given]} {family_form}",
            "t" if is_main else "f", stamp(self.recorded), self.recorder.id,
        )  # fmt: skip

    def _identifiers(self) -> None:
        rng, at = self.rng, stamp(self.recorded)
        if rng.random() < HAS_NHS_NUMBER and (number := next(self.records.nhs, None)):
            kind = ChildIdentifier.Kind.NHS_NUMBER.value
            self.add("cases_childidentifier", self.id, kind, number, at, self.recorder.id)
        if rng.random() < HAS_PUPIL_NUMBER:
            number = pupil_number(
                authority=self.setting.home.dfe_code,
                year=day(self.life.born + 4 * YEAR).year,
                serial=rng.randrange(1000),
            )
            kind = ChildIdentifier.Kind.UPN.value
            self.add("cases_childidentifier", self.id, kind, number, at, self.recorder.id)

    def _involvements(self) -> None:
        setting, life = self.setting, self.life
        until = life.adult_at if life.adult_at < self.now else None
        if setting.school:
            self._involve(setting.school, "school", until)
            self.asked.append((setting.school, PART_OF_ASKED["school"]))
        if setting.host.health and self.rng.random() < 0.4:
            self._involve(setting.host.health, "health", until)
            self.asked.append((setting.host.health, PART_OF_ASKED["health"]))
        if setting.carer:
            self._involve(setting.carer, setting.carer.kind, life.looked_after_until)
        if setting.is_out_of_area:
            self._involve(setting.host.body, "host_council", life.looked_after_until)

    def _involve(self, body: Body, capacity: str, until: int | None) -> None:
        ends = NULL if until is None else stamp(max(until, self.recorded))
        self.add(
            "cases_involvement", self.id, body.id, capacity, stamp(self.recorded), ends,
            self.recorder.id,
        )  # fmt: skip

    def _care(self) -> None:
        """Write the period of being looked after, whose work the child is, and the council's part."""
        since, until = self.life.looked_after_from, self.life.looked_after_until
        if since is None:
            return
        council, starts = self.setting.home.body, stamp(since)
        self.add(
            "cases_lookedafterperiod", self.id, council.id, self.pick(("C2", "V2", "C1")),
            day(since), NULL if until is None else day(until), starts, 1,
        )  # fmt: skip
        self._grant(
            council, Part.RESPONSIBLE_COUNCIL, "responsibility", f"looked after from {day(since)}",
            since, ended=until, why="no longer looked after",
        )  # fmt: skip
        if until is None:
            self.add("cases_allocation", self.id, self.pick(council.members), starts)

    # --- what happened

    def _reporter(self) -> Body:
        """Draw who reports this child missing."""
        setting, draw = self.setting, self.rng.random()
        if setting.carer and draw < 0.75:
            return setting.carer
        if draw < 0.9 or not setting.school:
            return setting.host.force if draw < 0.65 else setting.home.body
        return setting.school

    def _absence(self, absence: Absence) -> None:
        rng, setting = self.rng, self.setting
        force = setting.host.force if rng.random() < 0.9 else setting.home.force
        reporter = self.recorder if absence is self.life.absences[0] else self._reporter()
        reference = next(self.records.references["ME"])
        key = next(self.records.keys["cases_missingepisode"])
        self._episode(key, reference, absence, force)
        self._report(key, reference, absence, force, reporter)
        self._updates(key, absence, (force, setting.home.body, reporter))
        self._clock(absence, reference, force)
        self._parts(absence, reference, force, reporter)
        self._logged(absence, reference, force, reporter)

    def _episode(self, key: int, reference: str, absence: Absence, force: Body) -> None:
        at, records = absence, self.records
        precision = self.pick(("exact", "about", "about", "hour"))
        returned = NULL if at.returned is None else stamp(at.returned)
        by = force.member(at.reported)
        records.lines["cases_missingepisode"].append(
            f"{key}\t{self.id}\t{reference}\t{'A' if at.is_away else 'M'}\t{stamp(at.started)}\t"
            f"{precision}\t{stamp(at.started)}\t{precision}\t{stamp(at.reported)}\tf\t"
            f"{NULL if at.located is None else stamp(at.located)}\texact\t{returned}\texact\t"
            f"{NULL if at.returned is None else by}\t\t"
            f"{NULL if at.withdrawn is None else stamp(at.withdrawn)}\t"
            f"{NULL if at.withdrawn is None else by}\t"
            f"{NULL if at.closed is None else stamp(at.closed)}\t{force.id}\t"
            f"{NULL if at.accepted is None else stamp(at.accepted)}\t"
            f"{NULL if at.accepted is None else by}\t"
            f"{'' if at.accepted is None else f'CAD-{key:07}'}\t1\n"
        )

    def _report(
        self, key: int, reference: str, absence: Absence, force: Body, reporter: Body
    ) -> None:
        """Write what the reporter said, and where the child was last seen."""
        rng, at, member = self.rng, stamp(absence.reported), reporter.member(absence.reported)
        report = next(self.records.references["RP"])
        unit = force.desk(absence.reported)
        contact = f"{self.pick(words.GIRLS)} {self.pick(words.FAMILIES)}"
        self.add(
            "cases_report", self.id, key, report, reporter.id, CASE, "{}", "f", at,
            member, self.name, force.id, unit or NULL, self.pick(words.WORRIES),
            self.pick(words.DONE), contact, self.pick(self.records.phones), "t",
        )  # fmt: skip
        self.add(
            "cases_location", self.id, key, next(self.records.references["LO"]), reporter.id,
            CASE, "{}", "f", at, member, LAST_SEEN,
            self.pick(self.records.places), self.setting.host.area_code, "",
            stamp(absence.started),
        )  # fmt: skip
        self._timeline(REPORTED, absence.reported, reporter, report, key)
        if absence.accepted is not None:
            kind = ACCEPTED
            self._timeline(kind, absence.accepted, force, reference, key)
        if absence.returned is not None:
            kind = RETURNED
            self._timeline(kind, absence.returned, force, reference, key)

    def _updates(self, key: int, absence: Absence, who: tuple[Body, ...]) -> None:
        rng, until = self.rng, absence.located or absence.withdrawn or self.now
        while rng.random() < 0.45:
            body = self.pick(who)
            at = stamp(int(rng.uniform(absence.reported, until)))
            audience = self.pick(AUDIENCES)
            police_only = audience == OWN and body.kind == "force"
            self.add(
                "cases_update", self.id, key, next(self.records.references["MU"]), body.id,
                audience, "{}", "t" if police_only else "f", at, body.member(until),
                self.pick(UPDATE_KINDS), self.pick(words.LEARNED), at, "exact",
            )  # fmt: skip

    def _clock(self, absence: Absence, reference: str, force: Body) -> None:
        """Write the force's clock for accepting the report: five minutes."""
        done = absence.accepted or absence.withdrawn
        self.add(
            "cases_deadline", self.id, force.id, force.desk(absence.reported) or NULL,
            ACCEPT_REPORT, reference, stamp(absence.reported),
            stamp(absence.reported + 300), NULL if done is None else stamp(done),
            NULL if done is None else force.member(absence.reported),
        )  # fmt: skip

    def _logged(self, absence: Absence, reference: str, force: Body, reporter: Body) -> None:
        """Write the act log's lines: the report, and the force's look at it."""
        self._entry(absence.reported, reporter, "collection", "cases.report", reference)
        read = min(absence.reported + 120, self.now)
        self._entry(read, force, "consultation", "cases.child", self.reference)

    def _entry(self, at: int, body: Body, operation: str, verb: str, reference: str) -> None:
        which = at // HOUR % len(body.members)
        self.add(
            "audit_entry", stamp(at), f"{self.rng.getrandbits(128):032x}", body.users[which],
            body.id, body.members[which], "web", operation, verb, "done", f"{{{self.id}}}",
            f"{{{reference}}}", "unit" if body.units else "agency", "",
        )  # fmt: skip

    def _timeline(self, kind: str, at: int, body: Body, reference: str, key: int | None) -> None:
        instant = stamp(at)
        self.add(
            "cases_timelineentry", self.id, key or NULL, kind, reference, instant, instant, body.id,
            body.member(at), f"{self.rng.getrandbits(128):032x}",
        )  # fmt: skip

    # --- who may see it

    def _parts(self, absence: Absence, reference: str, force: Body, reporter: Body) -> None:
        """Open the parts that a report opens, and end those that its end ends."""
        setting, at = self.setting, absence.reported
        over = absence.closed or absence.withdrawn
        self._grant(force, Part.LEAD_FORCE, "lead", reference, at, unit=force.desk(at), ended=over)
        self._reporters_part(reporter, reference, at, over)
        self._councils_part(reference, at, over)
        if setting.is_out_of_area and absence.accepted:
            self._grant(
                setting.host.body, Part.HOST_COUNCIL, "report", reference, absence.accepted,
                unit=setting.host.body.desk(at), ended=over,
            )  # fmt: skip
        if setting.home.force is not force and absence.accepted:
            self._grant(
                setting.home.force, Part.HOME_FORCE, "report", reference, absence.accepted,
                unit=setting.home.force.desk(at), ended=over,
            )  # fmt: skip
        for body, part in self.asked:
            if absence.accepted and body is not reporter:
                self._grant(
                    body, part, "question", reference, absence.accepted,
                    ended=absence.returned, why="the child is back",
                )  # fmt: skip
        if absence.returned and self.rng.random() < 0.25:
            self._interview(absence.returned, reference)
        if over is None and self.rng.random() < 0.02:
            self._shared_by_a_person(force, at)

    def _reporters_part(self, reporter: Body, reference: str, at: int, over: int | None) -> None:
        """Open a part to a reporter who had none: for carers, as long as the child is there."""
        if reporter.kind in CARER_PARTS:
            if not self.is_carer_live:
                self.is_carer_live = True
                self._grant(
                    reporter, CARER_PARTS[reporter.kind], "report", reference, at,
                    ended=self.life.looked_after_until, why="lives elsewhere",
                )  # fmt: skip
        elif reporter.kind == "school":
            self._grant(reporter, PART_OF_REPORTER["school"], "report", reference, at, ended=over)

    def _councils_part(self, reference: str, at: int, over: int | None) -> None:
        council = self.setting.home.body
        since, until = self.life.looked_after_from, self.life.looked_after_until
        if since is not None and (until is None or at < until):
            self._grant(
                council, Part.RESPONSIBLE_COUNCIL, "responsibility", reference, at,
                unit=council.desk(at), ended=over,
            )  # fmt: skip
        elif not self.is_home_council_live:
            self.is_home_council_live = True
            adult = self.life.adult_at
            self._grant(
                council, Part.HOME_COUNCIL, "report", reference, at,
                ended=adult if adult < self.now else None, why="eighteen",
            )  # fmt: skip

    def _interview(self, returned: int, reference: str) -> None:
        """Refer the child to a charity: its part ends by itself after eight weeks."""
        body = self.pick(self.records.nation.charities)
        self._grant(
            body, Part.RHI_PROVIDER, "referral", f"RHI {reference}", returned,
            until=returned + 56 * DAY,
        )  # fmt: skip

    def _shared_by_a_person(self, force: Body, at: int) -> None:
        other = self.pick(self.records.nation.forces)
        if other is not self.records.nation.widest:
            self._grant(
                other, Part.HOST_FORCE, "person", "", at,
                reason=words.SHARED_BECAUSE, by=force.member(at),
            )  # fmt: skip

    def _afterwards(self) -> None:
        """Leave the force that led last what was, until the child is eighteen."""
        closed = [absence for absence in self.life.absences if absence.closed]
        if not closed or closed[-1].closed is None:
            return
        start = closed[-1].closed
        if self.life.adult_at > start:
            self._grant(
                self.setting.host.force, Part.LEAD_FORCE_AFTERWARDS, "lead", "closed", start,
                until=self.life.adult_at,
            )  # fmt: skip

    def _grant(
        self,
        body: Body,
        part: Part,
        basis: str,
        source: str,
        start: int,
        *,
        unit: int | None = None,
        until: int | None = None,
        ended: int | None = None,
        why: str = "closed",
        reason: str = "",
        by: int | None = None,
    ) -> None:
        """Write a grant: `until` is an end set from the first, `ended` one that came."""
        if ended is not None:
            ended = max(ended, start)
            if ended > self.now:
                ended = None
        at = stamp(start)
        self.add(
            "cases_grant", self.id, next(self.records.references["GR"]), body.id,
            unit or NULL, NAMES_OF_PARTS[part], self.records.opens[part], at,
            NULL if until is None else stamp(until), basis, reason, source, at,
            by or NULL, NULL if ended is None else stamp(ended), why if ended is not None else "",
        )  # fmt: skip
        if ended is None and (until is None or until > self.now):
            self.live.append(Given(body, part, until))

    def _permissions(self, listed: str, missing: str) -> None:
        """Write guardian's rows as `cases.services.sharing.recompute` would: the union."""
        until: dict[tuple[int, int], float] = {}
        for given in self.live:
            end = float("inf") if given.until is None else given.until
            for permission in self.records.permissions[given.part]:
                key = (given.body.group_id, permission)
                until[key] = max(until.get(key, 0), end)
        for (group, permission), end in sorted(until.items()):
            ends = FOREVER if end == float("inf") else stamp(int(end))
            self.add("cases_childpermission", group, permission, self.id, listed, missing, ends)
        widest = self.records.nation.widest
        if not self.is_restricted and any(given.body is widest for given in self.live):
            self.records.widest_room -= 1

    def _closed_to_some(self) -> None:
        if self.rng.random() < KEPT_FROM:
            council = self.setting.home.body
            self.add(
                "cases_keepfrom", self.id, council.users[0], self.records.reason,
                stamp(self.recorded), council.members[-1],
            )  # fmt: skip

    def _named_reader(self) -> None:
        council = self.setting.home.body
        self.add(
            "cases_namedreader", self.id, council.users[-1], stamp(self.recorded),
            council.members[-1],
        )  # fmt: skip
