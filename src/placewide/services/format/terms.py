"""The words of the format: faults and where they are, examples and what they expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from placewide.services.terms import Deadline

Path = tuple[str | int, ...]  # from the top of a file: ("rules", 0, "when")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: file below the package's folder, line from 1."""

    file: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong with a package: where, what, and what mends it."""

    place: Place
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come of an example's answers. What is left out is expected to be nothing."""

    path: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    stop: str | None = None
    reason: str = ""
    urgent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fee: int = 0
    cases: tuple[str, ...] = ()
    messages: tuple[str, ...] | None = None  # None: not looked at
    followers: Mapping[str, Any] = field(default_factory=dict)
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by case: people to whom nothing is sent
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of an example and what must follow."""

    step: str
    by: str
    state: str
    case: str = ""
    after: Deadline | None = None
    reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    message: str | None = None
    to: tuple[str, ...] | None = None  # None: not looked at
    danger: str = ""  # the person of whom the step says that they may be in danger
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One way through a service and what must come of it."""

    title: str
    on: date
    answers: Mapping[str, Any]
    expect: Expected
    facts: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[StepTaken, ...] = ()
