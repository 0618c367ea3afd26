"""When a container is collected, and the words for a changed day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from placewide.kernel.clock import legal_date
from placewide.places.terms import CollectionDay, HolidayChange, Schedule

Changes = Mapping[date, HolidayChange]  # by the normal day

_FURTHEST_MOVED = timedelta(days=14)  # a collection never moves further than this
_LONGEST_AHEAD = timedelta(days=120)  # nothing collects less often than every four weeks; holidays skip a few

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"),
}
_ON_DAY_CY = tuple(day.replace("dydd", "ddydd") for day in _DAYS["cy"])
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split(),  # noqa: SIM905
}


def collection_day(schedule: Schedule, changes: Changes, normal: date) -> CollectionDay | None:
    """The collection that a normal day stands for; None if the round does not go that day, or leaves it out."""
    since = (normal - schedule.first_date).days
    over = schedule.last_date is not None and normal > schedule.last_date
    if since < 0 or over or since % (7 * schedule.weeks):
        return None
    change = changes.get(normal)
    if change is None:
        return CollectionDay(normal, normal)
    return CollectionDay(change.moved_to, normal, change) if change.moved_to else None


def collection_days(schedule: Schedule, changes: Changes, start: date, end: date) -> tuple[CollectionDay, ...]:
    """Every collection made from ``start`` to ``end``, both included, in order."""
    near = (
        collection_day(schedule, changes, normal)
        for normal in _normal_days(schedule, start - _FURTHEST_MOVED, end + _FURTHEST_MOVED)
    )
    return tuple(sorted((c for c in near if c and start <= c.day <= end), key=lambda c: (c.day, c.normal)))


def last_and_next(
    schedule: Schedule, changes: Changes, now: datetime, *, over_today: bool
) -> tuple[CollectionDay | None, CollectionDay | None]:
    """The last collection on or before today and the next one. Today's is both until it is over."""
    today = legal_date(now)
    days = collection_days(schedule, changes, today - _LONGEST_AHEAD, today + _LONGEST_AHEAD)
    last = [c for c in days if c.day <= today]
    first_next = today + timedelta(days=1) if over_today else today
    following = [c for c in days if c.day >= first_next]
    return (last[-1] if last else None, following[0] if following else None)


def change_sentence(collection: CollectionDay | None, language: str) -> str:
    """``Thursday's collection is on Friday because of Christmas Day``; empty for a normal day."""
    if collection is None or collection.change is None or collection.day == collection.normal:
        return ""
    spoken = "cy" if language == "cy" else "en"
    reason = (spoken == "cy" and collection.change.reason_cy) or collection.change.reason
    if abs((collection.day - collection.normal).days) >= 6:
        return _far(collection, spoken, reason)
    normal, moved = collection.normal.weekday(), collection.day.weekday()
    if spoken == "cy":
        return f"Mae casgliad {_DAYS['cy'][normal]} ar {_ON_DAY_CY[moved]} oherwydd {reason}"
    return f"{_DAYS['en'][normal]}’s collection is on {_DAYS['en'][moved]} because of {reason}"


def left_out_sentence(schedule: Schedule, changes: Changes, start: date, end: date, language: str) -> str:
    """``There is no collection on Tuesday 29 December because of …`` for the first one left out from ``start`` to
    before ``end``; empty where none is."""
    for normal in _normal_days(schedule, start, end - timedelta(days=1)):
        change = changes.get(normal)
        over = schedule.last_date is not None and normal > schedule.last_date
        if normal >= start and change is not None and change.moved_to is None and not over:
            if language == "cy":
                on, reason = dated(normal, "cy").replace("dydd", "ddydd", 1), change.reason_cy or change.reason
                return f"Nid oes casgliad {on} oherwydd {reason}"
            return f"There is no collection on {dated(normal, 'en')} because of {change.reason}"
    return ""


def _far(collection: CollectionDay, language: str, reason: str) -> str:
    """Six days or more: the weekday alone would mislead."""
    normal, moved = dated(collection.normal, language), dated(collection.day, language)
    if language == "cy":
        return f"Mae casgliad {normal} ar {moved.replace('dydd', 'ddydd', 1)} oherwydd {reason}"
    return f"The collection of {normal} is on {moved} because of {reason}"


def dated(day: date, language: str) -> str:
    """``Monday 16 November`` or ``dydd Llun 16 Tachwedd``."""
    return f"{_DAYS[language][day.weekday()]} {day.day} {_MONTHS[language][day.month - 1]}"


def _normal_days(schedule: Schedule, start: date, end: date) -> Iterator[date]:
    step = timedelta(weeks=schedule.weeks)
    behind = max(0, -((schedule.first_date - start) // step))
    day = schedule.first_date + behind * step
    while day <= end:
        yield day
        day += step
