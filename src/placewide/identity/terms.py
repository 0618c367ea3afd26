"""The words of identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

SET_UP = "staff-set-up"  # purpose of the link a new member of staff gets
DEMO_PASSWORD = "otter-lantern-river"  # noqa: S105 - of all demo staff; the demo prints it


class Role(StrEnum):
    """What somebody does for an organisation."""

    OFFICER = "officer"
    MANAGER = "manager"
    CREW = "crew"
    ADVISER = "adviser"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role as held by a user, from ``begins`` to ``ends`` (both included; no end: None)."""

    organisation_id: UUID
    role: Role
    team_id: UUID | None
    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What somebody was sending when their sign-in had run out."""

    path: str
    user: str
    fields: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class SecondSteps:
    """How a member of staff can take the second step of signing in."""

    app: bool
    passkeys: tuple[Passkey, ...]
    recovery_codes_left: int

    @property
    def number(self) -> int:
        """How many ways there are, recovery codes left out."""
        return int(self.app) + len(self.passkeys)


@dataclass(frozen=True, slots=True)
class Passkey:
    """A device that signs in by itself (WebAuthn)."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """Somebody a visitor of the demo can be."""

    email: str
    name: str
    role: str
    organisation_id: UUID
    code: str  # of the app, at this moment
    works_here: bool = True  # False: the role has ended; a sign-in opens nothing
