"""What the crews of the last days noted: rounds made, one delayed, and four homes where a bin could not be emptied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from placewide.kernel.calendar import add_working_days
from placewide.kernel.clock import LONDON, legal_date
from placewide.kernel.terms import SYSTEM
from placewide.places import actions as places
from placewide.places.rules.standing import planned_end
from placewide.places.terms import CollectionStatus, RoundDay, RunStatus
from placewide.web.demo.files import addresses
from placewide.web.demo.place import DemoPlace
from placewide.web.demo.rounds import can_be_reported, is_food, is_large, weekday_of

# Home → what the crew noted there when it made its last round. demo/README.md says what a visitor sees.
NOTED_AT = {
    "3 Mill Lane, Calderbrook": CollectionStatus.NOT_PRESENTED,
    "5 Mill Lane, Calderbrook": CollectionStatus.CONTAMINATED,
    "7 Mill Lane, Calderbrook": CollectionStatus.BLOCKED,
    "9 Mill Lane, Calderbrook": CollectionStatus.TOO_HEAVY,
}
_NATION = "England"
_LATELY = 9  # days


def note_crews(place: DemoPlace, now: datetime) -> None:
    """Note it all, each at the time at which a crew would have."""
    book, today = place.books["calder-vale"], legal_date(now)
    late = _delayed(place, now)
    for made in book.before(today, _LATELY):
        over = planned_end(made.route.schedule, made.collection.day) - timedelta(minutes=10)
        if made != late:
            places.note_run(made.route.id, made.collection.day, RunStatus.FINISHED, actor=SYSTEM, now=over)
    _note_today(place, now)
    _note_delay(late, now)
    for made in _just_made(place, now):
        _note_homes(made)


def _just_made(place: DemoPlace, now: datetime) -> Iterator[RoundDay]:
    """The rounds of Mill Lane that have just been, and can be reported now."""
    for made in place.books["calder-vale"].before(legal_date(now), 6):
        ours = weekday_of(made) == place.chosen.collected and not is_food(made)
        if ours and can_be_reported(made, now):
            yield made


def _note_homes(made: RoundDay) -> None:
    for home, reason in NOTED_AT.items():
        uprn = next(int(u) for u, line in addresses().items() if line.startswith(home))
        at = planned_end(made.route.schedule, made.collection.day) - timedelta(hours=5)
        places.note_exceptions(made.route.id, made.collection.day, [uprn], reason, actor=SYSTEM, now=at)


def _note_today(place: DemoPlace, now: datetime) -> None:
    """Mill Lane's food round is still out for as long as today lasts, once it has begun."""
    today = legal_date(now)
    for made in place.books["calder-vale"].on(today):
        begun = datetime.combine(today, time(made.route.schedule.starts // 60), tzinfo=LONDON)
        if is_food(made) and weekday_of(made) == place.chosen.coming and begun < now:
            places.note_run(made.route.id, today, RunStatus.RUNNING, actor=SYSTEM, now=begun)


def _delayed(place: DemoPlace, now: datetime) -> RoundDay:
    """The last round of Canal Street's large bins, which the crew could not finish."""
    book = place.books["calder-vale"]
    return next(m for m in book.before(legal_date(now), _LATELY) if is_large(m) and weekday_of(m) == place.chosen.late)


def _note_delay(late: RoundDay, now: datetime) -> None:
    at = planned_end(late.route.schedule, late.collection.day)
    until = datetime.combine(add_working_days(legal_date(now), 1, _NATION), time(16), tzinfo=LONDON)
    places.note_run(late.route.id, late.collection.day, RunStatus.DELAYED, until=until, actor=SYSTEM, now=at)
