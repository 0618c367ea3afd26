"""The only queries of identity's tables for pages and APIs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db.models import Q

from placewide.identity import rules
from placewide.identity.models import StaffRole, Team, User
from placewide.identity.terms import Colleague, DemoSignIn, HeldRole, Passkey, Role, SecondSteps
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import Viewer


def roles_of(user_id: UUID) -> tuple[HeldRole, ...]:
    """Every role a user has held or holds, for any organisation: what their own sign-in is built from."""
    rows = StaffRole.objects.filter(user_id=user_id).order_by("begins", "id")
    return tuple(HeldRole(row.organisation_id, Role(row.role), row.team_id, row.begins, row.ends) for row in rows)


def team(organisation_id: UUID, slug: str) -> Team | None:
    """A team by its slug; for rules that say which team a case goes to."""
    return Team.objects.filter(organisation_id=organisation_id, slug=slug).first()


def team_by_id(team_id: UUID) -> Team | None:
    """A team by id: for telling it something."""
    return Team.objects.filter(id=team_id).first()


def team_ids(organisation_id: UUID) -> dict[str, UUID]:
    """Slug → id of every team of an organisation; for rules that say which team a case goes to. One statement."""
    return dict(Team.objects.filter(organisation_id=organisation_id).values_list("slug", "id"))


def hears(organisation_id: UUID, slug: str, *, on: date) -> bool:
    """Whether anybody hears of a team's work: it has an address, or somebody works there or for the whole body."""
    known = Team.objects.filter(organisation_id=organisation_id, slug=slug)
    if known.exclude(email="").exists():
        return True
    held = StaffRole.objects.filter(Q(ends=None) | Q(ends__gte=on), begins__lte=on, organisation_id=organisation_id)
    return held.filter(Q(team=None) | Q(team__slug=slug)).exists()


def teams_of(organisation_ids: Iterable[UUID]) -> list[Team]:
    """Every team of these organisations, by name: for saying which of them is asked to do something. One statement."""
    return list(Team.objects.filter(organisation_id__in=set(organisation_ids)).order_by("name"))


def teams(viewer: Viewer) -> list[Team]:
    """The teams of the organisation a member of staff works for, by name; none for anybody else."""
    if viewer.organisation_id is None:
        return []
    return list(Team.objects.filter(organisation_id=viewer.organisation_id).order_by("name"))


def names(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What to call these users, in one statement: the name, or the address where no name is known."""
    rows = User.objects.filter(pk__in=set(user_ids)).values_list("id", "name", "email")
    return {pk: name or email for pk, name, email in rows}


def staff(viewer: Viewer, *, on: date) -> list[Colleague]:
    """Everybody who holds a role in the viewer's organisation on a day: for choosing whom to give work to.

    The viewer's own teams first, then by name. One statement.
    """
    if viewer.organisation_id is None:
        return []
    held = StaffRole.objects.filter(Q(ends=None) | Q(ends__gte=on), begins__lte=on)
    ours = held.filter(organisation_id=viewer.organisation_id).select_related("user", "team")
    rows = list(ours.order_by("user__name", "user__email", "user_id", "team__name"))
    people = [_colleague(list(roles)) for _, roles in groupby(rows, key=lambda role: role.user_id)]
    return sorted(people, key=lambda one: not (one.team_ids and one.team_ids & viewer.team_ids))


def _colleague(roles: list[StaffRole]) -> Colleague:
    """One person, of all their roles at one organisation."""
    user, teams = roles[0].user, [role.team for role in roles if role.team]
    whole = any(role.team is None and role.role != Role.ADMIN for role in roles)
    names = tuple(dict.fromkeys(team.name for team in teams))
    return Colleague(user.id, user.name or user.email, names, None if whole else frozenset(team.id for team in teams))


def user(user_id: UUID) -> User | None:
    """A user by id: for the sign-in itself and for commands."""
    return User.objects.filter(pk=user_id).first()


def user_by_email(email: str) -> User | None:
    """A user by address, whatever its case: for commands."""
    return User.objects.filter(email=email.strip().lower()).first()


def second_steps(user_id: UUID) -> SecondSteps:
    """How a member of staff can take the second step."""
    rows = list(Authenticator.objects.filter(user_id=user_id).order_by("created_at"))
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return SecondSteps(
        app=any(row.type == Authenticator.Type.TOTP for row in rows),
        passkeys=tuple(
            Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ),
        recovery_codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def has_staff() -> bool:
    """Whether anybody was ever added who works here."""
    return StaffRole.objects.exists()


def demo_sign_ins(now: datetime) -> tuple[DemoSignIn, ...]:
    """The staff whose second step was set by the demo, with the code of this moment."""
    roles = StaffRole.objects.select_related("user").order_by("organisation_id", "role", "user__name")
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP, data__demo=True)
    secrets = {row.user_id: decrypt(row.data["secret"]) for row in rows}
    return tuple(
        DemoSignIn(
            held.user.email,
            held.user.name,
            held.role,
            held.organisation_id,
            rules.code_at(secrets[held.user_id], now.timestamp()),
            works_here=held.ends is None or held.ends >= legal_date(now),
        )
        for held in roles
        if held.user_id in secrets
    )
