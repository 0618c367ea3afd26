"""What a line of a file of organisations must say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from placewide.places.terms import RowProblem, Tier

KINDS = ("council", "health", "police", "fire", "housing", "charity", "other")
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST = {"slug": 60, "name": 120, "name_cy": 120, "phone": 40, "email": 254, "website": 200, "data_protection": 254,
            "address": 250, "mark": 40, "authority_code": 10, "county_code": 10}  # fmt: skip
_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: white words on the place's colour


def organisation_problems(line: int, cells: Mapping[str, str]) -> list[RowProblem]:
    """Everything that is wrong with one line of a file of organisations."""
    problems = [
        RowProblem(line, name, f"the text has {len(cells[name])} characters", f"Give at most {longest}")
        for name, longest in _LONGEST.items()
        if len(cells[name]) > longest
    ]
    if not _SLUG.fullmatch(cells["slug"]):
        wrong = f'"{cells["slug"][:20]}" cannot stand in an address'
        problems.append(RowProblem(line, "slug", wrong, "Use small letters, digits and hyphens"))
    if not cells["name"]:
        problems.append(RowProblem(line, "name", "it is empty", "Fill it in"))
    for name, choices in (("kind", KINDS), ("nation", NATIONS), ("tier", ("", *Tier))):
        if cells[name] not in choices:
            wrong = f'"{cells[name][:20]}" is not known'
            problems.append(RowProblem(line, name, wrong, f"Give one of {', '.join(filter(None, choices))}"))
    for name in ("begins", "ends"):
        if cells[name] and not _is_date(cells[name]):
            problems.append(RowProblem(line, name, f'"{cells[name][:20]}" is no date', "Write 2027-04-01"))
    return problems + _colour_problems(line, cells["colour"])


def contrast_with_white(colour: str) -> float:
    """The contrast of white words on a colour, 1 to 21 (WCAG 2.2, relative luminance)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _colour_problems(line: int, colour: str) -> list[RowProblem]:
    if not colour:
        return []
    if not _HEX.fullmatch(colour):
        return [RowProblem(line, "colour", f'"{colour[:20]}" is no colour', "Write it as #1d5f4a")]
    contrast = contrast_with_white(colour)
    if contrast < _CONTRAST:
        wrong = f"white words on {colour} have a contrast of {contrast:.1f}"
        return [RowProblem(line, "colour", wrong, f"Take a darker one, of at least {_CONTRAST}")]
    return []


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
