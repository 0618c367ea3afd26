"""Loading files from the command line: organisations, addresses, rounds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.places import actions, reads
from placewide.places.models import Organisation
from placewide.places.tables import BadFile
from placewide.places.terms import Loaded

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_WARNINGS_SHOWN = 20


@click.group()
def organisations() -> None:
    """The bodies this node works for."""


@organisations.command("load")
@click.argument("file", type=_FILE)
def load_organisations(file: Path) -> None:
    """Load organisations from a CSV file."""
    _run(file, "organisations new", lambda: actions.load_organisations(file, actor=SYSTEM, now=clock.now()))


@click.group()
def addresses() -> None:
    """Addresses with their reference numbers (UPRN)."""


@addresses.command("load")
@click.argument("file", type=_FILE)
@click.option("--check", is_flag=True, help="Say what is wrong with the file and write nothing.")
def load_addresses(file: Path, check: bool) -> None:
    """Load addresses from a CSV file: all of it, or nothing when a row is bad."""
    if check:
        problems = list(actions.check_addresses(file))
        for problem in problems:
            click.echo(problem.said(file.name))
        click.echo(
            f"{file.name}: {sum(p.fatal for p in problems)} faults, {sum(not p.fatal for p in problems)} oddities."
        )
        raise SystemExit(int(any(problem.fatal for problem in problems)))
    _run(file, "addresses new", lambda: actions.load_addresses(file, actor=SYSTEM, now=clock.now()))


@addresses.command("find")
@click.argument("text", nargs=-1, required=True)
@click.option("--most", default=20, show_default=True, help="How many to show.")
def find_addresses(text: tuple[str, ...], most: int) -> None:
    """Find addresses by postcode, street or building; spelling is forgiven."""
    for found in reads.find_addresses(" ".join(text), most):
        click.echo(f"{found.uprn}\t{found.one_line}")


@click.group()
def rounds() -> None:
    """Bin rounds: when which container is collected."""


_ORGANISATION = click.option("--organisation", "slug", help="Slug of the organisation that collects.")


@rounds.command("load")
@click.argument("file", type=_FILE)
@_ORGANISATION
def load_rounds(file: Path, slug: str | None) -> None:
    """Load rounds from a CSV file."""
    collector = _organisation(slug)
    _run(
        file,
        "rounds new",
        lambda: actions.load_rounds(file, organisation_id=collector.id, actor=SYSTEM, now=clock.now()),
    )


@rounds.command("assign")
@click.argument("file", type=_FILE)
@_ORGANISATION
def load_stops(file: Path, slug: str | None) -> None:
    """Say which addresses are on which rounds, from a CSV file."""
    collector = _organisation(slug)
    _run(
        file,
        "addresses on rounds",
        lambda: actions.load_stops(file, organisation_id=collector.id, actor=SYSTEM, now=clock.now()),
    )


@rounds.command("holidays")
@click.argument("file", type=_FILE)
@_ORGANISATION
def load_changes(file: Path, slug: str | None) -> None:
    """Set bank-holiday changes from a CSV file."""
    collector = _organisation(slug)
    _run(
        file,
        "collections changed",
        lambda: actions.load_changes(file, organisation_id=collector.id, actor=SYSTEM, now=clock.now()),
    )


def _organisation(slug: str | None) -> Organisation:
    """The organisation named, or the only one there is."""
    known = reads.organisations()
    found = [organisation for organisation in known if slug in (None, organisation.slug)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(organisation.slug for organisation in known) or "none yet"
    raise click.ClickException(f"Say which organisation collects: --organisation SLUG. There are: {listed}.")


def _run(file: Path, things: str, load: Callable[[], Loaded]) -> None:
    """Load, and say what happened: exit 1 with every bad row named where nothing was loaded."""
    try:
        loaded = load()
    except BadFile as bad:
        for problem in bad.problems:
            click.echo(problem.said(file.name), err=True)
        faults = sum(problem.fatal for problem in bad.problems)
        raise click.ClickException(f"Nothing of {file.name} was loaded: {faults} faults, each named above.") from None
    for warning in loaded.warnings[:_WARNINGS_SHOWN]:
        click.echo(warning.said(file.name), err=True)
    more = len(loaded.warnings) - _WARNINGS_SHOWN
    if more > 0:
        click.echo(f"… and {more} more oddities.", err=True)
    click.echo(f"{file.name}: {loaded.rows} rows loaded, {loaded.added} {things}.")
