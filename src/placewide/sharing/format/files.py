"""Files of decision cases: read, checked against their schema, as terms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from placewide.services.format import Fault
from placewide.services.format.reading import Read, read_file
from placewide.services.format.schema import faults_against
from placewide.sharing.format.case import Case, case_from
from placewide.sharing.format.checking import tests_faults
from placewide.sharing.format.lawfiles import Unreadable, law_with, standard_law
from placewide.sharing.format.schemas import case_validator, schema_of_case
from placewide.sharing.terms.law import Law

__all__ = ["Unreadable", "law_of", "read_case", "schema_of_case", "standard_law"]


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
    for fault in faults_against(case_validator(), read, "See: placewide schema decision-case"):
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
    yield from _added(read)


def _added(read: Read) -> Iterator[Fault]:
    """Tests that nothing could answer, in the gateways that a case adds."""
    if read.content["gateways"] != "standard":
        for number, gateway in enumerate(read.content["gateways"]):
            yield from tests_faults(read, ("gateways", number), gateway, values=False)


def law_of(case: Case) -> Law:
    """The law a case is decided by: the standard one, with the gateways that the case adds or replaces."""
    return law_with(case.gateways)
