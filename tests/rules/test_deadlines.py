"""Deadlines over bank holidays, clock changes, leap days and Christmas, worked out by hand from the public lists.

The bank holidays are those that gov.uk/bank-holidays lists, written down here by hand; none is computed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest

from placewide.kernel.calendar import add_working_days, due_at, is_working_day

ENGLAND, WALES, SCOTLAND, ULSTER = "England", "Wales", "Scotland", "Northern Ireland"
LISTED = {
    ENGLAND: """
        2022: 3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12
        2023: 2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12
        2026: 1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12
        2027: 1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12
        2028: 3/1 14/4 17/4 1/5 29/5 28/8 25/12 26/12""",
    SCOTLAND: """
        2022: 3/1 4/1 15/4 2/5 2/6 3/6 1/8 19/9 30/11 26/12 27/12
        2023: 2/1 3/1 7/4 1/5 8/5 29/5 7/8 30/11 25/12 26/12
        2026: 1/1 2/1 3/4 4/5 25/5 15/6 3/8 30/11 25/12 28/12
        2027: 1/1 4/1 26/3 3/5 31/5 2/8 30/11 27/12 28/12
        2028: 3/1 4/1 14/4 1/5 29/5 7/8 30/11 25/12 26/12""",
    ULSTER: """
        2022: 3/1 17/3 15/4 18/4 2/5 2/6 3/6 12/7 29/8 19/9 26/12 27/12
        2023: 2/1 17/3 7/4 10/4 1/5 8/5 29/5 12/7 28/8 25/12 26/12
        2026: 1/1 17/3 3/4 6/4 4/5 25/5 13/7 31/8 25/12 28/12
        2027: 1/1 17/3 26/3 29/3 3/5 31/5 12/7 30/8 27/12 28/12
        2028: 3/1 17/3 14/4 17/4 1/5 29/5 12/7 28/8 25/12 26/12""",
}
LISTED[WALES] = LISTED[ENGLAND]  # one list for both


def listed(nation: str) -> Iterator[tuple[int, set[date]]]:
    """Year → the weekdays that are bank holidays."""
    for line in LISTED[nation].split("\n"):
        if year := line.strip()[:4]:
            days = (each.split("/") for each in line.strip()[5:].split())
            yield int(year), {date(int(year), int(month), int(day)) for day, month in days}


@pytest.mark.parametrize("nation", [ENGLAND, WALES, SCOTLAND, ULSTER])
def test_the_weekdays_that_are_no_working_days_are_those_of_the_public_list(nation: str) -> None:
    for year, expected in listed(nation):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
        weekdays = [day for day in days if day.year == year and day.weekday() < 5]
        assert {day for day in weekdays if not is_working_day(day, nation)} == expected, year


@pytest.mark.parametrize(
    ("nation", "due"),
    [(ENGLAND, date(2026, 4, 8)), (WALES, date(2026, 4, 8)), (SCOTLAND, date(2026, 4, 7)), (ULSTER, date(2026, 4, 8))],
)
def test_three_working_days_over_easter(nation: str, due: date) -> None:
    """From Wednesday 1 April 2026: Thursday; not Good Friday; Easter Monday only where it is an ordinary day."""
    assert add_working_days(date(2026, 4, 1), 3, nation) == due


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        # Christmas Day 2027 is a Saturday: Monday 27 and Tuesday 28 December stand in.
        (date(2027, 12, 23), 1, dict.fromkeys((ENGLAND, WALES, SCOTLAND, ULSTER), date(2027, 12, 24))),
        (date(2027, 12, 23), 2, dict.fromkeys((ENGLAND, WALES, SCOTLAND, ULSTER), date(2027, 12, 29))),
        # New Year's Day 2028 is a Saturday: Monday 3 January stands in, in Scotland Tuesday 4 as well.
        (date(2027, 12, 24), 4, {ENGLAND: date(2028, 1, 4), SCOTLAND: date(2028, 1, 5), ULSTER: date(2028, 1, 4)}),
        # Christmas Day 2022 is a Sunday: Boxing Day is Monday itself, Christmas is made good on Tuesday.
        (date(2022, 12, 23), 1, dict.fromkeys((ENGLAND, WALES, SCOTLAND, ULSTER), date(2022, 12, 28))),
        # New Year's Day 2023 is a Sunday: in Scotland Monday is the 2nd of January itself, Tuesday makes good the 1st.
        (date(2022, 12, 30), 1, {ENGLAND: date(2023, 1, 3), SCOTLAND: date(2023, 1, 4), ULSTER: date(2023, 1, 3)}),
        # Days of one nation only.
        (date(2026, 3, 16), 1, {ENGLAND: date(2026, 3, 17), SCOTLAND: date(2026, 3, 17), ULSTER: date(2026, 3, 18)}),
        (date(2026, 6, 12), 1, {ENGLAND: date(2026, 6, 15), SCOTLAND: date(2026, 6, 16), ULSTER: date(2026, 6, 15)}),
        (date(2026, 7, 10), 1, {ENGLAND: date(2026, 7, 13), SCOTLAND: date(2026, 7, 13), ULSTER: date(2026, 7, 14)}),
        (date(2026, 7, 31), 1, {ENGLAND: date(2026, 8, 3), SCOTLAND: date(2026, 8, 4), ULSTER: date(2026, 8, 3)}),
        (date(2026, 8, 28), 1, {ENGLAND: date(2026, 9, 1), SCOTLAND: date(2026, 8, 31), ULSTER: date(2026, 9, 1)}),
        (date(2026, 11, 27), 1, {ENGLAND: date(2026, 11, 30), SCOTLAND: date(2026, 12, 1), ULSTER: date(2026, 11, 30)}),
        # 29 February: a Tuesday in 2028, a Sunday in 2032; there is none in 2027.
        (date(2028, 2, 28), 1, dict.fromkeys((ENGLAND, SCOTLAND, ULSTER), date(2028, 2, 29))),
        (date(2028, 2, 28), 2, dict.fromkeys((ENGLAND, SCOTLAND, ULSTER), date(2028, 3, 1))),
        (date(2032, 2, 27), 1, dict.fromkeys((ENGLAND, SCOTLAND, ULSTER), date(2032, 3, 1))),
        (date(2027, 2, 26), 1, dict.fromkeys((ENGLAND, SCOTLAND, ULSTER), date(2027, 3, 1))),
    ],
)
def test_working_days_by_hand(start: date, number: int, due: dict[str, date]) -> None:
    assert {nation: add_working_days(start, number, nation) for nation in due} == due


@pytest.mark.parametrize(
    ("start", "number", "unit", "due"),
    [
        # Clocks go forward on Sunday 29 March 2026 at 1am: midnight before in UTC, after it an hour earlier.
        ("2026-03-27 16:30", 1, "days", "2026-03-28 23:59:59"),
        ("2026-03-28 16:30", 1, "days", "2026-03-29 22:59:59"),
        ("2026-03-27 16:30", 1, "working_days", "2026-03-30 22:59:59"),
        ("2026-03-26 16:30", 1, "weeks", "2026-04-02 22:59:59"),
        ("2026-03-29 00:30", 1, "hours", "2026-03-29 01:30:00"),  # 12:30am, then 2:30am on the wall: one hour
        ("2026-03-28 17:00", 24, "hours", "2026-03-29 17:00:00"),  # 5pm on Saturday, 6pm on Sunday
        # Clocks go back on Sunday 25 October 2026 at 2am.
        ("2026-10-23 15:30", 1, "days", "2026-10-24 22:59:59"),
        ("2026-10-24 15:30", 1, "days", "2026-10-25 23:59:59"),
        ("2026-10-23 15:30", 1, "working_days", "2026-10-26 23:59:59"),
        ("2026-10-25 00:30", 1, "hours", "2026-10-25 01:30:00"),  # 1:30am, and an hour later 1:30am again
        ("2026-10-24 16:00", 24, "hours", "2026-10-25 16:00:00"),  # 5pm on Saturday, 4pm on Sunday
        # In summer the last hour of a day in UTC is the next day in London.
        ("2026-06-30 23:30", 1, "days", "2026-07-02 22:59:59"),
        ("2026-01-30 23:30", 1, "days", "2026-01-31 23:59:59"),
        ("2026-10-23 23:30", 1, "working_days", "2026-10-26 23:59:59"),  # already Saturday in London
        # 29 February.
        ("2028-02-28 09:00", 1, "days", "2028-02-29 23:59:59"),
        ("2028-02-29 09:00", 1, "days", "2028-03-01 23:59:59"),
        ("2028-02-22 09:00", 1, "weeks", "2028-02-29 23:59:59"),
        ("2028-02-29 09:00", 1, "weeks", "2028-03-07 23:59:59"),
        ("2028-02-28 17:00", 24, "hours", "2028-02-29 17:00:00"),
        ("2027-02-28 09:00", 1, "days", "2027-03-01 23:59:59"),
        # Nothing to add: today if it is a working day, otherwise the next one.
        ("2026-12-25 09:00", 0, "working_days", "2026-12-29 23:59:59"),
        ("2026-12-24 23:59", 0, "working_days", "2026-12-24 23:59:59"),
    ],
)
def test_the_last_instant_in_england_by_hand(start: str, number: int, unit: str, due: str) -> None:
    assert due_at(_utc(start), number, unit, ENGLAND) == _utc(due)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "nation"),
    [
        (date(2023, 1, 2), SCOTLAND),  # stands in for a Sunday, and is a holiday itself
        (date(2034, 1, 2), SCOTLAND),
        (date(2023, 1, 3), SCOTLAND),
        (date(2034, 1, 3), SCOTLAND),
        (date(2026, 6, 15), SCOTLAND),  # the World Cup
        (date(2027, 12, 27), WALES),
        (date(2027, 12, 28), WALES),
    ],
)
def test_a_day_that_stands_in_for_a_holiday_is_one(day: date, nation: str) -> None:
    assert day.weekday() < 5
    assert not is_working_day(day, nation)


def test_requests_at_the_same_moment_see_the_whole_calendar() -> None:
    """A web server's threads ask for a year that nobody has asked for yet."""
    together, before = 4, sys.getswitchinterval()
    barrier = Barrier(together)

    def ask(year: int) -> bool:
        barrier.wait(10)
        return add_working_days(date(year, 12, 24), 1, ENGLAND).day > 26

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(together) as threads:
            for year in range(1980, 2100):
                assert set(threads.map(ask, [year] * together)) == {True}, year
    finally:
        sys.setswitchinterval(before)
