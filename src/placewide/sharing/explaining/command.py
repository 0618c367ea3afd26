"""``placewide sharing explain``: a decision as the page that a person would read."""

from __future__ import annotations

from pathlib import Path

import click

from placewide.sharing.explaining.apart import told_apart
from placewide.sharing.explaining.explain import for_residents, for_staff
from placewide.sharing.explaining.page import Page, as_text
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
@click.option("--subject", help="With --for resident: the page of this one person only, by their id in FILE.")
def explain(file: Path, language: str, reader: str, subject: str | None) -> None:
    """Explain the decision on the case in FILE: what goes, what does not and why, what is owed.

    The page for staff speaks to whoever asked. The page for the resident is what the person it is about will read;
    where it is about several people, each of them has a page.
    """
    try:
        case = read_case(file, str(file))
    except Unreadable as unreadable:
        for fault in unreadable.faults:
            click.echo(str(fault), err=True)
        raise SystemExit(1) from unreadable
    for loose in case.loose:
        click.echo(str(loose), err=True)
    telling = telling_of(case, language)
    pages = _residents(telling, subject) if reader == "resident" else (for_staff(telling),)
    click.echo("\n\n".join(as_text(each) for each in pages), nl=False)


def _residents(telling: Telling, subject: str | None) -> tuple[Page, ...]:
    pages = for_residents(telling)
    if subject is None:
        return tuple(pages.values())
    if subject not in pages:
        raise click.BadParameter(f"Nothing is asked about “{subject}”. There are: {', '.join(pages)}.")
    return (pages[subject],)


def telling_of(case: Case, language: str) -> Telling:
    """A case, decided, ready to be told."""
    law = law_of(case)
    decision = decide(case.agreements, law, case.request, case.circumstances, case.on)
    telling = Telling(case.request, case.circumstances, decision, wording(), law, case.on, language, resident=False)
    return told_apart(telling, case.agreements)
