"""What services make known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from placewide.kernel.terms import Event


@dataclass(frozen=True, slots=True)
class ServiceAdopted(Event):
    """An organisation made a package live, for the first time or in place of another version."""

    type: ClassVar[str] = "service.adopted/1"

    adoption_id: UUID
    organisation_id: UUID
    package_id: str
    version: str
    content_hash: str
