"""When something is due, in words, and in which part of a list it stands."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext, ngettext

from placewide.kernel.calendar import end_of_day
from placewide.kernel.clock import legal_date
from placewide.services.terms import Deadline, DeadlineUnit
from placewide.tasks.terms import URGENT_WITHIN
from placewide.ui.wording import capital, in_days, plain_date, plain_datetime, plain_time


def days_left(due: datetime | None, now: datetime) -> int:
    """Whole days until ``due`` by legal dates; -1 from the moment it is over, 99 where nothing is due."""
    if due is None:
        return 99
    left = (legal_date(due) - legal_date(now)).days
    return min(left, -1) if due < now else left


def due_words(due: datetime | None, now: datetime, language: str, *, urgent: bool = False) -> str:
    """How it stands: ``2 days late``, ``Late since 10:15am``, ``Due tomorrow``; "" for nothing.

    What is ``urgent`` is for now until its time is over: ``Now, by 10:15am``.
    """
    if due is None:
        return ""
    today = legal_date(now)
    if urgent and now <= due <= now + URGENT_WITHIN:
        return gettext("Now, by %(time)s") % {"time": plain_time(due, language)}
    if legal_date(due) == today and due < now:
        return gettext("Late since %(time)s") % {"time": plain_time(due, language)}
    if legal_date(due) == today and due < end_of_day(today):
        return gettext("Due today by %(time)s") % {"time": plain_time(due, language)}
    return capital(in_days(due, today, language))


def part_of(due: datetime | None, now: datetime) -> str:
    """The heading under which a list shows it."""
    left = days_left(due, now)
    if left < 0:
        return gettext("Overdue")
    if left <= 1:
        return gettext("Due today") if left == 0 else gettext("Due tomorrow")
    return gettext("Due within 7 days") if left <= 7 else gettext("Later")


def rule_words(deadline: Deadline | None, since: datetime, due: datetime | None, language: str) -> str:
    """Where a deadline comes from: how long the package allows, from when, until when; "" where it sets none.

    What came urgent is to be looked at sooner: then the package's own time does not count, and is not said.
    """
    if deadline is None or due is None:
        return ""
    if due <= since + URGENT_WITHIN:
        return gettext("This is urgent: look at it now. After %(time)s it is late.") % {
            "time": plain_time(due, language)
        }
    exact = deadline.unit is DeadlineUnit.HOURS
    begins, ends = (plain_datetime(at, language) if exact else plain_date(at, language) for at in (since, due))
    return gettext("This service allows %(time)s from %(begins)s: until %(ends)s.") % {
        "time": _length(deadline),
        "begins": begins,
        "ends": ends,
    }


def _length(deadline: Deadline) -> str:
    number = deadline.number
    words = {
        DeadlineUnit.HOURS: ngettext("%(number)s hour", "%(number)s hours", number),
        DeadlineUnit.DAYS: ngettext("%(number)s day", "%(number)s days", number),
        DeadlineUnit.WORKING_DAYS: ngettext("%(number)s working day", "%(number)s working days", number),
        DeadlineUnit.WEEKS: ngettext("%(number)s week", "%(number)s weeks", number),
    }
    return words[deadline.unit] % {"number": number}
