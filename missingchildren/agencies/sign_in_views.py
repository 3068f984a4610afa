"""Pages for signing in and for one's own second factors, where allauth's own do not serve."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from missingchildren.agencies import factors
from missingchildren.agencies.models import User
from missingchildren.agencies.sign_in import note, recent_sign_in_required
from missingchildren.agencies.sign_in_forms import AddAppForm, ForgottenPasswordForm
from missingchildren.core.encryption import decrypt, encrypt

# The seed of an authenticator app that is being added: encrypted, gone once it is added.
NEW_SEED = "new_authenticator_seed"


class RedirectThen(HttpResponseRedirect):
    """A redirect that does something once it has been sent, so that nobody can time it."""

    def __init__(self, to: str, then: Callable[[], None]) -> None:
        super().__init__(to)
        self._then: Callable[[], None] | None = then

    def close(self) -> None:
        """Do it, once, and end the request."""
        then, self._then = self._then, None
        try:
            if then:
                then()
        finally:
            super().close()


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page of allauth have our frame: its own `site` would take the place of ours."""

    @wraps(view)
    def cleared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and response.context_data:
            response.context_data.pop("site", None)
        return response

    return cleared


@login_not_required
def absent(_request: HttpRequest, **_: Any) -> HttpResponse:
    """Answer for pages of allauth that this service does not have."""
    raise Http404


class SignOutView(account_views.LogoutView):  # type: ignore[misc]
    """Signs out, on the server and in the browser."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session and have the browser forget what it kept."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


@require_GET
def stay(_request: HttpRequest) -> HttpResponse:
    """Count as use of the service: somebody asked to stay signed in."""
    return HttpResponse(status=204)


@login_not_required
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that one is signed out."""
    return render(request, "account/signed_out.html")


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Ask where to send a link; answer alike, and in the same time, whoever has an account."""
    form = ForgottenPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        refused: HttpResponse | None = ratelimit.consume_or_429(
            request, app="allauth.account", action="reset_password", key=email
        )
        return refused or RedirectThen(
            reverse("account_reset_password_done"), lambda: _send_reset_link(request, email)
        )
    return render(request, "account/password_reset.html", {"form": form})


def _send_reset_link(request: HttpRequest, email: str) -> None:
    users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    if not users:
        return
    with context.request_context(request):
        request_password_reset(request, email, users, default_token_generator)
    note(user=users[0], verb="password_reset_asked")


@never_cache
@require_GET
def own_sign_in(request: HttpRequest) -> HttpResponse:
    """Show one's ways to sign in, or have the first one chosen."""
    held = list(Authenticator.objects.filter(user_id=request.user.pk).order_by("created_at"))
    passkeys = [
        {"name": row.wrap().name, "added_at": row.created_at, "handle": factors.handle_of(row)}
        for row in held
        if row.type == Authenticator.Type.WEBAUTHN
    ]
    app = next((row for row in held if row.type == Authenticator.Type.TOTP), None)
    return render(
        request,
        "mfa/index.html" if passkeys or app else "mfa/enrol.html",
        {"passkeys": passkeys, "app": app, "codes_left": factors.recovery_codes_left(held)},
    )


@require_POST
@recent_sign_in_required
def start_app(request: HttpRequest) -> HttpResponse:
    """Make the seed of a new authenticator app."""
    request.session[NEW_SEED] = encrypt(generate_totp_secret())
    return redirect("mfa_activate_totp")


@never_cache
@recent_sign_in_required
@require_http_methods(["GET", "POST"])
def add_app(request: HttpRequest) -> HttpResponse:
    """Show the new app's seed and take its first code."""
    secret = _new_seed(request)
    if secret is None or factors.held_by(_person(request)).get(Authenticator.Type.TOTP):
        return redirect("mfa_index")
    form = AddAppForm(request.POST or None, user=request.user, secret=secret)
    if request.method == "POST" and form.is_valid():
        row = factors.add_totp(user=_person(request), secret=secret, last_step=form.step)
        del request.session[NEW_SEED]
        _announce_added(request, row, "mfa/email/totp_activated")
        return redirect("mfa_index")
    spaced = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return render(request, "mfa/totp/activate_form.html", {"form": form, "secret": spaced})


