"""How the person behind a session is loaded: with everything that every request asks about them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from missingchildren.agencies.acts import with_rights
from missingchildren.agencies.models import Membership, User
from missingchildren.core.prepared import Parameter, Prepared


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, with one query for the person, their second factors and their memberships."""

    def get_user(self, user_id: Any) -> User | None:
        """Return an active person, or None.

        `held_factors` and `read_memberships` hold what they had when the request began.
        """
        memberships: list[Any] = _memberships(user=user_id)
        user: Any
        if memberships:
            user = memberships[0].user
            user.held_factors = memberships[0].held_factors
        else:
            user = User.objects.annotate(held_factors=_factors_of("pk")).filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.read_memberships = memberships
        return user  # type: ignore[no-any-return]


def _factors_of(key: str) -> ArraySubquery:
    held = Authenticator.objects.filter(user_id=OuterRef(key))
    return ArraySubquery(held.values(one=JSONObject(kind=F("type"), kept=F("data__kept"))))


_memberships = Prepared(
    lambda: with_rights(Membership.objects.filter(user=Parameter("user"))).annotate(
        held_factors=_factors_of("user_id")
    )
)
