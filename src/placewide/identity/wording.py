"""What went wrong at a field, in our words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from placewide.identity.terms import Role
from placewide.ui.terms import Fault


def faults(form: forms.BaseForm) -> tuple[Fault, ...]:
    """A fault for every field of a checked form that is to be mended; none for a form not yet sent."""
    if not form.is_bound:
        return ()
    return tuple(
        Fault(sentence(code, field), field if field in form.fields and not form.fields[field].widget.is_hidden else "")
        for field, problems in form.errors.as_data().items()
        for code in dict.fromkeys(problem.code or "invalid" for problem in problems)
    )


def sentence(code: str, field: str) -> str:
    """What to do, by Django's and allauth's codes and the field."""
    sentences = {
        ("required", "email"): _("Enter your email address"),
        ("invalid", "email"): _("Enter an email address like name@example.org"),
        ("max_length", "email"): _("Enter an email address like name@example.org"),
        ("required", "login"): _("Enter your work email address"),
        ("invalid", "login"): _("Enter an email address like name@example.org"),
        ("required", "password"): _("Enter your password"),
        ("required", "code"): _("Enter the code"),
        ("incorrect_code", "code"): _("The code is not right. Check it and enter it again"),
        ("required", "credential"): _("Your passkey was not read. Try again"),
        ("incorrect_code", "credential"): _("Your passkey was not read. Try again"),
        ("password_too_short", "password"): _("Use at least 12 characters"),
        ("password_too_common", "password"): _("That password is used by many people. Choose another, such as 3 words"),
        ("password_too_similar", "password"): _("The password is too much like your name or email address"),
        ("mismatch", "again"): _("Both passwords must be the same"),
        ("required", "again"): _("Enter the password a second time"),
        ("required", "organisation"): _("Choose who you work for now"),
        ("invalid_choice", "organisation"): _("Choose who you work for now"),
    }
    general = {
        "email_password_mismatch": _("The email address or the password is not right. Check both and try again"),
        "too_many_login_attempts": _("There were too many tries. Wait 5 minutes, then try again"),
        "rate_limited": _("There were too many tries. Wait 5 minutes, then try again"),
        "null_characters_not_allowed": _("Take out the characters that cannot be read"),
    }
    return sentences.get((code, field)) or general.get(code) or _("Check what you entered and try again")


def role_names() -> dict[str, str]:
    """What each role is called on pages."""
    return {
        Role.OFFICER: _("Officer"),
        Role.MANAGER: _("Manager"),
        Role.CREW: _("Crew"),
        Role.ADVISER: _("Adviser"),
        Role.ADMIN: _("Administrator"),
    }
