"""The mail that tells a team of urgent answers at once. It says where to look, and nothing about anybody."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from placewide.identity.models import Team
from placewide.messages.to_a_team import tell_team
from placewide.tasks.events import UrgentRaised


def tell_of_urgent(event: UrgentRaised, *, now: datetime) -> None:
    """Once a report."""
    tell_team(f"urgent:{event.about_id}", event.organisation_id, event.team_id, _words, now=now)


def _words(team: Team | None, language: str) -> tuple[str, str]:
    with override(language):
        body = (
            gettext("Answers came in that say that somebody may be at risk."),
            gettext("Look at this now:"),
            f"{settings.ADDRESS}{reverse('inbox')}?urgent=yes",
        )
        return gettext("Urgent: look at this now"), "\n\n".join(body)
