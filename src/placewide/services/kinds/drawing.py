"""What several kinds share when they are drawn: parameters of govuk-frontend's macros."""

from __future__ import annotations

from typing import Any

from placewide.services.kinds.kind import Errors
from placewide.services.terms import Asked


def field(asked: Asked, errors: Errors, *, heading: bool, part: str = "", label: str = "") -> dict[str, Any]:
    """id, name, label, hint and error of one field. A heading label is the page's ``h1``."""
    name = f"{asked.id}-{part}" if part else asked.id
    parameters: dict[str, Any] = {"id": name, "name": name, "label": {"text": label or asked.label}}
    if heading:
        parameters["label"] |= {"isPageHeading": True, "classes": "govuk-label--l"}
    if asked.hint and not part:
        parameters["hint"] = {"text": asked.hint}
    return parameters | error(errors, part)


def group(asked: Asked, errors: Errors, *, heading: bool) -> dict[str, Any]:
    """The same for a group of fields, whose label is a legend."""
    legend: dict[str, Any] = {"text": asked.label, "classes": "govuk-fieldset__legend--m"}
    if heading:
        legend = {"text": asked.label, "isPageHeading": True, "classes": "govuk-fieldset__legend--l"}
    parameters: dict[str, Any] = {"idPrefix": asked.id, "name": asked.id, "fieldset": {"legend": legend}}
    if asked.hint:
        parameters["hint"] = {"text": asked.hint}
    return parameters | error(errors, "")


def error(errors: Errors, part: str) -> dict[str, Any]:
    sentence = errors.get(part, "")
    return {"errorMessage": {"text": sentence}} if sentence else {}


def typed(raw: Any) -> str:
    """What was typed, to be shown again; nothing for what cannot have been typed."""
    return str(raw) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
