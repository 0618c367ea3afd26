"""The staff door: password, then second step. And what surrounds it: for whom one works, pauses, what was kept."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from allauth.account import views as allauth_views
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import clear_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.base import views as mfa_views
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from placewide.identity import reads, staff_session
from placewide.identity.access import home_of, staff_required
from placewide.identity.rules import organisations_to_work_for
from placewide.identity.views.drawn import Drawn, TakesPasskeys, entered
from placewide.kernel.clock import legal_date, now
from placewide.places import reads as places
from placewide.ui.pages import render
from placewide.ui.posting import sent_from
from placewide.ui.terms import Fault


class PasswordForm(LoginForm):
    """allauth's form leaves the password out where people sign up without one, as residents do here."""

    def _setup_password_field(self) -> None:
        pass


class StaffSignIn(Drawn, allauth_views.LoginView):
    """Asks for address and password. What a paused session was writing is carried over to the new one."""

    template_name = "identity/staff_sign_in.html"
    form_class = PasswordForm

    def get_success_url(self) -> str | None:
        """The page that was asked for. Where there is none, the home is looked up once both steps were taken."""
        return self.get_next_url() or None

    def form_valid(self, form: Any) -> HttpResponse:
        kept = staff_session.kept_form(self.request)
        if self.request.user.is_authenticated:
            logout(self.request)
        clear_login(self.request)
        clear_authentication_records(self.request)
        if kept:
            staff_session.put_back(self.request, kept)
        return super().form_valid(form)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        clear_login(request)

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        return {
            "login": entered(context["form"], "login"),
            "kept": bool(staff_session.kept_form(self.request)),
            "nobody_yet": not reads.has_staff(),
        }


class SecondStepAsked(Drawn, TakesPasskeys, mfa_views.AuthenticateView):
    """Asks for the code of the app, a passkey, or a recovery code."""

    template_name = "identity/second_step_asked.html"

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**known)
        return context | ({"form": self.form} if self.form else {})  # allauth shows what is wrong with a code only

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        has_passkey = bool(context["js_data"]["request_options"]["publicKey"].get("allowCredentials"))
        return {"passkey": json.dumps(context["js_data"]["request_options"]) if has_passkey else ""}


def organisation(request: HttpRequest) -> HttpResponse:
    """Choose for whom to work in this session, where somebody has a role in several organisations."""
    if not staff_session.holds(request, now()):
        return HttpResponseRedirect(resolve_url("account_login"))
    ids = organisations_to_work_for(reads.roles_of(request.user.pk), legal_date(now()))
    if not ids:
        return render(request, "identity/no_role.html", {"email": request.user.email}, status=403)
    chosen = request.POST.get("organisation", "")
    if chosen in {str(organisation_id) for organisation_id in ids}:
        staff_session.work_for(request, UUID(chosen))
        return HttpResponseRedirect(_safe_next(request))
    names = [(str(organisation_id), places.organisation_by_id(organisation_id).name) for organisation_id in ids]
    choices = [{"id": organisation_id, "text": name} for organisation_id, name in names]
    faults = (Fault(_("Choose who you work for now"), "organisation"),) if request.method == "POST" else ()
    context = {
        "choices": choices,
        "faults": faults,
        "here": request.path,
        "current": str(staff_session.working_for(request) or ""),
        "next": _safe_next(request),
    }
    return render(request, "identity/organisation.html", context, status=422 if faults else 200)


def carry_on(request: HttpRequest) -> HttpResponse:
    """What was being sent when the session paused: shown once, to send again or let go."""
    kept = staff_session.kept_form(request)
    if kept is None or not staff_session.holds(request, now()):
        return HttpResponseRedirect(home_of(request))
    staff_session.forget_form(request)
    fields = [(name, value) for name, values in kept.fields.items() for value in values]
    words = [value for _, value in fields if " " in value.strip()]
    context = {"path": kept.path, "fields": fields, "words": words, "home": home_of(request)}
    return render(request, "identity/carry_on.html", context)


@staff_required
@sent_from(settings.STAFF_HOME)
def still_here(request: HttpRequest) -> HttpResponse:
    """Called by the warning's button: the pause begins anew."""
    staff_session.touch(request, now(), at_once=True)
    if "text/html" in request.headers.get("Accept", ""):
        return HttpResponseRedirect(_safe_next(request))
    return JsonResponse({"minutes": settings.STAFF_IDLE_MINUTES})


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return home_of(request)
