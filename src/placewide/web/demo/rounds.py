"""The bin rounds of the demo, by day: which have just been, which are on their way.

Most of what a visitor can try hangs on them, and the weekday of a visit is not ours to choose. So it is chosen, when
the demo is made, on which weekday's rounds two streets are. Rounds and bank-holiday changes stay as the files say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from placewide.kernel.clock import legal_date
from placewide.places import reads, rules
from placewide.places.rules.standing import planned_end
from placewide.places.terms import Container, RoundDay

_LONGEST_BETWEEN = 16  # days: two weeks, and a holiday


@dataclass(slots=True)
class RoundBook:
    """Which rounds an organisation makes on which day; each day is read once."""

    organisation_id: UUID
    _days: dict[date, tuple[RoundDay, ...]] = field(default_factory=dict)

    def on(self, day: date) -> tuple[RoundDay, ...]:
        if day not in self._days:
            self._days[day] = reads.rounds_on(self.organisation_id, day)
        return self._days[day]

    def before(self, day: date, days: int) -> Iterator[RoundDay]:
        """Rounds of the days before ``day``, latest first."""
        for back in range(1, days + 1):
            yield from self.on(day - timedelta(days=back))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Weekdays, as rounds' codes begin with them ("TUE")."""

    collected: str  # its rounds were just made: a missed bin can be reported now
    coming: str  # its food round is out now, or is the next
    late: str  # its rounds were made lately too: one of them is noted as delayed


def choose(book: RoundBook, now: datetime) -> Chosen:
    """The weekdays on whose rounds the demo's two streets are to be, so that all can be seen at ``now``."""
    today = legal_date(now)
    coming = _coming(book, today)
    lately = [weekday_of(r) for r in book.before(today, 6) if is_large(r) and not is_food(r)]
    reportable = [weekday_of(r) for r in book.before(today, 6) if is_large(r) and can_be_reported(r, now)]
    collected = next((day for day in reportable if day != coming), reportable[0])
    late = next(day for day in lately if day not in {coming, collected})
    return Chosen(collected, coming, late)


def _coming(book: RoundBook, today: date) -> str:
    ahead = (today + timedelta(days=days) for days in range(_LONGEST_BETWEEN))
    return next(weekday_of(r) for day in ahead for r in book.on(day) if is_food(r))


def can_be_reported(made: RoundDay, now: datetime) -> bool:
    """Whether a bin missed on this round can be reported, nothing else being noted."""
    over = planned_end(made.route.schedule, made.collection.day)
    return over <= now <= rules.report_until(made.route, made.collection.day, over)


def weekday_of(made: RoundDay) -> str:
    """``MON`` of "Monday refuse"."""
    return made.route.name[:3].upper()


def is_food(made: RoundDay) -> bool:
    return made.route.container is Container.FOOD


def is_large(made: RoundDay) -> bool:
    """The bins that every home has, one of them each week."""
    return made.route.container in {Container.REFUSE, Container.RECYCLING}


def moved(rows: Sequence[dict[str, str]], uprns: frozenset[str], weekday: str, food: str) -> Iterator[dict[str, str]]:
    """Rows of the file of stops, with some addresses on another weekday's rounds."""
    for row in rows:
        if row["uprn"] in uprns:
            kind = row["round"].partition("-")[2]
            yield row | {"round": f"{food if kind == 'FOOD' else weekday}-{kind}"}
        else:
            yield row
