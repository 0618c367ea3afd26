"""Loads bin rounds, which address is on which, and bank-holiday changes (docs/reference/address-files.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Actor
from placewide.places import rules
from placewide.places.models import Address, Round, RoundChange, RoundStop
from placewide.places.rules.round_rows import EVERY_ROUND, parse_change, parse_round, parse_stop
from placewide.places.staging import Staging
from placewide.places.tables import Columns, Row, read_rows, refuse_if_bad
from placewide.places.terms import ChangeRow, Loaded, RoundRow, RowProblem, Schedule, StopRow

ROUND_COLUMNS = Columns(
    required=("round", "container", "colour", "weekday", "weeks", "first_date", "out_by", "ends"),
    optional=("name", "last_date", "report_days"),
)
STOP_COLUMNS = Columns(required=("uprn", "round"), optional=("assisted",))
CHANGE_COLUMNS = Columns(required=("round", "normal_date", "new_date", "reason"), optional=("reason_cy",))
_AT_ONCE = 2000
_ROUND_FIELDS = (
    "name", "container", "colour", "first_date", "last_date", "weeks", "starts", "ends", "report_days",
)  # fmt: skip

Parsed = TypeVar("Parsed")
Item = TypeVar("Item")
Parser = Callable[[int, Mapping[str, str]], tuple[Parsed | None, list[RowProblem]]]


def load_rounds(path: Path, *, organisation_id: UUID, actor: Actor, now: datetime) -> Loaded:
    """Add an organisation's rounds and bring those already there up to date. Raises BadFile, OSError."""
    rows: list[RoundRow] = []
    problems: list[RowProblem] = []
    lines: dict[str, int] = {}
    for line, row in _parsed(path, ROUND_COLUMNS, parse_round, problems):
        if row.code in lines:
            problems.append(_twice(line, "round", row.code, lines[row.code]))
        lines.setdefault(row.code, line)
        rows.append(row)
    warnings = refuse_if_bad(problems)
    with changing(actor=actor, now=now):
        before = Round.objects.filter(organisation_id=organisation_id).count()
        Round.objects.bulk_create(
            [_round(row, organisation_id) for row in rows],
            update_conflicts=True,
            unique_fields=["organisation", "code"],
            update_fields=_ROUND_FIELDS,
        )
        after = Round.objects.filter(organisation_id=organisation_id).count()
        return Loaded(len(rows), after - before, warnings)


def load_stops(path: Path, *, organisation_id: UUID, actor: Actor, now: datetime) -> Loaded:
    """Say which addresses are on which of an organisation's rounds.

    For every address in the file its rows replace what was known; other addresses keep their rounds.
    Raises BadFile, OSError.
    """
    known = _round_ids(organisation_id)
    read = Staging[StopRow]()
    warnings = refuse_if_bad(_stop_problems(path, known, read))
    with changing(actor=actor, now=now):
        begun: set[int] = set()
        rows = 0
        for batch in read.batches():
            fresh = {row.uprn for row in batch} - begun
            RoundStop.objects.filter(address_id__in=fresh, round__organisation_id=organisation_id).delete()
            begun |= fresh
            RoundStop.objects.bulk_create(
                [RoundStop(address_id=row.uprn, round_id=known[row.round], assisted=row.assisted) for row in batch]
            )
            rows += len(batch)
        return Loaded(rows, len(begun), warnings)


def load_changes(path: Path, *, organisation_id: UUID, actor: Actor, now: datetime) -> Loaded:
    """Set the bank-holiday changes of an organisation's rounds.

    The file replaces every change from its first normal date to its last. Raises BadFile, OSError.
    """
    problems: list[RowProblem] = []
    rounds = _schedules(organisation_id)
    rows = list(_parsed(path, CHANGE_COLUMNS, parse_change, problems))
    changes = [change for line, row in rows for change in _meant(line, row, rounds, problems)]
    warnings = refuse_if_bad(problems)
    with changing(actor=actor, now=now):
        if rows:
            days = [row.change.normal for _, row in rows]
            RoundChange.objects.filter(
                round__organisation_id=organisation_id, normal__range=(min(days), max(days))
            ).delete()
        RoundChange.objects.bulk_create(_last_of_each(changes))
        return Loaded(len(rows), len(changes), warnings)


