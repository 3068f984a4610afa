"""Second factors as they are kept: seeds encrypted, codes that count once, recovery codes hashed."""

import hashlib
import secrets
from collections.abc import Iterable

from allauth.core.internal.cryptokit import (
    compare_user_code,
    generate_user_code,
    normalize_user_code,
)
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction
from django.utils.crypto import salted_hmac

from missingchildren.agencies.models import User
from missingchildren.core.encryption import decrypt, encrypt

# How many steps of 30 seconds a telephone's clock may be wrong, either way.
STEPS_ASTRAY = 1
RECOVERY_CODES = 10
RECOVERY_CODE_SYMBOLS = 12  # of 20: 52 bits, behind a slow hash
SCRYPT = {"n": 2**14, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 32}

PRIMARY = frozenset({Authenticator.Type.TOTP.value, Authenticator.Type.WEBAUTHN.value})


def held_by(user: User) -> dict[str, bool]:
    """Return the kinds of factor a person has; for recovery codes, whether they were kept."""
    rows = Authenticator.objects.filter(user_id=user.pk).values_list("type", "data__kept")
    return {kind: kept is not False for kind, kept in rows}


def held_when_loaded(user: User) -> dict[str, bool]:
    """Return the same as `held_by` for the person of a request, as it was when the request began."""
    loaded = getattr(user, "held_factors", None)
    if loaded is None:
        return held_by(user)
    return {each["kind"]: each["kept"] is not False for each in loaded}


def has_another(authenticator: Authenticator) -> bool:
    """Return whether the person could still sign in without this factor."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=PRIMARY)
    return bool(others.exclude(pk=authenticator.pk).exists())


def handle_of(authenticator: Authenticator) -> str:
    """Return what an address calls a factor by: made from its key, and telling nothing of it."""
    return salted_hmac("agencies.factor", str(authenticator.pk)).hexdigest()[:20]


def matching_step(*, secret: str, code: str, at: float) -> int | None:
    """Return the step of 30 seconds that this code belongs to, if it is one of those about `at`."""
    now = int(at) // mfa_settings.TOTP_PERIOD
    for step in range(now + STEPS_ASTRAY, now - STEPS_ASTRAY - 1, -1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


@transaction.atomic
def use_totp_code(*, authenticator_id: int, code: str, at: float) -> bool:
    """Accept a code from an authenticator app, once; it and every earlier one are then dead.

    The last step accepted is kept on the row and compared under its lock: of two requests
    with one code, one is refused.
    """
    authenticator = (
        Authenticator.objects.select_for_update()
        .filter(pk=authenticator_id, type=Authenticator.Type.TOTP)
        .first()
    )
    if authenticator is None:
        return False
    step = matching_step(secret=decrypt(authenticator.data["secret"]), code=code, at=at)
    if step is None or step <= authenticator.data.get("last_step", 0):
        return False
    authenticator.data["last_step"] = step
    authenticator.save(update_fields=["data"])
    return True


def add_totp(*, user: User, secret: str, last_step: int = 0) -> Authenticator:
    """Give a person an authenticator app; codes up to `last_step` do not count."""
    return Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.TOTP,
        data={"secret": encrypt(secret), "last_step": last_step},
    )


@transaction.atomic
def make_recovery_codes(*, user: User) -> list[str]:
    """Make ten recovery codes in place of any earlier ones, and return them this once.

    Only a slow hash of each is kept, under one salt for the set, so that a person's answer
    costs one hash whichever code it is. They count once `keep_recovery_codes` is called.
    """
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    codes = [
        generate_user_code(length=RECOVERY_CODE_SYMBOLS, dashed=True) for _ in range(RECOVERY_CODES)
    ]
    salt = secrets.token_hex(16)
    hashes = [_hash(code, salt) for code in codes]
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"salt": salt, "hashes": hashes, "kept": False},
    )
    return codes


@transaction.atomic
def keep_recovery_codes(*, user: User) -> bool:
    """Note that the person says they have kept their codes."""
    row = _locked_codes(user_id=user.pk)
    if row is None:
        return False
    row.data["kept"] = True
    row.save(update_fields=["data"])
    return True


@transaction.atomic
def use_recovery_code(*, user_id: int, code: str) -> Authenticator | None:
    """Accept a recovery code, once, and return the set it was in."""
    row = _locked_codes(user_id=user_id)
    if row is None or not row.data["hashes"]:
        return None
    given = _hash(code, row.data["salt"])
    left = [kept for kept in row.data["hashes"] if not secrets.compare_digest(kept, given)]
    if len(left) == len(row.data["hashes"]):
        return None
    row.data["hashes"] = left
    row.save(update_fields=["data"])
    return row


def recovery_codes_left(authenticators: Iterable[Authenticator]) -> int:
    """Return how many recovery codes among these factors are unused."""
    return sum(
        len(row.data["hashes"])
        for row in authenticators
        if row.type == Authenticator.Type.RECOVERY_CODES
    )


def _locked_codes(*, user_id: int) -> Authenticator | None:
    return (
        Authenticator.objects.select_for_update()
        .filter(user_id=user_id, type=Authenticator.Type.RECOVERY_CODES)
        .first()
    )


def _hash(code: str, salt: str) -> str:
    return hashlib.scrypt(
        normalize_user_code(code).encode(), salt=bytes.fromhex(salt), **SCRYPT
    ).hex()
