"""Forms for signing in: allauth's, in our words, with codes that count once."""

import time
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.internal.flows.login import perform_password_login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn_forms
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse

from missingchildren.agencies import factors
from missingchildren.agencies.sign_in import note
from missingchildren.audit.models import Outcome
from missingchildren.web.forms import Form

LONGEST_PASSWORD = 1_000
LONGEST_NAME = 60
CHOOSING_HINT = (
    "At least 15 characters. Several words that do not belong together work well. "
    "Do not use your name, your agency or a place as the main part of it."
)
# What allauth and fido2 raise, besides what they mean to, when an answer is made up.
UNUSABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, InvalidSignature)


def _plain(form: forms.Form, **words: tuple[str, str]) -> None:
    """Give fields their label and hint, and take allauth's placeholders away."""
    for name, (label, hint) in words.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = f"Enter your {label[:1].lower()}{label[1:]}"
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field.widget, forms.PasswordInput):
            field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=("Email address", ""), password=("Password", ""))
        self.fields["login"].widget = forms.EmailInput(attrs={"autocomplete": "username"})

    def _login_with_password(
        self, request: HttpRequest, redirect_url: str | None, credentials: dict[str, Any]
    ) -> HttpResponse:
        # allauth's own would reset how long the session lasts, which AccountAdapter.login sets.
        self._login.redirect_url = redirect_url
        response: HttpResponse = perform_password_login(request, credentials, self._login)
        return response


class ConfirmPasswordForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=("Password", ""))


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password in place of the present one."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            oldpassword=("Current password", ""),
            password1=("New password", CHOOSING_HINT),
        )


class NewPasswordForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password for one that was forgotten."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=("New password", CHOOSING_HINT))


class ForgottenPasswordForm(Form):
    """Where to send the link for a new password."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="The address you sign in with.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )

    def clean_email(self) -> str:
        """Return the address in lower case, as it is stored."""
        email: str = self.cleaned_data["email"]
        return email.lower()


class _CodeOnce:
    """Takes a code from an authenticator app or a recovery code, each once."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    user: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "Code"
        field.error_messages["required"] = "Enter a code"
        field.help_text = "6 digits from your authenticator app, or one of your recovery codes."
        field.validators.append(MaxLengthValidator(LONGEST_NAME))
        field.widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        """Return the code if it is good, and use it up."""
        clear_rate_limit = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        used = self._used(code)
        if used is None:
            self._note_failure()
            raise get_adapter().validation_error("incorrect_code")
        used.user = self.user
        self.authenticator = used
        clear_rate_limit()
        return code

    def _used(self, code: str) -> Authenticator | None:
        app = self._app()
        if app and factors.use_totp_code(authenticator_id=app.pk, code=code, at=time.time()):
            return app
        return factors.use_recovery_code(user_id=self.user.pk, code=code)

    def _app(self) -> Authenticator | None:
        return Authenticator.objects.filter(
            user_id=self.user.pk, type=Authenticator.Type.TOTP
        ).first()

    def _note_failure(self) -> None:
        held = self._app() or Authenticator.objects.filter(user_id=self.user.pk).first()
        if held:
            self._emit_authentication_failed(held)  # type: ignore[attr-defined]


class SecondFactorForm(_CodeOnce, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """A code as the second step of signing in."""


class StepUpForm(_CodeOnce, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """A code from somebody signed in, before something that matters."""


class _PasskeyNoted:
    """Logs a passkey's answer that is not accepted."""

    user: Any
    verb: str

    def clean_credential(self) -> Authenticator:
        """Return the passkey that answered."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (ValidationError, *UNUSABLE) as refusal:
            note(user=self.user, verb=self.verb, outcome=Outcome.FAILED, basis="webauthn")
            if isinstance(refusal, ValidationError):
                raise
            raise get_adapter().validation_error("incorrect_code") from refusal


class PasskeySignInForm(_PasskeyNoted, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone: it is both steps."""

    verb = "sign_in"


class PasskeySecondStepForm(_PasskeyNoted, webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step of signing in."""

    verb = "second_factor"


class PasskeyStepUpForm(_PasskeyNoted, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey from somebody signed in, before something that matters."""

    verb = "step_up"


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, one that asks for a PIN, a finger or a face."""

    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            name=(
                "Name of this passkey",
                "For example: work laptop. So that you can tell them apart.",
            ),
        )
        self.fields["name"].validators.append(MaxLengthValidator(LONGEST_NAME))
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["credential"].error_messages["required"] = (
            "Your browser made no passkey. Try again, or use an authenticator app."
        )

    def clean(self) -> dict[str, Any]:
        """Check the passkey as one that replaces the password."""
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except UNUSABLE as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense
        return cleaned


class AddAppForm(Form):
    """The first code from a new authenticator app."""

    code = forms.CharField(
        label="Code from the app",
        max_length=20,
        help_text="The 6 digits that the app shows now.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, user: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.secret = secret
        self.step = 0

    def clean_code(self) -> str:
        """Return the code if the app shows what it should, and keep its step."""
        clear_rate_limit = check_rate_limit(self.user, error_key="rate_limited")
        code: str = self.cleaned_data["code"]
        step = factors.matching_step(secret=self.secret, code=code, at=time.time())
        if step is None:
            raise ValidationError(
                "The code is wrong or has expired. Enter the one that the app shows now."
            )
        self.step = step
        clear_rate_limit()
        return code
