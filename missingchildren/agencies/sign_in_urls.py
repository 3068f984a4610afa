"""Addresses for signing in; what allauth has beyond these exists by name and answers 404."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.webauthn import views as webauthn_views
from django.urls import path, re_path

from missingchildren.agencies import sign_in_views as views
from missingchildren.agencies.sign_in import recent_sign_in_required

ABSENT = (
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_set_password",
    "account_confirm_login_code",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
)
ABSENT_WITH_KEY = {"account_confirm_email": "<str:key>/", "mfa_edit_webauthn": "<int:pk>/"}

urlpatterns = [
    path("sign-in/", views.framed(account_views.login), name="account_login"),
    path("sign-in/passkey/", webauthn_views.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-step/", views.framed(mfa_views.authenticate), name="mfa_authenticate"),
    path("stay/", views.stay, name="account_stay"),
    path("sign-out/", views.SignOutView.as_view(), name="account_logout"),
    path("signed-out/", views.signed_out, name="account_signed_out"),
    path("confirm/password/", account_views.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        views.StepUpByPasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "password/change/",
        recent_sign_in_required(account_views.password_change),
        name="account_change_password",
    ),
    path("password/forgotten/", views.forgotten_password, name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        views.framed(account_views.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.framed(account_views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        views.framed(account_views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("", views.own_sign_in, name="mfa_index"),
    path("app/start/", views.start_app, name="mfa_start_totp"),
    path("app/add/", views.add_app, name="mfa_activate_totp"),
    path("app/add/image.svg", views.app_image, name="mfa_totp_image"),
    path("app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("passkeys/add/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<slug:handle>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("recovery-codes/", views.recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/kept/", views.keep_recovery_codes, name="mfa_keep_recovery_codes"),
    *(path(f"absent/{name}/", views.absent, name=name) for name in ABSENT),
    *(
        path(f"absent/{name}/{key}", views.absent, name=name)
        for name, key in ABSENT_WITH_KEY.items()
    ),
]
