"""Setting up the second step of the staff door: an app, passkeys, recovery codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

from placewide.identity import actions, reads, staff_session
from placewide.identity.access import home_of
from placewide.identity.rules import may_change_second_step
from placewide.identity.views.drawn import Drawn, TakesPasskeys
from placewide.kernel.clock import now
from placewide.kernel.terms import Actor, ActorKind
from placewide.ui.faults import problem
from placewide.ui.pages import render

View = Callable[..., HttpResponseBase]


def may_change(view: View) -> View:
    """Only somebody who signed in as staff within fifteen minutes, or with a password and no second step to take."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user_id = request.user.pk
        methods = {record["method"] for record in get_authentication_records(request, request.user)}
        if user_id is None or not may_change_second_step(
            fresh=staff_session.is_fresh(request, now()),
            methods=methods,
            has_one=reads.second_steps(user_id).number > 0,
        ):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return view(request, *args, **kwargs)

    guarded.staff_only = True  # type: ignore[attr-defined]
    return guarded


def opened(request: HttpRequest) -> None:
    """The second step was proved while setting it up: the staff part of the session begins."""
    if not staff_session.holds(request, now()):
        staff_session.begin(request, now())


@may_change
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, and what can be added."""
    return render(
        request, "identity/second_step.html", {"steps": reads.second_steps(request.user.pk), "home": home_of(request)}
    )


@method_decorator(may_change, name="dispatch")
class App(Drawn, totp_views.ActivateTOTPView):
    """An app on a phone that shows six digits. A new one takes the place of the old."""

    template_name = "identity/app.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return FormView.dispatch(self, request, *args, **kwargs)  # allauth would lead to its page for taking one away

    def form_valid(self, form: Any) -> HttpResponse:
        actions.forget_app(self.request.user.pk, actor=_actor(self.request), now=now())
        response = super().form_valid(form)
        opened(self.request)
        return response

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        secret = context["form"].secret.rstrip("=")
        groups = [secret[i : i + 4] for i in range(0, len(secret), 4)]
        return {"picture": context["totp_svg_data_uri"], "secret": " ".join(groups), "address": context["totp_url"]}


@method_decorator(may_change, name="dispatch")
class AddPasskey(Drawn, TakesPasskeys, webauthn_views.AddWebAuthnView):
    """A passkey: a device, or a key on a ring."""

    template_name = "identity/passkey.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        opened(self.request)
        return response

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        return {"options": json.dumps(context["js_data"]["creation_options"], default=str)}


@method_decorator(may_change, name="dispatch")
class RemovePasskey(Drawn, webauthn_views.RemoveWebAuthnView):
    """Take a passkey away, unless it is the only second step."""

    template_name = "identity/remove_passkey.html"

    def form_valid(self, form: Any) -> HttpResponse:
        if reads.second_steps(self.request.user.pk).number == 1:
            return problem(self.request, 409, reason=_("This is your only second step. Add another one first."))
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse("mfa_index")

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        return {"name": self.object.wrap().name}


@method_decorator(may_change, name="dispatch")
class RecoveryCodes(Drawn, recovery_views.ViewRecoveryCodesView):
    """The codes for the day the phone is lost: shown once."""

    template_name = "identity/recovery_codes.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not reads.second_steps(request.user.pk).recovery_codes_left:  # none made, or every one used
            return HttpResponseRedirect(reverse("mfa_generate_recovery_codes"))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "codes": context["unused_codes"] if context["can_view_codes"] else [],
            "left": len(context["unused_codes"]),
            "home": home_of(self.request),
        }


@method_decorator(may_change, name="dispatch")
class NewRecoveryCodes(Drawn, recovery_views.GenerateRecoveryCodesView):
    """New codes; the old ones stop working."""

    template_name = "identity/new_recovery_codes.html"

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        return {"left": context["unused_code_count"]}

    def form_invalid(self, form: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("mfa_index"))


def _actor(request: HttpRequest) -> Actor:
    return Actor(ActorKind.STAFF, request.user.pk, staff_session.working_for(request))
