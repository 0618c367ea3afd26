"""The closed lists in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from placewide.services.format.reading import read_text
from placewide.sharing.format.lawfiles import Unreadable, wording
from placewide.sharing.format.schemas import LAW, schema_of_case


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    read = read_text((LAW / "agreement-names.yaml").read_text(encoding="utf-8"), "agreement-names.yaml")
    if read.faults:
        raise Unreadable(read.faults)
    names: Mapping[str, Mapping[str, str]] = read.content
    return names


def name_of(kind: str, code: str) -> str:
    """The code of a closed list in words; without a word of its own, the code with blanks."""
    if kind == "category":  # the same words as in the sentences of a decision
        return wording().categories[code]["en"]
    return _names()[kind].get(code, code.replace("_", " "))


def names_of(kind: str, codes: Iterable[str]) -> list[str]:
    """The same for several, in the order of the closed list."""
    places = _places(kind)
    return [name_of(kind, code) for code in sorted(codes, key=lambda code: (places.get(code, len(places)), code))]


@cache
def _places(kind: str) -> Mapping[str, int]:
    listed = schema_of_case()["$defs"].get(kind, {}).get("enum", ())
    return {code: place for place, code in enumerate(listed)}


def listed(words: Iterable[str], joined: str = "and") -> str:
    """Words in a sentence: one, two and three."""
    *first, last = list(words) or ["nothing"]
    return f"{', '.join(first)} {joined} {last}" if first else last


def in_order(kind: str, codes: Iterable[str]) -> str:
    """The codes as a list in a sentence; categories, some of which have an "and" of their own, between semicolons."""
    names = names_of(kind, codes)
    return "; ".join(names) or "nothing" if kind == "category" else listed(names)
