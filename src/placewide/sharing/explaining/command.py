"""``placewide sharing explain``: a decision as the page that a person would read."""

from __future__ import annotations

from pathlib import Path

import click

from placewide.sharing.explaining.explain import for_resident, for_staff
from placewide.sharing.explaining.page import as_text
from placewide.sharing.explaining.telling import Telling
from placewide.sharing.format.case import Case
from placewide.sharing.format.files import Unreadable, law_of, read_case
from placewide.sharing.format.lawfiles import wording
from placewide.sharing.rules.decide import decide
from placewide.sharing.terms.wording import LANGUAGES


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="English or Welsh.")
@click.option("--for", "reader", type=click.Choice(["staff", "resident"]), default="staff", show_default=True)
def explain(file: Path, language: str, reader: str) -> None:
    """Explain the decision on the case in FILE: what goes, what does not and why, what is owed.

    The page for staff speaks to whoever asked. The page for the resident is what the person it is about will read.
    """
    try:
        case = read_case(file, str(file))
    except Unreadable as unreadable:
        for fault in unreadable.faults:
            click.echo(str(fault), err=True)
        raise SystemExit(1) from unreadable
    telling = telling_of(case, language)
    click.echo(as_text(for_resident(telling) if reader == "resident" else for_staff(telling)), nl=False)


def telling_of(case: Case, language: str) -> Telling:
    """A case, decided, ready to be told."""
    law = law_of(case)
    decision = decide(case.agreements, law, case.request, case.circumstances, case.on)
    return Telling(case.request, case.circumstances, decision, wording(), law, case.on, language, resident=False)
