"""The only writers of identity's tables."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.db.models import Q

from placewide.identity.models import StaffRole, Team, Token, User
from placewide.identity.terms import DEMO_PASSWORD, SET_UP, Role
from placewide.kernel.change import changing
from placewide.kernel.clock import legal_date
from placewide.kernel.ids import new_id, new_token
from placewide.kernel.terms import Act, Actor


def join(email: str, *, name: str = "", actor: Actor, now: datetime) -> User:
    """The user with this address; made, without any way to sign in but an emailed code, if there is none."""
    with changing(actor=actor, now=now):
        user, made = User.objects.get_or_create(
            email=email.strip().lower(), defaults={"id": new_id(), "name": name, "joined_at": now}
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user


def note_sign_in(user_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Somebody of a demo has signed in with a code, some time before anybody looks: else they are a stranger.

    Raises PermissionError on a node that is no demo.
    """
    if not settings.DEMO:
        raise PermissionError("only in demo mode")
    with changing(actor=actor, now=now):
        User.objects.filter(pk=user_id).update(last_login=now)


def add_team(organisation_id: UUID, slug: str, name: str, *, email: str = "", actor: Actor, now: datetime) -> Team:
    """A team of an organisation. Raises IntegrityError where the slug is taken there."""
    with changing(actor=actor, now=now):
        return Team.objects.create(id=new_id(), organisation_id=organisation_id, slug=slug, name=name, email=email)


def add_staff(
    email: str,
    *,
    name: str,
    organisation_id: UUID,
    role: Role,
    team_id: UUID | None = None,
    begins: date | None = None,
    actor: Actor,
    now: datetime,
) -> User:
    """Give somebody a role from a day on (today). They sign in only once they have set a password and second factor."""
    with changing(actor=actor, now=now) as change:
        user = join(email, name=name, actor=actor, now=now)
        if name and user.name != name:
            user.name = name
            user.save(update_fields=["name"])
        held = StaffRole.objects.create(
            id=new_id(),
            user=user,
            organisation_id=organisation_id,
            team_id=team_id,
            role=role.value,
            begins=begins or legal_date(now),
        )
        change.record(Act("identity.role_given", organisation_id, held.id, {"role": role.value, "to": str(user.id)}))
        return user


def end_role(role_id: UUID, *, on: date, actor: Actor, now: datetime) -> None:
    """Let a role end with a day (its last). Raises StaffRole.DoesNotExist."""
    with changing(actor=actor, now=now) as change:
        held = StaffRole.objects.get(pk=role_id)
        held.ends = on
        held.save(update_fields=["ends"])
        change.record(Act("identity.role_ended", held.organisation_id, held.id, {"on": on.isoformat()}))


def end_roles(user_id: UUID, organisation_id: UUID, *, on: date, actor: Actor, now: datetime) -> int:
    """Let every role of somebody for an organisation end with a day; one that has a later end ends sooner.

    Returns how many did.
    """
    with changing(actor=actor, now=now):
        held = StaffRole.objects.filter(user_id=user_id, organisation_id=organisation_id)
        ids = list(held.filter(Q(ends=None) | Q(ends__gt=on)).values_list("id", flat=True))
        for role_id in ids:
            end_role(role_id, on=on, actor=actor, now=now)
        return len(ids)


def set_password_by_link(secret: str, password: str, *, actor: Actor, now: datetime) -> User | None:
    """Use up a set-up link and set the password; None if the link was used meanwhile. Other sessions end."""
    with changing(actor=actor, now=now):
        user_id = use_token(SET_UP, secret, actor=actor, now=now)
        if user_id is None:
            return None
        user = User.objects.get(pk=user_id)
        user.set_password(password)
        user.save(update_fields=["password"])
        return user


def forget_app(user_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take away the app of a second step, to make room for another."""
    with changing(actor=actor, now=now):
        Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).delete()


def forget_second_steps(user_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take away every second step of somebody who lost them all; a set-up link lets them begin anew."""
    with changing(actor=actor, now=now):
        Authenticator.objects.filter(user_id=user_id).delete()


def give_demo_sign_in(user_id: UUID, *, secret: str, actor: Actor, now: datetime) -> None:
    """Give a member of staff of the demo the demo's password and a second step that the demo can show.

    ``secret``: Base 32. Raises PermissionError on a node that is no demo.
    """
    if not settings.DEMO:
        raise PermissionError("only in demo mode")
    with changing(actor=actor, now=now):
        user = User.objects.get(pk=user_id)
        user.set_password(DEMO_PASSWORD)
        user.save(update_fields=["password"])
        Authenticator.objects.update_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(secret), "demo": True}}
        )


def forget_strangers(*, actor: Actor, now: datetime) -> int:
    """Delete users made by a typed address whose code was never entered, a day later. Returns how many."""
    with changing(actor=actor, now=now):
        strangers = User.objects.filter(last_login=None, joined_at__lt=now - timedelta(days=1), roles=None)
        return strangers.delete()[0]


def issue_token(purpose: str, subject_id: UUID, *, expires: datetime, actor: Actor, now: datetime) -> str:
    """A secret for a link that works once, until ``expires``. Only its digest is kept: it cannot be shown again."""
    secret = new_token()
    with changing(actor=actor, now=now):
        Token.objects.create(
            id=new_id(),
            digest=_digest(secret),
            purpose=purpose,
            subject_id=subject_id,
            issued_at=now,
            expires_at=expires,
        )
    return secret


def peek_token(purpose: str, secret: str, *, now: datetime) -> UUID | None:
    """What a link is about, without using it up: for the page that asks to go on (mail scanners open links too)."""
    return (
        Token.objects.filter(digest=_digest(secret), purpose=purpose, used_at=None, expires_at__gt=now)
        .values_list("subject_id", flat=True)
        .first()
    )


def spent_token(purpose: str, secret: str) -> UUID | None:
    """What a link was about that may be used up or too old; None if there never was one.

    It opens nothing: the caller lets on who has a key already, or sends a new link to where the old one went.
    """
    return Token.objects.filter(digest=_digest(secret), purpose=purpose).values_list("subject_id", flat=True).first()


def use_token(purpose: str, secret: str, *, actor: Actor, now: datetime) -> UUID | None:
    """Use a link up: what it is about, or None if it is unknown, expired or used. Of two at once, one gets it."""
    with changing(actor=actor, now=now):
        live = Token.objects.filter(digest=_digest(secret), purpose=purpose, used_at=None, expires_at__gt=now)
        subject_id = live.values_list("subject_id", flat=True).first()
        return subject_id if subject_id and live.update(used_at=now) else None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def forget_old_tokens(*, actor: Actor, now: datetime) -> int:
    """Delete links that ran out a month ago. Returns how many."""
    with changing(actor=actor, now=now):
        return Token.objects.filter(expires_at__lt=now - timedelta(days=30)).delete()[0]
