"""The words of a journey: one way through a service's questions, pinned to the version it began with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from placewide.kernel.terms import Unseen
from placewide.services.terms import Facts, Outcome, Package, Rule, Walk


class JourneyState(StrEnum):
    OPEN = "open"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything a decision about a journey needs, observed at one instant."""

    journey_id: UUID
    adoption_id: UUID
    organisation_id: UUID
    content_hash: str  # of the package it is pinned to
    state: JourneyState
    version: int  # counts saves: what was decided on an older version is not sent
    language: str
    user_id: UUID | None
    package: Package
    settings: Mapping[str, Any]  # of the adoption: phone numbers, names
    answers: Mapping[str, Any]  # all that was ever given; ``walk.answers`` are those that count
    facts: Facts
    walk: Walk
    outcome: Outcome
    uprn: str  # of the address it is about; empty for none
    now: datetime
    expires_at: datetime
    told: tuple[str, ...] = ()  # urgent rules of which somebody was told before
    saved_to: str = ""  # the address a link was last sent to
    heard: bool = True  # somebody hears of it, where answers are urgent

    @property
    def taken_back(self) -> tuple[Rule, ...]:
        """Urgent rules of which somebody was told, and that the answers as they stand now deny."""
        holding = {rule.id for rule in self.outcome.urgent}
        return tuple(rule for rule in self.package.rules if rule.id in self.told and rule.id not in holding)


class NotReady(Exception):
    """The journey cannot be sent: pages are unanswered or a rule stops it. Carries the outcome that says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("not ready to be sent")
        self.outcome = outcome


class ChangedMeanwhile(Exception):
    """Answers were changed after the decision was made (another tab); look again before sending."""


class Disposed(Unseen):
    """The journey is kept no longer: its time was over while somebody was still at it."""


class AlreadySent(Exception):
    """The journey was sent before; nothing is done twice."""
