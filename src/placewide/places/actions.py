"""The only writers of a place."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.text import slugify

from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Actor
from placewide.places.models import Organisation, Round, Run, StopException
from placewide.places.terms import CREW_REASONS, Authority, CollectionStatus, RunStatus, Uprn


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What is known of a legal body when a node begins to work for it."""

    slug: str
    name: str
    kind: str = "council"  # council, health, police, fire, housing, charity, other
    nation: str = "England"
    tier: str = ""
    authority_code: str = ""
    county_code: str = ""
    name_cy: str = ""
    serves: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""
    colour: str = ""
    mark: str = ""
    begins: date | None = None
    ends: date | None = None


def add_organisation(new: NewOrganisation, *, actor: Actor, now: datetime) -> Organisation:
    """Add an organisation, or bring the one with this slug up to date. Its id never changes."""
    with changing(actor=actor, now=now):
        values = dataclasses.asdict(new) | {"serves": list(new.serves)}
        slug = values.pop("slug")
        row, _ = Organisation.objects.update_or_create(
            slug=slug, defaults=values, create_defaults=values | {"id": ids.new_id(), "slug": slug}
        )
        return row


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


def new_organisation_of(authority: Authority) -> NewOrganisation:
    """The organisation that a published authority becomes on a node of its own."""
    return NewOrganisation(
        slug=slugify(authority.short_name) or authority.code.lower(),
        name=authority.name,
        nation=authority.nation,
        tier=authority.tier,
        authority_code=authority.code,
        county_code=authority.county,
        ends=authority.last_day,
    )
