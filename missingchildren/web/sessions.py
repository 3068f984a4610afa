"""Django's sessions in the database, read by a query that is built once (`core.prepared`)."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from missingchildren.core.prepared import Parameter, Prepared

_session = Prepared(
    lambda: Session.objects.filter(
        session_key=Parameter("key"), expire_date__gt=Parameter("now")
    ).order_by()
)


class SessionStore(db.SessionStore):
    """The settings' SESSION_ENGINE."""

    def _get_session_from_db(self) -> Any:
        found = _session(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None
