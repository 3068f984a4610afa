"""Signing in: passwords, sessions, second factors and rate limits."""

import environ

_env = environ.Env()

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_signed_out"

# Rate limits live here, in the database, so that they hold with Redis gone.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 50_000, "CULL_FREQUENCY": 5},
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "missingchildren.agencies.passwords.GuessablePasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60

# Counted from the right of X-Forwarded-For; 0 trusts no such header.
ALLAUTH_TRUSTED_PROXY_COUNT = _env.int("TRUSTED_PROXY_COUNT", default=0)

ACCOUNT_ADAPTER = "missingchildren.agencies.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "missingchildren.agencies.sign_in_forms.SignInForm",
    "reauthenticate": "missingchildren.agencies.sign_in_forms.ConfirmPasswordForm",
    "change_password": "missingchildren.agencies.sign_in_forms.ChangePasswordForm",
    "reset_password_from_key": "missingchildren.agencies.sign_in_forms.NewPasswordForm",
}
# A whole force may sit behind one address, so limits per address are wide and those per
# account are narrow. Limits per account never stop a passkey.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "login_failed_anywhere": "50/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
}

MFA_ADAPTER = "missingchildren.agencies.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # recovery codes are our own: agencies/factors.py
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_TOTP_ISSUER = "Missing children"
MFA_FORMS = {
    "authenticate": "missingchildren.agencies.sign_in_forms.SecondFactorForm",
    "reauthenticate": "missingchildren.agencies.sign_in_forms.StepUpForm",
    "add_webauthn": "missingchildren.agencies.sign_in_forms.AddPasskeyForm",
    "login_webauthn": "missingchildren.agencies.sign_in_forms.PasskeySignInForm",
    "authenticate_webauthn": "missingchildren.agencies.sign_in_forms.PasskeySecondStepForm",
    "reauthenticate_webauthn": "missingchildren.agencies.sign_in_forms.PasskeyStepUpForm",
}
