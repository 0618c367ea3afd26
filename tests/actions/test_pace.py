"""So often in an hour, counted for the hour, in whatever way the cache forgets."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from placewide.kernel.pace import too_often
from support.together import together

HOUR = timedelta(hours=1)


@pytest.fixture
def later(monkeypatch):
    """How to ask at so many minutes from now, by the cache's own clock too."""
    cache.clear()
    began, real = datetime.now(UTC), time.time()

    def ask(minutes: int) -> bool:
        monkeypatch.setattr("time.time", lambda: real + minutes * 60)
        return too_often("test.link", "ruth@example.org", most=3, within=HOUR, now=began + timedelta(minutes=minutes))

    return ask


def test_an_hours_limit_holds_for_the_hour_and_not_longer(later):
    assert [later(minute) for minute in (0, 1, 2, 3)] == [False, False, False, True]
    assert later(6), "five minutes after the last the cache would have forgotten by itself"
    assert later(59)
    assert not later(61)


def test_an_hour_counts_from_the_first_whatever_came_after(later):
    assert [later(minute) for minute in (0, 30, 59, 61, 62, 63, 64)] == [False] * 6 + [True]


def test_of_many_at_one_moment_each_is_counted():
    cache.clear()
    now = datetime.now(UTC)
    got = together(12, lambda _: too_often("test.link", "ruth@example.org", most=5, within=HOUR, now=now))
    assert sorted(got) == [False] * 5 + [True] * 7
