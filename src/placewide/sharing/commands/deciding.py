"""``placewide sharing decide``: the decisions on decision cases, one a line."""

from __future__ import annotations

from pathlib import Path

import click

from placewide.sharing.differences import differences
from placewide.sharing.format.case import Case
from placewide.sharing.format.files import Unreadable, law_of, read_case
from placewide.sharing.format.told import as_line, as_values
from placewide.sharing.rules.decide import decide as decided
from placewide.sharing.terms.decided import Decision

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--check", is_flag=True, help="Compare with what each case expects; end with 1 if one differs.")
def decide(files: tuple[Path, ...], check: bool) -> None:
    """Decide the cases in FILES: one JSON object a line, in their order. Ends with 1 if a file cannot be read."""
    failed = 0
    for file in files:
        try:
            case = read_case(file, str(file))
        except Unreadable as unreadable:
            for fault in unreadable.faults:
                click.echo(str(fault), err=True)
            failed += 1
            continue
        for loose in case.loose:
            click.echo(str(loose), err=True)
        decision = answer(case)
        click.echo(as_line(decision))
        if check:
            failed += _differs(file, case, decision)
    if check:
        click.echo(f"{len(files)} cases, {failed or 'none'} otherwise than expected", err=True)
    raise SystemExit(1 if failed else 0)


def answer(case: Case) -> Decision:
    """The decision on a case, by the law it names."""
    return decided(case.agreements, law_of(case), case.request, case.circumstances, case.on)


def _differs(file: Path, case: Case, decision: Decision) -> bool:
    found = list(differences(case.expect, as_values(decision)))
    for line in found:
        click.echo(f"{file}: {line}", err=True)
    return bool(found)
