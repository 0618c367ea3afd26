"""Organisations: added, brought up to date."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.text import slugify

from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Actor
from placewide.places.models import Organisation
from placewide.places.rules.organisation_rows import organisation_problems
from placewide.places.tables import Columns, read_rows, refuse_if_bad
from placewide.places.terms import Authority, Loaded, RowProblem


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
    data_protection: str = ""  # email address of its data protection officer
    address: str = ""
    colour: str = ""
    mark: str = ""
    begins: date | None = None
    ends: date | None = None


def add_organisation(
    new: NewOrganisation, *, only: Collection[str] | None = None, actor: Actor, now: datetime
) -> Organisation:
    """Add an organisation, or bring the one with this slug up to date. Its id never changes.

    ``only``: what alone is known anew; of an organisation that is there already the rest stays as it is.
    """
    with changing(actor=actor, now=now):
        values = dataclasses.asdict(new) | {"serves": list(new.serves)}
        slug = values.pop("slug")
        known = {name: value for name, value in values.items() if only is None or name in only}
        row, _ = Organisation.objects.update_or_create(
            slug=slug, defaults=known, create_defaults=values | {"id": ids.new_id(), "slug": slug}
        )
        return row


def new_organisation_of(authority: Authority) -> NewOrganisation:
    """The organisation that a published authority becomes on a node of its own."""
    return NewOrganisation(
        slug=slugify(authority.short_name) or authority.code.lower(),
        name=authority.name,
        name_cy=authority.name_cy,
        nation=authority.nation,
        tier=authority.tier,
        authority_code=authority.code,
        county_code=authority.county,
        begins=authority.first_day,
        ends=authority.last_day,
    )


ORGANISATION_COLUMNS = Columns(
    required=("slug", "name", "kind", "nation"),
    optional=(
        "tier", "authority_code", "county_code", "name_cy", "serves", "phone", "email", "website", "data_protection",
        "address", "colour", "mark", "begins", "ends",
    ),
)  # fmt: skip


def load_organisations(path: Path, *, actor: Actor, now: datetime) -> Loaded:
    """Add the organisations of a file and bring those already there up to date. Raises BadFile, OSError.

    Columns the file does not name stay as they are: whoever writes only a phone number down takes nothing else away.
    """
    problems: list[RowProblem] = []
    news: list[tuple[NewOrganisation, frozenset[str]]] = []
    for row in read_rows(path, ORGANISATION_COLUMNS):
        if isinstance(row, RowProblem):
            problems.append(row)
            continue
        found = organisation_problems(row.line, row.cells)
        problems.extend(found)
        if not any(problem.fatal for problem in found):
            news.append((_new(row.cells), row.named))
    warnings = refuse_if_bad(problems)
    with changing(actor=actor, now=now):
        before = Organisation.objects.count()
        for new, named in news:
            add_organisation(new, only=named, actor=actor, now=now)
        return Loaded(len(news), Organisation.objects.count() - before, warnings)


def _new(cells: Mapping[str, str]) -> NewOrganisation:
    dates = {name: date.fromisoformat(cells[name]) if cells[name] else None for name in ("begins", "ends")}
    texts = {name: cells[name] for name in ORGANISATION_COLUMNS.all if name not in ("serves", *dates)}
    return NewOrganisation(**texts, serves=tuple(cells["serves"].split()), **dates)  # type: ignore[arg-type]
