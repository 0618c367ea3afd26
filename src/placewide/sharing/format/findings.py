"""Findings in words: the clause and its line, what is wrong, the law, and what mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from placewide.services.format import Fault
from placewide.services.format.reading import Read
from placewide.sharing.format.agreements import AgreementFile
from placewide.sharing.format.lawfiles import SEE, Unreadable, read_law
from placewide.sharing.format.names import name_of
from placewide.sharing.terms.document import Document
from placewide.sharing.terms.found import Finding

_PARTS = ("strength", "says", "law", "source", "remedy")


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of finding says. ``stops``: nobody should sign until it is mended."""

    stops: bool
    says: str
    law: str
    source: str | None
    remedy: str


@cache
def words() -> Mapping[str, Words]:
    """The words of every finding, by code. Raises Unreadable."""
    read = read_law("findings")
    faults = read.faults or tuple(findings_faults(read))
    if faults:
        raise Unreadable(faults)
    return {
        code: Words(said["strength"] == "stops", said["says"], said["law"], said.get("source"), said["remedy"])
        for code, said in read.content["findings"].items()
    }


def findings_faults(read: Read) -> Iterator[Fault]:
    """What is missing in the file of findings."""
    found = read.content.get("findings") if isinstance(read.content, dict) else None
    if not isinstance(found, dict):
        yield Fault(read.place(("findings",)), "The file holds no findings.", f"Begin with “findings:”. {SEE}")
        return
    for code, said in found.items():
        there = said if isinstance(said, dict) else {}
        for name in _PARTS:
            if not isinstance(there.get(name), str):
                yield Fault(read.place(("findings", code)), f"“{code[:60]}” lacks “{name}”.", f"Add it. {SEE}")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a person reads it. ``clause``: its path in the file."""

    stops: bool
    clause: str
    line: int
    says: str
    law: str
    source: str | None
    remedy: str


def told(finding: Finding, file: AgreementFile) -> Told:
    """The finding in words, with the line of its clause."""
    said = words()[finding.code]
    filled = {name: _named(name, value, file.document) for name, value in finding.particulars}
    return Told(
        stops=said.stops,
        clause=_clause(finding.path),
        line=file.place(finding.path).line,
        says=said.says.format(**filled),
        law=said.law,
        source=said.source,
        remedy=said.remedy.format(**filled),
    )


def _clause(path: tuple[str | int, ...]) -> str:
    """The path as a person counts: ``agreement: flows 1: categories``."""
    parts: list[str] = []
    for part in path:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        else:
            parts.append(str(part))
    return ": ".join(parts)


_ORGS = frozenset({"org", "giver", "receiver"})
_LISTS = {"purposes": "purpose", "purpose": "purpose", "other": "purpose", "categories": "category"}
_WORDS = {**_LISTS, "category": "category", "klass": "klass", "basis": "basis", "condition": "condition"}


def _named(name: str, value: str, document: Document) -> str:
    if name in _ORGS:
        return document.name_of(value)
    kind = _WORDS.get(name)
    return value if kind is None else ", ".join(name_of(kind, each) for each in value.split(", "))
