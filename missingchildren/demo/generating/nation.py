"""The agencies of the fictional nation: forces and councils of the real map, others made up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count
from random import Random
from typing import Any

from missingchildren.demo.generating import words
from missingchildren.demo.generating.loading import Loader
from missingchildren.demo.generating.numbers import references, stamp

DOMAIN = "generated.example"
NO_PASSWORD = "!"  # noqa: S105 Django's mark of an account that has none
# The widest viewer's part of the nation, so that about one child in fourteen is its own today.
WIDEST_SHARE = 0.15

COLUMNS = {
    "auth_group": ("id", "name"),
    "agencies_agency": (
        "id", "reference", "name", "short_name", "kind", "group_id", "nation", "is_active",
        "always_open", "opening_days", "mail_domains", "created_at",
    ),
    "agencies_agencyarea": ("id", "agency_id", "area_id", "is_statutory", "valid_from"),
    "agencies_unit": ("id", "reference", "agency_id", "name", "kind", "is_active", "created_at"),
    "agencies_user": (
        "id", "email", "full_name", "job_title", "is_active", "password", "created_at",
    ),
    "agencies_membership": ("id", "reference", "user_id", "agency_id", "roles", "starts_at"),
    "agencies_assignment": ("id", "membership_id", "unit_id", "starts_at"),
}  # fmt: skip

UNITS = {
    "force": (("Control room", "duty_desk"), ("Missing persons team", "team")),
    "council": (("Front door", "front_door"), ("Emergency duty team", "edt"), ("Children in care", "team")),
}  # fmt: skip
# Who works there: roles, and in which unit of the agency (none: the agency itself).
PEOPLE: dict[str, tuple[tuple[str, int | None], ...]] = {
    "force": (("control_room", 0), ("control_room", 0), ("supervisor", 1), ("practitioner", 1)),
    "council": (("practitioner", 0), ("practitioner", 1), ("practitioner", 2), ("manager", 2)),
}
ELSEWHERE: tuple[tuple[str, int | None], ...] = (("practitioner", None),)
# One agency of a kind for so many children, and how many at least.
DENSITY = {
    "school": (70, 12), "childrens_home": (350, 8), "fostering_agency": (2_800, 3),
    "supported_accommodation": (1_400, 3), "charity": (12_000, 3),
}  # fmt: skip


@dataclass(slots=True)
class Body:
    """One agency, as much of it as records need."""

    id: int
    reference: str
    group_id: int
    kind: str
    name: str
    units: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    users: list[int] = field(default_factory=list)

    def desk(self, at: int) -> int | None:
        """Return the unit that takes what is urgent: a council's two share the day."""
        if not self.units:
            return None
        return self.units[1 if self.kind == "council" and not 9 <= at % 86_400 // 3_600 < 17 else 0]

    def member(self, at: int) -> int:
        """Return one member, who it is following the hour."""
        return self.members[at // 3_600 % len(self.members)]


@dataclass(slots=True)
class Council:
    """One council with what is in its area."""

    body: Body
    force: Body
    area_code: str
    dfe_code: str
    neighbours: list[str]
    health: Body | None = None
    schools: list[Body] = field(default_factory=list)
    carers: list[Body] = field(default_factory=list)


@dataclass
class Nation:
    """Every agency, and councils drawn by size."""

    councils: list[Council]
    forces: list[Body]
    charities: list[Body]
    widest: Body
    narrowest: Body
    _ends: list[float]
    _elsewhere: list[float]
    _within: list[float]

    def council(self, rng: Random, *, widest: bool | None = None) -> Council:
        """Draw a council; `widest` asks for one inside or outside the widest viewer's area."""
        ends = self._ends if widest is None else self._within if widest else self._elsewhere
        return rng.choices(self.councils, cum_weights=ends)[0]


class Founder:
    """Makes the agencies, their units and people, beside whatever agencies there are."""

    def __init__(self, loader: Loader, rng: Random, *, founded: int, children: int) -> None:
        """Take when they were founded (seconds since 1970) and for how many children."""
        self.loader, self.rng, self.children = loader, rng, children
        self.at = stamp(founded)
        self.keys = {table: count(loader.first_key(table)) for table in COLUMNS}
        self.lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        self.references = {prefix: references(rng, prefix) for prefix in ("AG", "UN", "MB")}
        loader.cursor.execute("SELECT lower(name) FROM agencies_agency")
        self.names = {name for (name,) in loader.cursor.fetchall()}

    def found(self) -> Nation:
        """Return the nation after loading its agencies."""
        forces = {code: self._statutory("force", code, name) for code, name in self._rows(FORCES)}
        councils = {}
        for code, name, dfe_code, force_code in self._rows(COUNCILS):
            body = self._statutory("council", code, name)
            council = Council(body, forces[force_code], code, dfe_code or "000", [])
            council.health = self._body("health", f"{name} Community Health", code)
            councils[code] = council
        for code, neighbour in self._rows(NEIGHBOURS):
            councils[code].neighbours.append(neighbour)
        sizes = dict(self._rows(SIZES))
        weights = [float(sizes.get(code, 0.5)) for code in councils]
        in_order = list(councils.values())
        charities, narrowest = self._others(in_order, weights)
        for table, lines in self.lines.items():
            self.loader.copy(table, lines)
        return _nation(in_order, weights, list(forces.values()), charities, narrowest)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        self.loader.cursor.execute(query, values)
        return list(self.loader.cursor.fetchall())

    def _others(self, councils: list[Council], weights: list[float]) -> tuple[list[Body], Body]:
        """Make schools, carers and charities; return the charities and the narrowest viewer."""
        charities = []
        for kind, (density, least) in DENSITY.items():
            for number in range(max(least, self.children // density)):
                council = self.rng.choices(councils, weights)[0]
                body = self._body(kind, self._made_up(kind, council, number), council.area_code)
                if kind == "school":
                    council.schools.append(body)
                elif kind == "charity":
                    charities.append(body)
                else:
                    council.carers.append(body)
        area = councils[0]
        return charities, self._body("childrens_home", "Two Rivers House", area.area_code)

    def _made_up(self, kind: str, council: Council, number: int) -> str:
        word = words.LANDSCAPE[number % len(words.LANDSCAPE)]
        other = self.rng.choice(words.LANDSCAPE).lower()
        form = {
            "school": self.rng.choice(words.SCHOOL_FORMS),
            "childrens_home": self.rng.choice(words.HOME_FORMS),
            "fostering_agency": "Fostering",
            "supported_accommodation": "Supported Living",
            "charity": "Children's Trust",
        }[kind]
        return f"{word}{other} {form}"

    def _statutory(self, kind: str, area: str, name: str) -> Body:
        """Return the agency that answers for an area, made unless there is one already."""
        standing = self._rows(STANDING, [area])
        if not standing:
            return self._body(kind, name, area)
        key, reference, group_id, standing_name = standing[0]
        body = Body(key, reference, group_id, kind, standing_name)
        units = self._rows(
            "SELECT id, kind FROM agencies_unit WHERE is_active AND agency_id = %s", [body.id]
        )
        self._staff(body, {kind: unit for unit, kind in units})
        return body

    def _body(self, kind: str, name: str, area: str) -> Body:
        """Make an agency with its group, units and people."""
        unused = name
        for number in count(2):
            if unused.lower() not in self.names:
                break
            unused = f"{name} {number}"
        self.names.add(unused.lower())
        reference = next(self.references["AG"])
        keys = next(self.keys["agencies_agency"]), next(self.keys["auth_group"])
        body = Body(keys[0], reference, keys[1], kind, unused)
        self._add("auth_group", body.group_id, reference)
        self._add(
            "agencies_agency", body.id, reference, unused, unused[:60], kind, body.group_id,
            "England", "t", "t" if kind in UNITS else "f", "{}", "{}", self.at,
        )  # fmt: skip
        self._add(
            "agencies_agencyarea", next(self.keys["agencies_agencyarea"]), body.id, area,
            "t" if kind in UNITS else "f", self.at[:10],
        )  # fmt: skip
        self._staff(body)
        return body

    def _staff(self, body: Body, standing: Mapping[str, int] | None = None) -> None:
        """Add people, and units but those that stand already."""
        for name, kind in UNITS.get(body.kind, ()):
            if standing and kind in standing:
                body.units.append(standing[kind])
                continue
            unit = next(self.keys["agencies_unit"])
            body.units.append(unit)
            self._add(
                "agencies_unit", unit, next(self.references["UN"]), body.id, name, kind, "t",
                self.at,
            )  # fmt: skip
        for role, unit_at in PEOPLE.get(body.kind, ELSEWHERE):
            self._person(body, role, unit_at)

    def _person(self, body: Body, role: str, unit_at: int | None) -> None:
        user, member = next(self.keys["agencies_user"]), next(self.keys["agencies_membership"])
        name = f"{self.rng.choice(words.GIRLS + words.BOYS)} {self.rng.choice(words.FAMILIES)}"
        self._add(
            "agencies_user", user, f"person{user}@{DOMAIN}", name, role.replace("_", " ").title(),
            "t", NO_PASSWORD, self.at,
        )  # fmt: skip
        self._add(
            "agencies_membership", member, next(self.references["MB"]), user, body.id,
            f"{{{role}}}", self.at,
        )  # fmt: skip
        if unit_at is not None:
            self._add(
                "agencies_assignment", next(self.keys["agencies_assignment"]), member,
                body.units[unit_at], self.at,
            )  # fmt: skip
        body.members.append(member)
        body.users.append(user)

    def _add(self, table: str, *values: object) -> None:
        self.lines[table].append("\t".join(map(str, values)) + "\n")


def _nation(
    councils: list[Council],
    weights: list[float],
    forces: list[Body],
    charities: list[Body],
    narrowest: Body,
) -> Nation:
    by_force: dict[int, float] = defaultdict(float)
    for council, weight in zip(councils, weights, strict=True):
        by_force[council.force.id] += weight
    widest_id = max(by_force, key=lambda force: by_force[force])
    widest = next(force for force in forces if force.id == widest_id)
    inside = [c.force.id == widest_id for c in councils]
    rest = sum(weights) - by_force[widest_id]
    shared = [
        weight / by_force[widest_id] * WIDEST_SHARE if is_in else weight / rest * (1 - WIDEST_SHARE)
        for weight, is_in in zip(weights, inside, strict=True)
    ]
    return Nation(
        councils, forces, charities, widest, narrowest,
        _ends=list(accumulate(shared)),
        _elsewhere=list(accumulate(_where(shared, inside, wanted=False))),
        _within=list(accumulate(_where(shared, inside, wanted=True))),
    )  # fmt: skip


def _where(weights: list[float], inside: list[bool], *, wanted: bool) -> Iterator[float]:
    return (w if is_in is wanted else 0.0 for w, is_in in zip(weights, inside, strict=True))


STANDING = """
SELECT a.id, a.reference, a.group_id, a.name FROM agencies_agency a
  JOIN agencies_agencyarea s ON s.agency_id = a.id
 WHERE s.is_statutory AND s.valid_to IS NULL AND s.area_id = %s
"""
FORCES = """
SELECT code, name FROM agencies_area
 WHERE kind = 'force' AND form = 'territorial' AND nation IN ('England', 'Wales')
   AND valid_to IS NULL
 ORDER BY code
"""
COUNCILS = """
SELECT a.code, coalesce(nullif(a.council_name, ''), a.name), a.dfe_code, f.force_id
  FROM agencies_area a
  JOIN agencies_areaforce f ON f.authority_id = a.code AND f.valid_to IS NULL
 WHERE a.kind = 'authority' AND a.nation = 'England' AND a.valid_to IS NULL
 ORDER BY a.code
"""
NEIGHBOURS = """
SELECT area_id, neighbour_id FROM agencies_areaadjacency j
  JOIN agencies_area a ON a.code = j.area_id AND a.nation = 'England'
  JOIN agencies_area b ON b.code = j.neighbour_id AND b.nation = 'England'
 WHERE j.basis <> '' AND j.valid_to IS NULL
 ORDER BY 1, 2
"""
# How many postcodes sectors' worth an area has stands for how many people live there.
SIZES = """
SELECT area_id, sum(share) FROM agencies_postcodesector WHERE valid_to IS NULL GROUP BY area_id
"""
