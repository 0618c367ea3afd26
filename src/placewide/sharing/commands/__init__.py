"""``placewide sharing``: decide requests to share information, and see why. One file a verb."""

import click

from placewide.sharing.commands.agreements import agreement
from placewide.sharing.commands.deciding import answer, decide
from placewide.sharing.commands.simulating import simulate
from placewide.sharing.explaining.command import explain

__all__ = ["COMMANDS", "answer", "sharing"]


@click.group()
def sharing() -> None:
    """Decide whether information may be shared, see why, and see what agreements would open."""


for command in (agreement, decide, explain, simulate):
    sharing.add_command(command)

COMMANDS = (sharing,)
