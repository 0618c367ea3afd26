"""What the lines of files about bin rounds must say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from placewide.places.terms import ChangeRow, Container, HolidayChange, RoundRow, RowProblem, Schedule, StopRow

EVERY_ROUND = "*"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_COLOUR = re.compile(r"[a-z][a-z -]{1,19}|#[0-9a-fA-F]{6}")
_YES = {"yes": True, "no": False, "": False}
_MOST_WEEKS, _MOST_REPORT_DAYS = 8, 10
_FURTHEST_MOVED = timedelta(days=14)
_LONGEST = {"round": 40, "name": 80, "reason": 80, "reason_cy": 80}


def parse_round(line: int, cells: Mapping[str, str]) -> tuple[RoundRow | None, list[RowProblem]]:
    """The round of one line, or None with everything that is wrong with it."""
    problems = [
        *_long(line, cells, "round", "name"),
        *_one_of(line, cells, "container", tuple(Container)),
        *_one_of(line, cells, "weekday", _WEEKDAYS),
        *_number(line, cells, "weeks", _MOST_WEEKS),
        *(_number(line, cells, "report_days", _MOST_REPORT_DAYS) if cells["report_days"] else []),
        *_dates(line, cells, required=("first_date",), optional=("last_date",)),
        *_times(line, cells),
    ]
    if not _COLOUR.fullmatch(cells["colour"]):
        wrong = f'"{cells["colour"][:20]}" is no colour'
        problems.append(RowProblem(line, "colour", wrong, "Give a name such as green, or #2e7d32"))
    problems = problems or _round_sense(line, cells)
    if problems:
        return None, problems
    return _round(cells), []


def parse_stop(line: int, cells: Mapping[str, str]) -> tuple[StopRow | None, list[RowProblem]]:
    """Which address is on which round, from one line."""
    problems = _long(line, cells, "round")
    if not (cells["uprn"].isascii() and cells["uprn"].isdigit() and len(cells["uprn"]) <= 12):
        wrong = f'"{cells["uprn"][:20]}" is no UPRN'
        problems.append(RowProblem(line, "uprn", wrong, "Give a number of up to twelve digits"))
    if cells["assisted"].lower() not in _YES:
        wrong = f'"{cells["assisted"][:20]}" is neither yes nor no'
        problems.append(RowProblem(line, "assisted", wrong, "Write yes, no or nothing"))
    if problems:
        return None, problems
    return StopRow(int(cells["uprn"]), cells["round"], _YES[cells["assisted"].lower()]), []


def parse_change(line: int, cells: Mapping[str, str]) -> tuple[ChangeRow | None, list[RowProblem]]:
    """A bank-holiday change from one line."""
    problems = [
        *_long(line, cells, "round", "reason"),
        *_long(line, cells, "reason_cy", required=False),
        *_dates(line, cells, required=("normal_date",), optional=("new_date",)),
    ]
    if problems:
        return None, problems
    normal = date.fromisoformat(cells["normal_date"])
    moved = date.fromisoformat(cells["new_date"]) if cells["new_date"] else None
    if moved is not None and abs(moved - normal) > _FURTHEST_MOVED:
        wrong = f"the collection of {normal} would move by {abs(moved - normal).days} days"
        return None, [RowProblem(line, "new_date", wrong, "A collection moves by 14 days at most; empty: left out")]
    change = HolidayChange(normal, moved, cells["reason"], cells["reason_cy"])
    same = [] if moved != normal else [RowProblem(line, "new_date", "it is the normal day", "Leave the row out", False)]
    return ChangeRow(cells["round"], change), same


def _round(cells: Mapping[str, str]) -> RoundRow:
    schedule = Schedule(
        first_date=date.fromisoformat(cells["first_date"]),
        weeks=int(cells["weeks"]),
        starts=_minutes(cells["out_by"]),
        ends=_minutes(cells["ends"]),
        last_date=date.fromisoformat(cells["last_date"]) if cells["last_date"] else None,
    )
    report_days = int(cells["report_days"] or 1)
    name = cells["name"] or cells["round"]
    return RoundRow(cells["round"], name, Container(cells["container"].lower()), cells["colour"], schedule, report_days)


def _round_sense(line: int, cells: Mapping[str, str]) -> list[RowProblem]:
    """What no single cell shows: a first date on the wrong weekday, an end before the beginning."""
    first = date.fromisoformat(cells["first_date"])
    weekday = _WEEKDAYS[first.weekday()]
    problems = []
    if weekday != cells["weekday"].lower():
        wrong = f"{first} is a {weekday.title()}, the row says {cells['weekday'].title()}"
        problems.append(RowProblem(line, "first_date", wrong, "Give the first collection on the round's own weekday"))
    if _minutes(cells["ends"]) <= _minutes(cells["out_by"]):
        problems.append(RowProblem(line, "ends", "the round ends before containers are out", "Give a later time"))
    if cells["last_date"] and date.fromisoformat(cells["last_date"]) < first:
        problems.append(RowProblem(line, "last_date", "it is before first_date", "Give a later day, or none"))
    return problems


def _long(line: int, cells: Mapping[str, str], *names: str, required: bool = True) -> list[RowProblem]:
    empty = [RowProblem(line, n, "it is empty", "Fill it in") for n in names if required and not cells[n]]
    empty = [problem for problem in empty if problem.column != "name"]
    return empty + [
        RowProblem(line, name, f"the text has {len(cells[name])} characters", f"Give at most {_LONGEST[name]}")
        for name in names
        if len(cells[name]) > _LONGEST[name]
    ]


def _one_of(line: int, cells: Mapping[str, str], name: str, choices: tuple[str, ...]) -> list[RowProblem]:
    if cells[name].lower() in choices:
        return []
    wrong = f'"{cells[name][:20]}" is no {name}' if cells[name] else "it is empty"
    return [RowProblem(line, name, wrong, f"Give one of {', '.join(choices)}")]


def _number(line: int, cells: Mapping[str, str], name: str, most: int) -> list[RowProblem]:
    text = cells[name]
    if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= most:
        return []
    return [RowProblem(line, name, f'"{text[:20]}" is not possible', f"Give a whole number from 1 to {most}")]


def _dates(
    line: int, cells: Mapping[str, str], *, required: tuple[str, ...], optional: tuple[str, ...]
) -> list[RowProblem]:
    return [
        RowProblem(line, name, f'"{cells[name][:20]}" is no date' if cells[name] else "it is empty", "Write 2026-11-30")
        for name in (*required, *optional)
        if (cells[name] or name in required) and not _is_date(cells[name])
    ]


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).year >= 2000
    except ValueError:
        return False


def _times(line: int, cells: Mapping[str, str]) -> list[RowProblem]:
    return [
        RowProblem(line, name, f'"{cells[name][:20]}" is no time', "Write 07:00")
        for name in ("out_by", "ends")
        if not _TIME.fullmatch(cells[name])
    ]


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
