"""``placewide demo``: fill a node with the fictional place."""

from __future__ import annotations

import click

from placewide.kernel import clock


@click.group()
def demo() -> None:
    """The demo place: Calderbrook, which does not exist."""


@demo.command()
def seed() -> None:
    """Make the demo place, relative to today. Harmless where it is made already."""
    from django.conf import settings

    from placewide.places import reads as places
    from placewide.web.demo.seeding import make_demo

    if not settings.DEMO:
        raise click.ClickException("only in demo mode: set PLACEWIDE_DEMO=1")
    if places.organisations():
        return
    made = make_demo(clock.now())
    click.echo(
        f"placewide: demo place made: {made.organisations} organisations, "
        f"{made.reports} missed bins, {made.requests} requests for care, {made.messages} messages"
    )
