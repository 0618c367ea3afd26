"""Decisions of identity, from what is known: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from placewide.identity.terms import HeldRole


def held_on(roles: Iterable[HeldRole], day: date) -> tuple[HeldRole, ...]:
    """The roles that hold on a day."""
    return tuple(role for role in roles if role.begins <= day and (role.ends is None or day <= role.ends))


def organisations_to_work_for(roles: Iterable[HeldRole], day: date) -> tuple[UUID, ...]:
    """Each organisation somebody may work for on a day, once, in the order the roles began."""
    in_order = sorted(held_on(roles, day), key=lambda role: (role.begins, role.organisation_id))
    return tuple(dict.fromkeys(role.organisation_id for role in in_order))
