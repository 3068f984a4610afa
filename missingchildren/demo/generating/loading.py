"""Loading many rows at once: COPY into tables whose indexes, foreign keys and triggers rest."""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from psycopg2 import sql

# What the indexes are built with; given back when the transaction ends.
MEMORY = "512MB"
PORTION = 1 << 18


@dataclass
class Timings:
    """Rows and seconds, by table."""

    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    copying: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    restoring: dict[str, float] = field(default_factory=lambda: defaultdict(float))


@dataclass(frozen=True)
class Rest:
    """What was dropped from one table, as the statements that make it again."""

    table: str
    statements: tuple[str, ...]


class Loader:
    """One loading of one set of tables, on the owner's cursor inside one transaction."""

    def __init__(self, cursor: Any, columns: Mapping[str, Sequence[str]]) -> None:
        """Take the tables and, for each, the columns that rows come with."""
        self.cursor = cursor
        self.timings = Timings()
        self._copy = {
            table: sql.SQL("COPY {} ({}) FROM STDIN")
            .format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names)))
            .as_string(getattr(cursor, "cursor", cursor))
            for table, names in columns.items()
        }

    def copy(self, table: str, lines: Sequence[str]) -> None:
        """Append rows, each a line as COPY reads it, with its end."""
        if not lines:
            return
        began = time.perf_counter()
        self.cursor.copy_expert(self._copy[table], StringIO("".join(lines)), PORTION)
        self.timings.copying[table] += time.perf_counter() - began
        self.timings.rows[table] += len(lines)

    def first_key(self, table: str) -> int:
        """Return the first key that no row has."""
        self.cursor.execute(
            sql.SQL("SELECT coalesce(max(id), 0) + 1 FROM {}").format(sql.Identifier(table))
        )
        return int(self.cursor.fetchone()[0])

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Drop what makes each row dear, and make it again, checked, when all rows are in.

        All of it is the caller's transaction: whoever looks meanwhile waits, and should anything
        fail, everything is as it was. Triggers rest, so rows must bring what triggers fill, and
        leave no row history.
        """
        self.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [MEMORY])
        resting = [self._drop(table) for table in self._copy]
        yield
        # Every index before any foreign key, whose check reads them.
        for rest in resting:
            self._restore(rest, [text for text in rest.statements if "FOREIGN KEY" not in text])
        for rest in resting:
            self._restore(rest, [text for text in rest.statements if "FOREIGN KEY" in text])
        for table in self._copy:
            self._run("ALTER TABLE {} ENABLE TRIGGER USER", table)
            self.cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)",
                [table, self.first_key(table)],
            )

    def _drop(self, table: str) -> Rest:
        self._run("ALTER TABLE {} DISABLE TRIGGER USER", table)
        self.cursor.execute(CONSTRAINTS, [table])
        constraints = self.cursor.fetchall()
        self.cursor.execute(INDEXES, [table])
        indexes = self.cursor.fetchall()
        for name, _ in constraints:
            self._run("ALTER TABLE {} DROP CONSTRAINT {}", table, name)
        for name, _ in indexes:
            self._run("DROP INDEX {}", name)
        return Rest(
            table,
            (
                *(definition.replace(" ON ONLY ", " ON ") for _, definition in indexes),
                *(
                    f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}'
                    for name, definition in constraints
                ),
            ),
        )

    def _restore(self, rest: Rest, statements: Sequence[str]) -> None:
        began = time.perf_counter()
        for statement in statements:
            self.cursor.execute(statement)
        self.timings.restoring[rest.table] += time.perf_counter() - began

    def _run(self, statement: str, *names: str) -> None:
        self.cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


# Foreign keys, and what is checked by an index; primary keys stay: keys come in their order.
CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid)
  FROM pg_constraint
 WHERE conrelid = %s::regclass AND contype IN ('f', 'u', 'x')
 ORDER BY contype DESC, conname
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
  FROM pg_index
 WHERE indrelid = %s::regclass
   AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = indexrelid
                                                 AND c.conrelid = indrelid)
 ORDER BY 1
"""
