"""What the log needs to know of an act, and the database's clock."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.db import connection


class Channel(StrEnum):
    """How an act reached the service."""

    WEB = "web"
    API = "api"
    TASK = "task"
    COMMAND = "command"


class ActIds(Protocol):
    """One act, reduced to ids: who did it, for which agency, at which database time."""

    @property
    def id(self) -> UUID: ...
    @property
    def now(self) -> datetime: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def agency_id(self) -> int | None: ...
    @property
    def membership_id(self) -> int | None: ...
    @property
    def channel(self) -> Channel: ...


def database_now() -> datetime:
    """Return the database's time: the only clock that decides anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now: datetime = cursor.fetchone()[0]
    return now
