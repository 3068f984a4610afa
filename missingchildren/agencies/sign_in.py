"""Signing in: allauth's decisions as this service takes them, and what the log keeps of them."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal import ratelimit
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from missingchildren.agencies import factors
from missingchildren.agencies.acting import is_for_the_signed_in
from missingchildren.agencies.acts import personal_act, system_act
from missingchildren.agencies.models import User
from missingchildren.audit import log
from missingchildren.audit.acts import Channel
from missingchildren.audit.models import Operation, Outcome
from missingchildren.core.encryption import decrypt, encrypt

logger = logging.getLogger(__name__)

# When, in this session, a second factor was last used or added (seconds since 1970).
SECOND_FACTOR_AT = "second_factor_at"
LONGEST_SESSION = timedelta(hours=12)
RECENTLY = timedelta(minutes=5)

View = Callable[..., HttpResponse]


def note(*, user: User | None, verb: str, outcome: Outcome = Outcome.DONE, basis: str = "") -> None:
    """Write one entry about signing in: whose, never which address or code was typed."""
    act = personal_act(user, Channel.WEB) if user else system_act(Channel.WEB)
    log.record(act=act, operation=Operation.ACCESS, verb=verb, outcome=outcome, basis=basis)


def signed_in_recently(request: HttpRequest) -> bool:
    """Return whether the person proved within five minutes that it is they.

    By a second factor; by the password alone only while they have no second factor yet.
    """
    at = request.session.get(SECOND_FACTOR_AT)
    if at is None and isinstance(request.user, User):
        records = get_authentication_records(request, request.user)
        if records and not factors.PRIMARY & factors.held_by(request.user).keys():
            at = records[-1]["at"]
    return at is not None and time.time() - at < RECENTLY.total_seconds()


def recent_sign_in_required(view: View) -> View:
    """Ask for the second factor again before this page, unless that was done recently."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not signed_in_recently(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return checked


def note_second_factor(request: HttpRequest) -> None:
    """Remember in the session that a second factor was used or added just now."""
    request.session[SECOND_FACTOR_AT] = time.time()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """How an account is signed in to: by invitation only, and telling nobody who has one."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is wrong.",
        "enter_current_password": "Enter your current password.",
        "incorrect_password": "The password is wrong.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
        "rate_limited": "Too many attempts. Wait five minutes, then try again.",
        "incorrect_code": "The code is wrong, has expired or was used before.",
        "account_inactive": "This account has been closed. Ask your agency's administrator.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts are made by invitation."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether one may be sent on to this address: this host's own only."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the e-mail, built from settings and never from the request."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return settings.SITE_URL.rstrip("/") + path  # type: ignore[no-any-return]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this attempt against the account from this address, and from anywhere."""
        login = str(credentials.get("email", "")).lower()
        self._usages = []
        for action, key in (
            ("login_failed", f"{login} {self.get_client_ip(request)}"),
            ("login_failed_anywhere", login),
        ):
            usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if not usage:
                note(
                    user=_account(login), verb="sign_in", outcome=Outcome.DENIED, basis="throttled"
                )
                raise self.validation_error("too_many_login_attempts")
            self._usages.append(usage)

    def _rollback_login_failed_rl_usage(self) -> None:
        for usage in self._usages:
            usage.rollback()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return whose password this is; a closed account answers like a wrong password."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log a wrong password."""
        verb = "step_up" if request.user.is_authenticated else "sign_in"
        account = _account(str(credentials.get("email", "")).lower())
        note(user=account, verb=verb, outcome=Outcome.FAILED, basis="password")

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in under a new session id, for twelve hours and not a moment longer."""
        super().login(request, user)
        request.session.set_expiry(timezone.now() + LONGEST_SESSION)
        note(user=user, verb="sign_in")

    def logout(self, request: HttpRequest) -> None:
        """Sign out: the session is gone from the server."""
        user = request.user if isinstance(request.user, User) else None
        super().logout(request)
        note(user=user, verb="sign_out")

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Send the holder of a closed account's passkey back to the sign-in page."""
        note(user=user, verb="sign_in", outcome=Outcome.DENIED, basis="account_closed")
        messages.error(request, self.error_messages["account_inactive"])
        return HttpResponseRedirect(reverse("account_login"))

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Return whether the person must show again that it is they."""
        return not signed_in_recently(self.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways to do so, passkey first; the password only for want of a factor."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        words = {
            "mfa_reauthenticate:webauthn": "Use a passkey",
            "mfa_reauthenticate": "Use a code",
            "reauthenticate": "Use your password",
        }
        ranked = sorted(methods, key=lambda method: list(words).index(method["id"]))
        if len(ranked) > 1:
            ranked = [method for method in ranked if method["id"] != "reauthenticate"]
        return [method | {"description": words[method["id"]]} for method in ranked]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the page about the person's own sign-in."""
        return reverse("mfa_index")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send an account e-mail; what it is about has happened even if it cannot be sent."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            logger.warning("%s was not sent: %s", template_prefix, type(error).__name__)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How second factors are kept and named."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is wrong, has expired or was used before.",
        "cannot_delete_authenticator": "Add another way to sign in first, then remove this one.",
    }

    def encrypt(self, text: str) -> str:
        """Return a seed as it is stored."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a seed as it is used."""
        return decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether another factor would be left."""
        return factors.has_another(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Return a name for a passkey that was not given one."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return whom passkeys are for: the site's own host, whatever the request says."""
        return {
            "id": urlsplit(settings.SITE_URL).hostname or "",
            "name": settings.MFA_TOTP_ISSUER,
        }


