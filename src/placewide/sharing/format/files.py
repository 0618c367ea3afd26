"""Files of decision cases: read, checked against their schema, as terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from placewide.services.format import Fault
from placewide.services.format.reading import Read, read_file
from placewide.services.format.schema import faults_against
from placewide.sharing.format.case import Case, case_from
from placewide.sharing.format.lawfiles import Unreadable, law_with, standard_law
from placewide.sharing.format.references import loose_ends, reference_faults
from placewide.sharing.format.schemas import case_validator, schema_of_case
from placewide.sharing.terms.law import Law

__all__ = ["Unreadable", "law_of", "read_case", "schema_of_case", "standard_law"]


def read_case(path: Path, name: str) -> Case:
    """The decision case in a file, called ``name`` in messages. Raises Unreadable."""
    read = read_file(path, name)
    faults = read.faults or tuple(_case_faults(read))
    if faults:
        raise Unreadable(faults)
    return replace(case_from(read.content), loose=tuple(loose_ends(read)))


def _case_faults(read: Read) -> Iterator[Fault]:
    if not isinstance(read.content, dict):
        yield Fault(read.place(()), "The file holds no decision case.", "See: placewide schema decision-case")
        return
    found = False
    for fault in faults_against(case_validator(), read, "See: placewide schema decision-case"):
        found = True
        yield fault
    if not found:
        yield from reference_faults(read)


def law_of(case: Case) -> Law:
    """The law a case is decided by: the standard one, with the gateways that the case adds or replaces."""
    return law_with(case.gateways)
