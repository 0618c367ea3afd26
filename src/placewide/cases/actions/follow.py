"""The way back to a case for somebody without an account: a link by email, and what opening it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from placewide.cases.models import Participation
from placewide.cases.reads.visibility import HIDDEN, lasting
from placewide.cases.wording import LINK_BODY, LINK_SUBJECT, in_languages
from placewide.identity import actions as identity
from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Actor, Viewer
from placewide.messages import actions as messages
from placewide.messages.terms import Channel, NewMessage
from placewide.people import actions as people

FOLLOW_PURPOSE = "case.follow"
LINK_LIVES = timedelta(days=1)
MOST_LINKS = 5  # people of one case who are sent a link at once


def send_link(reference: str, link: Callable[[str, str], str], *, actor: Actor, now: datetime) -> int:
    """Send each person who follows the case and left an email address a link of their own; returns how many.

    ``link`` makes the address from a token and a language: that of its reader, whoever asked. Nothing happens, and
    nothing is said, for a reference that is none, nor to somebody to whom nothing may be sent.
    """
    rows = (
        lasting(now)
        .filter(case__reference=reference, held_at=None)
        .exclude(person=None)
        .select_related("person", "case")
    )
    reachable = [row for row in rows.order_by("id")[:MOST_LINKS] if row.person and row.person.email]
    with changing(actor=actor, now=now):
        letters = [_letter(row, link, actor, now) for row in reachable]
        messages.send(letters, actor=actor, now=now)
    return len(letters)


def follow(participation_id: UUID, *, viewer: Viewer, now: datetime) -> str | None:
    """A link was opened: the case's reference, or None where its participation has ended.

    Somebody who is signed in keeps the case in their account from now on.
    """
    row = lasting(now).filter(id=participation_id).exclude(HIDDEN).select_related("case", "person").first()
    if row is None:
        return None
    if viewer.user_id is not None and row.person is not None and row.person.user_id is None:
        people.join_by_link(viewer.user_id, row.person.id, actor=viewer.actor, now=now)
    return row.case.reference


def _letter(row: Participation, link: Callable[[str, str], str], actor: Actor, now: datetime) -> NewMessage:
    assert row.person is not None
    language = row.person.language
    token = identity.issue_token(FOLLOW_PURPOSE, row.id, expires=now + LINK_LIVES, actor=actor, now=now)
    return NewMessage(
        organisation_id=row.case.organisation_id,
        key=f"case.follow:{ids.new_id()}",
        channel=Channel.EMAIL,
        to=row.person.email,
        subject=in_languages([language], LINK_SUBJECT)[language],
        body=in_languages([language], LINK_BODY)[language] % {"link": link(token, language)},
        language=language,
        team_id=row.case.team_id,
        about_id=row.case_id,
        person_id=row.person.id,
    )
