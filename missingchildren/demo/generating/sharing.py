"""Who may see one fictional child: the grants of its life, and guardian's rows as their union."""

from typing import NamedTuple

from cases.rules import PART_OF_REPORTER, Fact, Part
from missingchildren.demo.generating import words
from missingchildren.demo.generating.lives import DAY, Absence, Life
from missingchildren.demo.generating.nation import Body
from missingchildren.demo.generating.numbers import stamp
from missingchildren.demo.generating.records import NULL, Records, Setting

FOREVER = "infinity"
SHARED = Fact.SHARED.value
INTERVIEWED = 0.25
SHARED_BY_A_PERSON = 0.02
INTERVIEW_ENDS_AFTER = 56 * DAY
CARER_PARTS = {
    kind: PART_OF_REPORTER[kind]
    for kind in ("childrens_home", "fostering_agency", "supported_accommodation")
}
NAMES_OF_PARTS = {part: part.value for part in Part}


class Given(NamedTuple):
    """One part that is live: whose, what it opens, until when (None: no end)."""

    body: Body
    part: Part
    until: int | None


class Told(NamedTuple):
    """One agency that an episode concerns, and its unit."""

    body: Body
    unit: int | None
    part: Part
    basis: str


class Sharing:
    """Opens and ends the parts in one child's record."""

    def __init__(self, records: Records, child: int, life: Life, setting: Setting) -> None:
        """Take the child's key, its life and who answers for it."""
        self.records, self.child, self.life, self.setting = records, child, life, setting
        self.live: list[Given] = []
        self.asked: list[tuple[Body, Part]] = []
        self._carers: set[int] = set()
        self._is_home_council_live = False

    def begin_care(self, council: Body, since: int, until: int | None, day: object) -> None:
        """Open the part of the council that looks after the child."""
        self.grant(
            council, Part.RESPONSIBLE_COUNCIL, "responsibility", f"looked after from {day}", since,
            ended=until, why="no longer looked after",
        )  # fmt: skip

    def reported(self, absence: Absence, reference: str, force: Body, reporter: Body) -> None:
        """Open the parts that a report makes: the force, the reporter, who is responsible."""
        at, over = absence.reported, absence.closed or absence.withdrawn
        self.grant(force, Part.LEAD_FORCE, "lead", reference, at, unit=force.desk(at), ended=over)
        if reporter.kind in CARER_PARTS and reporter.id not in self._carers:
            self._carers.add(reporter.id)
            self.grant(
                reporter, CARER_PARTS[reporter.kind], "report", reference, at,
                ended=self.life.looked_after_until, why="lives elsewhere",
            )  # fmt: skip
        elif reporter.kind == "school":
            self.grant(reporter, PART_OF_REPORTER["school"], "report", reference, at, ended=over)
        if self.life.is_looked_after(at):
            council = self.setting.home.body
            self.grant(
                council, Part.RESPONSIBLE_COUNCIL, "responsibility", reference, at,
                unit=council.desk(at), ended=over,
            )  # fmt: skip
        else:
            self._home_council(reference, at)

    def _home_council(self, reference: str, at: int) -> None:
        """Open the part of the council where the child lives, once, until the child is eighteen."""
        if not self._is_home_council_live:
            self._is_home_council_live = True
            adult = self.life.adult_at
            self.grant(
                self.setting.home.body, Part.HOME_COUNCIL, "report", reference, at,
                ended=adult if adult < self.records.now else None, why="eighteen",
            )  # fmt: skip

    def accepted(self, absence: Absence, reference: str, force: Body, reporter: Body) -> list[Told]:
        """Open the parts of those whom an accepted report concerns, and return them."""
        at, setting = absence.accepted, self.setting
        if at is None:
            return []
        told = []
        if self.life.is_looked_after(at):
            body = setting.home.body
            told.append(Told(body, body.desk(at), Part.RESPONSIBLE_COUNCIL, "responsibility"))
        for body, part, concerned in (
            (setting.host.body, Part.HOST_COUNCIL, setting.is_out_of_area),
            (setting.home.force, Part.HOME_FORCE, setting.home.force is not force),
        ):
            if concerned:
                told.append(Told(body, body.desk(at), part, "report"))
                self.grant(
                    body, part, "report", reference, at, unit=body.desk(at),
                    ended=absence.closed or absence.withdrawn,
                )  # fmt: skip
        for body, part in self.asked:
            if body is not reporter:
                told.append(Told(body, None, part, "question"))
                self.grant(
                    body, part, "question", reference, at, ended=absence.returned,
                    why="the child is back",
                )  # fmt: skip
        return told

    def returned(self, absence: Absence, reference: str) -> None:
        """Refer some children to a charity: its part ends by itself after eight weeks."""
        if absence.returned is not None and self.records.rng.random() < INTERVIEWED:
            self.grant(
                self.records.pick(self.records.nation.charities), Part.RHI_PROVIDER, "referral",
                f"RHI {reference}", absence.returned,
                until=absence.returned + INTERVIEW_ENDS_AFTER,
            )  # fmt: skip

    def shared_by_a_person(self, force: Body, at: int) -> None:
        """Let the force share a few records with another one."""
        other = self.records.pick(self.records.nation.forces)
        if other is not self.records.nation.widest and (
            self.records.rng.random() < SHARED_BY_A_PERSON
        ):
            self.grant(
                other, Part.HOST_FORCE, "person", "", at,
                reason=words.SHARED_BECAUSE, by=force.member(at),
            )  # fmt: skip

    def afterwards(self) -> None:
        """Leave the force that led last what was, until the child is eighteen."""
        start = next((a.closed for a in reversed(self.life.absences) if a.closed), None)
        if start is not None and self.life.adult_at > start:
            self.grant(
                self.setting.host.force, Part.LEAD_FORCE_AFTERWARDS, "lead", "closed", start,
                until=self.life.adult_at,
            )  # fmt: skip

    def grant(
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
        """Add a grant: `until` is an end set from the first, `ended` one that came."""
        records = self.records
        if ended is not None:
            ended = None if ended > records.now else max(ended, start)
        at, reference = stamp(start), next(records.references["GR"])
        records.add(
            "cases_grant", self.child, reference, body.id, unit or NULL, NAMES_OF_PARTS[part],
            records.opens[part], at, NULL if until is None else stamp(until), basis, reason,
            source, at, by or NULL, NULL if ended is None else stamp(ended),
            "" if ended is None else why,
        )  # fmt: skip
        records.timeline(self.child, SHARED, start, body, reference, None)
        if ended is None and (until is None or until > records.now):
            self.live.append(Given(body, part, until))

    def permissions(self, listed: str, missing: str, *, is_restricted: bool) -> None:
        """Add guardian's rows as `cases.services.sharing.recompute` would: the union."""
        records = self.records
        until: dict[tuple[int, int], float] = {}
        for given in self.live:
            end = float("inf") if given.until is None else given.until
            for permission in records.permissions[given.part]:
                key = (given.body.group_id, permission)
                until[key] = max(until.get(key, 0), end)
        for (group, permission), end in sorted(until.items()):
            ends = FOREVER if end == float("inf") else stamp(int(end))
            records.add(
                "cases_childpermission", group, permission, self.child, listed, missing,
                "t" if is_restricted else "f", ends,
            )  # fmt: skip
        if not is_restricted and any(given.body is records.nation.widest for given in self.live):
            records.widest_room -= 1
