"""What to mend, and what to look at, before anybody signs an agreement. Pure: the law and the day are arguments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from placewide.sharing.rules.checking import asking, confidence, dates, flows, lawful, words
from placewide.sharing.terms.asked import Cited
from placewide.sharing.terms.document import Document
from placewide.sharing.terms.found import Finding, finding
from placewide.sharing.terms.law import Law


def check(document: Document, law: Law, on: date) -> tuple[Finding, ...]:
    """Every finding of one agreement, in the order of its clauses. ``on``: the day on which it is to be signed."""
    runs = document.runs
    return (
        *dates.findings(runs, on),
        *flows.findings(runs, law),
        *asking.findings(document, law),
        *lawful.findings(runs, law),
        *confidence.findings(document, law),
        *words.findings(document, law),
    )


def given_twice(documents: Iterable[Document]) -> tuple[tuple[int, Finding], ...]:
    """The agreements of a set whose id and version another one before it has, each by its place in the set."""
    seen: set[Cited] = set()
    found: list[tuple[int, Finding]] = []
    for number, each in enumerate(documents):
        cited = Cited(each.runs.id, each.runs.version)
        if cited in seen:
            twice = finding("SAME_VERSION_TWICE", "agreement", "version", id=cited.id, version=str(cited.version))
            found.append((number, twice))
        seen.add(cited)
    return tuple(found)
