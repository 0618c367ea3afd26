"""``placewide``: one command, its verbs gathered from the rooms."""

from __future__ import annotations

import os

import click


@click.group()
@click.version_option(package_name="placewide")
def placewide() -> None:
    """Join up the public services of a place."""


def gathered() -> click.Group:
    """The command with every room's verbs. A room that gains ``commands.py`` adds two lines here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewide.web.settings")
    import django

    django.setup()
    from placewide.cases import commands as cases
    from placewide.identity import commands as identity
    from placewide.kernel import commands as kernel
    from placewide.messages import commands as messages
    from placewide.places import commands as places
    from placewide.sharing import commands as sharing
    from placewide.studio import commands as studio
    from placewide.web import commands as web

    for command in (
        *cases.COMMANDS,
        *identity.COMMANDS,
        *kernel.COMMANDS,
        *messages.COMMANDS,
        *places.COMMANDS,
        *sharing.COMMANDS,
        *studio.COMMANDS,
        *web.COMMANDS,
    ):
        placewide.add_command(command)
    return placewide


def main() -> None:
    """What ``placewide`` on a command line runs."""
    gathered()()
