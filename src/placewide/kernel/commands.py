"""``placewide work``, ``ledger``, ``outbox``, ``keys``."""

from __future__ import annotations

import signal
import sys
import threading

import click

from placewide.kernel import clock, duties, keys, ledger, outbox
from placewide.kernel.ledger.notes import verifier
from placewide.kernel.ledger.origin import origin, verify_key
from placewide.kernel.terms import SYSTEM


@click.command()
@click.option("--once", is_flag=True, help="Deliver what is due now, do what falls due, and end.")
def work(once: bool) -> None:
    """Deliver what has happened, until told to stop. Run as many as you like."""
    if once:
        tried = 0
        while made := outbox.work_once(clock.now):
            tried += made
        duties.perform_due(clock.now())
        click.echo(f"{tried} deliveries tried")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    outbox.work(stop)


@click.group(name="ledger")
def ledger_group() -> None:
    """The log of acts that must stay provable."""


@ledger_group.command()
def seal() -> None:
    """Number and sign what was recorded since the last time."""
    click.echo(f"{ledger.seal(clock.now())} entries sealed")


@ledger_group.command()
def verify() -> None:
    """Compute the whole ledger again; ends with 1 if anything does not fit."""
    found = ledger.verify()
    for problem in found.problems:
        click.echo(problem, err=True)
    state = "stands" if found.stands else "DOES NOT STAND"
    click.echo(
        f"The ledger {state}: {found.size} entries under {found.checkpoints} checkpoints, "
        f"{found.erased} erased, {found.unsealed} not sealed yet"
    )
    sys.exit(0 if found.stands else 1)


@click.group(name="outbox")
def outbox_group() -> None:
    """What waits to be delivered."""


@outbox_group.command(name="list")
def list_outbox() -> None:
    """How much waits, and what was given up."""
    state = outbox.backlog()
    since = f", the oldest since {state.oldest_due_at:%Y-%m-%d %H:%M} UTC" if state.oldest_due_at else ""
    click.echo(f"{state.waiting} waiting{since}; {state.dead} given up")
    for dead in outbox.dead_deliveries():
        behind = f"{dead.held} wait behind it"
        click.echo(f"{dead.id}\t{dead.event_type}\t{dead.handler}\t{dead.fault} after {dead.attempts} tries, {behind}")


@outbox_group.command()
@click.argument("delivery_id", type=int)
def retry(delivery_id: int) -> None:
    """Try again what was given up, once its cause is mended."""
    if not outbox.retry_dead(delivery_id, actor=SYSTEM, now=clock.now()):
        raise click.ClickException(f"{delivery_id} was not given up: see placewide outbox list")
    click.echo(f"{delivery_id} will be tried again")


@click.group(name="keys")
def keys_group() -> None:
    """The node's keys, kept apart from its database."""


@keys_group.command(name="list")
def list_keys() -> None:
    """The numbers of the keys on the ring, and the public key this node signs with."""
    click.echo(f"keys: {', '.join(map(str, keys.numbers()))}")
    click.echo(f"signs as: {verifier(origin(), verify_key())}")


@keys_group.command()
def rotate() -> None:
    """Add a key; it seals and signs from the next restart on. Older keys still open what they sealed."""
    click.echo(f"key {keys.rotate()} added; restart the node, and copy the key to where you keep the others")


COMMANDS = (work, ledger_group, outbox_group, keys_group)
