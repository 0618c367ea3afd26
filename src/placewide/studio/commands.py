"""``placewide service``: check and test packages. ``placewide schema``: the format, for editors and programs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from placewide.services.check import faults_of
from placewide.services.format import Source, read_folder
from placewide.services.format.schema import schema_of_package
from placewide.studio.examples import differences
from placewide.studio.guide import guide

FOLDER = click.Path(path_type=Path)


@click.group()
def service() -> None:
    """Check and test service packages."""


@service.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
def check(folders: tuple[Path, ...]) -> None:
    """Find every fault of packages: file, line, what is wrong, what to do. Ends with 1 if there is any."""
    found = 0
    for folder in folders:
        faults = faults_of(read_folder(folder))
        for fault in faults:
            click.echo(f"{folder / fault.place.file}:{fault.place.line}: {fault.what}\n    {fault.remedy}")
        click.echo(f"{folder}: {_counted(len(faults), 'fault')}")
        found += len(faults)
    raise SystemExit(1 if found else 0)


@service.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
def test(folders: tuple[Path, ...]) -> None:
    """Run the examples of packages. Ends with 1 if one comes out otherwise, or the package has faults."""
    failed = 0
    for folder in folders:
        source = read_folder(folder)
        faults = faults_of(source)
        if faults:
            click.echo(f"{folder}: {_counted(len(faults), 'fault')}. See: placewide service check {folder}")
            failed += 1
            continue
        failed += sum(_try(folder, source, file) for file in source.examples)
        click.echo(f"{folder}: {_counted(len(source.examples), 'example')}")
    raise SystemExit(1 if failed else 0)


def _try(folder: Path, source: Source, file: str) -> bool:
    """Run one example, print how it went; whether it failed."""
    example = source.examples[file]
    found = differences(source, file, example)
    click.echo(f"  {'FAILS' if found else 'as expected'}  {example.title}")
    for one in found:
        where = f"{folder / one.place.file}:{one.place.line}"
        click.echo(f"    {where}: {one.what}\n      expected: {one.expected}\n      actual:   {one.actual}")
    return bool(found)


def _counted(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


@click.group()
def schema() -> None:
    """Print JSON Schemas."""


@schema.command()
def package() -> None:
    """The package format: one document with the schema of each file."""
    click.echo(json.dumps(schema_of_package(), indent=2, ensure_ascii=False))


@schema.command("guide")
def print_guide() -> None:
    """The reference of the package format, in Markdown: docs/reference/package-format.md."""
    click.echo(guide(), nl=False)


COMMANDS = (service, schema)
