"""The mail that tells a team that work is past its date. It names the team and leads to its list, and says no more."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from placewide.identity import reads as identity
from placewide.identity.models import Team
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM
from placewide.messages import actions, reads
from placewide.messages.terms import Channel, NewMessage
from placewide.tasks.events import TaskEscalated


def tell_of_overdue(event: TaskEscalated, *, now: datetime) -> None:
    """Once a day and team: to the team's own address, else to the manager the task was brought to, else to nobody."""
    key = f"overdue:{event.team_id or event.organisation_id}:{legal_date(now)}"
    if reads.was_queued(key):
        return
    team = identity.team_by_id(event.team_id) if event.team_id else None
    manager = identity.user(event.manager_id) if event.manager_id else None
    if team and team.email:
        to, language = team.email, settings.LANGUAGE_CODE
    elif manager:
        to, language = manager.email, manager.language or settings.LANGUAGE_CODE
    else:
        return
    subject, body = _words(team, language)
    message = NewMessage(
        organisation_id=event.organisation_id,
        key=key,
        channel=Channel.EMAIL,
        to=to,
        subject=subject,
        body=body,
        language=language,
        team_id=event.team_id,
    )
    actions.send([message], actor=SYSTEM, now=now)


def _words(team: Team | None, language: str) -> tuple[str, str]:
    with override(language):
        query = urlencode({"due": "overdue"} | ({"team": str(team.id)} if team else {}))
        where = gettext("Work of %(team)s is past its date.") % {"team": team.name} if team else ""
        body = (
            where or gettext("Work of your organisation is past its date."),
            gettext("See what is overdue, and who has it:"),
            f"{settings.ADDRESS}{reverse('inbox')}?{query}",
            gettext("You get this once a day at most."),
        )
        return gettext("Work is overdue"), "\n\n".join(body)
