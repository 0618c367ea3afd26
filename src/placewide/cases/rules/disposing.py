"""What of a case goes when, as its package promises, and what of its answers stays (docs/decisions/0054)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from placewide.services.terms import Answers, Package, Question, Retention

# What names nobody, chosen or counted rather than written. An address only where it is one of the place's own.
_SAYS_NO_NAME = frozenset({"radios", "checkboxes", "yes-no", "number", "date"})
_ORDER = ("messages", "files", "person", "answers", "timeline")  # what hangs on others goes before them


@dataclass(frozen=True, slots=True)
class Kept:
    """A case, as far as its keeping goes."""

    closed_on: date | None  # None: it is open, and nothing of it goes
    gone: frozenset[str]  # categories
    held: bool = False  # by law, whatever was promised


def going(retention: Iterable[Retention], case: Kept, today: date) -> tuple[Retention, ...]:
    """What of a case goes today: every category whose period is over and that has not gone yet."""
    if case.closed_on is None or case.held:
        return ()
    left = _left(retention, case.gone)
    return tuple(row for row, months in left if goes_on(case.closed_on, months) <= today)


def next_day(retention: Iterable[Retention], closed_on: date, gone: Iterable[str] = ()) -> date | None:
    """The next day on which something of a closed case goes; None where nothing is left to go."""
    return min((goes_on(closed_on, months) for _, months in _left(retention, gone)), default=None)


def goes_on(closed_on: date, months: int) -> date:
    """The day after a period of months.

    It ends with the day of the same number as that on which it began, or with the month where it has no such day
    (the corresponding date rule: Dodds v Walker [1981] 1 WLR 1027).
    """
    year, month = divmod(closed_on.month - 1 + months, 12)
    year, month = closed_on.year + year, month + 1
    last = closed_on.replace(year=year, month=month, day=min(closed_on.day, monthrange(year, month)[1]))
    return last + timedelta(days=1)


def without_people(package: Package, answers: Answers) -> dict[str, Any]:
    """The answers without those that say who somebody is and how to reach them: they go with the person."""
    theirs = _of_people(package)
    return {name: value for name, value in answers.items() if name not in theirs}


def stripped(package: Package, answers: Answers) -> dict[str, Any]:
    """The answers that are not personal: chosen, not written; not sensitive; nothing of a person; no file."""
    theirs = _of_people(package)
    asked = (question for page in package.pages if page.repeat is None for question in page.questions)
    stays = {question.id for question in asked if question.id not in theirs and _may_stay(question, answers)}
    return {name: value for name, value in answers.items() if name in stays}


def _may_stay(question: Question, answers: Answers) -> bool:
    if question.sensitive:
        return False
    if question.kind == "address":
        value = answers.get(question.id)
        return isinstance(value, Mapping) and bool(value.get("uprn"))
    return question.kind in _SAYS_NO_NAME


def _of_people(package: Package) -> frozenset[str]:
    return frozenset(question for role in package.people for question in role.fields.values())


def _left(retention: Iterable[Retention], gone: Iterable[str]) -> list[tuple[Retention, int]]:
    """What has not gone, in the order in which it goes, with its months.

    Messages name the person and stand under their address: they never stay longer than the person.
    """
    rows = {row.category: row for row in retention}
    months = {name: row.months for name, row in rows.items()}
    if {"messages", "person"} <= months.keys():
        months["messages"] = min(months["messages"], months["person"])
    return [(rows[name], months[name]) for name in _ORDER if name in rows and name not in set(gone)]
