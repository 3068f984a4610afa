"""Months of the log that generating adds, dropped again: other tests count on its default."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections


@contextmanager
def kept() -> Iterator[None]:
    """Leave the log with the partitions that it has now."""
    before = _partitions()
    yield
    with connections["owner"].cursor() as cursor:
        for name in _partitions() - before:
            cursor.execute(f"DROP TABLE {name}")


def _partitions() -> set[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = 'audit_entry'::regclass"
        )
        return {name for (name,) in cursor.fetchall()}
