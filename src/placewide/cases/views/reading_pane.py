"""A case read beside the list: enough to decide whether to open it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from placewide.cases.reads import InboxLine, StaffCase
from placewide.cases.views.due import days_left, due_words
from placewide.cases.views.spoken import answered, marked
from placewide.people.wording import need_words
from placewide.ui.wording import plain_date, plain_datetime

_LATEST = 3  # of what happened


def reading_pane(line: InboxLine, case: StaffCase, language: str, now: datetime) -> dict[str, Any]:
    """What is to be done and by when, whom it is about, what was told, what happened last."""
    return {
        "title": line.title_in(language),
        "reference": line.reference,
        "name": (case.person.name if case.person else "") or case.row.place,
        "needs": [need_words(need) for need in case.person.access_needs] if case.person else [],
        "due": due_words(line.due_at, now, language, urgent=line.urgent),
        "left": days_left(line.due_at, now),
        "urgent": line.urgent,
        "facts": _facts(line, case, language),
        "reach": case.reach,
        "notes": [{"title": note.title, "text": note.text} for note in case.notes],
        "answers": [answered(answer, language) for answer in case.answers if not answer.files],
        "source": gettext("Told on %(when)s") % {"when": plain_datetime(case.row.opened_at, language)},
        "latest": [
            {"title": e.sentence, "text": e.text, "when": plain_datetime(e.at, language), "at": e.at.isoformat()}
            | marked(e, language)
            for e in case.entries[:_LATEST]
        ],
    }


def _facts(line: InboxLine, case: StaffCase, language: str) -> list[dict[str, str]]:
    since = plain_date(case.row.state_since, language)
    stands = gettext("%(state)s since %(when)s") % {"state": line.sentence, "when": since}
    known = [
        (gettext("Service"), case.service),
        (gettext("Stands"), stands),
        (gettext("Who does it"), line.assignee or gettext("Nobody yet")),
        (gettext("From"), "" if line.ours else line.organisation),
    ]
    return [{"key": key, "value": value} for key, value in known if value]
