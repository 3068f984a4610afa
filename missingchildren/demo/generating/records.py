"""The shape of the nation's records: who lives where, and the rows drawn so far."""

from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from typing import NamedTuple, TypeVar

from cases.rules import PARTS
from missingchildren.core.encryption import encrypt
from missingchildren.core.names import search_form
from missingchildren.demo.generating import lives, words
from missingchildren.demo.generating.lives import DAY, HOUR, Life
from missingchildren.demo.generating.loading import Loader
from missingchildren.demo.generating.nation import Body, Council, Nation
from missingchildren.demo.generating.numbers import nhs_numbers, references, stamp
from missingchildren.demo.generating.tables import COLUMNS

T = TypeVar("T")

NULL = r"\N"
FORMS = {table: "\t".join(["%s"] * len(names)) + "\n" for table, names in COLUMNS.items()}

# How often, where domain.md 8 has no rate.
OUT_OF_AREA = 0.37
RESTRICTED = 0.0005
MISSING_NOW = 0.00075
FEWEST_MISSING = 8
WIDEST = 14  # the widest viewer may open one child in so many
NARROWEST = 2
SAMPLES = 200  # of each encrypted text: encrypting two million would take longer than all else
# Alerts, and the log of whom they told, begin here: what is older came from other systems.
ALERTS_SINCE = 400 * DAY


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
    """Draws children one after the other and keeps their rows until they are taken."""

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
        self.alerts_since = now - ALERTS_SINCE
        self.keys = {table: count(loader.first_key(table)) for table in COLUMNS}
        self.lines: dict[str, list[str]] = {table: [] for table in COLUMNS}
        self.references = {
            prefix: references(rng, prefix)
            for prefix in ("MC", "ME", "RP", "LO", "MU", "GR", "AL", "DL")
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
        self.missing_step = max(1, children // max(FEWEST_MISSING, round(children * MISSING_NOW)))

    def draw(self, index: int) -> tuple[Life, Setting, bool]:
        """Return child number `index`: life, who answers, and whether the record is restricted.

        The narrowest viewer's children come first. The widest viewer's room is filled as it
        comes, and by the last children if need be.
        """
        must = self.widest_room >= self.children - index
        narrow = index < NARROWEST
        inside = True if must else None if self.widest_room else False
        life = lives.draw(
            self.rng,
            now=self.now,
            missing_now=index % self.missing_step == 0,
            looked_after=True if narrow else False if must else None,
            recent=must or narrow,
        )
        home = self.nation.council(self.rng, widest=inside)
        setting = self._setting(home, life, widest=inside, narrow=narrow)
        return life, setting, not narrow and self.rng.random() < RESTRICTED

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

    def act(self) -> str:
        """Return the key of a new act."""
        return f"{self.rng.getrandbits(128):032x}"

    def add(self, table: str, *values: object) -> int:
        """Add a row, and return the key that it is given."""
        key = next(self.keys[table])
        self.lines[table].append(FORMS[table] % (key, *values))
        return key

    def timeline(
        self, child: int, kind: str, at: int, body: Body, reference: str, episode: int | None
    ) -> None:
        """Add a line to a child's timeline."""
        instant = stamp(at)
        self.add(
            "cases_timelineentry", child, episode or NULL, kind, reference, instant, instant,
            body.id, body.member(at), self.act(),
        )  # fmt: skip

    def logged(
        self,
        child: int,
        at: int,
        body: Body,
        operation: str,
        verb: str,
        reference: str,
        *,
        basis: str = "",
        recipient: str = "",
    ) -> None:
        """Add a line to the act log."""
        which = at // HOUR % len(body.members)
        self.add(
            "audit_entry", stamp(at), self.act(), body.users[which], body.id, body.members[which],
            "web", operation, verb, "done", f"{{{child}}}", f"{{{reference}}}", basis, recipient,
        )  # fmt: skip

    def taken(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the rows so far by table, and begin anew."""
        for table, lines in self.lines.items():
            yield table, lines
            self.lines[table] = []
