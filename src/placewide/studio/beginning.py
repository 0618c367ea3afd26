"""After ``placewide init``: what makes an empty node one that people can use."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import click

from placewide.places import reads as places
from placewide.places.models import Organisation
from placewide.places.terms import Authority
from placewide.services.format import read_folder
from placewide.services.terms import Package
from placewide.studio.shipped import folder


def provided_by(authority: Authority, *, on: date) -> dict[Path, Package]:
    """The packages that come with Placewide for services which this authority provides itself, by folder."""
    numbers = {line.lgsl for line in places.services_of(authority.code, on=on)}
    found = _packages().items()
    return {where: p for where, p in found if p.lgsl in numbers and authority.nation in p.nations}


def needed_settings(package: Package, body: Organisation) -> set[str]:
    """What a place has to set before the package can go live for an organisation."""
    says_phone = any("{phone}" in text for words in package.words.values() for text in words.texts.values())
    return {package.urgent_phone} - {""} | ({"phone"} if says_phone and not body.phone else set())


@cache
def _packages() -> dict[Path, Package]:
    found = {where: read_folder(where).package for where in sorted(folder("packages").iterdir()) if where.is_dir()}
    return {where: package for where, package in found.items() if package is not None}


def say_next(body: Organisation, packages: dict[Path, Package]) -> None:
    """An empty node shows nothing to anybody: what makes it one that people can use, in order."""
    teams = sorted({case.team for package in packages.values() for case in package.cases})
    click.echo(f"""
Next, in this order (step by step: docs/how/put-a-service-live.md):
  placewide organisations load FILE.csv     how people reach it, such as
      slug,name,kind,nation,phone,email
      {body.slug},"{body.name}",council,{body.nation},NUMBER,EMAIL""")
    for team in teams or ["TEAM"]:
        click.echo(f"  {_adding(team, body)}")
    works_for = f"--organisation {body.slug} --role manager --team {[*teams, 'TEAM'][0]}"
    click.echo(f'  placewide staff add EMAIL --name "NAME" {works_for}')
    for where, package in packages.items():
        asked = "".join(f" --setting {name}=NUMBER" for name in sorted(needed_settings(package, body)))
        click.echo(f"  placewide service adopt {_shown(where)} --organisation {body.slug}{asked}")
    if not packages:
        click.echo(f"  No package that comes with Placewide is for what {body.name} provides. A package of your own:")
        click.echo(f"  placewide service adopt FOLDER --organisation {body.slug}     docs/reference/package-format.md")
    click.echo("  placewide run")


def _adding(team: str, body: Organisation) -> str:
    from placewide.identity import reads

    known = reads.team(body.id, team)
    if known is not None:
        return f"(there is a team {team} already: {known.name})"
    return f'placewide team add {body.slug} {team} "NAME OF THE TEAM" --email EMAIL'


def say_unset() -> None:
    from django.conf import settings

    if settings.UNSET:
        click.echo("\nBefore that, set in the environment (docs/reference/settings.md):")
    for line in settings.UNSET.values():
        click.echo(f"  {line}")


def _shown(where: Path) -> str:
    """As it is typed: from the folder that somebody stands in, if it is below that."""
    here = Path.cwd()
    return str(where.relative_to(here) if where.is_relative_to(here) else where)
