"""Loading the published tables of refdata/, for the first time or as a new vintage.

Plain SQL on a cursor, with no models: the migration that fills the tables uses it too.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from psycopg2 import sql

DIRECTORY = Path(__file__).with_name("refdata")

FILES = (
    "local_authorities",
    "police_forces",
    "la_police_force",
    "lad_codes",
    "ni_lgd_hsc_trust",
    "la_adjacency",
    "la_adjacency_doubtful",
    "outcodes",
    "outcodes_non_uk_or_non_geographic",
    "postcode_sectors",
    "postcode_straddling_sectors",
    "postcode_exceptions",
)


class UnusableVintage(Exception):
    """Tables that cannot be loaded as asked; nothing was changed."""


@dataclass(frozen=True)
class Table:
    """One dated table and the query over the files that gives its rows.

    Rows that agree in `identity` are one fact; the other columns may be corrected in place.
    """

    name: str
    columns: tuple[str, ...]
    rows: str
    identity: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """How many rows of one table a vintage began, ended, or corrected."""

    table: str
    begun: int = 0
    ended: int = 0
    corrected: int = 0

    def __bool__(self) -> bool:
        """Return whether anything changed."""
        return bool(self.begun or self.ended or self.corrected)


TABLES = (
    Table(
        "agencies_area",
        (
            "code",
            "name",
            "short_name",
            "council_name",
            "kind",
            "form",
            "nation",
            "region",
            "dfe_code",
            "cjs_code",
        ),
        """
        SELECT code, name, short_name, council_name,
            CASE body_kind WHEN 'hsc_trust' THEN 'trust' ELSE 'authority' END,
            type, nation, region, dfe_code, ''
        FROM file_local_authorities
        UNION ALL
        SELECT code, name, short_name, '', 'force', kind, nation, '', '', cjs_code
        FROM file_police_forces
        """,
        identity=("code",),
    ),
    Table(
        "agencies_areaforce",
        ("authority_id", "force_id"),
        "SELECT la_code, police_force_code FROM file_la_police_force",
    ),
    Table(
        "agencies_areaadjacency",
        ("area_id", "neighbour_id", "basis", "shared_km", "is_doubtful", "reason"),
        """
        WITH doubtful AS (
            SELECT la_code, other_la_code, in_la_adjacency, reason
            FROM file_la_adjacency_doubtful
            UNION ALL
            SELECT other_la_code, la_code, in_la_adjacency, reason
            FROM file_la_adjacency_doubtful
        )
        SELECT f.la_code, adjoining_la_code, basis, shared_km::numeric(6, 2),
            is_doubtful::boolean, coalesce(reason, '')
        FROM file_la_adjacency f
        LEFT JOIN doubtful d ON d.la_code = f.la_code AND other_la_code = adjoining_la_code
        UNION ALL
        SELECT la_code, other_la_code, '', 0, true, reason
        FROM doubtful WHERE in_la_adjacency = 'false'
        """,
    ),
    Table(
        "agencies_districtcode",
        ("code", "name", "is_current", "area_id", "is_exact", "note"),
        """
        SELECT lad_code, lad_name, is_current::boolean, coalesce(n.la_code, l.la_code),
            coalesce(is_exact, 'true')::boolean, coalesce(note, '')
        FROM file_lad_codes l LEFT JOIN file_ni_lgd_hsc_trust n ON lgd_code = lad_code
        """,
    ),
    Table(
        "agencies_outcode",
        ("outcode", "area_id", "share", "rank"),
        "SELECT outcode, la_code, share::numeric(5, 4), rank::smallint FROM file_outcodes",
    ),
    Table(
        "agencies_placelessoutcode",
        ("outcode", "reason"),
        "SELECT outcode, reason FROM file_outcodes_non_uk_or_non_geographic",
    ),
    Table(
        "agencies_postcodesector",
        ("sector", "area_id", "share", "rank"),
        "SELECT sector, la_code, share::numeric(5, 4), rank::smallint FROM file_postcode_sectors",
    ),
    Table(
        "agencies_straddlingsector",
        ("sector", "area_id", "units"),
        "SELECT sector, la_code, units FROM file_postcode_straddling_sectors",
    ),
    Table(
        "agencies_postcodeexception",
        ("postcode", "area_id"),
        "SELECT postcode, la_code FROM file_postcode_exceptions",
    ),
)


def load(
    cursor: Any, *, directory: Path = DIRECTORY, starts_on: date | None = None
) -> list[Change]:
    """Bring the tables to what the files say; call it inside a transaction.

    Into empty tables everything is loaded without a beginning. Afterwards a vintage holds from
    `starts_on`, which may lie ahead: what it no longer has ends then, what it adds begins then.
    Loading the same vintage again changes nothing; loading it corrected, with the same date,
    leaves what loading it once would have left.

    Raises:
        UnusableVintage: a file is missing or empty, or something changed and `starts_on` is
            missing or before what is stored.
        psycopg2.Error, django.db.Error: a file is broken, or names areas that another lacks.
    """
    for file in FILES:
        _read(cursor, directory / f"{file}.csv", into=f"file_{file}")
    for table in TABLES:
        _run(cursor, "DROP TABLE IF EXISTS {new}", table)
        _run(cursor, f"CREATE TEMPORARY TABLE {{new}} ({{columns}}) AS {table.rows}", table)
        _run(cursor, "ANALYZE {new}", table)

    cursor.execute("SELECT EXISTS (SELECT FROM agencies_area)")
    if not cursor.fetchone()[0]:
        changes = [Change(table.name, begun=_begin(cursor, table, None)) for table in TABLES]
    elif not any(_differs(cursor, table) for table in TABLES):
        changes = [Change(table.name) for table in TABLES]
    elif starts_on is None:
        raise UnusableVintage("These tables differ from what is stored: say from which day.")
    else:
        changes = _merge(cursor, starts_on)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # an area that is missing shows here
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return changes


def _read(cursor: Any, path: Path, *, into: str) -> None:
    """Copy a file, as text, into a temporary table."""
    table = sql.Identifier(into)
    cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
    try:
        with path.open(encoding="utf-8", newline="") as text:
            columns = [sql.SQL("{} text").format(sql.Identifier(c)) for c in next(csv.reader(text))]
            cursor.execute(
                sql.SQL("CREATE TEMPORARY TABLE {} ({})").format(table, sql.SQL(", ").join(columns))
            )
            copy = sql.SQL("COPY {} FROM STDIN WITH (FORMAT csv, NULL '\\N')")
            cursor.copy_expert(copy.format(table), text)
    except (OSError, StopIteration) as error:
        raise UnusableVintage(f"{path} cannot be read.") from error


def _merge(cursor: Any, starts_on: date) -> list[Change]:
    """Return what a later vintage changes, after changing it."""
    for table in TABLES:
        _refuse_to_rewrite_history(cursor, table, starts_on)
    withdrawn = {table.name: _withdraw(cursor, table, starts_on) for table in reversed(TABLES)}
    changes = []
    for table in TABLES:
        corrected = _correct(cursor, table)
        reopened = _reopen(cursor, table, starts_on)
        ended = _end(cursor, table, starts_on) + withdrawn[table.name]
        begun = _begin(cursor, table, starts_on) + reopened
        changes.append(Change(table.name, begun=begun, ended=ended, corrected=corrected))
    return changes


# --- the steps for one table


def _differs(cursor: Any, table: Table) -> bool:
    """Return whether what arrives is not what is stored without an end."""
    return bool(
        _run(
            cursor,
            """
            SELECT FROM (SELECT * FROM {stored} WHERE valid_to IS NULL) s
            FULL JOIN {new} n ON {same}
            WHERE s.{first} IS NULL OR n.{first} IS NULL OR {different} LIMIT 1
            """,
            table,
        )
    )


def _refuse_to_rewrite_history(cursor: Any, table: Table, starts_on: date) -> None:
    later = _run(
        cursor,
        "SELECT FROM {stored} WHERE valid_from > %s OR valid_to > %s LIMIT 1",
        table,
        [starts_on, starts_on],
    )
    if later:
        raise UnusableVintage(
            f"{table.name} already holds changes after {starts_on}: vintages are loaded in order."
        )


def _withdraw(cursor: Any, table: Table, starts_on: date) -> int:
    """Delete what an earlier loading of this vintage began and this one does not have."""
    return _run(
        cursor,
        "DELETE FROM {stored} s WHERE valid_from = %s"
        " AND NOT EXISTS (SELECT FROM {new} n WHERE {same})",
        table,
        [starts_on],
    )


def _correct(cursor: Any, table: Table) -> int:
    """Bring the other columns of the same facts up to date."""
    return _run(
        cursor,
        "UPDATE {stored} s SET {assignments} FROM {new} n WHERE {same} AND {different}",
        table,
    )


def _reopen(cursor: Any, table: Table, starts_on: date) -> int:
    """Go on with what an earlier loading of this vintage ended and this one has."""
    return _run(
        cursor,
        "UPDATE {stored} s SET valid_to = NULL FROM {new} n WHERE valid_to = %s AND {same}",
        table,
        [starts_on],
    )


def _end(cursor: Any, table: Table, starts_on: date) -> int:
    return _run(
        cursor,
        "UPDATE {stored} s SET valid_to = %s WHERE valid_to IS NULL"
        " AND NOT EXISTS (SELECT FROM {new} n WHERE {same})",
        table,
        [starts_on],
    )


def _begin(cursor: Any, table: Table, starts_on: date | None) -> int:
    return _run(
        cursor,
        "INSERT INTO {stored} ({columns}, valid_from) SELECT {columns}, %s::date FROM {new} n"
        " WHERE NOT EXISTS (SELECT FROM {stored} s WHERE {same} AND s.valid_to IS NULL)",
        table,
        [starts_on],
    )


def _run(cursor: Any, statement: str, table: Table, values: Sequence[Any] = ()) -> int:
    """Execute a statement about one table and return how many rows it touched."""
    identity = table.identity or table.columns
    others = tuple(column for column in table.columns if column not in identity)
    cursor.execute(
        sql.SQL(statement).format(
            stored=sql.Identifier(table.name),
            new=sql.Identifier(f"new_{table.name}"),
            first=sql.Identifier(table.columns[0]),
            columns=_each(table.columns, "{}", ", "),
            same=_each(identity, "s.{0} = n.{0}", " AND "),
            different=_each(others, "s.{0} <> n.{0}", " OR "),
            assignments=_each(others or identity, "{0} = n.{0}", ", "),
        ),
        values or None,
    )
    return int(cursor.rowcount)


def _each(columns: Sequence[str], form: str, between: str) -> sql.Composable:
    """Return `form` for each column; for no column, what is never true."""
    if not columns:
        return sql.SQL("false")
    each = sql.SQL(between).join(sql.SQL(form).format(sql.Identifier(c)) for c in columns)
    return sql.SQL("({})").format(each) if between in {" AND ", " OR "} else each
