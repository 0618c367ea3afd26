"""How a deadline stands, in words, and under which heading of a list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from placewide.cases.views.due import days_left, due_words, part_of, rule_words
from placewide.kernel.calendar import end_of_day
from placewide.services.terms import Deadline, DeadlineUnit
from placewide.tasks.terms import URGENT_WITHIN

NOW = datetime(2026, 11, 23, 14, 15, tzinfo=UTC)  # Monday
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("due", "words", "part", "left"),
    [
        (NOW - timedelta(days=3), "3 days late", "Overdue", -3),
        (NOW - timedelta(hours=4), "Late since 10:15am", "Overdue", -1),
        (NOW + timedelta(hours=2), "Due today by 4:15pm", "Due today", 0),
        (end_of_day(TODAY), "Due today", "Due today", 0),
        (end_of_day(TODAY + timedelta(days=1)), "Due tomorrow", "Due tomorrow", 1),
        (end_of_day(TODAY + timedelta(days=7)), "Due in 7 days", "Due within 7 days", 7),
        (end_of_day(TODAY + timedelta(days=8)), "Due in 8 days", "Later", 8),
        (None, "", "Later", 99),
    ],
    ids=["days", "hours", "later-today", "end-of-today", "tomorrow", "week", "later", "never"],
)
def test_a_deadline_is_said_in_words(due: datetime | None, words: str, part: str, left: int) -> None:
    assert (due_words(due, NOW, "en"), part_of(due, NOW), days_left(due, NOW)) == (words, part, left)


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (
            Deadline(2, DeadlineUnit.WORKING_DAYS),
            "This service allows 2 working days from Monday 23 November: until Wednesday 25 November.",
        ),
        (
            Deadline(4, DeadlineUnit.HOURS),
            "This service allows 4 hours from Monday 23 November at 2:15pm: until Wednesday 25 November at 11:59pm.",
        ),
        (
            Deadline(1, DeadlineUnit.WEEKS),
            "This service allows 1 week from Monday 23 November: until Wednesday 25 November.",
        ),
        (None, ""),
    ],
    ids=["working-days", "hours", "one-week", "none"],
)
def test_a_deadline_says_where_it_comes_from(deadline: Deadline | None, words: str) -> None:
    assert rule_words(deadline, NOW, end_of_day(date(2026, 11, 25)), "en") == words


def test_what_is_urgent_is_looked_at_within_the_hour_whatever_the_service_allows() -> None:
    said = rule_words(Deadline(2, DeadlineUnit.WORKING_DAYS), NOW, NOW + URGENT_WITHIN, "en")
    assert said == "This is urgent: look at it now. After 3:15pm it is late."


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(60, "Now, by 3:15pm"), (0, "Now, by 2:15pm"), (-1, "Late since 2:14pm"), (240, "Due today by 6:15pm")],
    ids=["from-the-first-second", "to-the-last", "then-late", "urgent-with-hours-to-go"],
)
def test_what_is_urgent_is_for_now_until_its_time_is_over(minutes: int, words: str) -> None:
    assert due_words(NOW + timedelta(minutes=minutes), NOW, "en", urgent=True) == words


def test_what_is_urgent_is_never_late_from_the_first_second() -> None:
    assert days_left(NOW + URGENT_WITHIN, NOW) == 0
    assert due_words(NOW + URGENT_WITHIN, NOW, "en") == "Due today by 3:15pm", "only what is urgent is for now"
