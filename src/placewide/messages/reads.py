"""The only queries of messages' tables for pages and APIs."""

from __future__ import annotations

from uuid import UUID

from placewide.kernel.terms import Viewer
from placewide.messages.models import Message


def of(viewer: Viewer, about_id: UUID) -> list[Message]:
    """What was sent about a case, oldest first: for staff, what their organisation sent; for a resident, what they got.

    A resident gets the messages to a person joined to their account, and those of a case this browser has a key to.
    """
    about = Message.objects.filter(about_id=about_id).order_by("queued_at", "id")
    if viewer.organisation_id is not None:
        return list(about.filter(organisation_id=viewer.organisation_id))
    if about_id in viewer.grants:
        return list(about)
    if viewer.user_id is None:
        return []
    return list(about.filter(person__user_id=viewer.user_id))
