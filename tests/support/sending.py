"""Answers given page by page or all at once, and the cases that come of them, without pages and API around them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from placewide.cases import actions
from placewide.cases.making import makers_for
from placewide.cases.models import Case
from placewide.cases.terms import Sent
from placewide.journeys import actions as journeys
from placewide.journeys import reads
from placewide.journeys.arriving import check_arriving
from placewide.journeys.terms import Circumstances
from placewide.kernel import ids
from placewide.kernel.terms import GUEST, Viewer
from placewide.services.terms import LiveService
from support.place import MILL_LANE_12, NOW, SmallPlace


def arrived(live: LiveService, answers: dict[str, object], now: datetime = NOW, language: str = "en") -> Circumstances:
    """The circumstances of answers that are right."""
    whose, journey_id = Viewer(), ids.new_id()
    seen, problems = check_arriving(live, journey_id, answers, file_ids=(), language=language, viewer=whose, now=now)
    assert not problems, problems
    return seen


def sent(live: LiveService, answers: dict[str, object], now: datetime = NOW, *, language: str = "en") -> Sent:
    """The cases that come of them."""
    seen = arrived(live, answers, now, language)
    return actions.submit(seen, makers_for(seen), arrived=True, actor=GUEST, now=now)


def walked(place: SmallPlace, *, uprn: int = MILL_LANE_12, **contact: object) -> UUID:
    """A journey through the pages of a missed bin as far as its check, by somebody not signed in."""
    journey_id = journeys.begin(place.missed_bin, language="en", actor=GUEST, now=NOW)
    pages = {
        "address": {"address": {"uprn": str(uprn), "text": f"{uprn % 100} Mill Lane, Calderford, ZZ1 2AB"}},
        "which-bin": {"bin": "refuse"},
        "contact": {"contact_email": None, "contact_phone": None, **contact},
    }
    for page, values in pages.items():
        journeys.keep_page(guest_sees(journey_id), page, values, actor=GUEST, now=NOW)
    return journey_id


def guest_sees(journey_id: UUID) -> Circumstances:
    """A journey as the browser reads it that began it."""
    seen = reads.circumstances(Viewer(grants=frozenset({journey_id})), journey_id, now=NOW)
    assert seen is not None
    return seen


def missed_bin(place: SmallPlace, *, uprn: int = MILL_LANE_12, email: str | None = None) -> Case:
    """A missed bin, told to the district."""
    seen = guest_sees(walked(place, uprn=uprn, contact_email=email))
    done = actions.submit(seen, makers_for(seen), actor=GUEST, now=NOW)
    return Case.objects.get(reference=done.references[0])
