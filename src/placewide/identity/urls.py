"""Addresses of identity. Only what is needed of allauth is routed, under the names it looks for."""

from django.urls import path
from django.views.generic import RedirectView

from placewide.identity.views import demo, resident, second_step, set_up, staff

pages = [
    path("sign-in", resident.SignIn.as_view(), name="account_request_login_code"),
    # There is no other page for it: the first sign-in makes the account.
    path("sign-up", RedirectView.as_view(pattern_name="account_request_login_code"), name="account_signup"),
    path("sign-in/code", resident.Code.as_view(), name="account_confirm_login_code"),
    path("sign-out", resident.SignOut.as_view(), name="account_logout"),
    path("sign-in/closed", resident.closed, name="account_inactive"),
    path("staff/sign-in", staff.StaffSignIn.as_view(), name="account_login"),
    path("staff/sign-in/second-step", staff.SecondStepAsked.as_view(), name="mfa_authenticate"),
    path("staff/set-up/<str:token>", set_up.set_up, name="staff-set-up"),
    path("staff/second-step", second_step.overview, name="mfa_index"),
    path("staff/second-step/app", second_step.App.as_view(), name="mfa_activate_totp"),
    path("staff/second-step/passkey", second_step.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("staff/second-step/passkey/<int:pk>/remove", second_step.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("staff/second-step/recovery-codes", second_step.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "staff/second-step/recovery-codes/new",
        second_step.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("staff/organisation", staff.organisation, name="staff-organisation"),
    path("staff/still-here", staff.still_here, name="staff-still-here"),
    path("staff/carry-on", staff.carry_on, name="staff-carry-on"),
    path("demo/sign-ins", demo.sign_ins, name="demo-sign-ins"),  # answers in a demo only
]
