"""Warnings about the person of a case: what staff should know before they go there, looked at again by a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from placewide.cases.reads import StaffCase
from placewide.kernel.clock import legal_date
from placewide.ui.terms import Fault
from placewide.ui.wording import plain_date

_LONGEST = 200  # characters
_FURTHEST = timedelta(days=366)  # nobody is warned of for longer without somebody looking again


@dataclass(frozen=True, slots=True)
class NewWarning:
    """A warning as it was sent, and what is wrong with it."""

    text: str = ""
    review_on: str = ""
    faults: tuple[Fault, ...] = ()

    def said_at(self, name: str) -> str:
        """What is wrong with one field."""
        return next((fault.text for fault in self.faults if fault.field_id == name), "")


def posted_warning(request: HttpRequest, now: datetime) -> NewWarning:
    """What was sent, checked."""
    text = request.POST.get("warning", "").replace("\0", "").strip()
    review, faults = request.POST.get("review_on", "").strip()[:40], []
    if not text:
        faults.append(Fault(gettext("Enter what everybody should know"), "warning"))
    elif len(text) > _LONGEST:
        faults.append(Fault(gettext("Say it in %(most)s characters or fewer") % {"most": _LONGEST}, "warning"))
    if not _is_ahead(review, legal_date(now)):
        faults.append(Fault(gettext("Choose a day after today and within a year"), "review_on"))
    return NewWarning(text[: _LONGEST * 2], review, tuple(faults))


def warnings_shown(found: StaffCase, language: str, now: datetime) -> list[dict[str, Any]]:
    """Each with who wrote it and when, and when it is looked at again."""
    return [
        {
            "text": row.text,
            "review": plain_date(row.review_on, language, year=True),
            "over": row.review_on < legal_date(now),
            "source": f"{row.raised_by.name or row.raised_by.email}, {plain_date(row.raised_at, language)}",
            "end_action": reverse("staff-warn-end", args=[found.row.reference, row.id]),
        }
        for row in found.warnings
    ]


def warn_card(found: StaffCase, sent: NewWarning | None, shown: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Where warnings are added and taken away; none where the case is about a place, or another organisation's."""
    if found.person is None or not found.ours:
        return None
    given = sent or NewWarning()
    return {
        "action": reverse("staff-warn", args=[found.row.reference]),
        "open": sent is not None,
        "text": given.text,
        "text_error": given.said_at("warning"),
        "review_on": given.review_on,
        "review_error": given.said_at("review_on"),
        "shown": shown,
        "none": gettext("Only what stands at the top of this page: how it is safe to reach people.")
        if found.reach or found.careful
        else gettext("None."),
    }


def _is_ahead(text: str, today: date) -> bool:
    try:
        return today < date.fromisoformat(text) <= today + _FURTHEST
    except ValueError:
        return False
