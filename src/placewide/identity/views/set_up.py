"""The first sign-in of a member of staff, by a link from an administrator: choose a password."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth import logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from placewide.identity import actions, reads
from placewide.identity.models import User
from placewide.identity.terms import SET_UP
from placewide.identity.views.drawn import about_form
from placewide.kernel.clock import now
from placewide.kernel.terms import Actor, ActorKind
from placewide.ui.faults import problem
from placewide.ui.pages import render


class NewPassword(forms.Form):
    """A password, twice; checked against common ones and the person's own name and address."""

    password = forms.CharField(strip=False, max_length=1000)
    again = forms.CharField(strip=False, max_length=1000)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        if "password" in self.cleaned_data and self.cleaned_data["again"] != self.cleaned_data["password"]:
            raise ValidationError("", code="mismatch")
        return str(self.cleaned_data["again"])


@never_cache
@sensitive_post_parameters()
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a form, however often it is opened; only sending it uses the link up."""
    user_id = actions.peek_token(SET_UP, token, now=now())
    user = reads.user(user_id) if user_id else None
    if user is None:
        reason = _("This link was used before, or it is too old. Ask your administrator for a new one.")
        return problem(request, 404, reason=reason)
    form = NewPassword(request.POST if request.method == "POST" else None, user=user)
    if not form.is_valid():
        context = about_form(request, form) | {"email": user.email, "name": user.name}
        return render(request, "identity/set_up.html", context, status=422 if context["faults"] else 200)
    actor = Actor(ActorKind.STAFF, user.id)
    if actions.set_password_by_link(token, form.cleaned_data["password"], actor=actor, now=now()) is None:
        return problem(request, 409, reason=_("This link was used a moment ago. Sign in with the new password."))
    if request.user.is_authenticated:
        logout(request)
    return perform_password_login(request, {"email": user.email}, Login(user=reads.user(user.id), email=user.email))
