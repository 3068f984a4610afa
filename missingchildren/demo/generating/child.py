"""The rows of one fictional child, table by table, as the services leave them."""

from cases.models import ChildIdentifier, Location, Opening, Update
from cases.rules import LONGEST_OPENING, PART_OF_ASKED, Audience, Clock, Fact
from missingchildren.audit.models import Operation
from missingchildren.demo.generating import words
from missingchildren.demo.generating.lives import MINUTE, YEAR, Absence, Life
from missingchildren.demo.generating.messages import Concerned, Messages
from missingchildren.demo.generating.nation import Body
from missingchildren.demo.generating.numbers import day, pupil_number, stamp
from missingchildren.demo.generating.records import NULL, Records, Setting
from missingchildren.demo.generating.sharing import Sharing

# How often, where domain.md 8 has no rate.
HAS_NHS_NUMBER = 0.85
HAS_PUPIL_NUMBER = 0.60
KEPT_FROM = 0.001
OPENED_BY_ANOTHER_UNIT = 0.05

UPDATE_KINDS = [kind.value for kind in Update.Kind]
CASE, OWN = Audience.CASE.value, Audience.OWN.value
AUDIENCES = (CASE, CASE, CASE, Audience.STATUTORY.value, OWN)
RECORDED = Fact.RECORDED.value
REPORTED = Fact.REPORTED.value
ACCEPTED = Fact.ACCEPTED.value
RETURNED = Fact.RETURNED.value
UPDATED = Fact.UPDATE.value
NHS_NUMBER = ChildIdentifier.Kind.NHS_NUMBER.value
UPN = ChildIdentifier.Kind.UPN.value
LAST_SEEN = Location.Kind.LAST_SEEN.value
ACCEPT_REPORT = Clock.ACCEPT_REPORT.value
ON_DUTY = Opening.Reason.DUTY.value
COLLECTION, CONSULTATION, ALTERATION = (
    Operation.COLLECTION.value,
    Operation.CONSULTATION.value,
    Operation.ALTERATION.value,
)
OPENING_SECONDS = int(LONGEST_OPENING.total_seconds())


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
        self.sharing = Sharing(records, self.id, life, setting)
        self.concerned: list[Concerned] = []
        self.name = ""
        self.recorded = life.absences[0].reported
        self.recorder = self._reporter(self.recorded)

    def write(self) -> None:
        """Write everything, the child's own row last: it says what the rest came to."""
        life = self.life
        self._names()
        self._identifiers()
        self._involvements()
        self._care()
        self.records.timeline(self.id, RECORDED, self.recorded, self.recorder, "", None)
        for absence in life.absences:
            self._absence(absence)
        self.sharing.afterwards()
        live = {given.body.id for given in self.sharing.live}
        for concerned in self.concerned:
            Messages(self.records, self.id, concerned, live).write()
        self._closed_to_some()
        last = life.absences[-1]
        listed = stamp(last.reported)
        missing = stamp(last.started) if last.is_open else NULL
        self.sharing.permissions(listed, missing, is_restricted=self.is_restricted)
        sex = "" if self.rng.random() < 0.01 else "M" if life.is_boy else "F"
        self.records.lines["cases_child"].append(
            f"{self.id}\t{self.reference}\t{day(life.born)}\tf\t{sex}\t\t"
            f"{'t' if self.is_restricted else 'f'}\t{listed}\t{missing}\t{stamp(self.recorded)}\t1"
            f"\t{self.recorder.member(self.recorded)}\t{self.recorder.id}\n"
        )

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
            self.add("cases_childidentifier", self.id, NHS_NUMBER, number, at, self.recorder.id)
        if rng.random() < HAS_PUPIL_NUMBER:
            number = pupil_number(
                authority=self.setting.home.dfe_code,
                year=day(self.life.born + 4 * YEAR).year,
                serial=rng.randrange(1000),
            )
            self.add("cases_childidentifier", self.id, UPN, number, at, self.recorder.id)

    def _involvements(self) -> None:
        setting, life = self.setting, self.life
        until = life.adult_at if life.adult_at < self.now else None
        if setting.school:
            self._involve(setting.school, "school", until)
        if setting.host.health and self.rng.random() < 0.4:
            self._involve(setting.host.health, "health", until)
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
        if capacity in PART_OF_ASKED:
            self.sharing.asked.append((body, PART_OF_ASKED[capacity]))

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
        self.sharing.begin_care(council, since, until, day(since))
        if until is None:
            self.add("cases_allocation", self.id, self.pick(council.members), starts)

    # --- what happened

    def _reporter(self, at: int) -> Body:
        """Draw who reports this child missing."""
        setting, draw = self.setting, self.rng.random()
        if setting.carer and draw < 0.75 and self.life.is_looked_after(at):
            return setting.carer
        if draw < 0.9 or not setting.school:
            return setting.host.force if draw < 0.65 else setting.home.body
        return setting.school

    def _absence(self, absence: Absence) -> None:
        setting, records = self.setting, self.records
        force = setting.host.force if self.rng.random() < 0.9 else setting.home.force
        is_first = absence is self.life.absences[0]
        reporter = self.recorder if is_first else self._reporter(absence.reported)
        reference = next(records.references["ME"])
        key = self._episode(reference, absence, force)
        report = self._report(key, absence, force, reporter)
        self._clock(absence, reference, force)
        self.sharing.reported(absence, reference, force, reporter)
        told = self.sharing.accepted(absence, reference, force, reporter)
        self._updates(key, absence, (force, setting.home.body, reporter))
        self.sharing.returned(absence, reference)
        if absence.is_open:
            self.sharing.shared_by_a_person(force, absence.reported)
        self._steps(key, reference, report, absence, force, reporter)
        self._looks(absence, force)
        if absence.reported >= records.alerts_since:
            self.concerned.append(Concerned(absence, reference, report, force, reporter, told))

    def _episode(self, reference: str, at: Absence, force: Body) -> int:
        precision = self.pick(("exact", "about", "about", "hour"))
        started, by = stamp(at.started), force.member(at.reported)
        return self.add(
            "cases_missingepisode", self.id, reference, "A" if at.is_away else "M", started,
            precision, started, precision, stamp(at.reported), "f", _instant(at.located), "exact",
            _instant(at.returned), "exact", NULL if at.returned is None else by, "",
            _instant(at.withdrawn), NULL if at.withdrawn is None else by, _instant(at.closed),
            force.id, _instant(at.accepted), NULL if at.accepted is None else by,
            "" if at.accepted is None else f"CAD-{at.reported:010}-{self.id}", 1, "", "",
            NULL if at.closed is None else by, "",
        )  # fmt: skip

    def _report(self, key: int, absence: Absence, force: Body, reporter: Body) -> str:
        """Write what the reporter said and where the child was last seen; return its reference."""
        at, member = stamp(absence.reported), reporter.member(absence.reported)
        report = next(self.records.references["RP"])
        contact = f"{self.pick(words.GIRLS)} {self.pick(words.FAMILIES)}"
        self.add(
            "cases_report", self.id, key, report, reporter.id, CASE, "{}", "f", at,
            member, self.name, force.id, force.desk(absence.reported) or NULL,
            self.pick(words.WORRIES), self.pick(words.DONE), contact,
            self.pick(self.records.phones), "t",
        )  # fmt: skip
        self.add(
            "cases_location", self.id, key, next(self.records.references["LO"]), reporter.id,
            CASE, "{}", "f", at, member, LAST_SEEN,
            self.pick(self.records.places), self.setting.host.area_code, "",
            stamp(absence.started),
        )  # fmt: skip
        return report

    def _updates(self, key: int, absence: Absence, who: tuple[Body, ...]) -> None:
        rng, until = self.rng, absence.located or absence.withdrawn or self.now
        while rng.random() < 0.45:
            body = self.pick(who)
            at = int(rng.uniform(absence.reported, until))
            audience = self.pick(AUDIENCES)
            police_only = audience == OWN and body.kind == "force"
            reference = next(self.records.references["MU"])
            self.add(
                "cases_update", self.id, key, reference, body.id, audience, "{}",
                "t" if police_only else "f", stamp(at), body.member(at), self.pick(UPDATE_KINDS),
                self.pick(words.LEARNED), stamp(at), "exact",
            )  # fmt: skip
            self.records.timeline(self.id, UPDATED, at, body, reference, key)

    def _clock(self, absence: Absence, reference: str, force: Body) -> None:
        """Write the force's clock for accepting the report: five minutes."""
        done = absence.accepted or absence.withdrawn
        self.add(
            "cases_deadline", self.id, force.id, force.desk(absence.reported) or NULL,
            ACCEPT_REPORT, reference, next(self.records.references["DL"]),
            stamp(absence.reported), stamp(absence.reported + 5 * MINUTE), _instant(done),
            NULL if done is None else force.member(absence.reported), "", 1,
        )  # fmt: skip

    def _steps(
        self, key: int, episode: str, report: str, at: Absence, force: Body, reporter: Body
    ) -> None:
        """Write each step of the episode to the timeline and the act log."""
        for kind, when, body, operation, verb, reference in (
            (REPORTED, at.reported, reporter, COLLECTION, "cases.report", report),
            (ACCEPTED, at.accepted, force, ALTERATION, "cases.accept_report", episode),
            (RETURNED, at.returned, force, ALTERATION, "cases.record_return", episode),
        ):
            if when is not None:
                self.records.timeline(self.id, kind, when, body, reference, key)
                self.records.logged(self.id, when, body, operation, verb, reference)

    def _looks(self, absence: Absence, force: Body) -> None:
        """Write the desk's look at the record, and now and then another unit's, with its reason."""
        read = min(absence.reported + 2 * MINUTE, self.now)
        self.records.logged(
            self.id, read, force, CONSULTATION, "cases.child", self.reference, basis="unit"
        )
        if self.rng.random() < OPENED_BY_ANOTHER_UNIT:
            self.add(
                "cases_opening", self.id, force.members[-1], ON_DUTY, "", stamp(read),
                stamp(read + OPENING_SECONDS),
            )  # fmt: skip
            basis = f"asked: {ON_DUTY}"
            for verb in ("cases.open_with_reason", "cases.child"):
                self.records.logged(
                    self.id, read, force, CONSULTATION, verb, self.reference, basis=basis
                )

    # --- to whom it is closed

    def _closed_to_some(self) -> None:
        council, at = self.setting.home.body, stamp(self.recorded)
        if self.rng.random() < KEPT_FROM:
            self.add(
                "cases_keepfrom", self.id, council.users[0], self.records.reason, at,
                council.members[-1],
            )  # fmt: skip
        if self.is_restricted:
            self.add("cases_namedreader", self.id, council.users[-1], at, council.members[-1])


def _instant(seconds: int | None) -> str:
    return NULL if seconds is None else stamp(seconds)
