"""The only place that reads the time. Entry points (views, API, commands, worker) read it once and pass it on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present instant, UTC."""
    return datetime.now(UTC)


def london(instant: datetime) -> datetime:
    """An instant as clocks in the United Kingdom show it."""
    return instant.astimezone(LONDON)


def legal_date(instant: datetime) -> date:
    """The date on which something counts as done: the date in the United Kingdom, not UTC's."""
    return london(instant).date()
