"""Dates, money and lists as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewide.ui import wording

DAY = date(2026, 12, 8)

WELSH_MONTHS = [
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
    "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
]  # fmt: skip
WELSH_DAYS = ["dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"]


def test_a_date_is_its_weekday_day_and_month() -> None:
    assert wording.plain_date(DAY) == "Tuesday 8 December"
    assert wording.plain_date(DAY, year=True) == "Tuesday 8 December 2026"
    assert wording.plain_date(DAY, "cy") == "dydd Mawrth 8 Rhagfyr"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_welsh_month_has_its_name(month: int) -> None:
    assert wording.plain_month(date(2026, month, 1), "cy") == f"{WELSH_MONTHS[month - 1]} 2026"


@pytest.mark.parametrize("weekday", range(7))
def test_every_welsh_day_has_its_name(weekday: int) -> None:
    day = date(2026, 12, 7) + timedelta(days=weekday)
    assert wording.plain_date(day, "cy").startswith(WELSH_DAYS[weekday] + " ")


def test_an_unknown_language_is_spoken_to_in_english() -> None:
    assert wording.plain_date(DAY, "xx") == "Tuesday 8 December"


@pytest.mark.parametrize(
    ("hour", "minute", "english", "welsh"),
    [
        (0, 0, "midnight", "hanner nos"),
        (0, 5, "12:05am", "12:05yb"),
        (9, 0, "9am", "9yb"),
        (12, 0, "midday", "hanner dydd"),
        (12, 30, "12:30pm", "12:30yp"),
        (14, 30, "2:30pm", "2:30yp"),
        (23, 59, "11:59pm", "11:59yp"),
    ],
)
def test_a_time_is_said_by_the_twelve_hour_clock(hour: int, minute: int, english: str, welsh: str) -> None:
    instant = datetime(2026, 12, 8, hour, minute, tzinfo=UTC)
    assert wording.plain_time(instant) == english
    assert wording.plain_time(instant, "cy") == welsh


def test_an_instant_is_told_in_the_time_of_the_united_kingdom() -> None:
    evening = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight, summer time
    assert wording.plain_datetime(evening) == "Wednesday 1 July at 12:30am"
    assert wording.plain_datetime(evening, "cy") == "dydd Mercher 1 Gorffennaf am 12:30yb"


@pytest.mark.parametrize(
    ("pence", "said"),
    [(4200, "£42"), (4250, "£42.50"), (5, "£0.05"), (0, "£0"), (125_000, "£1,250"), (-500, "−£5"), (-5, "−£0.05")],
)
def test_money_is_pounds_and_pence_only_where_there_are_any(pence: int, said: str) -> None:
    assert wording.money(pence) == said


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_money_keeps_every_penny(pence: int) -> None:
    said = wording.money(pence).replace("−", "-").replace("£", "").replace(",", "")
    pounds, _, rest = said.partition(".")
    sign = -1 if said.startswith("-") else 1
    assert sign * (abs(int(pounds)) * 100 + int(rest or 0)) == pence


@pytest.mark.parametrize(
    ("left", "english", "welsh"),
    [
        (-2, "2 days late", "2 ddiwrnod yn hwyr"),
        (-1, "1 day late", "1 diwrnod yn hwyr"),
        (0, "due today", "i’w wneud heddiw"),
        (1, "due tomorrow", "i’w wneud yfory"),
        (2, "due in 2 days", "i’w wneud mewn 2 ddiwrnod"),
        (9, "due in 9 days", "i’w wneud mewn 9 diwrnod"),
    ],
)
def test_a_deadline_says_how_it_stands(left: int, english: str, welsh: str) -> None:
    due = DAY + timedelta(days=left)
    assert wording.in_days(due, DAY) == english
    assert wording.in_days(due, DAY, "cy") == welsh


@pytest.mark.parametrize(
    ("items", "english", "welsh"),
    [
        ([], "", ""),
        (["Medi"], "Medi", "Medi"),
        (["bara", "llaeth"], "bara and llaeth", "bara a llaeth"),
        (["bara", "llaeth", "afal"], "bara, llaeth and afal", "bara, llaeth ac afal"),
    ],
)
def test_a_list_ends_in_and(items: list[str], english: str, welsh: str) -> None:
    assert wording.and_list(items) == english
    assert wording.and_list(items, "cy") == welsh


@pytest.mark.parametrize(("size", "said"), [(1, "1 kB"), (340_000, "340 kB"), (2_400_000, "2.4 MB")])
def test_the_size_of_a_file_is_rounded(size: int, said: str) -> None:
    assert wording.file_size(size) == said
