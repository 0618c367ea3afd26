"""The closed lists in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from placewide.services.format import Fault
from placewide.services.format.reading import Read
from placewide.sharing.format.lawfiles import SEE, Unreadable, read_law, wording
from placewide.sharing.format.schemas import schema_of_case

_KINDS = (
    *(
        "purpose",
        "klass",
        "role",
        "sign_in",
        "vetting",
        "sensitivity",
        "frequency",
        "relationship",
        "basis",
        "condition",
    ),
    *("lift", "controller", "party_role", "trigger", "whose", "tell", "law_kind", "status", "onward"),
)


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    read = read_law("agreement-names")
    faults = read.faults or tuple(names_faults(read))
    if faults:
        raise Unreadable(faults)
    names: Mapping[str, Mapping[str, str]] = read.content
    return names


def names_faults(read: Read) -> Iterator[Fault]:
    """What is missing in the file of names."""
    found = read.content if isinstance(read.content, dict) else {}
    for kind in _KINDS:
        words = found.get(kind)
        if not isinstance(words, dict) or not all(isinstance(each, str) for each in words.values()):
            yield Fault(read.place((kind,)), f"The names of “{kind}” are not there.", f"Write code: name. {SEE}")


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
