"""Photos and documents. The answer is the ids of files that the kernel has kept; who shows the page keeps them first
(``kernel.files.keep``) and puts their ids into the form under the question's id, beside those kept before."""

from __future__ import annotations

import re
from typing import Any

from placewide.services.conditions.values import TEXT, list_of
from placewide.services.kinds.drawing import field
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, wrong
from placewide.services.terms import Asked, Component, Question

MOST = 5  # files, where the package does not say
ID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\\n)"
# Without HEIC a phone that takes its photos so sends them as JPEG.
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,application/pdf"


def most(asked: Asked) -> int:
    return int(asked.question.settings.get("most", MOST))


def read(question: Question, form: Form) -> Any:
    return [value for value in form.get(question.id, ()) if value]


def check(asked: Asked, raw: Any) -> Checked:
    if raw is None or raw == []:
        return empty(asked)
    if not isinstance(raw, list) or not all(isinstance(item, str) and re.search(ID, item) for item in raw):
        return wrong(asked, "wrong")
    if len(set(raw)) != len(raw):
        return wrong(asked, "wrong")
    if len(raw) > most(asked):
        return wrong(asked, "too_many", most=most(asked))
    return list(raw), ()


def schema(asked: Asked) -> JsonSchema:
    ids: JsonSchema = {"type": "string", "pattern": ID, "format": "uuid"}
    several: JsonSchema = {"type": "array", "items": ids, "uniqueItems": True, "maxItems": most(asked)}
    if asked.question.required:
        return several | {"minItems": 1}
    return several | {"type": ["array", "null"]}


def show(asked: Asked, value: Any) -> str:
    if not value:
        return ""
    number = len(value)
    return asked.texts.get("one_file" if number == 1 else "several_files", "").replace("{number}", str(number))


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    kept = [item for item in raw if isinstance(item, str)] if isinstance(raw, list) else []
    upload = field(asked, errors, heading=heading) | {"name": f"{asked.id}-upload", "multiple": True}
    attributes = {"accept": ACCEPT}
    return Component("fileUpload", upload | {"attributes": attributes, "kept": kept, "keptName": asked.id})


KIND = Kind(
    name="files",
    read=read,
    check=check,
    schema=schema,
    show=show,
    draw=draw,
    value=lambda question: list_of(TEXT),
    settings={
        "type": "object",
        "additionalProperties": False,
        "properties": {"most": {"type": "integer", "minimum": 1, "maximum": 20, "description": "Files it may have."}},
    },
)