def _parsed(
    path: Path, columns: Columns, parse: Parser[Parsed], problems: list[RowProblem]
) -> Iterator[tuple[int, Parsed]]:
    """The good rows with their lines; whatever else there is goes to ``problems``."""
    for row in read_rows(path, columns):
        if isinstance(row, Row):
            parsed, found = parse(row.line, row.cells)
            problems.extend(found)
            if parsed is not None:
                yield row.line, parsed
        else:
            problems.append(row)


def _stop_problems(path: Path, known: Mapping[str, UUID], read: Staging[StopRow]) -> list[RowProblem]:
    problems: list[RowProblem] = []
    seen: dict[tuple[int, str], int] = {}
    for batch in _batches(_parsed(path, STOP_COLUMNS, parse_stop, problems)):
        uprns = {row.uprn for _, row in batch}
        there = set(Address.objects.filter(uprn__in=uprns).values_list("uprn", flat=True))
        for line, row in batch:
            read.add(row)
            problems.extend(_stop_faults(line, row, there, known, seen))
    return sorted(problems, key=lambda problem: problem.line)


def _stop_faults(
    line: int, row: StopRow, there: set[int], known: Mapping[str, UUID], seen: dict[tuple[int, str], int]
) -> Iterator[RowProblem]:
    if row.uprn not in there:
        yield RowProblem(line, "uprn", f"no address with the UPRN {row.uprn} is loaded", "Load its address first")
    if row.round not in known:
        yield RowProblem(line, "round", f'there is no round "{row.round}"', "Load the rounds first, or mend its name")
    first = seen.setdefault((row.uprn, row.round), line)
    if first != line:
        yield _twice(line, "uprn", f"{row.uprn} on round {row.round}", first)


def _meant(
    line: int, row: ChangeRow, rounds: Mapping[str, tuple[UUID, Schedule]], problems: list[RowProblem]
) -> list[RoundChange]:
    """The changes a row stands for: one round's, or those of every round that goes that day."""
    if row.round == EVERY_ROUND:
        found = [round_id for round_id, schedule in rounds.values() if _goes(schedule, row.change.normal)]
        if not found:
            wrong = f"no round goes on {row.change.normal}"
            problems.append(RowProblem(line, "normal_date", wrong, "Check the day", fatal=False))
        return [_change(round_id, row) for round_id in found]
    if row.round not in rounds:
        wrong = f'there is no round "{row.round}"'
        problems.append(RowProblem(line, "round", wrong, "Load the rounds first, or mend its name"))
        return []
    round_id, schedule = rounds[row.round]
    if not _goes(schedule, row.change.normal):
        wrong = f"round {row.round} does not go on {row.change.normal}"
        problems.append(RowProblem(line, "normal_date", wrong, "Give a day on which it would have gone"))
    return [_change(round_id, row)]


def _goes(schedule: Schedule, day: date) -> bool:
    return rules.collection_day(schedule, {}, day) is not None


def _last_of_each(changes: Sequence[RoundChange]) -> list[RoundChange]:
    """A row for one round, written after one for all, counts for that round."""
    return list({(change.round_id, change.normal): change for change in changes}.values())


def _change(round_id: UUID, row: ChangeRow) -> RoundChange:
    change = row.change
    return RoundChange(
        round_id=round_id,
        normal=change.normal,
        moved_to=change.moved_to,
        reason=change.reason,
        reason_cy=change.reason_cy,
    )


def _round(row: RoundRow, organisation_id: UUID) -> Round:
    return Round(
        id=ids.new_id(),
        organisation_id=organisation_id,
        code=row.code,
        name=row.name,
        container=row.container,
        colour=row.colour,
        first_date=row.schedule.first_date,
        last_date=row.schedule.last_date,
        weeks=row.schedule.weeks,
        starts=row.schedule.starts,
        ends=row.schedule.ends,
        report_days=row.report_days,
    )


def _round_ids(organisation_id: UUID) -> Mapping[str, UUID]:
    return dict(Round.objects.filter(organisation_id=organisation_id).values_list("code", "id"))


def _schedules(organisation_id: UUID) -> Mapping[str, tuple[UUID, Schedule]]:
    return {
        row.code: (row.id, Schedule(row.first_date, row.weeks, row.starts, row.ends, row.last_date))
        for row in Round.objects.filter(organisation_id=organisation_id)
    }


def _twice(line: int, column: str, what: str, first: int) -> RowProblem:
    return RowProblem(line, column, f"{what} is on line {first} already", "Keep one of the two")


def _batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    while batch := list(islice(items, _AT_ONCE)):
        yield batch
