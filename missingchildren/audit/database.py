"""What the database itself must refuse: partitions of the log and rights of the serving role."""

from datetime import date
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections
from django.db.models import Model
from pghistory.models import Event
from psycopg2 import sql

MONTHS_AHEAD = 24


def after_migrating(*, app_config: AppConfig, using: str, **_: Any) -> None:
    """Add the coming months' partitions and set the serving role's rights, once per migrate."""
    if app_config is not [app for app in apps.get_app_configs() if app.models_module][-1]:
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('audit_entry') IS NOT NULL, current_date")
        migrated, today = cursor.fetchone()
        if migrated:
            ensure_partitions(cursor, first=today, months=MONTHS_AHEAD)
        if migrated and settings.APP_DATABASE_ROLE:
            grant_rights(cursor, role=settings.APP_DATABASE_ROLE)


def append_only_models() -> list[type[Model]]:
    """Return every model whose rows the serving role may add and read, never change."""
    return [
        model
        for model in apps.get_models()
        if getattr(model, "append_only", False) or issubclass(model, Event)
    ]


def ensure_partitions(cursor: Any, *, first: date, months: int) -> None:
    """Create the log's monthly partitions from the month of `first` onwards, where missing.

    A month whose rows already lie in the DEFAULT partition is left there.
    """
    month = first.replace(day=1)
    for _ in range(months):
        following = (month.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
        name = sql.Identifier(f"audit_entry_{month:%Y_%m}")
        cursor.execute("SELECT to_regclass(%s)", [f"audit_entry_{month:%Y_%m}"])
        exists = cursor.fetchone()[0] is not None
        cursor.execute(
            "SELECT EXISTS (SELECT FROM audit_entry_default WHERE at >= %s AND at < %s)",
            [month, following],
        )
        if not exists and not cursor.fetchone()[0]:
            cursor.execute(
                sql.SQL(
                    "CREATE TABLE {} PARTITION OF audit_entry FOR VALUES FROM ({}) TO ({})"
                ).format(name, sql.Literal(str(month)), sql.Literal(str(following)))
            )
        month = following


def grant_rights(cursor: Any, *, role: str) -> None:
    """Let the serving role read and write rows, own nothing, and only add to append-only tables."""
    name = sql.Identifier(role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
    ):
        cursor.execute(sql.SQL(statement).format(name))
    for model in append_only_models():
        cursor.execute(
            sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(model._meta.db_table), name
            )
        )
    cursor.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass"
    )
    for (partition,) in cursor.fetchall():
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(partition), name))
