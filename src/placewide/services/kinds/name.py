"""A person's full name, in one field: names do not everywhere have two parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from placewide.services.conditions.values import TEXT
from placewide.services.kinds import text
from placewide.services.kinds.kind import Errors, Kind
from placewide.services.terms import Asked, Component


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    drawn = text.draw(asked, raw, errors, heading)
    own = {"spellcheck": False, "classes": "govuk-input--width-20"}
    if asked.question.known_as.startswith("account."):  # somebody else's name is not the browser's to fill in
        own["autocomplete"] = "name"
    return replace(drawn, parameters={**drawn.parameters, **own})


KIND = Kind(
    name="name",
    read=text.read,
    check=text.check,
    schema=text.schema,
    show=text.show,
    draw=draw,
    value=lambda question: TEXT,
)
