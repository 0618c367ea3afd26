"""Whether the files of sentences hold together: every code there, nothing in braces that cannot be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from placewide.services.format import Fault
from placewide.services.format.reading import Read
from placewide.services.format.terms import Path
from placewide.sharing.format.checking import days_in_order, overlapping
from placewide.sharing.format.schemas import closed_list
from placewide.sharing.format.values import Values
from placewide.sharing.terms.asked import Words
from placewide.sharing.terms.wording import LANGUAGES, NOT_FOR_RESIDENTS, OF_OBLIGATIONS, PARTICULARS

_BRACES = re.compile(r"\{([^{}]*)\}")
_OF_PAGE = PARTICULARS | {"day", "names", "item", "version", "said", "number"}


def reasons_faults(read: Read) -> Iterator[Fault]:
    """What does not hold together in the file of reasons."""
    yield from _entries(read, "reasons", "reason", PARTICULARS)
    for number, each in enumerate(read.content["reasons"]):
        path: Path = ("reasons", number)
        if (each["says"] == "ask") != ("asks" in each):
            what = "asks, but not whom" if each["says"] == "ask" else "names whom to ask, but does not ask"
            yield Fault(read.place(path), f"“{each['code']}” {what}.", "Write “says: ask” with “asks:”, or neither.")
        if each["says"] != "share" and "instead" not in each:
            remedy = "Add “instead:” with what staff can do."
            yield Fault(read.place(path), f"“{each['code']}” gives nothing, and no way on.", remedy)


def obligations_faults(read: Read) -> Iterator[Fault]:
    """What does not hold together in the file of obligations."""
    yield from _entries(read, "obligations", "obligation", OF_OBLIGATIONS)


def names_faults(read: Read) -> Iterator[Fault]:
    """What is missing among the names."""
    lists = (("categories", "category"), ("purposes", "purpose"), ("roles", "role"), ("relationships", "relationship"))
    for name, kind in lists:
        for missing in [each for each in closed_list(kind) if each not in read.content[name]]:
            yield Fault(read.place((name,)), f"“{name}” lacks “{missing}”.", "Add it in English and in Welsh.")
    for name, phrase in read.content["page"].items():
        yield from _phrase(read, ("page", name), phrase, _OF_PAGE)


def _entries(read: Read, name: str, kind: str, known: Words) -> Iterator[Fault]:
    entries = read.content[name]
    yield from days_in_order(read, name)
    yield from overlapping(read, name)
    for number, each in enumerate(entries):
        for part in ("staff", "instead"):
            yield from _phrase(read, (name, number, part), each.get(part, {}), known)
        yield from _phrase(read, (name, number, "resident"), each["resident"], known - NOT_FOR_RESIDENTS)
    for code in closed_list(kind):
        if not any(each["code"] == code for each in entries):
            yield Fault(read.place((name,)), f"“{code}” has no sentences.", f"Add “- code: {code}” with all of them.")


def _phrase(read: Read, path: Path, phrase: Values, known: Words) -> Iterator[Fault]:
    found = {language: set(_BRACES.findall(phrase.get(language, ""))) for language in LANGUAGES}
    for language, names in found.items():
        for name in sorted(names - known):
            at = read.place((*path, language))
            yield Fault(at, f"“{{{name[:40]}}}” cannot be filled in here.", f"Known: {', '.join(sorted(known))}.")
    if phrase and found["en"] != found["cy"]:
        remedy = "Name the same particulars in both."
        yield Fault(read.place((*path, "cy")), "English and Welsh do not name the same particulars.", remedy)
