"""Naming an organisation on the command line."""

from __future__ import annotations

import click
from django.db import DatabaseError

from placewide.places import reads
from placewide.places.models import Organisation


def organisations_here() -> tuple[Organisation, ...]:
    """Every organisation of this node. Raises ClickException where no node was made yet."""
    try:
        return reads.organisations()
    except DatabaseError:
        raise click.ClickException("there is no node here yet: placewide init --authority CODE makes one") from None


def organisation_named(slug: str) -> Organisation:
    """The organisation with this slug. Raises ClickException, naming those there are."""
    known = {organisation.slug: organisation for organisation in organisations_here()}
    if slug not in known:
        raise click.ClickException(f"no organisation {slug}; there are: {', '.join(sorted(known)) or 'none'}")
    return known[slug]
