"""How allauth behaves in this house: no page or mail of its own, two doors that stay apart."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from placewide.identity import staff_session
from placewide.identity.access import home_of
from placewide.identity.rules import has_both_steps
from placewide.kernel import clock, keys
from placewide.places import reads as places

_PURPOSE = "identity.second-step"


class SecondStep(AuthenticateStage):
    """Asks for the second step at the staff door only: an emailed code opens what residents see, and no more."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        by_password = any(record["method"] == "password" for record in records)
        return by_password and bool(super()._should_handle(request))


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in as this house wants it. The room that joins all rooms derives from it and says how a code is sent."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail allauth wants to send: only sign-in codes are."""
        if template_prefix == "account/email/login_code":
            self.send_code(email, context["code"])
        elif template_prefix == "account/email/unknown_account":
            self.send_closed(email)

    def can_send(self) -> bool:
        """Whether this node can send a code at all."""
        raise NotImplementedError

    def send_code(self, email: str, code: str) -> None:
        """Send a code to an address at once; raises CodeNotSent."""
        raise NotImplementedError

    def send_closed(self, email: str) -> None:
        """Tell the owner of an account that was closed; raises CodeNotSent."""
        raise NotImplementedError

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *args: Any, **options: Any) -> None:
        """allauth's own notices are not sent: their words are not ours."""

    def add_message(self, *args: Any, **options: Any) -> None:
        """Nothing is flashed on the next page: each page says what it has to say itself."""

    def get_login_stages(self) -> list[str]:
        return ["allauth.account.stages.LoginByCodeStage", "placewide.identity.adapter.SecondStep"]

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Never by allauth: our own ``freshly_signed_in`` guards the pages that change how somebody signs in."""
        return False

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **options: Any) -> HttpResponse:
        """Begin the staff part of the session if both steps were taken, or send somebody to set up the second."""
        methods = {record["method"] for record in get_authentication_records(request, user)}
        if has_both_steps(methods):
            staff_session.begin(request, clock.now())  # first: where somebody lands depends on it
        response = super().post_login(request, user, **options)
        if has_both_steps(methods) and staff_session.kept_form(request):
            return HttpResponseRedirect(reverse("staff-carry-on"))
        if "password" in methods and not has_both_steps(methods):
            return HttpResponseRedirect(reverse("mfa_index"))
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request)


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of the second step are encrypted at rest; the app shows the place's name."""

    def encrypt(self, text: str) -> str:
        return keys.seal(text.encode(), purpose=_PURPOSE).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return keys.open_sealed(bytes.fromhex(encrypted_text), purpose=_PURPOSE).decode()

    def get_totp_issuer(self) -> str:
        return places.place_name()

    def _get_site_name(self) -> str:
        return places.place_name()


class CodeNotSent(Exception):
    """The mail server did not take the code just now."""
