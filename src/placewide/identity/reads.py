"""The only queries of identity's tables for pages and APIs."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from placewide.identity.models import StaffRole, Team, User
from placewide.identity.terms import HeldRole, Role
from placewide.kernel.terms import Viewer


def roles_of(user_id: UUID) -> tuple[HeldRole, ...]:
    """Every role a user has held or holds, for any organisation: what their own sign-in is built from."""
    rows = StaffRole.objects.filter(user_id=user_id).order_by("begins", "id")
    return tuple(HeldRole(row.organisation_id, Role(row.role), row.team_id, row.begins, row.ends) for row in rows)


def team(organisation_id: UUID, slug: str) -> Team | None:
    """A team by its slug; for rules that say which team a case goes to."""
    return Team.objects.filter(organisation_id=organisation_id, slug=slug).first()


def teams(viewer: Viewer) -> list[Team]:
    """The teams of the organisation a member of staff works for, by name; none for anybody else."""
    if viewer.organisation_id is None:
        return []
    return list(Team.objects.filter(organisation_id=viewer.organisation_id).order_by("name"))


def names(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What to call these users, in one statement: the name, or the address where no name is known."""
    rows = User.objects.filter(pk__in=set(user_ids)).values_list("id", "name", "email")
    return {pk: name or email for pk, name, email in rows}


def staff(viewer: Viewer) -> list[User]:
    """Everybody with a role in the viewer's organisation, by name: for choosing whom to give work to."""
    if viewer.organisation_id is None:
        return []
    return list(User.objects.filter(roles__organisation_id=viewer.organisation_id).distinct().order_by("name", "email"))
