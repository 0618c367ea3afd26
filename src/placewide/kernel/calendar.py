"""Working days of the four nations, and when something is due. Pure: no clock, no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from placewide.kernel.clock import LONDON, legal_date

_SATURDAY, _SUNDAY = 5, 6
_NATIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


def is_working_day(day: date, nation: str) -> bool:
    """Monday to Friday and not a bank holiday there. Raises ValueError for an unknown nation.

    A holiday that falls on a weekend is kept on the next weekday (Banking and Financial Dealings Act 1971, Sch 1).
    """
    return day.weekday() < _SATURDAY and day not in _holidays(nation, day.year)


def add_working_days(day: date, number: int, nation: str) -> date:
    """The ``number``-th working day after ``day`` (before, if negative). Zero: ``day``, or the next working day."""
    if number == 0:
        return _to_working_day(day, 1, nation)
    step = 1 if number > 0 else -1
    for _ in range(abs(number)):
        day = _to_working_day(day + timedelta(days=step), step, nation)
    return day


def working_days_between(start: date, end: date, nation: str) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` comes first."""
    if end < start:
        return -working_days_between(end, start, nation)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, nation) for day in days)


def due_at(start: datetime, number: int, unit: str, nation: str) -> datetime:
    """The last instant to be in time, UTC.

    ``hours`` are exact. ``days``, ``weeks`` and ``working_days`` run from the legal date of ``start``, which does not
    count, to the last second of the last day as clocks in the United Kingdom show it. Raises ValueError for another
    unit.
    """
    if unit == "hours":
        return start + timedelta(hours=number)
    if unit == "days":
        return end_of_day(legal_date(start) + timedelta(days=number))
    if unit == "weeks":
        return end_of_day(legal_date(start) + timedelta(weeks=number))
    if unit == "working_days":
        return end_of_day(add_working_days(legal_date(start), number, nation))
    raise ValueError(f"unit of time is hours, days, weeks or working_days, not {unit!r}")


def end_of_day(day: date) -> datetime:
    """The last second of a legal date, UTC."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=LONDON).astimezone(UTC)


def _to_working_day(day: date, step: int, nation: str) -> date:
    while not is_working_day(day, nation):
        day += timedelta(days=step)
    return day


@lru_cache(maxsize=256)
def _holidays(nation: str, year: int) -> frozenset[date]:
    """The bank holidays of a year.

    Whole before anybody sees it: the library fills its own calendar while it is asked, and another thread of the web
    server would find half a year in it.
    """
    if nation not in _NATIONS:
        raise ValueError(f"nation is one of {', '.join(_NATIONS)}, not {nation!r}")
    kept = set(holidays.country_holidays("GB", subdiv=_NATIONS[nation], years=year, expand=False))
    if nation == "Scotland" and date(year, 1, 1).weekday() == _SUNDAY:
        kept.add(date(year, 1, 3))  # the 2nd is a holiday of its own: 1971 Act, Sch 1, para 2
    return frozenset(kept)
