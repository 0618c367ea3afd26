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
class Colleague:
    """Somebody of one's own organisation, for choosing whom to give work to."""

    id: UUID
    name: str  # the address where no name is known
    teams: tuple[str, ...]  # their names, in order
    team_ids: frozenset[UUID] | None  # None: a role for the whole organisation, which reads what each team does

    def is_outside(self, team_id: UUID | None) -> bool:
        """Whether work of this team is not theirs to see, unless it is given to them."""
        return team_id is not None and self.team_ids is not None and team_id not in self.team_ids


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
