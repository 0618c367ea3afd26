"""Decisions of identity, from what is known: no clock, no database."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection, Iterable
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


def has_both_steps(methods: Collection[str]) -> bool:
    """Whether what was given in one session opens staff pages: a password and something else, never an emailed code."""
    return {"password", "mfa"} <= set(methods)


def may_change_second_step(*, fresh: bool, methods: Collection[str], has_one: bool) -> bool:
    """Whether somebody may now change how they take the second step.

    ``fresh``: signed in as staff a short while ago. Otherwise only with a password, and only while there is no second
    step yet: a stolen password or an emailed code must never be enough to put one's own in place of another's.
    """
    return fresh or (not has_one and "password" in methods)


def code_at(secret: str, timestamp: float) -> str:
    """The six digits an app shows for a Base 32 secret at a time (Unix seconds): RFC 6238 with RFC 4226 §5.3."""
    counter = int(timestamp // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
