"""Retention: a row for everything that is kept, none twice, no message kept longer than whom it was written to."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.services.check.places import Subject
from placewide.services.format.terms import Fault


def faults(subject: Subject) -> Iterator[Fault]:
    rows = [row.category for row in subject.package.retention]
    kept = ["answers", "messages", "timeline"]
    kept += ["person"] if subject.package.people else []
    kept += ["files"] if any(question.kind == "files" for question, _, _ in subject.questions()) else []
    for category in kept:
        if category not in rows:
            remedy = "Say how many months it is kept, what then happens, and why."
            yield subject.fault("retention.yaml", ("retention",), f"Nothing is said of “{category}”.", remedy)
    for n, category in enumerate(rows):
        if category in rows[:n]:
            what = f"“{category}” is there twice."
            yield subject.fault("retention.yaml", ("retention", n), what, "Take one out.")
    yield from _outliving(subject)


def _outliving(subject: Subject) -> Iterator[Fault]:
    """A message names and greets whom it was written to: once that record is gone, it would still tell of them."""
    rows = {row.category: (n, row) for n, row in reversed(list(enumerate(subject.package.retention)))}
    (n, message), (_, person) = rows.get("messages", (0, None)), rows.get("person", (0, None))
    if message and person and message.months > person.months:
        what = f"Messages are kept {message.months} months, the person they were written to {person.months}."
        remedy = f"Keep messages {person.months} months at most, or the person {message.months}."
        yield subject.fault("retention.yaml", ("retention", n, "months"), what, remedy)
