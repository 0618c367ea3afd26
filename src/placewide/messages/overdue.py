"""The mail that tells a team that work is past its date. It names the team and leads to its list, and says no more."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from placewide.identity.models import Team
from placewide.kernel.clock import legal_date
from placewide.messages.to_a_team import tell_team
from placewide.tasks.events import TaskEscalated


def tell_of_overdue(event: TaskEscalated, *, now: datetime) -> None:
    """Once a day and team."""
    key = f"overdue:{event.team_id or event.organisation_id}:{legal_date(now)}"
    tell_team(key, event.organisation_id, event.team_id, _words, now=now)


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
