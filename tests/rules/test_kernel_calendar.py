"""Working days and deadlines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewide.kernel.calendar import (
    add_working_days,
    due_at,
    end_of_day,
    is_working_day,
    working_days_between,
)
from placewide.kernel.clock import legal_date

nations = st.sampled_from(["England", "Wales", "Scotland", "Northern Ireland"])
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
numbers = st.integers(0, 60)


@pytest.mark.parametrize(
    ("day", "nation", "is_one"),
    [
        (date(2026, 4, 6), "England", True),  # Easter Monday
        (date(2026, 4, 6), "Scotland", False),
        (date(2026, 1, 2), "Scotland", True),
        (date(2026, 7, 13), "Northern Ireland", True),  # the Battle of the Boyne: the 12th is a Sunday
        (date(2026, 11, 30), "Scotland", True),  # St Andrew's Day
        (date(2026, 8, 3), "Scotland", True),  # in summer
        (date(2026, 8, 31), "Wales", True),
        (date(2026, 12, 28), "England", True),  # Boxing Day: the 26th is a Saturday
        (date(2026, 12, 29), "England", False),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day, nation, is_one):
    assert is_working_day(day, nation) is not is_one


@pytest.mark.parametrize(
    ("day", "number", "due"),
    [
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, weekend, substitute for Boxing Day
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
        (date(2026, 12, 25), 0, date(2026, 12, 29)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
    ],
)
def test_working_days_step_over_weekends_and_holidays(day, number, due):
    assert add_working_days(day, number, "England") == due


def test_a_deadline_in_hours_is_exact():
    start = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # clocks go forward that night
    assert due_at(start, 4, "hours", "England") == start + timedelta(hours=4)


def test_a_deadline_in_days_ends_when_the_day_ends_in_london():
    late_on_the_first_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert due_at(late_on_the_first_in_london, 2, "days", "England") == datetime(2026, 7, 3, 22, 59, 59, tzinfo=UTC)
    assert due_at(late_on_the_first_in_london, 1, "weeks", "England") == datetime(2026, 7, 8, 22, 59, 59, tzinfo=UTC)


def test_an_unknown_nation_or_unit_is_refused():
    with pytest.raises(ValueError, match="nation"):
        is_working_day(date(2026, 1, 5), "Cornwall")
    with pytest.raises(ValueError, match="unit"):
        due_at(datetime(2026, 1, 5, tzinfo=UTC), 1, "fortnights", "England")


@given(days, numbers, nations)
def test_the_day_reached_is_a_working_day_with_so_many_between(day, number, nation):
    reached = add_working_days(day, number, nation)
    assert is_working_day(reached, nation)
    if number:
        assert working_days_between(day, reached, nation) == number


@given(days, st.integers(1, 30), st.integers(1, 30), nations)
def test_working_days_add_up(day, first, second, nation):
    there = add_working_days(add_working_days(day, first, nation), second, nation)
    assert there == add_working_days(day, first + second, nation)


@given(days, st.integers(1, 30), nations)
def test_a_later_start_is_never_due_earlier(day, number, nation):
    assert add_working_days(day, number, nation) <= add_working_days(day + timedelta(days=1), number, nation)


@given(days)
def test_a_legal_day_ends_on_its_own_date(day):
    assert legal_date(end_of_day(day)) == day
    assert legal_date(end_of_day(day) + timedelta(seconds=1)) == day + timedelta(days=1)
