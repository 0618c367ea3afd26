"""An agreement in plain lines, and its findings: what ``placewide sharing agreement`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.sharing.format.agreements import AgreementFile
from placewide.sharing.format.findings import Told
from placewide.sharing.format.names import in_order, name_of
from placewide.sharing.terms.document import Document


def summary(document: Document) -> Iterator[str]:
    """The agreement in a screenful."""
    runs = document.runs
    yield f"{document.title.en} ({runs.id}, version {runs.version}, {name_of('status', runs.status)})"
    yield f"  {document.summary.en}"
    yield f"  In force {runs.start:%-d %B %Y} to {f'{runs.end:%-d %B %Y}' if runs.end else 'no day'}"
    yield f"  Review by {f'{runs.review:%-d %B %Y}' if runs.review else 'no day'}"
    for party in runs.parties:
        signed = f"signed {party.signed:%-d %B %Y}" if party.signed else "not signed"
        kind = f"{name_of('klass', party.klass)}, {name_of('party_role', party.role)}"
        yield f"  {document.name_of(party.org)}: {kind}, {signed}"
    yield f"  For: {in_order('purpose', (each.code for each in runs.purposes))}"
    for flow in runs.flows:
        ends = f"{document.name_of(flow.giver)} → {document.name_of(flow.receiver)}"
        yield f"  {ends}: {in_order('category', flow.categories)}"
    yield f"  Asked by: {in_order('role', runs.who.roles)}"
    days = runs.after.retain_days
    yield f"  Kept: {f'{days} days' if days is not None else 'nobody has said how long'}"


def findings(told: tuple[Told, ...], file: AgreementFile) -> Iterator[str]:
    """Each finding: where, what, the law, the remedy; then how many."""
    for each in told:
        yield f"{file.read.file}:{each.line}: {'STOPS' if each.stops else 'look'}: {each.says}"
        yield f"    {each.clause}"
        yield f"    Law: {each.law}{f' ({each.source})' if each.source else ''}"
        yield f"    {each.remedy}"
    stopping = sum(each.stops for each in told)
    yield f"{file.read.file}: {counted(stopping, 'finding')} that stop signing, {len(told) - stopping} worth a look"


def counted(number: int, thing: str) -> str:
    """``no finding``, ``1 finding``, ``2 findings``."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"
