"""The only queries of messages' tables for pages and APIs."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from placewide.kernel import paging
from placewide.kernel.clock import legal_date
from placewide.kernel.paging import Slice
from placewide.kernel.terms import Viewer
from placewide.messages.models import Message
from placewide.messages.terms import Channel, Outgoing, Sender, State
from placewide.places import reads as places

_LETTERS = "messages.letters"


def held(viewer: Viewer, about_id: UUID) -> list[Message]:
    """What was held back about a case and is still to be said, oldest first; to its own staff. One statement."""
    if viewer.organisation_id is None:
        return []
    rows = Message.objects.filter(organisation_id=viewer.organisation_id, about_id=about_id, state=State.HELD.value)
    return list(rows.select_related("person").order_by("queued_at", "id"))


def sent_about(viewer: Viewer, about_id: UUID, *, most: int = 50) -> list[Message]:
    """What went out about a case, or is on its way, newest first; to its own staff. One statement.

    Not what is held: that is still to be said, and stands elsewhere.
    """
    if viewer.organisation_id is None:
        return []
    rows = Message.objects.filter(organisation_id=viewer.organisation_id, about_id=about_id)
    return list(rows.exclude(state=State.HELD.value).select_related("person").order_by("-queued_at", "-id")[:most])


def letters_to_post(viewer: Viewer, *, after: str = "", limit: int = 50) -> Slice[Message]:
    """The letters of the viewer's teams that wait to be posted, oldest first; one statement."""
    rows = _for_teams(viewer).filter(state=State.TO_POST.value).defer("body")
    if after:
        queued_at, message_id = paging.key_of(after, of=_LETTERS)
        rows = rows.filter(queued_at__gte=queued_at).filter(Q(queued_at__gt=queued_at) | Q(id__gt=message_id))
    found = list(rows.order_by("queued_at", "id")[: limit + 1])
    next_key = paging.cursor(found[limit - 1].queued_at, found[limit - 1].id, of=_LETTERS) if len(found) > limit else ""
    return Slice(tuple(found[:limit]), next_key)


def waiting(limit: int) -> list[Message]:
    """What is still to be handed to its channel, oldest first, of every organisation: for the node itself."""
    return list(Message.objects.filter(state=State.QUEUED.value).order_by("queued_at", "id")[:limit])


def was_queued(key: str) -> bool:
    """Whether a message for this occasion was queued before."""
    return Message.objects.filter(key=key).exists()


def letter(viewer: Viewer, message_id: UUID) -> Message | None:
    """A letter of the viewer's teams, for staff to print."""
    return _for_teams(viewer).filter(pk=message_id, channel=Channel.LETTER.value).first()


def _for_teams(viewer: Viewer) -> QuerySet[Message]:
    """Of the viewer's organisation: their teams' messages, and those of no team. Residents see none."""
    if viewer.organisation_id is None:
        return Message.objects.none()
    mine = Q(team_id__in=viewer.team_ids)
    if not viewer.only_administers:
        mine |= Q(team_id__isnull=True)
    return Message.objects.filter(mine, organisation_id=viewer.organisation_id)


def outgoing(message: Message) -> Outgoing:
    """A message as its channel gets it, in the name of its organisation."""
    organisation = places.organisation_by_id(message.organisation_id)
    welsh = message.language == "cy" and organisation.name_cy
    return Outgoing(
        id=message.id,
        sender=Sender(
            name=organisation.name_cy if welsh else organisation.name,
            email=organisation.email,
            phone=organisation.phone,
            address=organisation.address,
            colour=organisation.colour,
        ),
        to=message.to,
        language=message.language,
        subject=message.subject,
        body=message.body,
        large_print=message.large_print,
        dated=legal_date(message.queued_at),
    )
