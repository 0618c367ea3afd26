"""Making packages live."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from placewide.identity import reads as identity
from placewide.kernel.change import changing
from placewide.kernel.clock import legal_date
from placewide.kernel.ids import new_id
from placewide.kernel.terms import Act, Actor
from placewide.places import reads as places
from placewide.services.check import faults_of
from placewide.services.check.adopting import hindrances
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
    organisation_id: UUID, folder: Path, settings: Mapping[str, Any], *, actor: Actor, now: datetime, slug: str = ""
) -> UUID:
    """Make the package in ``folder`` live for an organisation; returns the adoption's id.

    The same slug (the package's id unless given) adopted again points to the new package; journeys and cases that have
    begun keep theirs. Raises PackageRefused before anything is written: for faults, for a team that the organisation
    has not, and for a fee, since nothing takes payments yet.
    """
    source = read_folder(folder)
    faults = faults_of(source)
    if faults:
        raise PackageRefused(faults)
    return _adopt(organisation_id, source, settings, actor=actor, now=now, slug=slug)


def adopt_package(
    organisation_id: UUID, package: Package, settings: Mapping[str, Any], *, actor: Actor, now: datetime, slug: str = ""
) -> UUID:
    """The same for a package that was checked before."""
    return _adopt(organisation_id, Source(Path(package.id), package), settings, actor=actor, now=now, slug=slug)


def _adopt(
    organisation_id: UUID, source: Source, settings: Mapping[str, Any], *, actor: Actor, now: datetime, slug: str
) -> UUID:
    assert source.package is not None  # a source without faults has one
    package = source.package
    body = places.organisation_by_id(organisation_id)
    hindered = hindrances(source, body.slug, identity.team_ids(organisation_id), legal_date(now))
    if hindered:
        raise PackageRefused(hindered)
    content = content_of(package)
    content_hash = digest_of(content)
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


def stop(adoption_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a service off. What has begun goes on; nothing new begins. Raises Adoption.DoesNotExist."""
    with changing(actor=actor, now=now) as change:
        adoption = Adoption.objects.select_for_update().get(id=adoption_id)
        Adoption.objects.filter(id=adoption_id).update(live=False)
        change.record(Act("service.stopped", adoption.organisation_id, adoption_id))
