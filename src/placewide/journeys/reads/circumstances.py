"""A journey as decisions about it see it, and lists of journeys."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from placewide.identity import reads as identity
from placewide.journeys import models
from placewide.journeys.facts import uprn_in
from placewide.journeys.reads.known import Wanted, observe
from placewide.journeys.terms import Circumstances, JourneyState
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import Viewer
from placewide.services import reads as services
from placewide.services import rules
from placewide.services.terms import LiveService, Package


def circumstances(viewer: Viewer, journey_id: UUID, *, language: str = "", now: datetime) -> Circumstances | None:
    """All that a decision about this journey needs; None if there is no such journey for this viewer, or it expired.

    ``language`` is the one it is read in now, else the one it was begun in. One statement, and those of the facts that
    the package uses.
    """
    row = models.Journey.objects.select_related("adoption").filter(id=journey_id).first()
    if row is None or not _may_open(viewer, row):
        return None
    if row.state == JourneyState.OPEN and row.expires_at <= now:
        return None
    row.language = language or row.language
    return _observed(row, row.adoption.settings, viewer, now)


def kept_journey(journey_id: UUID, *, language: str, now: datetime) -> Circumstances | None:
    """A journey still to be sent, for whoever was sent a link to it: to send another to the same address, no more."""
    holder = Viewer(grants=frozenset({journey_id}))
    seen = circumstances(holder, journey_id, language=language, now=now)
    return seen if seen and seen.state is JourneyState.OPEN else None


def arriving(
    live: LiveService, journey_id: UUID, answers: Mapping[str, Any], *, language: str, viewer: Viewer, now: datetime
) -> Circumstances:
    """The same for answers that arrive whole, through the API: the journey is not kept yet."""
    row = models.Journey(
        id=journey_id,
        organisation_id=live.organisation_id,
        adoption_id=live.adoption_id,
        package_id=live.content_hash,
        language=language,
        answers=dict(answers),
        user_id=viewer.user_id,
        begun_at=now,
        expires_at=now,
    )
    return _observed(row, live.settings, viewer, now)


def unsent(viewer: Viewer, *, now: datetime, most: int = 20) -> tuple[models.Journey, ...]:
    """A signed-in person's journeys still to be sent, latest first. One statement."""
    if viewer.user_id is None:
        return ()
    mine = models.Journey.objects.filter(user_id=viewer.user_id, state=JourneyState.OPEN, expires_at__gt=now)
    return tuple(mine.select_related("adoption", "organisation").order_by("-begun_at")[:most])


def begun_journey(viewer: Viewer, journey_id: UUID, *, now: datetime) -> Circumstances | None:
    """A journey that is not sent yet, for staff who were given an urgent task about it; None otherwise.

    Only of the viewer's own organisation, and only one of which somebody was told. Facts are observed anew.
    """
    row = models.Journey.objects.select_related("adoption").filter(id=journey_id).exclude(told=[]).first()
    if row is None or row.organisation_id != viewer.organisation_id:
        return None
    return _observed(row, row.adoption.settings, viewer, now)


def named_so_far(viewer: Viewer, journey_ids: Collection[UUID]) -> dict[UUID, tuple[Package, str]]:
    """Service and name of journeys that are not sent, for staff who were told of urgent answers in them.

    The name of whom it is about, else of whoever fills in, else empty. One statement; none for none.
    """
    if not journey_ids or viewer.organisation_id is None:
        return {}
    rows = models.Journey.objects.filter(id__in=journey_ids, organisation_id=viewer.organisation_id).exclude(told=[])
    return {row.id: _named(services.by_hash(row.package_id), row.answers) for row in rows}


def _named(package: Package, answers: Mapping[str, Any]) -> tuple[Package, str]:
    there = rules.people(package, answers).values()
    told = sorted(there, key=lambda each: each[0].signed_in)
    return package, next((str(said["name"]) for _, said in told if said.get("name")), "")


def most_begun(*, since: datetime) -> dict[UUID, int]:
    """How often each service was begun since then, by adoption; nothing about anybody. One statement."""
    begun = models.Journey.objects.filter(begun_at__gte=since).values_list("adoption")
    return dict(begun.annotate(times=Count("id")))


def _may_open(viewer: Viewer, row: models.Journey) -> bool:
    return row.id in viewer.grants or (viewer.user_id is not None and row.user_id == viewer.user_id)


def _observed(row: models.Journey, settings: Mapping[str, Any], viewer: Viewer, now: datetime) -> Circumstances:
    package = services.by_hash(row.package_id)
    today = legal_date(now)
    wanted = Wanted(
        package, row.organisation_id, row.adoption_id, row.answers, now, row.id, row.language, viewer.grants
    )
    observed = observe(wanted)
    way = rules.walk(package, row.answers, observed, today)
    outcome = rules.outcome(package, row.answers, observed, today, way)
    team = package.cases[0].team
    return Circumstances(
        journey_id=row.id,
        adoption_id=row.adoption_id,
        organisation_id=row.organisation_id,
        content_hash=row.package_id,
        state=JourneyState(row.state),
        version=row.version,
        language=row.language,
        user_id=row.user_id,
        package=package,
        settings=settings,
        answers=row.answers,
        facts=observed,
        walk=way,
        outcome=outcome,
        uprn=uprn_in(package, row.answers),
        now=now,
        expires_at=row.expires_at,
        told=tuple(row.told),
        saved_to=row.saved_to or "",
        heard=not outcome.urgent or identity.hears(row.organisation_id, team, on=today),
    )
