"""Search words are personal: they are sent by POST and remembered under an opaque id, never put in an address."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from placewide.kernel import ids
from placewide.kernel.models import RememberedQuery
from placewide.kernel.terms import Viewer

KEPT_FOR = timedelta(hours=12)
_LONGEST = 500  # characters; more is no search


def remember_query(viewer: Viewer, text: str, *, now: datetime) -> UUID:
    """Keep what was searched for, sealed, for twelve hours; the id goes into the address of the results."""
    query = RememberedQuery.objects.create(
        id=ids.new_opaque_id(),
        user_id=viewer.user_id,
        organisation_id=viewer.organisation_id,
        text=text.strip()[:_LONGEST],
        expires_at=now + KEPT_FOR,
    )
    return query.id


def remembered_query(viewer: Viewer, query_id: UUID, *, now: datetime) -> str | None:
    """The words under ``query_id``; None if they are another person's, or forgotten: ask for them again."""
    found = RememberedQuery.objects.filter(
        id=query_id, user_id=viewer.user_id, organisation_id=viewer.organisation_id, expires_at__gt=now
    ).first()
    return found.text if found else None


def forget_old(now: datetime) -> int:
    """Delete what has expired; returns how many."""
    return RememberedQuery.objects.filter(expires_at__lte=now).delete()[0]
