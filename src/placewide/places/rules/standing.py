"""What is known of a collection: its status, and when a missed one can be reported."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from placewide.kernel import calendar
from placewide.kernel.clock import LONDON, legal_date
from placewide.places.rules.collecting import change_sentence, last_and_next, left_out_sentence
from placewide.places.terms import (
    Collection,
    CollectionStatus,
    CrewNote,
    Noted,
    Route,
    RunNote,
    RunStatus,
    Schedule,
)


def collection(route: Route, noted: Noted, *, assisted: bool, now: datetime, language: str) -> Collection:
    """Everything an address needs to know about one of its containers, at one instant."""
    today = legal_date(now)
    over_today = now >= report_from(route.schedule, today, noted.runs.get(today))
    last, following = last_and_next(route.schedule, noted.changes, now, over_today=over_today)
    run = noted.runs.get(last.day) if last else None
    crew = noted.crew.get(last.day) if last else None
    status, status_at = status_of(route.schedule, last.day if last else None, run, crew, now)
    start = report_from(route.schedule, last.day, run) if last else None
    left_out = left_out_sentence(
        route.schedule, noted.changes, today, following.day if following else today + timedelta(days=1), language
    )
    return Collection(
        container=route.container,
        colour=route.colour,
        round_id=route.id,
        round=route.name,
        organisation_id=route.organisation_id,
        assisted=assisted,
        weeks=route.schedule.weeks,
        last=last.day if last else None,
        next=following.day if following else None,
        change_reason=change_sentence(following, language) or left_out,
        status=status,
        status_at=status_at,
        report_from=start,
        report_until=report_until(route, last.day, start) if last and start else None,
    )


def report_until(route: Route, day: date, start: datetime) -> datetime:
    """The last second in which a missed collection of ``day`` can be reported, UTC.

    Counted in working days from the collection, or from the day on which a late round was over. A custom, not law:
    each round has its own number (most councils allow one or two working days).
    """
    counted_from = max(day, legal_date(start - timedelta(seconds=1)))
    return calendar.end_of_day(calendar.add_working_days(counted_from, route.report_days, route.nation))


def planned_end(schedule: Schedule, day: date) -> datetime:
    """When the round is planned to be over on a day."""
    return _at(day, schedule.ends)


def status_of(
    schedule: Schedule, day: date | None, run: RunNote | None, crew: CrewNote | None, now: datetime
) -> tuple[CollectionStatus, datetime | None]:
    """What is known of the collection of ``day``, and when it was noted; no day: nothing collected yet.

    What the crew noted at this address counts before what it noted of the whole round. A round of which nothing was
    noted counts as finished once its planned end has passed; then there is no time of the note.
    """
    if day is None:
        return CollectionStatus.NOT_FINISHED, None
    if crew is not None:
        return crew.reason, crew.at
    if now >= report_from(schedule, day, run):
        return CollectionStatus.FINISHED, run.at if run and run.status is RunStatus.FINISHED else None
    delayed = run is not None and run.status is RunStatus.DELAYED
    return (CollectionStatus.DELAYED if delayed else CollectionStatus.NOT_FINISHED), run.at if run else None


def report_from(schedule: Schedule, day: date, run: RunNote | None) -> datetime:
    """From when a missed collection can be reported: once the round is over.

    A round noted as finished is over then; one noted as delayed is over when it was said to be, or else at the end
    of the following day; one noted as running is over by midnight at the latest.
    """
    if run is None:
        return planned_end(schedule, day)
    if run.status is RunStatus.FINISHED:
        return run.at
    if run.status is RunStatus.DELAYED:
        return run.until or planned_end(schedule, day + timedelta(days=1))
    return _at(day + timedelta(days=1), 0)


def _at(day: date, minutes: int) -> datetime:
    """That many minutes after midnight by the clock on the wall, also on the days when clocks change."""
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=LONDON)
