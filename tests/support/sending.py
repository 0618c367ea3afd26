"""Answers that arrive whole, as a program sends them, without the API around them."""

from __future__ import annotations

from datetime import datetime

from placewide.cases import actions
from placewide.cases.making import makers_for
from placewide.cases.terms import Sent
from placewide.journeys.arriving import check_arriving
from placewide.journeys.terms import Circumstances
from placewide.kernel import ids
from placewide.kernel.terms import GUEST, Viewer
from placewide.services.terms import LiveService
from support.place import NOW


def arrived(live: LiveService, answers: dict[str, object], now: datetime = NOW) -> Circumstances:
    """The circumstances of answers that are right."""
    seen, problems = check_arriving(live, ids.new_id(), answers, file_ids=(), language="en", viewer=Viewer(), now=now)
    assert not problems, problems
    return seen


def sent(live: LiveService, answers: dict[str, object], now: datetime = NOW) -> Sent:
    """The cases that come of them."""
    seen = arrived(live, answers, now)
    return actions.submit(seen, makers_for(seen), arrived=True, actor=GUEST, now=now)
