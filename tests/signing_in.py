"""How tests sign people in: with a second factor in place, as the service demands."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from missingchildren.agencies import factors
from missingchildren.agencies.models import User
from missingchildren.agencies.sign_in import SECOND_FACTOR_AT

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(moment: float, seed: str = SEED) -> str:
    """Return what an authenticator app shows at a moment."""
    return format_hotp_value(hotp_value(seed, int(moment) // 30))  # type: ignore[no-any-return]


def give_second_factor(user: User) -> None:
    """Give a person an authenticator app with `SEED`, and recovery codes that nobody knows."""
    factors.add_totp(user=user, secret=SEED)
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"salt": "00", "hashes": ["00"] * 10, "kept": True},
    )


def sign_in(client: Client, user: User) -> None:
    """Sign a person in as if they had just used their second factor."""
    if not factors.held_by(user):
        give_second_factor(user)
    client.force_login(user)
    session = client.session
    session[SECOND_FACTOR_AT] = time.time()
    session.save()
