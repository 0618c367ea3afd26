"""What signing in sets off in other rooms: the code is sent by messages, and the account joins the persons it is."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from placewide.identity.adapter import AccountAdapter, CodeNotSent
from placewide.kernel.clock import now
from placewide.kernel.terms import Actor, ActorKind
from placewide.messages.at_once import send_closed_account, send_sign_in_code
from placewide.messages.channels import email as mail
from placewide.messages.terms import Result
from placewide.people.actions import join_to_account
from placewide.places import reads as places


class Adapter(AccountAdapter):
    """The adapter of a node (settings.ACCOUNT_ADAPTER)."""

    def can_send(self) -> bool:
        return mail.is_set_up()

    def send_code(self, email: str, code: str) -> None:
        if send_sign_in_code(email, code, sender=places.place_name(), now=now()).result is not Result.SENT:
            raise CodeNotSent

    def send_closed(self, email: str) -> None:
        if send_closed_account(email, sender=places.place_name(), now=now()).result is not Result.SENT:
            raise CodeNotSent

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **options: Any) -> HttpResponse:
        """An emailed code proves the address: whoever is known by it, to any organisation, is this account's owner."""
        if any(record["method"] == "code" for record in get_authentication_records(request, user)):
            actor = Actor(ActorKind.RESIDENT, user.pk)
            join_to_account(user.pk, user.get_username(), actor=actor, now=now())
        return super().post_login(request, user, **options)
