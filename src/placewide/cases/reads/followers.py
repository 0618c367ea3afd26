"""Who follows a case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from placewide.cases.models import Participation
from placewide.cases.reads.visibility import lasting
from placewide.cases.terms import Follower, Sees
from placewide.people.models import Person
from placewide.people.terms import AccessNeed


def followers_of(case_id: UUID, now: datetime) -> tuple[Follower, ...]:
    """Every person who follows a case now. One statement."""
    rows = lasting(now).filter(case=case_id).exclude(person=None).select_related("person").order_by("id")
    return tuple(_follower(row) for row in rows)


def _follower(row: Participation) -> Follower:
    person: Person = row.person  # type: ignore[assignment]  # the query leaves out those without
    return Follower(
        person_id=person.id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        address=person.address,
        language=person.language,
        access_needs=tuple(AccessNeed(need) for need in person.access_needs),
        sees=Sees(row.sees),
        held=row.held_at is not None,
    )
