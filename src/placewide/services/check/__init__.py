"""The static checks of a package: every fault with its place and remedy, before a resident meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from placewide.services.check import conditions, examples, fees, ids, process, questions, retention, words
from placewide.services.check.places import Subject
from placewide.services.format import Fault, Source

CHECKS: tuple[Callable[[Subject], Iterator[Fault]], ...] = (
    ids.faults,
    questions.faults,
    conditions.faults,
    process.faults,
    fees.faults,
    retention.faults,
    words.faults,
    examples.faults,
)


def faults_of(source: Source) -> tuple[Fault, ...]:
    """All faults of a package, file by file; none for one that may go live.

    While a file of the package itself cannot be read, nothing else can be said.
    """
    if source.package is None:
        return source.faults
    subject = Subject(source, source.package)
    found = {fault for check in CHECKS for fault in check(subject)}
    return tuple(sorted(found | set(source.faults)))
