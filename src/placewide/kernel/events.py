"""What the kernel tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from placewide.kernel.terms import Event


@dataclass(frozen=True, slots=True)
class DeliveryDied(Event):
    """A delivery was given up after the last attempt. Its stream waits until somebody mends the cause and retries."""

    type: ClassVar[str] = "delivery.died/1"
    delivery_id: int
    handler: str
    event_type: str
    stream: UUID
    fault: str  # class of the last error
    organisation_id: UUID | None = None  # as the event named it
