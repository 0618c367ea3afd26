"""``placewide sharing``: decide requests to share information, and see why. One file a verb."""

from typing import Any

import click

from placewide.sharing.commands.agreements import agreement
from placewide.sharing.commands.deciding import answer, decide
from placewide.sharing.commands.simulating import simulate
from placewide.sharing.explaining.command import explain
from placewide.sharing.format.files import Unreadable

__all__ = ["COMMANDS", "answer", "sharing"]


class _Verbs(click.Group):
    """Whatever the verb, a file of law that cannot be read says where, what and what mends it."""

    def invoke(self, ctx: click.Context) -> Any:
        """The verb. Ends with 1 where a file of law is broken."""
        try:
            return super().invoke(ctx)
        except Unreadable as unreadable:
            click.echo("\n".join(map(str, unreadable.faults)), err=True)
            raise SystemExit(1) from unreadable


@click.group(cls=_Verbs)
def sharing() -> None:
    """Decide whether information may be shared, see why, and see what agreements would open."""


for command in (agreement, decide, explain, simulate):
    sharing.add_command(command)

COMMANDS = (sharing,)
