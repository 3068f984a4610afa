"""What every page shows around its own content; read only when a template asks for it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from missingchildren.web.navigation import Entry, entries


class Site:
    """The frame of a page: who is signed in, for which agency, and where they can go."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request; nothing is read yet."""
        self._request = request

    @property
    def name(self) -> str:
        """What the service is called."""
        return str(settings.SERVICE_NAME)

    @property
    def support_email(self) -> str:
        """Where to write for help; also the contact of the accessibility statement."""
        return str(settings.SUPPORT_EMAIL)

    @property
    def support_phone(self) -> str:
        """Whom to ring for help with the service, or ""."""
        return str(settings.SUPPORT_PHONE)

    @property
    def fiction_notice(self) -> str:
        """What a demonstration says on every page, or ""."""
        return str(settings.FICTION_NOTICE)

    @cached_property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @property
    def warning_after_seconds(self) -> int:
        """How long a page stands before it says that its reader will be signed out."""
        return int(settings.SESSION_IDLE_SECONDS - settings.SESSION_WARNING_SECONDS)

    @property
    def idle_minutes(self) -> int:
        """How long one stays signed in without using the service."""
        return int(settings.SESSION_IDLE_SECONDS // 60)

    @property
    def signed_out_at(self) -> datetime:
        """When whoever reads this page is signed out, unless they use the service."""
        return timezone.now() + timedelta(seconds=settings.SESSION_IDLE_SECONDS)

    @cached_property
    def person(self) -> str:
        """The name of the signed-in person."""
        return str(self._request.user) if self.signed_in else ""

    @cached_property
    def agency(self) -> str:
        """The agency they act for, or "" when they act for none."""
        membership = getattr(self._request, "acting", None)
        return str(membership.agency.name) if membership else ""

    @cached_property
    def navigation(self) -> list[Entry]:
        """The main entries; none for a stranger."""
        return entries(self._request, "main") if self.signed_in else []

    @cached_property
    def account(self) -> list[Entry]:
        """The entries beside the person's name."""
        return entries(self._request, "account") if self.signed_in else []


def page(request: HttpRequest) -> dict[str, Any]:
    """Give every template `site`."""
    return {"site": Site(request)}
