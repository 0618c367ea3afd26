"""Retention: a row for everything that is kept, none twice."""

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
