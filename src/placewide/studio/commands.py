"""``placewide init``, ``service`` and ``schema``: an empty node; packages checked, tried, made live; the formats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from placewide.kernel.clock import legal_date, now
from placewide.kernel.terms import SYSTEM
from placewide.places.commands.authorities import begin
from placewide.places.commands.naming import organisation_named, organisations_here
from placewide.places.models import Organisation
from placewide.services.check import faults_of
from placewide.services.check.trying import differences
from placewide.services.format import Fault, Source, read_folder
from placewide.services.format.schema import schema_of_package
from placewide.services.kinds.telephone import can_be_rung
from placewide.services.terms import Package
from placewide.sharing.format.agreements import schema_of_agreement
from placewide.sharing.format.files import schema_of_case
from placewide.studio.beginning import needed_settings, provided_by, say_next, say_unset
from placewide.studio.guide import guide

FOLDER = click.Path(path_type=Path)


@click.command()
@click.option("--authority", "code", required=True, help="Code of the authority, such as LDS.")
def init(code: str) -> None:
    """Make an empty node for one of the United Kingdom's authorities. Doing it again changes nothing."""
    body, authority = begin(code)
    say_next(body, provided_by(authority, on=legal_date(now())))
    say_unset()


@click.group()
def service() -> None:
    """Check and test service packages, and make them live."""


@service.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
def check(folders: tuple[Path, ...]) -> None:
    """Find every fault of packages: file, line, what is wrong, what to do. Ends with 1 if there is any."""
    found = 0
    for folder in folders:
        faults = faults_of(read_folder(folder))
        for fault in faults:
            click.echo(_shown(folder, fault))
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


@service.command()
@click.argument("folder", type=FOLDER)
@click.option("--organisation", "organisation_slug", required=True, help="Whose service it is: its slug.")
@click.option("--setting", "settings", multiple=True, metavar="NAME=VALUE", help="What the place sets; once for each.")
@click.option("--older", is_flag=True, help="A version lower than the one adopted before is meant.")
def adopt(folder: Path, organisation_slug: str, settings: tuple[str, ...], older: bool) -> None:
    """Make the package in FOLDER live for an organisation, at once; what has begun keeps to what it began with."""
    from placewide.services import actions, reads

    body = organisation_named(organisation_slug)
    chosen = _settings(settings, read_folder(folder).package, body)
    try:
        adoption_id = actions.adopt(body.id, folder, chosen, actor=SYSTEM, now=now(), older=older)
    except actions.PackageRefused as refused:
        for fault in refused.faults:
            click.echo(_shown(folder, fault), err=True)
        raise click.ClickException(f"{folder} was not adopted; what was live stays live.") from None
    live = reads.live_by_id(adoption_id)
    click.echo(f"{live.slug} {live.package.version} is live for {body.name}.")
    for line in reads.unheard([live], on=legal_date(now())):
        click.echo(f"warning: {line}", err=True)


def _settings(given: tuple[str, ...], package: Package | None, body: Organisation) -> dict[str, str]:
    """What was set now, and before where the service is live already, by name.

    Raises ClickException for a setting the package does not know, or one it lacks.
    """
    found = {name.strip(): value.strip() for name, _, value in (one.partition("=") for one in given)}
    if package is None:
        return found  # what is wrong with the package is said instead
    needed = needed_settings(package, body)
    known = {"phone", *needed}
    strange = sorted(set(found) - known)
    if strange:
        raise click.ClickException(f"no setting {strange[0][:60]}; there are: {', '.join(sorted(known))}")
    kept = {name: value for name, value in _set_before(body, package).items() if name in known}
    chosen = {**kept, **found}
    empty = sorted(name for name in {*chosen, *needed} if not chosen.get(name))
    if empty:
        asked, plural = " ".join(f"--setting {name}=…" for name in empty), "s" if len(empty) > 1 else ""
        raise click.ClickException(f"the package needs the setting{plural} {', '.join(empty)}: {asked}")
    for name in sorted(chosen):  # every setting there is, is a number to ring
        if not can_be_rung(chosen[name]):
            raise click.ClickException(f"{name} is no telephone number: --setting {name}=…")
    return chosen


def _set_before(body: Organisation, package: Package) -> Mapping[str, str]:
    from placewide.services import reads

    try:
        return reads.live(body.id, package.id).settings
    except reads.NoSuchService:
        return {}


@service.command()
@click.argument("name", metavar="SERVICE")
@click.option("--organisation", "organisation_slug", required=True, help="Whose service it is: its slug.")
def stop(name: str, organisation_slug: str) -> None:
    """Take a service off. What has begun goes on; nothing new begins."""
    from placewide.services import actions, reads

    body = organisation_named(organisation_slug)
    try:
        live = reads.live(body.id, name)
    except reads.NoSuchService:
        known = ", ".join(one.slug for one in reads.live_services([body.id])) or "none"
        raise click.ClickException(f"{organisation_slug} runs no service {name[:60]}; it runs: {known}") from None
    actions.stop(live.adoption_id, actor=SYSTEM, now=now())
    click.echo(f"{name} is taken off. What has begun goes on.")


@service.command("list")
def list_live() -> None:
    """The services that are live on this node: organisation, service, version, name."""
    from placewide.services import reads

    bodies = {body.id: body.slug for body in organisations_here()}
    for live in reads.live_services():
        name = live.package.text("service.name", live.package.languages[0])
        click.echo(f"{bodies[live.organisation_id]}\t{live.slug}\t{live.package.version}\t{name}")


def _shown(folder: Path, fault: Fault) -> str:
    where = f"{folder / fault.place.file}:{fault.place.line}" if fault.place.file else f"{folder}"
    return f"{where}: {fault.what}\n    {fault.remedy}"


def _counted(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


@click.group()
def schema() -> None:
    """Print JSON Schemas."""


@schema.command()
def package() -> None:
    """The package format: one document with the schema of each file."""
    click.echo(json.dumps(schema_of_package(), indent=2, ensure_ascii=False))


@schema.command("decision-case")
def decision_case() -> None:
    """A decision case: a request to share information, the circumstances, and the right answer."""
    click.echo(json.dumps(schema_of_case(), indent=2, ensure_ascii=False))


@schema.command()
def agreement() -> None:
    """A data-sharing agreement: the part that runs, and the words that people sign."""
    click.echo(json.dumps(schema_of_agreement(), indent=2, ensure_ascii=False))


@schema.command("guide")
def print_guide() -> None:
    """The reference of the package format, in Markdown: docs/reference/package-format.md."""
    click.echo(guide(), nl=False)


COMMANDS = (init, service, schema)
