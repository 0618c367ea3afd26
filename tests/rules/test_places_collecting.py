"""When a container is collected, what is said about a changed day, and when a missed one can be reported."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewide.kernel.clock import LONDON
from placewide.places import rules
from placewide.places.terms import (
    CollectionDay,
    CollectionStatus,
    Container,
    CrewNote,
    HolidayChange,
    Noted,
    Route,
    RunNote,
    RunStatus,
    Schedule,
)

THURSDAY = date(2026, 12, 10)
FORTNIGHTLY = Schedule(first_date=THURSDAY, weeks=2, starts=7 * 60, ends=15 * 60 + 30)
CHRISTMAS = {
    date(2026, 12, 24): HolidayChange(date(2026, 12, 24), date(2026, 12, 25), "Christmas Day", "Dydd Nadolig"),
}
ROUTE = Route(UUID(int=1), UUID(int=2), "Thursday refuse", Container.REFUSE, "black", FORTNIGHTLY, 2, "England")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def days(schedule: Schedule, changes: dict[date, HolidayChange], start: date, end: date) -> list[date]:
    return [collection.day for collection in rules.collection_days(schedule, changes, start, end)]


def test_a_fortnightly_round_goes_every_other_week_from_its_first_date() -> None:
    found = days(FORTNIGHTLY, {}, date(2026, 11, 1), date(2027, 1, 31))
    assert found == [THURSDAY + timedelta(weeks=w) for w in (0, 2, 4, 6)]


def test_a_round_ends_with_its_last_date() -> None:
    ending = Schedule(THURSDAY, 1, 420, 900, last_date=THURSDAY + timedelta(weeks=1))
    assert len(days(ending, {}, date(2026, 1, 1), date(2028, 1, 1))) == 2


def test_a_moved_collection_is_on_its_new_day_only() -> None:
    found = days(FORTNIGHTLY, CHRISTMAS, date(2026, 12, 20), date(2026, 12, 31))
    assert found == [date(2026, 12, 25)]


def test_a_collection_left_out_is_on_no_day() -> None:
    left_out = {date(2026, 12, 24): HolidayChange(date(2026, 12, 24), None, "the Christmas break")}
    assert days(FORTNIGHTLY, left_out, date(2026, 12, 20), date(2026, 12, 31)) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Thursday’s collection is on Friday because of Christmas Day"),
        ("cy", "Mae casgliad dydd Iau ar ddydd Gwener oherwydd Dydd Nadolig"),
        ("fr", "Thursday’s collection is on Friday because of Christmas Day"),
    ],
)
def test_a_changed_day_is_said_with_its_reason(language: str, sentence: str) -> None:
    moved = rules.collection_day(FORTNIGHTLY, CHRISTMAS, date(2026, 12, 24))
    assert rules.change_sentence(moved, language) == sentence


def test_a_collection_a_week_later_is_said_with_dates() -> None:
    change = HolidayChange(date(2026, 12, 24), date(2026, 12, 31), "Christmas Day", "Dydd Nadolig")
    moved = CollectionDay(change.moved_to, change.normal, change)
    assert rules.change_sentence(moved, "en") == (
        "The collection of Thursday 24 December is on Thursday 31 December because of Christmas Day"
    )
    assert rules.change_sentence(moved, "cy") == (
        "Mae casgliad dydd Iau 24 Rhagfyr ar ddydd Iau 31 Rhagfyr oherwydd Dydd Nadolig"
    )


def test_a_normal_day_needs_no_words() -> None:
    assert rules.change_sentence(rules.collection_day(FORTNIGHTLY, {}, THURSDAY), "en") == ""
    assert rules.change_sentence(None, "en") == ""


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        (at(THURSDAY, 6), THURSDAY, THURSDAY),  # not out yet
        (at(THURSDAY, 15, 29), THURSDAY, THURSDAY),
        (at(THURSDAY, 15, 30), THURSDAY, date(2026, 12, 24)),  # over
        (at(date(2026, 12, 9), 23), None, THURSDAY),
        (at(date(2026, 12, 11), 9), THURSDAY, date(2026, 12, 24)),
    ],
)
def test_today_counts_as_next_until_the_round_is_over(now: datetime, last: date | None, following: date) -> None:
    found = rules.collection(ROUTE, Noted(), assisted=False, now=now, language="en")
    assert (found.last, found.next) == (last, following)


RUNNING = RunNote(RunStatus.RUNNING, at(THURSDAY, 7, 10))
EARLY = RunNote(RunStatus.FINISHED, at(THURSDAY, 13, 20))
DELAYED = RunNote(RunStatus.DELAYED, at(THURSDAY, 11), until=at(THURSDAY + timedelta(days=1), 12))
DELAYED_OPEN = RunNote(RunStatus.DELAYED, at(THURSDAY, 11))
STICKER = CrewNote(CollectionStatus.CONTAMINATED, at(THURSDAY, 9, 4))


@pytest.mark.parametrize(
    ("run", "crew", "now", "status", "reportable"),
    [
        (None, None, at(THURSDAY, 15), "not-finished", False),
        (None, None, at(THURSDAY, 16), "finished", True),
        (RUNNING, None, at(THURSDAY, 15), "not-finished", False),
        (RUNNING, None, at(THURSDAY, 18), "not-finished", False),  # late, and known to be
        (RUNNING, None, at(THURSDAY + timedelta(days=1), 0), "finished", True),  # nobody noted the end
        (EARLY, None, at(THURSDAY, 13, 20), "finished", True),
        (DELAYED, None, at(THURSDAY, 20), "delayed", False),
        (DELAYED, None, at(THURSDAY + timedelta(days=1), 12), "finished", True),
        (DELAYED_OPEN, None, at(THURSDAY + timedelta(days=1), 15), "delayed", False),
        (DELAYED_OPEN, None, at(THURSDAY + timedelta(days=1), 16), "finished", True),
        (EARLY, STICKER, at(THURSDAY, 14), "contaminated", True),
    ],
)
def test_status_and_report_window_follow_what_the_crew_noted(
    run: RunNote | None, crew: CrewNote | None, now: datetime, status: str, reportable: bool
) -> None:
    noted = Noted({}, {THURSDAY: run} if run else {}, {THURSDAY: crew} if crew else {})
    found = rules.collection(ROUTE, noted, assisted=False, now=now, language="en")
    assert found.status == status
    assert found.report_from
    assert found.report_until
    assert (found.report_from <= now <= found.report_until) == reportable


@pytest.mark.parametrize(
    ("report_days", "run", "last_day"),
    [
        (1, None, date(2026, 12, 11)),  # Friday
        (2, None, date(2026, 12, 14)),  # over the weekend to Monday
        (2, DELAYED, date(2026, 12, 15)),  # counted from the day on which the late round was over
    ],
)
def test_the_window_is_counted_in_working_days(report_days: int, run: RunNote | None, last_day: date) -> None:
    route = Route(UUID(int=1), UUID(int=2), "r", Container.REFUSE, "black", FORTNIGHTLY, report_days, "England")
    noted = Noted({}, {THURSDAY: run} if run else {}, {})
    found = rules.collection(route, noted, assisted=False, now=at(THURSDAY, 17), language="en")
    assert found.report_until == datetime(last_day.year, last_day.month, last_day.day, 23, 59, 59, tzinfo=UTC)


def test_the_window_leaves_out_bank_holidays_of_the_nation() -> None:
    new_year = Schedule(date(2026, 12, 31), 1, 420, 930)
    ends = {}
    for nation in ("England", "Scotland"):
        route = Route(UUID(int=1), UUID(int=2), "r", Container.FOOD, "brown", new_year, 1, nation)
        found = rules.collection(route, Noted(), assisted=False, now=at(date(2027, 1, 2), 9), language="en")
        ends[nation] = found.report_until.date()
    assert ends == {"England": date(2027, 1, 4), "Scotland": date(2027, 1, 5)}


def test_the_planned_end_is_by_the_clock_on_the_wall_when_clocks_change() -> None:
    sunday = Schedule(date(2026, 3, 29), 1, 420, 15 * 60 + 30)
    found = rules.report_from(sunday, date(2026, 3, 29), None)
    assert found.astimezone(UTC) == datetime(2026, 3, 29, 14, 30, tzinfo=UTC)


schedules = st.builds(
    Schedule,
    first_date=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    weeks=st.integers(1, 4),
    starts=st.integers(0, 700),
    ends=st.integers(701, 1439),
    last_date=st.none() | st.dates(date(2027, 1, 1), date(2031, 1, 1)),
)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Schedule, dict[date, HolidayChange]]:
    """A round with some of its collections moved by up to six days or left out."""
    schedule = draw(schedules)
    found = {}
    for nth in draw(st.sets(st.integers(0, 60), max_size=8)):
        normal = schedule.first_date + timedelta(weeks=schedule.weeks * nth)
        moved = draw(st.none() | st.integers(1, 6).map(lambda n, normal=normal: normal + timedelta(days=n)))
        found[normal] = HolidayChange(normal, moved, "a holiday")
    return schedule, found


@given(changed(), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_each_normal_day_is_collected_once_unless_left_out(
    case: tuple[Schedule, dict[date, HolidayChange]], start: date
) -> None:
    schedule, changes = case
    end = start + timedelta(days=200)
    normal = days(schedule, {}, start, end)
    moved = rules.collection_days(schedule, changes, start - timedelta(days=30), end + timedelta(days=30))
    left_out = {day for day, change in changes.items() if change.moved_to is None}
    assert [c.normal for c in moved if start <= c.normal <= end and c.normal in set(normal)] == sorted(
        set(normal) - left_out
    )
    assert all((c.day == c.normal) == (c.change is None) for c in moved)
    assert [c.day for c in moved] == sorted(c.day for c in moved)


@given(changed(), st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_last_is_never_after_today_and_next_never_before(
    case: tuple[Schedule, dict[date, HolidayChange]], moment: datetime
) -> None:
    schedule, changes = case
    now = moment.replace(tzinfo=UTC)
    today = now.astimezone(LONDON).date()
    route = Route(UUID(int=1), UUID(int=2), "r", Container.PAPER, "red", schedule, 1, "Wales")
    found = rules.collection(route, Noted(changes, {}, {}), assisted=True, now=now, language="cy")
    assert found.last is None or found.last <= today
    assert found.next is None or found.next >= today
    if found.last:
        assert found.report_from
        assert found.report_until
        assert found.report_from < found.report_until
        assert not [d for d in days(schedule, changes, found.last, today) if found.last < d <= today]
    if found.next and found.next > today:
        over = found.next == found.last
        assert not over
        assert not days(schedule, changes, today + timedelta(days=1), found.next - timedelta(days=1))
