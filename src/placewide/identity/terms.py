"""The words of identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


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
