"""An address typed by hand: what it must have."""

from __future__ import annotations

from collections.abc import Mapping

from placewide.places.rules.postcodes import parse_postcode
from placewide.places.terms import AddressProblem, ManualAddress

LONGEST = {"line_1": 120, "line_2": 120, "town": 60, "postcode": 20}
REQUIRED = ("line_1", "town", "postcode")


def check_manual_address(raw: Mapping[str, object]) -> tuple[ManualAddress | None, tuple[AddressProblem, ...]]:
    """The address, or everything that is wrong with it. ``raw`` has line_1, line_2, town, postcode.

    The street need not exist in any list: new houses, boats and caravans have addresses too.
    """
    texts = {part: _text(raw.get(part, "")) for part in LONGEST}
    problems = tuple(problem for part, text in texts.items() if (problem := _problem(part, text)))
    if problems:
        return None, problems
    postcode = parse_postcode(texts["postcode"] or "")
    return (
        ManualAddress(texts["line_1"] or "", texts["line_2"] or "", texts["town"] or "", postcode or ""),
        (),
    )


def _text(value: object) -> str | None:
    """One line without control characters; None for what is no text at all."""
    if not isinstance(value, str):
        return None
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _problem(part: str, text: str | None) -> AddressProblem | None:
    if text is None:
        return AddressProblem(part, "wrong")
    if not text:
        return AddressProblem(part, "missing") if part in REQUIRED else None
    if len(text) > LONGEST[part]:
        return AddressProblem(part, "too_long")
    if part == "postcode" and parse_postcode(text) is None:
        return AddressProblem(part, "wrong")
    return None
