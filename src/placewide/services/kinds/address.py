"""An address in the United Kingdom: found by its postcode and chosen (its UPRN), or typed.

Raw is ``{"uprn": "100012345678"}`` or ``{"line_1", "line_2", "town", "postcode"}``. Whether a UPRN exists is not this
kind's to know: who keeps the answer looks it up, adds the address as ``text`` or refuses with the problem "unknown".
While a resident is still looking, the form holds ``<id>-search``; its raw answer is ``{"search": …}``, which no check
accepts, and the addresses found are the question's choices.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from placewide.services.conditions.values import TEXT, record
from placewide.services.kinds import drawing
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, one
from placewide.services.kinds.texts import is_blank, optional, sound, text_schema
from placewide.services.terms import Asked, Choice, Component, Problem, Question

UPRN = "^[0-9]{1,12}$(?!\\n)"  # GeoPlace: up to twelve digits
POSTCODE = "^\\s{0,9}[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\\s{0,9}[0-9][A-Za-z]{2}\\s{0,9}$"
LINES = {"line_1": True, "line_2": False, "town": True, "postcode": True}  # whether it is required
LINE, FULL = 100, 500  # characters


def read(question: Question, form: Form) -> Any:
    """Typed lines count before a chosen address, that before a search: the later step is the one that was meant."""
    lines = {part: one(form, f"{question.id}-{part}") for part in LINES}
    is_typed = any(f"{question.id}-{part}" in form for part in LINES)
    if is_typed and (question.required or any(text.strip() for text in lines.values())):
        return lines
    uprn, search = one(form, f"{question.id}-uprn"), one(form, f"{question.id}-search").strip()
    if uprn:
        return {"uprn": uprn}
    return {"search": search} if search else None


def searched(raw: Any) -> str:
    """The postcode or street that is being looked for; empty where an address was given."""
    return str(raw.get("search", "")) if isinstance(raw, dict) else ""


def check(asked: Asked, raw: Any) -> Checked:
    if is_blank(raw):
        return empty(asked)
    if isinstance(raw, dict) and "uprn" in raw:
        return _chosen(asked, raw)
    if isinstance(raw, dict) and set(raw) == {"search"}:
        return None, (Problem(asked.id, "not_chosen"),)
    if not isinstance(raw, dict) or not set(raw) <= set(LINES):
        return None, (Problem(asked.id, "wrong"),)
    return _typed(asked, raw)


def _chosen(asked: Asked, raw: dict[str, Any]) -> Checked:
    uprn, text = raw["uprn"], raw.get("text", "")
    right = isinstance(uprn, str) and re.search(UPRN, uprn) and isinstance(text, str) and len(text) <= FULL
    if not right or not sound(text) or not set(raw) <= {"uprn", "text"}:
        return None, (Problem(asked.id, "wrong"),)
    return ({"uprn": uprn, "text": text} if text else {"uprn": uprn}), ()


def _typed(asked: Asked, raw: dict[str, Any]) -> Checked:
    problems = []
    for part, required in LINES.items():
        key = _fault(part, raw.get(part), required=required)
        if key:
            problems.append(Problem(asked.id, f"{part}_{key}", {"most": LINE}, part))
    if problems:
        return None, tuple(problems)
    value = {part: " ".join((raw.get(part) or "").split()) for part in LINES}
    compact = value["postcode"].replace(" ", "").upper()
    return value | {"postcode": f"{compact[:-3]} {compact[-3:]}"}, ()


def _fault(part: str, text: Any, *, required: bool) -> str:
    if text is None or text == "":
        return "missing" if required else ""
    if not isinstance(text, str) or not sound(text):
        return "wrong"
    if len(text) > LINE:
        return "too_long"
    if not text.strip():
        return "missing" if required else ""
    return "wrong" if part == "postcode" and not re.search(POSTCODE, text) else ""


def schema(asked: Asked) -> JsonSchema:
    chosen: JsonSchema = {
        "type": "object",
        "properties": {
            "uprn": {"type": "string", "pattern": UPRN},
            "text": text_schema(FULL, required=False) | {"type": "string"},
        },
        "required": ["uprn"],
        "additionalProperties": False,
    }
    lines = {part: text_schema(LINE, required=required) for part, required in LINES.items()}
    lines["postcode"] = {"type": "string", "maxLength": LINE, "pattern": POSTCODE}
    typed: JsonSchema = {
        "type": "object",
        "properties": lines,
        "required": [part for part, required in LINES.items() if required],
        "additionalProperties": False,
    }
    return optional({"anyOf": [chosen, typed]}, required=asked.question.required)


def show(asked: Asked, value: Any) -> str:
    if not value:
        return ""
    known = {choice.id: choice.text for choice in asked.choices}
    if "uprn" in value:
        return str(value.get("text") or known.get(value["uprn"], ""))
    return "\n".join(value[part] for part in LINES if value.get(part))


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    """Macro ``addressQuestion``: its parts are the search field or the addresses found, then the lines to type."""
    lines = raw if isinstance(raw, dict) and not {"uprn", "search"} & set(raw) else {}
    asked = replace(asked, choices=asked.choices or _given(raw))
    mode = "typed" if lines else "choose" if asked.choices else "search"
    parts = [_choose(asked, raw, errors) if mode == "choose" else _search(asked, raw, errors)]
    parts += [_line(asked, part, lines, errors) for part in LINES]
    shown = drawing.group(asked, errors, heading=heading)
    texts = {key: asked.texts.get(key, "") for key in ("find", "typed", "again", "not_listed")}
    return Component("addressQuestion", shown | {"mode": mode, "id": asked.id, "texts": texts}, tuple(parts))


def _given(raw: Any) -> tuple[Choice, ...]:
    """The address that was chosen before, to be seen and kept, or changed."""
    known = raw if isinstance(raw, dict) and raw.get("uprn") and raw.get("text") else None
    return (Choice(str(known["uprn"]), str(known["text"])),) if known else ()


def _search(asked: Asked, raw: Any, errors: Errors) -> Component:
    named = drawing.field(asked, {}, heading=False, part="search", label=asked.texts.get("search", ""))
    own = {"value": searched(raw), "type": "text", "autocomplete": "postal-code", "classes": "govuk-input--width-10"}
    return Component("govukInput", named | own)


def _choose(asked: Asked, raw: Any, errors: Errors) -> Component:
    chosen = raw.get("uprn") if isinstance(raw, dict) else None
    named = drawing.field(asked, {}, heading=False, part="uprn", label=asked.texts.get("choose", ""))
    items: list[dict[str, Any]] = [
        {"value": "", "text": asked.texts.get("found", "").replace("{number}", str(len(asked.choices)))}
    ]
    items += [{"value": c.id, "text": c.text, "selected": c.id == chosen} for c in asked.choices]
    return Component("govukSelect", named | {"items": items})


def _line(asked: Asked, part: str, lines: dict[str, Any], errors: Errors) -> Component:
    named = drawing.field(asked, errors, heading=False, part=part, label=asked.texts.get(part, ""))
    complete = {"line_1": "address-line1", "line_2": "address-line2", "town": "address-level2"}
    own = {"value": drawing.typed(lines.get(part)), "type": "text", "autocomplete": complete.get(part, "postal-code")}
    return Component("govukInput", named | own)


KIND = Kind(
    name="address",
    read=read,
    check=check,
    schema=schema,
    show=show,
    draw=draw,
    value=lambda question: record(uprn=TEXT, text=TEXT, line_1=TEXT, line_2=TEXT, town=TEXT, postcode=TEXT),
    first_field="-search",
)
