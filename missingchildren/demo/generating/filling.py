"""Filling a database with a fictional nation, in one transaction."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from missingchildren.agencies.models import User
from missingchildren.audit.database import ensure_partitions
from missingchildren.demo.generating import nation, tables
from missingchildren.demo.generating.child import Child
from missingchildren.demo.generating.lives import DAY, YEAR
from missingchildren.demo.generating.loading import Loader, Timings
from missingchildren.demo.generating.records import Records

BATCH = 2_000  # children whose rows are held in memory at a time
YEARS = 11  # partitions of the log before today, so that no month falls into the default


class AlreadyFilled(Exception):
    """The database holds a generated nation; another would give its references twice."""


def fill(
    cursor: Any,
    *,
    children: int,
    seed: int,
    today: date,
    tell: Callable[[str], None] = lambda _: None,
) -> Timings:
    """Add agencies, people and children; the same for the same seed, number, day and keys so far.

    `cursor` is the owner's, in a transaction. Instants are counted back from the first of `today`
    (UTC). Encrypted texts are the same too, though never their tokens.

    Raises:
        AlreadyFilled: it was done before.
    """
    if User.objects.filter(email__endswith=f"@{nation.DOMAIN}").exists():
        raise AlreadyFilled("This database already holds a generated nation.")
    rng = Random(seed)  # noqa: S311 fiction, no secret
    now = int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp())
    ensure_partitions(
        cursor, first=today.replace(year=today.year - YEARS, day=1), months=12 * YEARS
    )
    loader = Loader(cursor, {**nation.COLUMNS, **tables.COLUMNS})
    with loader.resting():
        founded = now - 30 * YEAR // DAY * DAY
        founder = nation.Founder(loader, rng, founded=founded, children=children)
        writer = Records(
            founder.found(), loader, rng, children=children, now=now, permissions=_rights(cursor)
        )
        with ThreadPoolExecutor(max_workers=1) as copying:
            before: Future[None] | None = None
            for start in range(0, children, BATCH):
                for index in range(start, min(start + BATCH, children)):
                    life, setting, is_restricted = writer.draw(index)
                    Child(writer, life, setting, is_restricted=is_restricted).write()
                if before:
                    before.result()
                before = copying.submit(_copy, loader, list(writer.taken()))
                tell(f"{start:,} children")
            if before:
                before.result()
        tell("indexes and foreign keys")
    return loader.timings


def _copy(loader: Loader, batch: list[tuple[str, list[str]]]) -> None:
    """Copy a batch, while the next is written."""
    for table, lines in batch:
        loader.copy(table, lines)


def _rights(cursor: Any) -> dict[str, int]:
    """Return the keys of the rights to a child, by name."""
    cursor.execute(
        "SELECT codename, p.id FROM auth_permission p"
        " JOIN django_content_type c ON c.id = content_type_id"
        " WHERE c.app_label = 'cases' AND c.model = 'child'"
    )
    return dict(cursor.fetchall())
