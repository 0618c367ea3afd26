"""The residents' door: an email address, then the code sent to it. The first time makes the account."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from placewide.identity import actions
from placewide.identity.adapter import CodeNotSent
from placewide.identity.views.drawn import Drawn, entered
from placewide.kernel.clock import now
from placewide.kernel.terms import GUEST
from placewide.places import reads as places
from placewide.ui.faults import problem

FOUND = 302  # sent on to another page
_SPENT = "spent_code"  # in the session: the address to which the code was sent that counts no more, and why
_TRIED, _LATE = "tried", "late"


class SignIn(Drawn, allauth_views.RequestLoginCodeView):
    """Asks for the address. Known or not, what follows looks the same: nobody learns who has an account here."""

    template_name = "identity/sign_in.html"

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_send():
            return self.render_to_response(self.get_context_data(form=form))
        user = actions.join(form.cleaned_data["email"], actor=GUEST, now=now())
        form._user = user if user.is_active else None
        try:
            return super().form_valid(form)
        except CodeNotSent:
            return could_not_send(self.request)

    @cached_property
    def _spent(self) -> dict[str, str]:
        """The address whose code no longer counts, and why, said once; empty where there is none."""
        said = self.request.session.pop(_SPENT, None)
        return said if isinstance(said, dict) else {}

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        clear_login(request)

    def get_success_url(self) -> str:
        return str(self.passthrough_next_url(allauth_views.reverse("account_confirm_login_code")))

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        can_send = get_adapter().can_send()
        return {
            "email": entered(context["form"], "email") or self._spent.get("email", ""),
            "spent": self._spent.get("why", ""),
            "code_minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            "can_send": can_send,
            "bodies": [] if can_send else places.organisations(),
        }


class Code(Drawn, allauth_views.ConfirmLoginCodeView):
    """Asks for the code; three tries, then a new one."""

    template_name = "identity/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        email = _waiting(request)
        try:
            answer = super().dispatch(request, *args, **kwargs)
        except CodeNotSent:
            return could_not_send(request)
        asked_anew = isinstance(answer, HttpResponseRedirect) and answer.url == reverse("account_request_login_code")
        if email and asked_anew and _SPENT not in request.session:
            request.session[_SPENT] = {"email": email, "why": _LATE}
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """After the last try the code counts no more: the page for a new one says so, with the address filled in."""
        email = str(self._process.state.get("email", ""))
        answer: HttpResponse = super().form_invalid(form)
        if answer.status_code == FOUND:
            self.request.session[_SPENT] = {"email": email, "why": _TRIED}
        return answer

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        return {"email": context["email"], "can_resend": context["can_resend"]}


class SignOut(Drawn, allauth_views.LogoutView):
    """Signs out by a button; a link alone signs nobody out."""

    template_name = "identity/sign_out.html"


def _waiting(request: HttpRequest) -> str:
    """The address to which a code was sent from this browser; it is forgotten as soon as its time is over."""
    waits = request.session.get(LOGIN_SESSION_KEY)
    return str(waits.get("email") or "") if isinstance(waits, dict) else ""


def closed(request: HttpRequest) -> HttpResponse:
    """The account was closed by the node's operator."""
    return problem(request, 403, reason=_("This account is closed. Ring us or write to us if that is a mistake."))


def could_not_send(request: HttpRequest) -> HttpResponse:
    """The mail server is not there: say so, rather than let somebody wait for a code."""
    return problem(
        request, 503, reason=_("We could not send your code just now. Nothing is lost. Try again in a few minutes.")
    )
