"""Which services there are. What a service asks is public, so these reads take no viewer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from placewide.identity import reads as identity
from placewide.kernel import paging
from placewide.kernel.paging import Slice
from placewide.services.format import package_of
from placewide.services.models import Adoption, PackageVersion
from placewide.services.terms import LiveService, Package, RuleEffect

_LISTED = "services.adoptions"
_FIELDS = ("id", "organisation_id", "slug", "package_id", "settings")


class NoSuchService(LookupError):
    """The organisation does not run such a service (now)."""


def live(organisation_id: UUID, slug: str) -> LiveService:
    """The service as it runs now: one statement, and another the first time this process meets the package.

    Raises NoSuchService.
    """
    found = Adoption.objects.filter(organisation_id=organisation_id, slug=slug, live=True).only(*_FIELDS).first()
    if found is None:
        raise NoSuchService(slug)
    return _service(found)


def live_by_id(adoption_id: UUID) -> LiveService:
    """The same by the adoption's id. Raises NoSuchService."""
    found = Adoption.objects.filter(id=adoption_id, live=True).only(*_FIELDS).first()
    if found is None:
        raise NoSuchService(str(adoption_id))
    return _service(found)


def live_page(*, after: str = "", limit: int = 50) -> Slice[LiveService]:
    """Every service that runs now, by slug, a slice at a time. Two statements. Raises CursorForged."""
    rows = Adoption.objects.filter(live=True).only(*_FIELDS).order_by("slug", "id")
    if after:
        slug, adoption_id = paging.key_of(after, of=_LISTED)
        rows = rows.filter(slug__gte=slug).filter(Q(slug__gt=slug) | Q(id__gt=adoption_id))
    found = list(rows[: limit + 1])
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return Slice(_parsed_all(found[:limit]), paging.cursor(last.slug, last.id, of=_LISTED) if last else "")


def live_services(organisation_ids: Iterable[UUID] | None = None) -> tuple[LiveService, ...]:
    """Every service that runs now (of these organisations), by slug. Two statements at most, however many."""
    rows = Adoption.objects.filter(live=True).only(*_FIELDS).order_by("slug", "organisation_id")
    if organisation_ids is not None:
        rows = rows.filter(organisation_id__in=list(organisation_ids))
    return _parsed_all(list(rows))


def _parsed_all(found: list[Adoption]) -> tuple[LiveService, ...]:
    new = {row.package_id for row in found} - set(_parsed)
    for version in PackageVersion.objects.filter(content_hash__in=new) if new else ():
        _remember(version.content_hash, package_of(version.content))
    return tuple(_service(row) for row in found)


def unheard(services: Iterable[LiveService], *, on: date) -> tuple[str, ...]:
    """A sentence for each service with urgent rules whose team nobody works for and that has no address."""
    return tuple(
        f"Nobody would hear of what is urgent in {live.slug}: the team {team} has no email address and nobody works "
        f"there. Name somebody: placewide staff add --help"
        for live in services
        if (team := _team_told(live.package)) and not identity.hears(live.organisation_id, team, on=on)
    )


def _team_told(package: Package) -> str:
    """The team that is told of urgent answers; empty where no rule is urgent."""
    urgent = any(rule.effect is RuleEffect.URGENT for rule in package.rules)
    return package.cases[0].team if urgent else ""


def by_hash(content_hash: str) -> Package:
    """The package with this content; parsed once in a process. Raises NoSuchService."""
    package = _parsed.get(content_hash)
    if package is None:
        version = PackageVersion.objects.filter(content_hash=content_hash).first()
        if version is None:
            raise NoSuchService(content_hash[:12])
        package = _remember(content_hash, package_of(version.content))
    return package


MOST_PARSED = 200  # packages in memory, a few hundred kilobytes each
_parsed: dict[str, Package] = {}  # content never changes under its hash, so nothing here can be out of date


def _remember(content_hash: str, package: Package) -> Package:
    while len(_parsed) >= MOST_PARSED:
        _parsed.pop(next(iter(_parsed)))  # the one parsed longest ago
    _parsed[content_hash] = package
    return package


def _service(row: Adoption) -> LiveService:
    return LiveService(row.id, row.organisation_id, row.slug, row.package_id, by_hash(row.package_id), row.settings)
