"""How the person behind a session is loaded: together with the factors that every request asks about."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from missingchildren.agencies.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, with one query where the person and their second factors would be two."""

    def get_user(self, user_id: Any) -> User | None:
        """Return an active person, or None."""
        held = Authenticator.objects.filter(user_id=OuterRef("pk")).values(
            one=JSONObject(kind=F("type"), kept=F("data__kept"))
        )
        user = User.objects.annotate(held_factors=ArraySubquery(held)).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
