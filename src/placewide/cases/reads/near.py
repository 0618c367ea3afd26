"""What is open on a street: how much of it, and how far it is. Public, so nothing in it is about a person or a home."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from placewide.cases.models import Case
from placewide.journeys.terms import JourneyState


@dataclass(frozen=True, slots=True)
class NearLine:
    """Cases of one kind in one state."""

    adoption_id: UUID
    case_type: str
    state: str
    number: int


def near(adoption_ids: Collection[UUID], uprns: Collection[int], *, since: datetime) -> tuple[NearLine, ...]:
    """Open cases about a place at these addresses, sent since then, counted by state. One statement.

    Cases about a person are never counted, whatever their address. Ask for a whole street, never for one home.
    """
    rows = Case.objects.filter(
        person=None,
        open=True,
        journey__adoption__in=list(adoption_ids),
        journey__uprn__in=[str(uprn) for uprn in uprns],
        journey__sent_at__gte=since,
        journey__state=JourneyState.SENT,
    )
    counted = rows.values_list("adoption_id", "case_type", "state").annotate(number=Count("id"))
    return tuple(NearLine(*row) for row in counted.order_by("adoption_id", "case_type", "-number", "state"))
