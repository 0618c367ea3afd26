"""The mail that tells a team of urgent answers at once. It says where to look, and nothing about anybody."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from placewide.identity import reads as identity
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM
from placewide.messages import actions, reads
from placewide.messages.terms import Channel, NewMessage
from placewide.tasks import reads as tasks
from placewide.tasks.events import UrgentRaised


def tell_of_urgent(event: UrgentRaised, *, now: datetime) -> None:
    """Once a report: to the team's own address, else to its manager, else to nobody."""
    key = f"urgent:{event.about_id}"
    if reads.was_queued(key):
        return
    team = identity.team_by_id(event.team_id) if event.team_id else None
    to, language = (team.email, settings.LANGUAGE_CODE) if team else ("", "")
    if not to:
        manager_id = tasks.manager_of(event.organisation_id, event.team_id, legal_date(now))
        manager = identity.user(manager_id) if manager_id else None
        if manager is None:
            return
        to, language = manager.email, manager.language or settings.LANGUAGE_CODE
    subject, body = _words(language)
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


def _words(language: str) -> tuple[str, str]:
    with override(language):
        body = (
            gettext("Answers came in that say that somebody may be at risk."),
            gettext("Look at this now:"),
            f"{settings.ADDRESS}{reverse('inbox')}?urgent=yes",
        )
        return gettext("Urgent: look at this now"), "\n\n".join(body)
