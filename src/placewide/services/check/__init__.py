"""The static checks of a package: every fault with its place and remedy, before a resident meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from placewide.services.check import (
    conditions,
    examples,
    facts,
    fees,
    holding,
    ids,
    people,
    process,
    questions,
    retention,
    words,
)
from placewide.services.check.places import Subject
from placewide.services.format import Fault, Source

Check = Callable[[Subject], Iterator[Fault]]

CHECKS: tuple[Check, ...] = (
    ids.faults,
    questions.faults,
    facts.faults,
    conditions.faults,
    people.faults,
    process.faults,
    holding.faults,
    fees.faults,
    retention.faults,
    words.faults,
    examples.faults,
)


def faults_of(source: Source, checks: Sequence[Check] = CHECKS) -> tuple[Fault, ...]:
    """All faults of a package, file by file; none for one that may go live.

    While a file of the package itself cannot be read, nothing else can be said.
    """
    if source.package is None:
        return source.faults
    subject = Subject(source, source.package)
    found, stumbled = set(source.faults), list[Fault]()
    for check in checks:
        try:
            found |= set(check(subject))
        except Exception as slip:  # whoever writes a package must never meet a traceback, even where a check is wrong
            stumbled.append(_unfinished(subject, check, slip))
    return tuple(sorted(found or stumbled))


def _unfinished(subject: Subject, check: Check, slip: Exception) -> Fault:
    name = check.__module__.rpartition(".")[2]
    what = f"The check of {name} could not be finished ({type(slip).__name__}: {str(slip)[:60]})."
    remedy = "This is a mistake in Placewide: tell its makers. Undoing your last change to the package helps meanwhile."
    return subject.fault("service.yaml", (), what, remedy)
