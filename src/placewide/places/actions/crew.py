"""What crews note while they are out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Actor
from placewide.places.models import Round, Run, StopException
from placewide.places.terms import CREW_REASONS, CollectionStatus, RunStatus, Uprn


def note_run(
    round_id: UUID, day: date, status: RunStatus, *, until: datetime | None = None, actor: Actor, now: datetime
) -> Run:
    """Note how a round stands on its day; the last note counts. ``until``: when a delayed round will be over.

    Raises Round.DoesNotExist for an unknown round.
    """
    with changing(actor=actor, now=now):
        route = Round.objects.only("organisation_id").get(id=round_id)
        values = {"organisation_id": route.organisation_id, "status": status, "at": now, "until": until}
        row, _ = Run.objects.update_or_create(
            round_id=round_id, day=day, defaults=values, create_defaults=values | {"id": ids.new_id()}
        )
        return row


def note_exceptions(
    round_id: UUID, day: date, uprns: Sequence[Uprn], reason: CollectionStatus, *, actor: Actor, now: datetime
) -> None:
    """Note why containers at these addresses were not emptied; the last note counts.

    Raises ValueError for a reason that is not the crew's to give, Round.DoesNotExist for an unknown round.
    """
    if reason not in CREW_REASONS:
        raise ValueError(f"a crew notes one of {', '.join(CREW_REASONS)}")
    with changing(actor=actor, now=now):
        route = Round.objects.only("organisation_id").get(id=round_id)
        StopException.objects.bulk_create(
            [
                StopException(
                    id=ids.new_id(),
                    organisation_id=route.organisation_id,
                    round_id=round_id,
                    address_id=uprn,
                    day=day,
                    reason=reason,
                    at=now,
                )
                for uprn in uprns
            ],
            update_conflicts=True,
            unique_fields=["address", "round", "day"],
            update_fields=["reason", "at"],
        )
