"""Loading files from the command line: organisations, addresses, rounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.places import actions, reads
from placewide.places.models import Organisation
from placewide.places.tables import BadFile
from placewide.places.terms import Loaded, RowProblem

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NOTES_SHOWN = 20
_FAULTS = ("fault", "faults")
_NOTES = ("note", "notes")


@click.group()
def organisations() -> None:
    """The bodies this node works for."""


@organisations.command("load")
@click.argument("file", type=_FILE)
def load_organisations(file: Path) -> None:
    """Load organisations from a CSV file."""
    _run(
        file,
        ("organisation new", "organisations new"),
        lambda: actions.load_organisations(file, actor=SYSTEM, now=clock.now()),
    )


@click.group()
def addresses() -> None:
    """Addresses with their reference numbers (UPRN)."""


@addresses.command("load")
@click.argument("file", type=_FILE)
@click.option("--check", is_flag=True, help="Say what is wrong with the file and write nothing.")
def load_addresses(file: Path, check: bool) -> None:
    """Load addresses from a CSV file: all of it, or nothing when a row is bad."""
    if check:
        problems = list(actions.check_addresses(file, on=clock.legal_date(clock.now())))
        for problem in problems:
            click.echo(problem.said(file.name))
        faults = sum(problem.fatal for problem in problems)
        click.echo(f"{file.name}: {_many(faults, *_FAULTS)}, {_many(len(problems) - faults, *_NOTES)}.")
        raise SystemExit(int(bool(faults)))
    _run(file, ("address new", "addresses new"), lambda: actions.load_addresses(file, actor=SYSTEM, now=clock.now()))


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
        ("round new", "rounds new"),
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
        ("address on rounds", "addresses on rounds"),
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
        ("collection changed", "collections changed"),
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


def _run(file: Path, things: tuple[str, str], load: Callable[[], Loaded]) -> None:
    """Load, and say what happened: exit 1 with every bad row named where nothing was loaded."""
    try:
        loaded = load()
    except BadFile as bad:
        raise _refused(file, bad) from None
    _say_notes(file, loaded.warnings)
    click.echo(f"{file.name}: {_many(loaded.rows, 'row', 'rows')} loaded, {_many(loaded.added, *things)}.")


def _refused(file: Path, bad: BadFile) -> click.ClickException:
    """Notes first, so that the faults, which alone refuse the file, stand together above the last line."""
    faults = [problem for problem in bad.problems if problem.fatal]
    notes = [problem for problem in bad.problems if not problem.fatal]
    _say_notes(file, notes)
    for fault in faults:
        click.echo(fault.said(file.name), err=True)
    beside = f" The {_many(len(notes), *_NOTES)} would not have stopped it." if notes else ""
    named = "named" if len(faults) == 1 else "each named"
    return click.ClickException(
        f"Nothing of {file.name} was loaded: {_many(len(faults), *_FAULTS)}, {named} above.{beside}"
    )


def _say_notes(file: Path, notes: Sequence[RowProblem]) -> None:
    for note in notes[:_NOTES_SHOWN]:
        click.echo(note.said(file.name), err=True)
    more = len(notes) - _NOTES_SHOWN
    if more > 0:
        click.echo(f"note: … and {_many(more, 'more note', 'more notes')}.", err=True)


def _many(count: int, one: str, many: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{count} {one if count == 1 else many}"
