"""``placewide demo``: fill a node with the fictional place."""

from __future__ import annotations

from datetime import datetime

import click

from placewide.kernel import clock


@click.group()
def demo() -> None:
    """The demo place: Calderbrook, which does not exist."""


@demo.command()
def seed() -> None:
    """Make the demo place, relative to today. One of an earlier day is put aside first, with what was entered."""
    from placewide.places import reads as places
    from placewide.web.demo import ageing

    _only_in_a_demo()
    now = clock.now()
    if not places.organisations():
        _make(now)
    elif not ageing.age().is_right_on(clock.legal_date(now)):
        _make_again(now)


@demo.command()
def keep() -> None:
    """Keep the demo as it is from now on, also when its dates grow old."""
    from placewide.web.demo import ageing

    _only_in_a_demo()
    ageing.note_made(clock.now(), kept=True)
    _say("the demo stays as it is; its dates will grow old")


def _make_again(now: datetime) -> None:
    from placewide.web.demo import ageing
    from placewide.web.demo.ageing import InUse

    made_on = ageing.age().made_on
    was = f"made on {made_on:%A} {made_on.day} {made_on:%B}" if made_on else "not finished"
    try:
        folder = ageing.put_aside(now)
    except InUse:
        _say(f"the demo was {was}, and stays so: its database is in use, or not a file. Its dates are of that day")
        return
    _say(f"the demo was {was} and is made again for today. All of the old one, with what you entered, is in {folder}")
    _make(now)


def _make(now: datetime) -> None:
    from placewide.web.demo import ageing
    from placewide.web.demo.seeding import make_demo

    made = make_demo(now)
    ageing.note_made(now)
    _say(
        f"demo place made: {made.organisations} organisations, "
        f"{made.reports} missed bins, {made.requests} requests for care, {made.messages} messages"
    )


def _only_in_a_demo() -> None:
    from django.conf import settings

    if not settings.DEMO:
        raise click.ClickException("only in demo mode: set PLACEWIDE_DEMO=1")


def _say(text: str) -> None:
    click.echo(f"placewide: {text}")
