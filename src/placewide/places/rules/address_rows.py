"""What a line of an address file must say."""

from __future__ import annotations

from collections.abc import Mapping

from placewide.places.rules.postcodes import parse_postcode, postcode_key
from placewide.places.terms import AddressRecord, RowProblem

_LONGEST = {"line_1": 120, "line_2": 120, "line_3": 120, "street": 120, "town": 60, "ward": 80}
_CODE_LENGTH = 10
# National Grid of Great Britain, metres, with the Irish Grid well inside it.
_EAST, _NORTH = 700_000, 1_300_000


def parse_address(line: int, cells: Mapping[str, str]) -> tuple[AddressRecord | None, list[RowProblem]]:
    """The address of one line, or None, with everything that is wrong or odd about it."""
    problems = [
        *_uprn_problems(line, cells["uprn"]),
        *_text_problems(line, cells),
        *_postcode_problems(line, cells["postcode"]),
        *_grid_problems(line, cells["easting"], cells["northing"]),
    ]
    if any(problem.fatal for problem in problems):
        return None, problems
    return _record(cells), problems


def _record(cells: Mapping[str, str]) -> AddressRecord:
    return AddressRecord(
        uprn=int(cells["uprn"]),
        lines=tuple(cells[name] for name in ("line_1", "line_2", "line_3") if cells[name]),
        street=cells["street"],
        town=cells["town"],
        postcode=parse_postcode(cells["postcode"]) or "",
        ward=cells["ward"],
        district_code=cells["district"].upper(),
        county_code=cells["county"].upper(),
        easting=round(float(cells["easting"])) if cells["easting"] else None,
        northing=round(float(cells["northing"])) if cells["northing"] else None,
    )


def _uprn_problems(line: int, text: str) -> list[RowProblem]:
    if "E+" in text.upper():
        wrong = f'"{text[:20]}" is a UPRN that a spreadsheet has rounded'
        return [RowProblem(line, "uprn", wrong, "Format the column as text before saving")]
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text)):
        return [RowProblem(line, "uprn", f'"{text[:20]}" is no UPRN', "Give a number of up to twelve digits")]
    return []


def _text_problems(line: int, cells: Mapping[str, str]) -> list[RowProblem]:
    problems = [
        RowProblem(line, name, f"the text has {len(cells[name])} characters", f"Give at most {longest}")
        for name, longest in _LONGEST.items()
        if len(cells[name]) > longest
    ]
    problems += [RowProblem(line, name, "it is empty", "Fill it in") for name in ("line_1", "town") if not cells[name]]
    problems += [
        RowProblem(line, name, f'"{cells[name][:20]}" is no authority code', "Give a code such as ADU")
        for name in ("district", "county")
        if len(cells[name]) > _CODE_LENGTH or " " in cells[name]
    ]
    if not cells["street"]:
        wrong = "it is empty, so the address is found by its postcode only"
        problems.append(RowProblem(line, "street", wrong, "Give the street's name", fatal=False))
    return problems


def _postcode_problems(line: int, text: str) -> list[RowProblem]:
    parsed = parse_postcode(text)
    if parsed is None:
        wrong = f'"{text[:20]}" is no whole postcode' if text else "it is empty"
        return [RowProblem(line, "postcode", wrong, "Give all of it, such as CD1 4AB")]
    if postcode_key(parsed) != postcode_key(text):
        wrong = f'"{text[:20]}" was read as {parsed}'
        return [RowProblem(line, "postcode", wrong, "Put it right in the source", fatal=False)]
    return []


def _grid_problems(line: int, easting: str, northing: str) -> list[RowProblem]:
    if bool(easting) != bool(northing):
        empty = "northing" if easting else "easting"
        return [RowProblem(line, empty, "it is empty", "Give both easting and northing, or neither")]
    return [
        RowProblem(line, name, f'"{text[:20]}" lies outside the National Grid', "Give metres, not degrees")
        for name, text, most in (("easting", easting, _EAST), ("northing", northing, _NORTH))
        if text and not _inside(text, most)
    ]


def _inside(text: str, most: int) -> bool:
    whole, _, part = text.partition(".")
    plain = text.isascii() and whole.isdigit() and (not part or part.isdigit()) and len(text) <= 20
    return plain and 1000 <= float(text) <= most
