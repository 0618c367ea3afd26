"""What agreements open: who could see what, under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewide.sharing.terms.asked import Cited, Words

Days = tuple[tuple[date, date | None], ...]  # first and last day of each time, both included; None: no last day


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions something goes.

    ``oldest``: the greatest age of the relationship in days; None: any. ``agreeing``: the person has to agree: always,
    if_confidential (where the holder keeps it in confidence), never. ``stopped_by``: what the person can say to stop
    it; ``stopped_if_confidential``: what stops it where the holder keeps it in confidence, and only there.
    """

    roles: Words
    sign_in: str
    vetting: str
    training: bool
    relationship: str
    oldest: int | None
    sensitivity: str
    frequencies: Words
    most_people: int
    agreeing: str
    stopped_by: Words
    stopped_if_confidential: Words
    basis: str | None
    law: tuple[str, ...]
    lifts: str
    days: Days


@dataclass(frozen=True, slots=True)
class Opening:
    """One category that one body may give another for one purpose, under one flow of one agreement (by its place).

    ``closed_by``: the reasons why nothing goes on the day asked about; empty: it is open on that day.
    """

    agreement: Cited
    flow: int
    giver: str
    receiver: str
    purpose: str
    category: str
    conditions: Conditions
    closed_by: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it opens, whatever the agreement and the conditions."""
        return self.giver, self.receiver, self.purpose, self.category


@dataclass(frozen=True, slots=True)
class Change:
    """The same information between the same bodies for the same purpose, under other conditions than before."""

    before: tuple[Opening, ...]
    after: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a set of agreements opens, closes and changes, beside another set."""

    opens: tuple[Opening, ...]
    closes: tuple[Opening, ...]
    changes: tuple[Change, ...]
