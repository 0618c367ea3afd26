"""CSV files read line by line, every fault of the file itself named. What the cells mean is in rules."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from placewide.places.terms import RowProblem


class BadFile(Exception):
    """A file that was not loaded; nothing of it was kept. ``problems`` names every bad row."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Row:
    """One line's cells by column, without blanks around them; empty for a column the file does not name."""

    line: int
    cells: Mapping[str, str]
    named: frozenset[str] = frozenset()  # the columns the file names


@dataclass(frozen=True, slots=True)
class Columns:
    """What a kind of file has to have and may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


def read_rows(path: Path, columns: Columns) -> Iterator[Row | RowProblem]:
    """The rows of a file in order, and a problem in the place of each row that is no row. Never the whole file.

    Raises OSError where the file cannot be opened.
    """
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from _rows(file, columns)


def _rows(file: TextIO, columns: Columns) -> Iterator[Row | RowProblem]:
    reader = csv.reader(file, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        problems = _header_problems(header, columns)
        yield from problems
        if any(problem.fatal for problem in problems):
            return
        for cells in reader:
            if any(cells):
                yield _row(reader.line_num, header, cells, columns)
    except csv.Error as fault:
        yield RowProblem(reader.line_num, "", f"this is not CSV: {fault}", "Save the file again as CSV with quotes")


def _header_problems(header: Sequence[str], columns: Columns) -> list[RowProblem]:
    wanted = ", ".join(columns.all)
    if any("\0" in name for name in header):  # each letter of UTF-16 brings one
        return [RowProblem(1, "", "the file is not in UTF-8, but in UTF-16", "Save the file as CSV UTF-8")]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        return [RowProblem(1, "", "the columns are not parted by commas", "Save the file as CSV with commas")]
    missing = [name for name in columns.required if name not in header]
    twice = sorted({name for name in header if header.count(name) > 1})
    unknown = [name for name in header if name not in columns.all]
    return [
        *(RowProblem(1, name, "this column is missing", f"The first line names: {wanted}") for name in missing),
        *(RowProblem(1, name, "this column is there twice", "Take one of them out") for name in twice),
        *(
            RowProblem(1, name[:40], "this column is not known and was left out", f"Known are: {wanted}", fatal=False)
            for name in unknown
        ),
    ]


def _row(line: int, header: Sequence[str], cells: Sequence[str], columns: Columns) -> Row | RowProblem:
    if len(cells) != len(header):
        wrong = f"cells in the row: {len(cells)}; columns the first line names: {len(header)}"
        return RowProblem(line, "", wrong, "Put cells that hold a comma in quotes")
    known = {name: cell.replace("\xa0", " ").strip() for name, cell in zip(header, cells, strict=True)}
    row = Row(line, dict.fromkeys(columns.all, "") | known, frozenset(known))
    return row if "".join(row.cells.values()).isprintable() else _unprintable(row, columns) or row


def _unprintable(row: Row, columns: Columns) -> RowProblem | None:
    """What is wrong with a row that holds bytes that are no text, or line breaks in a cell."""
    if any("\udc80" <= c <= "\udcff" for cell in row.cells.values() for c in cell):
        return RowProblem(row.line, "", "the row is not in UTF-8", "Save the file as CSV UTF-8")
    for name in columns.all:
        if not row.cells[name].isprintable():
            wrong = "the cell holds a line break or another control character"
            return RowProblem(row.line, name, wrong, "Take it out")
    return None


def refuse_if_bad(problems: Iterable[RowProblem]) -> tuple[RowProblem, ...]:
    """The warnings, if they are no worse. Raises BadFile with every problem otherwise."""
    found = tuple(problems)
    if any(problem.fatal for problem in found):
        raise BadFile(found)
    return found