class SecondFactorMiddleware:
    """Keeps a signed-in person to the enrolment pages until their second factor is in place.

    A session in which no second factor was used or added is as good as none, even where the
    account has one: it may have been opened with a password alone before the factor was added.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of a page that this session may not reach yet."""
        is_api = hasattr(view, "cls")  # REST framework exempts its views from LoginRequired
        if not isinstance(request.user, User):
            return None
        if not is_api and not is_for_the_signed_in(view):
            return None
        step = unfinished_step(request)
        match = request.resolver_match
        if step is None or (match and match.url_name in REACHABLE[step]):
            return None
        if is_api:
            return JsonResponse(
                {"type": "about:blank", "title": "Second factor required", "status": 403},
                status=403,
                content_type="application/problem+json",
            )
        return HttpResponseRedirect(step_url(request, step))

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseRedirect | None:
        """Ask for the second factor again; unlike allauth, keep nothing of what was posted."""
        if not isinstance(exception, ReauthenticationRequired):
            return None
        return HttpResponseRedirect(step_url(request, "step_up"))


STEPPING_UP = frozenset(
    {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
)
REACHABLE = {
    "enrol": STEPPING_UP
    | {"mfa_index", "mfa_start_totp", "mfa_activate_totp", "mfa_totp_image", "mfa_add_webauthn"},
    "step_up": STEPPING_UP,
    "recovery_codes": STEPPING_UP | {"mfa_generate_recovery_codes", "mfa_keep_recovery_codes"},
}


def unfinished_step(request: HttpRequest) -> str | None:
    """Return what a signed-in person must do before anything else, if anything."""
    assert isinstance(request.user, User)
    held = factors.held_when_loaded(request.user)
    if not factors.PRIMARY & held.keys():
        return "enrol"
    if SECOND_FACTOR_AT not in request.session:
        return "step_up"
    if not held.get(Authenticator.Type.RECOVERY_CODES):
        return "recovery_codes"
    return None


def step_url(request: HttpRequest, step: str) -> str:
    """Return the page where that is done, which then leads back here."""
    if step == "enrol":
        return reverse("mfa_index")
    if step == "recovery_codes":
        return reverse("mfa_generate_recovery_codes")
    methods = AccountAdapter(request).get_reauthentication_methods(request.user)  # type: ignore[arg-type]
    url = methods[0]["url"] if methods else reverse("account_login")
    return f"{url}?{urlencode({'next': request.get_full_path()})}"


def connect() -> None:
    """Listen to what allauth announces; called once, when the app is ready."""
    listeners = (
        (mfa_signals.authenticator_used, on_factor_used),
        (mfa_signals.authenticator_added, on_factor_added),
        (mfa_signals.authenticator_removed, on_factor_removed),
        (mfa_signals.authentication_failed, on_factor_failed),
        (account_signals.password_changed, on_password_changed),
        (account_signals.password_reset, on_password_reset),
        (account_signals.authentication_step_completed, on_step_completed),
    )
    for signal, listener in listeners:
        signal.connect(listener, dispatch_uid=f"agencies.{listener.__name__}")


def on_factor_used(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Remember and log the use of a second factor."""
    note_second_factor(request)
    verb = "step_up" if kwargs.get("reauthenticated") else "second_factor"
    note(user=user, verb=verb, basis=authenticator.type)


def on_step_completed(*, request: HttpRequest, **kwargs: Any) -> None:
    """Give the session a new id when its rights have just grown."""
    if kwargs.get("reauthenticated"):
        request.session.cycle_key()


def on_factor_added(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Remember and log a new factor."""
    note_second_factor(request)
    request.session.cycle_key()
    note(user=user, verb="factor_added", basis=authenticator.type)


def on_factor_removed(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Log the removal of a factor."""
    note(user=user, verb="factor_removed", basis=authenticator.type)


def on_factor_failed(
    *, user: User, authenticator: Authenticator, reauthentication: bool = False, **_: Any
) -> None:
    """Log a wrong code."""
    verb = "step_up" if reauthentication else "second_factor"
    note(user=user, verb=verb, outcome=Outcome.FAILED, basis=authenticator.type)


def on_password_changed(*, user: User, **_: Any) -> None:
    """Log a changed password."""
    note(user=user, verb="password_changed")


def on_password_reset(*, user: User, **_: Any) -> None:
    """Log a password reset."""
    note(user=user, verb="password_reset")


def _account(email: str) -> User | None:
    return User.objects.filter(email=email).first()
