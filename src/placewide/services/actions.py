"""Making packages live."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from placewide.identity import reads as identity
from placewide.kernel.change import changing
from placewide.kernel.clock import legal_date
from placewide.kernel.ids import new_id
from placewide.kernel.terms import Act, Actor
from placewide.places import reads as places
from placewide.services import reads
from placewide.services.check import faults_of
from placewide.services.check.adopting import Here, hindrances
from placewide.services.events import ServiceAdopted
from placewide.services.format import Fault, Source, content_of, digest_of, read_folder
from placewide.services.models import Adoption, PackageVersion
from placewide.services.terms import Package


class PackageRefused(Exception):
    """The package has faults, or cannot go live here; what was live stays live.

    ``faults`` name each with file, line and remedy.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults; the first: {faults[0]}")
        self.faults = faults


def adopt(
    organisation_id: UUID,
    folder: Path,
    settings: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    slug: str = "",
    older: bool = False,
) -> UUID:
    """Make the package in ``folder`` live for an organisation; returns the adoption's id.

    The same slug (the package's id unless given) adopted again points to the new package; journeys and cases that have
    begun keep theirs. Raises PackageRefused before anything is written: for faults and examples that fail, for a
    service that is not this organisation's to provide, for a team that it has not, for other contents under a number
    that was adopted, for a lower number unless ``older`` is meant, and for a fee, since nothing takes payments yet.
    """
    source = read_folder(folder)
    faults = faults_of(source)
    if faults:
        raise PackageRefused(faults)
    return _adopt(organisation_id, source, settings, actor=actor, now=now, slug=slug, older=older)


def adopt_package(
    organisation_id: UUID, package: Package, settings: Mapping[str, Any], *, actor: Actor, now: datetime, slug: str = ""
) -> UUID:
    """The same for a package that was checked before."""
    return _adopt(organisation_id, Source(Path(package.id), package), settings, actor=actor, now=now, slug=slug)


def _adopt(
    organisation_id: UUID,
    source: Source,
    settings: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    slug: str,
    older: bool = False,
) -> UUID:
    assert source.package is not None  # a source without faults has one
    package = source.package
    content = content_of(package)
    content_hash = digest_of(content)
    here = _here(organisation_id, package, slug or package.id, legal_date(now))
    hindered = hindrances(source, here, legal_date(now), older=older)
    if hindered:
        raise PackageRefused(hindered)
    with changing(actor=actor, now=now) as change:
        PackageVersion.objects.get_or_create(
            content_hash=content_hash,
            defaults={"package_id": package.id, "version": package.version, "content": content},
        )
        live = {"package_id": content_hash, "settings": dict(settings), "live": True, "adopted_at": now}
        adoption, _ = Adoption.objects.update_or_create(
            organisation_id=organisation_id,
            slug=slug or package.id,
            defaults=live,
            create_defaults={"id": new_id(), **live},
        )
        adopted = ServiceAdopted(adoption.id, organisation_id, package.id, package.version, content_hash)
        change.publish(adopted, stream=adoption.id)
        change.record(Act("service.adopted", organisation_id, adoption.id, {"version": package.version}))
    return adoption.id


def _here(organisation_id: UUID, package: Package, slug: str, on: date) -> Here:
    body = places.organisation_by_id(organisation_id)
    row = Adoption.objects.filter(organisation_id=organisation_id, slug=slug).first()
    before = reads.by_hash(row.package_id) if row else None
    teams = identity.team_ids(organisation_id)
    return Here(body.slug, body.name, body.nation, teams, _others(body.authority_code, package.lgsl, on), before)


def _others(authority: str, lgsl: int | None, on: date) -> tuple[str, ...]:
    """Who provides a service in a council's area, where the council does not. Whoever is no council has no tier."""
    if not authority or lgsl is None:
        return ()
    try:
        found = places.providers(authority, lgsl, on=on)
    except KeyError:  # a service that the list of those councils provide does not have
        return ()
    return () if any(each.code == authority for each in found) else tuple(each.name for each in found)


def stop(adoption_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a service off. What has begun goes on; nothing new begins. Raises Adoption.DoesNotExist."""
    with changing(actor=actor, now=now) as change:
        adoption = Adoption.objects.select_for_update().get(id=adoption_id)
        Adoption.objects.filter(id=adoption_id).update(live=False)
        change.record(Act("service.stopped", adoption.organisation_id, adoption_id))
