"""``placewide sharing agreement``: read agreements, check them before anybody signs, print them to sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from placewide.kernel import clock
from placewide.sharing.format import summary
from placewide.sharing.format.agreements import AgreementFile, read_agreement
from placewide.sharing.format.files import Unreadable, standard_law
from placewide.sharing.format.findings import Told, told
from placewide.sharing.format.page import page
from placewide.sharing.rules.checking import check, given_twice

FILE = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.command("agreement")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--check", "checking", is_flag=True, help="Only the findings; end with 1 if one stops signing.")
@click.option("--html", is_flag=True, help="The whole document as a page, to save or print: one file only.")
@click.option("--on", type=DAY, help="The day of signing; today without.")
def agreement(files: tuple[Path, ...], checking: bool, html: bool, on: datetime | None) -> None:
    """Read the agreements in FILES: a summary of each, and what to mend before anybody signs."""
    if html and len(files) > 1:
        raise click.UsageError("--html prints one document. Name one file.")
    read = read_all(files)
    day = the_day(on)
    if html:
        click.echo(page(read[0], day), nl=False)
        return
    stopping = False
    for file, found in zip(read, checked(read, day), strict=True):
        lines = () if checking else summary.summary(file.document)
        click.echo("\n".join([*lines, *summary.findings(found, file), *([] if checking else [""])]))
        stopping = stopping or any(each.stops for each in found)
    raise SystemExit(1 if checking and stopping else 0)


def the_day(on: datetime | None) -> date:
    """The day somebody named; today otherwise."""
    return on.date() if on else clock.legal_date(clock.now())


def read_all(files: Iterable[Path]) -> list[AgreementFile]:
    """The agreements in the files. Ends with 1, saying every fault, if one cannot be read."""
    read: list[AgreementFile] = []
    faulty = False
    for file in files:
        try:
            read.append(read_agreement(file, str(file)))
        except Unreadable as unreadable:
            click.echo("\n".join(map(str, unreadable.faults)), err=True)
            faulty = True
    if faulty:
        raise SystemExit(1)
    return read


def checked(read: list[AgreementFile], on: date) -> list[tuple[Told, ...]]:
    """The findings of each file, those about the set among them."""
    twice = given_twice(file.document for file in read)
    return [
        tuple(
            told(each, file)
            for each in (
                *check(file.document, standard_law(), on),
                *(found for place, found in twice if place == number),
            )
        )
        for number, file in enumerate(read)
    ]
