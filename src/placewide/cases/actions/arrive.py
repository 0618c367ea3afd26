"""Take answers that came whole, through the API: once for each key, however often they are sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from placewide.cases.actions.follow import FOLLOW_PURPOSE
from placewide.cases.actions.submit import submit
from placewide.cases.rules import Makers
from placewide.cases.terms import OpenedCase, Sent
from placewide.identity import actions as identity
from placewide.journeys import actions as journeys
from placewide.journeys.terms import Circumstances
from placewide.kernel import keys
from placewide.kernel.change import changing
from placewide.kernel.files import actions as files
from placewide.kernel.idempotency import Answer, kept_before, once, remember
from placewide.kernel.terms import Actor

FOLLOW_LIVES = timedelta(days=7)  # whoever asked on somebody's behalf has to pass the link on first
_PURPOSE = "cases.arrived"

Told = Mapping[str, Any]
Describe = Callable[[Sent, Mapping[UUID, str]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Under which key something arrived, and what it was."""

    adoption_id: UUID
    key: str
    digest: bytes  # of the body as it was received

    @property
    def scope(self) -> str:
        return f"submissions:{self.adoption_id}"


def arrived_before(arrival: Arrival) -> Told | None:
    """What was answered to the same body under this key before. One statement. Raises KeyReused."""
    kept = kept_before(arrival.scope, arrival.key, arrival.digest)
    return _opened(kept) if kept else None


def arrive(
    seen: Circumstances,
    makers: Makers,
    arrival: Arrival,
    describe: Describe,
    *,
    file_ids: list[UUID],
    actor: Actor,
    now: datetime,
) -> Told:
    """Send what arrived and say what came of it; the answer is kept, sealed, in the same change.

    ``describe`` makes the answer from what was sent and, by case, a token that opens the case once. Raises KeyReused,
    or as :func:`submit`. Five statements besides those of submit, one for each case to follow, and more where it is
    urgent.
    """
    with changing(actor=actor, now=now):
        before = once(arrival.scope, arrival.key, arrival.digest, now=now)
        if before is not None:
            return _opened(before)
        sent = submit(seen, makers, arrived=True, actor=actor, now=now)
        journeys.tell_at_once(seen, actor=actor, now=now)
        if file_ids:
            files.attach(file_ids, sent.journey_id, actor=actor, now=now)
        told = describe(sent, {case.id: _token(case, actor, now) for case in sent.opened if case.followed_by})
        remember(arrival.scope, arrival.key, Answer(201, {"sealed": _sealed(told)}))
    return told


def _token(case: OpenedCase, actor: Actor, now: datetime) -> str:
    assert case.followed_by is not None
    return identity.issue_token(FOLLOW_PURPOSE, case.followed_by, expires=now + FOLLOW_LIVES, actor=actor, now=now)


def _sealed(told: Told) -> str:
    """Tokens open cases, so the kept answer is not left lying open."""
    return base64.b64encode(keys.seal(json.dumps(told).encode(), purpose=_PURPOSE)).decode("ascii")


def _opened(kept: Answer) -> Told:
    opened: Told = json.loads(keys.open_sealed(base64.b64decode(kept.body["sealed"]), purpose=_PURPOSE))
    return opened
