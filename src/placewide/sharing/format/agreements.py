"""Files of agreements: read, checked against their schema, as terms, with the line of every clause."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from placewide.services.format import Fault, Place
from placewide.services.format.reading import Read, read_file
from placewide.services.format.schema import dates, faults_against
from placewide.sharing.format.document import document_from
from placewide.sharing.format.lawfiles import Unreadable
from placewide.sharing.format.schemas import LAW, schema_of_case
from placewide.sharing.terms.document import Document

_SEE = "See: placewide schema agreement"


@dataclass(frozen=True, slots=True)
class AgreementFile:
    """An agreement as it stands in a file. ``runs``: the part that runs, as plain values for a decision case."""

    document: Document
    runs: dict[str, Any]
    read: Read

    def place(self, path: tuple[str | int, ...]) -> Place:
        """The line on which a clause stands; where it is missing, what should hold it."""
        return self.read.place(path)


@cache
def schema_of_agreement() -> dict[str, Any]:
    """The JSON Schema of ``placewide.agreement/1``, with that of the decision case, whose agreement it holds."""
    schema: dict[str, Any] = json.loads((LAW / "agreement.schema.json").read_text(encoding="utf-8"))
    return {**schema, "$defs": {**schema["$defs"], "decision_case": schema_of_case()}}


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema_of_agreement(), format_checker=dates())


def read_agreement(path: Path, name: str) -> AgreementFile:
    """The agreement in a file, called ``name`` in messages. Raises Unreadable."""
    return agreement_in(read_file(path, name))


def agreement_in(read: Read) -> AgreementFile:
    """The same from a file that has been read. Raises Unreadable."""
    faults = read.faults
    if not faults and not isinstance(read.content, dict):
        faults = (Fault(read.place(()), "The file holds no agreement.", _SEE),)
    faults = faults or tuple(faults_against(_validator(), read, _SEE))
    if faults:
        raise Unreadable(faults)
    return AgreementFile(document_from(read.content), read.content["agreement"], read)
