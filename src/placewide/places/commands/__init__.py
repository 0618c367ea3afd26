"""A place's verbs on the command line."""

import click

from placewide.places.commands.authorities import provider
from placewide.places.commands.files import addresses, organisations, rounds

COMMANDS: tuple[click.Command, ...] = (provider, organisations, addresses, rounds)
