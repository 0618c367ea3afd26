"""What is known before asking: where each fact that packages may use comes from.

Names and shapes are declared in ``services/facts.py``; here stands who answers. Facts are observed once, before a
decision, and given to the rules as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from placewide.journeys import models
from placewide.journeys.facts import Observed, address_in, as_fact, uprn_in
from placewide.journeys.reads.elsewhere import provider_at
from placewide.journeys.terms import JourneyState
from placewide.kernel.clock import legal_date
from placewide.places import reads as places
from placewide.services import rules
from placewide.services.terms import Answers, Package


@dataclass(frozen=True, slots=True)
class Wanted:
    """For what the facts are wanted."""

    package: Package
    organisation_id: UUID
    adoption_id: UUID
    answers: Answers
    now: datetime
    journey_id: UUID
    language: str = "en"
    granted: frozenset[UUID] = frozenset()  # journeys of the same browser


def observe(wanted: Wanted) -> Observed:
    """The facts the package uses, as things stand at ``wanted.now``. What cannot be known yet is None.

    They are observed in the order of SOURCES: a later one may build on those before.
    """
    observed: Observed = {}
    for name, source in SOURCES.items():
        if name in wanted.package.facts:
            observed[name] = source(wanted, observed)
    return observed


def _today(wanted: Wanted, _: Observed) -> str:
    return legal_date(wanted.now).isoformat()


def _collections(wanted: Wanted, _: Observed) -> list[Observed] | None:
    """What this organisation collects there: a report must not reach a council that does not come to the house.

    None before there is an address; nothing is known of one that was typed by hand.
    """
    uprn = uprn_in(wanted.package, wanted.answers)
    known = places.collections(int(uprn), now=wanted.now, language=wanted.language) if uprn else ()
    ours = [as_fact(c, wanted.now) for c in known if c.organisation_id == wanted.organisation_id]
    return ours if address_in(wanted.package, wanted.answers) else None


def _assisted(_: Wanted, observed: Observed) -> bool:
    return any(c["assisted"] for c in observed.get("collections") or ())


def _missed_before(wanted: Wanted, _: Observed) -> int:
    """Reports from the same address in the last ninety days. One statement."""
    uprn = uprn_in(wanted.package, wanted.answers)
    if not uprn:
        return 0
    lately = models.Journey.objects.filter(
        adoption_id=wanted.adoption_id, uprn=uprn, sent_at__gte=wanted.now - _RECENT, state=JourneyState.SENT
    )
    return lately[:_MOST_COUNTED].count()


def _reported(wanted: Wanted, observed: Observed) -> Observed:
    """How many sent journeys are about the same matter, and whether one of them is this browser's. One statement."""
    so_far = rules.outcome(wanted.package, wanted.answers, observed, legal_date(wanted.now))
    if not so_far.matter:
        return {"count": 0, "by_me": False}
    same = models.Journey.objects.filter(
        adoption_id=wanted.adoption_id, matter=so_far.matter, state=JourneyState.SENT
    ).exclude(id=wanted.journey_id)
    ids = list(same.values_list("id", flat=True)[:_MOST_COUNTED])
    return {"count": len(ids), "by_me": any(i in wanted.granted for i in ids)}


def _provider(wanted: Wanted, _: Observed) -> Observed:
    given = address_in(wanted.package, wanted.answers)
    return provider_at(given, wanted.package, wanted.organisation_id, now=wanted.now)


# In this order: a later fact may build on those before.
SOURCES: Mapping[str, Callable[[Wanted, Observed], Any]] = {
    "today": _today,
    "collections": _collections,
    "assisted": _assisted,
    "missed_before": _missed_before,
    "reported": _reported,
    "provider": _provider,
}
_MOST_COUNTED = 100
_RECENT = timedelta(days=90)
