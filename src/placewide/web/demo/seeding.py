"""Everything in order: the place, then what happened in it, then the post of those weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from placewide.identity import actions as identity
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM
from placewide.people import actions as people
from placewide.web.demo.bins import missed_bins
from placewide.web.demo.care import begin_for_ruth, care_needs
from placewide.web.demo.crews import note_crews
from placewide.web.demo.place import make_place
from placewide.web.demo.post import deliver_the_past
from placewide.web.demo.telling import Teller, tell

RUTH = "ruth.hale@example.org"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    organisations: int
    reports: int
    requests: int
    messages: int


def make_demo(now: datetime) -> Made:
    """Fill an empty node; everything is dated relative to ``now``. Nothing of it is left for the worker to send."""
    place = make_place(now)
    ruth = identity.join(RUTH, name="Ruth Hale", actor=SYSTEM, now=now).id
    identity.note_sign_in(ruth, actor=SYSTEM, now=now)
    teller = Teller(place, now)
    reports, requests = list(missed_bins(teller, ruth)), list(care_needs(teller, ruth))
    tell([*reports, *requests])
    note_crews(place, now)
    begin_for_ruth(teller, ruth)
    people.join_to_account(ruth, RUTH, actor=SYSTEM, now=now)
    messages = deliver_the_past(now)
    work_until_quiet(now)
    return Made(len(place.bodies), len(reports), len(requests), messages)
