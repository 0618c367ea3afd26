"""Files of decision cases and of the law: read, checked against their schemas, as terms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from placewide.services.format import Fault
from placewide.services.format.reading import Read, read_file, read_text
from placewide.services.format.schema import dates, faults_against
from placewide.sharing.format.case import Case, case_from
from placewide.sharing.format.law import law_from
from placewide.sharing.format.values import Values
from placewide.sharing.terms.law import Law

LAW = resources("placewide.sharing") / "law"


class Unreadable(Exception):
    """A file is not as it must be. ``faults``: where, what, and what mends it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@cache
def schema_of_case() -> dict[str, Any]:
    """The JSON Schema of ``placewide.decision-case/1``; its ``$defs`` are the closed lists."""
    read: dict[str, Any] = json.loads((LAW / "decision-case.schema.json").read_text(encoding="utf-8"))
    return read


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema_of_case(), format_checker=dates())


def read_case(path: Path, name: str) -> Case:
    """The decision case in a file, called ``name`` in messages. Raises Unreadable."""
    read = read_file(path, name)
    faults = read.faults or tuple(_case_faults(read))
    if faults:
        raise Unreadable(faults)
    return case_from(read.content)


def _case_faults(read: Read) -> Iterator[Fault]:
    if not isinstance(read.content, dict):
        yield Fault(read.place(()), "The file holds no decision case.", "See: placewide schema decision-case")
        return
    found = False
    for fault in faults_against(_validator(), read):
        found = True
        yield fault
    if not found:
        yield from _dangling(read)


def _dangling(read: Read) -> Iterator[Fault]:
    """Items about a subject that is not there; ids given twice."""
    request = read.content["request"]
    subjects = {each["id"] for each in request["subjects"]}
    for number, item in enumerate(request["items"]):
        if item["subject"] not in subjects:
            at = read.place(("request", "items", number, "subject"))
            yield Fault(
                at, f"No subject is called “{item['subject'][:60]}”.", f"There are: {', '.join(sorted(subjects))}."
            )
    for kind in ("subjects", "items", "recipients"):
        seen = set[str]()
        for number, each in enumerate(request[kind]):
            if each["id"] in seen:
                at = read.place(("request", kind, number, "id"))
                yield Fault(at, f"“{each['id'][:60]}” is there twice.", "Give each its own id.")
            seen.add(each["id"])


@cache
def _standard() -> Values:
    read = read_text((LAW / "gateways.yaml").read_text(encoding="utf-8"), "gateways.yaml")
    if read.faults:
        raise Unreadable(read.faults)
    values: Values = read.content
    return values


@cache
def standard_law() -> Law:
    """The law that comes with Placewide, as terms."""
    return law_from(_standard())


def law_of(case: Case) -> Law:
    """The law a case is decided by: the standard one, with the gateways that the case adds or replaces."""
    return law_from(_standard(), case.gateways) if case.gateways else standard_law()
