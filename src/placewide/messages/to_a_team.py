"""A mail to a team about its work: to its own address, else to its manager, else to nobody. Once for each occasion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from placewide.identity import reads as identity
from placewide.identity.models import Team
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM
from placewide.messages import actions, reads
from placewide.messages.terms import Channel, NewMessage
from placewide.tasks import reads as tasks

Words = Callable[[Team | None, str], tuple[str, str]]  # subject and body, for the team, in a language


def tell_team(key: str, organisation_id: UUID, team_id: UUID | None, words: Words, *, now: datetime) -> None:
    """``key`` names the occasion: nobody hears of it twice. The words must name nobody: others read these mails too."""
    if reads.was_queued(key):
        return
    team = identity.team_by_id(team_id) if team_id else None
    to, language = _reader(organisation_id, team, now)
    if not to:
        return
    subject, body = words(team, language)
    message = NewMessage(
        organisation_id=organisation_id,
        key=key,
        channel=Channel.EMAIL,
        to=to,
        subject=subject,
        body=body,
        language=language,
        team_id=team_id,
    )
    actions.send([message], actor=SYSTEM, now=now)


def _reader(organisation_id: UUID, team: Team | None, now: datetime) -> tuple[str, str]:
    """An address, empty where there is none, and the language its reader reads."""
    if team and team.email:
        return team.email, settings.LANGUAGE_CODE
    manager_id = tasks.manager_of(organisation_id, team.id if team else None, legal_date(now))
    manager = identity.user(manager_id) if manager_id else None
    return (manager.email, manager.language or settings.LANGUAGE_CODE) if manager else ("", "")
