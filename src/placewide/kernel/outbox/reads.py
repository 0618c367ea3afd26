"""How the outbox stands, for the operator."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from placewide.kernel.models import Delivery, DeliveryState


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many deliveries wait, since when the oldest has been due, how many are dead."""

    waiting: int
    oldest_due_at: datetime | None
    dead: int


@dataclass(frozen=True, slots=True)
class DeadDelivery:
    """One given up, with what an operator needs to mend the cause."""

    id: int
    handler: str
    event_type: str
    fault: str
    attempts: int
    held: int  # deliveries of its stream that wait behind it


def backlog() -> Backlog:
    """The state of the whole outbox."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    oldest = waiting.order_by("due_at").values_list("due_at", flat=True).first()
    return Backlog(waiting.count(), oldest, Delivery.objects.filter(state=DeliveryState.DEAD).count())


def dead_deliveries(limit: int = 100) -> tuple[DeadDelivery, ...]:
    """What was given up, oldest first."""
    rows = list(Delivery.objects.filter(state=DeliveryState.DEAD).select_related("event").order_by("id")[:limit])
    undone = Delivery.objects.exclude(state=DeliveryState.DONE).filter(stream__in=[row.stream for row in rows])
    held = Counter(undone.exclude(state=DeliveryState.DEAD).values_list("stream", flat=True))
    return tuple(
        DeadDelivery(row.pk, row.handler, row.event.type, row.fault, row.attempts, held[row.stream]) for row in rows
    )
