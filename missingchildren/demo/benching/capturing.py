"""The SQL of one page, as the page sent it."""

from dataclasses import dataclass

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class NotShown(Exception):
    """The page was not shown, so its SQL says nothing."""


@dataclass(frozen=True)
class Captured:
    """What one request sent to the database, without the control of transactions."""

    statements: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """Return what can be sent again and again: everything but the line in the act log."""
        return tuple(sql for sql in self.statements if sql.lstrip(" (").startswith("SELECT"))


def capture(client: Client, address: str) -> Captured:
    """Ask for a page, once to warm up and once to listen.

    Raises:
        NotShown: it was refused, or led elsewhere.
    """
    _require_shown(client.get(address), address)
    with CaptureQueriesContext(connection) as context:
        answer = client.get(address)
    _require_shown(answer, address)
    statements = (str(query["sql"]) for query in context.captured_queries)
    return Captured(tuple(sql for sql in statements if not sql.lstrip().startswith(CONTROL)))


def _require_shown(answer: HttpResponseBase, address: str) -> None:
    if answer.status_code != 200:
        raise NotShown(f"{address} answered {answer.status_code}")