@never_cache
@recent_sign_in_required
@require_GET
def app_image(request: HttpRequest) -> HttpResponse:
    """Return the new app's seed as a QR code."""
    secret = _new_seed(request)
    if secret is None:
        raise Http404
    adapter = get_mfa_adapter()
    image = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(image, content_type="image/svg+xml")


@recent_sign_in_required
@require_http_methods(["GET", "POST"])
def remove_app(request: HttpRequest) -> HttpResponse:
    """Take the authenticator app away, if another factor is left."""
    row = Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.TOTP
    ).first()
    if row is None:
        raise Http404
    return _remove(request, row, "mfa/email/totp_deactivated")


class AddPasskeyView(webauthn_views.AddWebAuthnView):  # type: ignore[misc]
    """Adds a passkey: one that the device keeps, and that asks for a PIN, a finger or a face."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for a passkey, not for a mere second factor."""
        found: dict[str, Any] = super(webauthn_views.AddWebAuthnView, self).get_context_data(
            **kwargs
        )
        options = begin_registration(self.request.user, passwordless=True)
        return found | {"js_data": {"creation_options": options}}

    def get_success_url(self) -> str:
        """Return to the list; the middleware asks for recovery codes if there are none."""
        return reverse("mfa_index")


class StepUpByPasskeyView(webauthn_views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Asks somebody signed in for a passkey."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Ask again."""
        messages.error(self.request, get_mfa_adapter().error_messages["incorrect_code"])
        return HttpResponseRedirect(self.request.get_full_path())


@recent_sign_in_required
@require_http_methods(["GET", "POST"])
def remove_passkey(request: HttpRequest, handle: str) -> HttpResponse:
    """Take a passkey away, if another factor is left."""
    own = Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN
    ).order_by("pk")
    row = next((row for row in own if factors.handle_of(row) == handle), None)
    if row is None:
        raise Http404
    return _remove(request, row, "mfa/email/webauthn_removed")


@never_cache
@recent_sign_in_required
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make recovery codes and show them, this once."""
    user = _person(request)
    if not factors.PRIMARY & factors.held_by(user).keys():
        return redirect("mfa_index")
    held = list(Authenticator.objects.filter(user_id=user.pk))
    if request.method != "POST":
        left = factors.recovery_codes_left(held)
        return render(request, "mfa/recovery_codes/generate.html", {"codes_left": left})
    codes = factors.make_recovery_codes(user=user)
    note(user=user, verb="recovery_codes_made")
    get_adapter().send_notification_mail("mfa/email/recovery_codes_generated", user)
    return render(request, "mfa/recovery_codes/index.html", {"codes": codes})


@require_POST
def keep_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Take the person's word that they have kept their codes."""
    if not factors.keep_recovery_codes(user=_person(request)):
        return redirect("mfa_generate_recovery_codes")
    messages.success(request, "Your second step is set up.")
    return redirect("mfa_index")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _new_seed(request: HttpRequest) -> str | None:
    token = request.session.get(NEW_SEED)
    return decrypt(token) if token else None


def _announce_added(request: HttpRequest, row: Authenticator, mail: str) -> None:
    authenticator_added.send(
        sender=Authenticator, request=request, user=request.user, authenticator=row
    )
    get_adapter().send_notification_mail(mail, request.user)


def _remove(request: HttpRequest, row: Authenticator, mail: str) -> HttpResponse:
    """Ask whether to remove a factor, then do so, unless it is the last."""
    refusal = ""
    if not get_mfa_adapter().can_delete_authenticator(row):
        refusal = get_mfa_adapter().error_messages["cannot_delete_authenticator"]
    if request.method == "POST" and not refusal:
        delete_and_cleanup(request, row)
        get_adapter().send_notification_mail(mail, request.user)
        messages.success(request, "Removed.")
        return redirect("mfa_index")
    name = row.wrap().name if row.type == Authenticator.Type.WEBAUTHN else "Authenticator app"
    return render(
        request,
        "mfa/remove.html",
        {"name": name, "refusal": refusal},
        status=403 if refusal and request.method == "POST" else 200,
    )
