"""Yes or no. Conditions know the answer as "yes" or "no"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from placewide.services.conditions.values import one_of
from placewide.services.kinds import radios
from placewide.services.kinds.kind import Checked, Errors, JsonSchema, Kind
from placewide.services.terms import Asked, Choice, Component


def with_choices(asked: Asked) -> Asked:
    """The same question with yes and no in its language."""
    return replace(asked, choices=tuple(Choice(word, asked.texts.get(word, word)) for word in ("yes", "no")))


def check(asked: Asked, raw: Any) -> Checked:
    return radios.check(with_choices(asked), raw)


def schema(asked: Asked) -> JsonSchema:
    return radios.schema(with_choices(asked))


def show(asked: Asked, value: Any) -> str:
    return radios.show(with_choices(asked), value)


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    drawn = radios.draw(with_choices(asked), raw, errors, heading)
    return replace(drawn, parameters={**drawn.parameters, "classes": "govuk-radios--inline"})


KIND = Kind(
    name="yes-no",
    read=radios.read,
    check=check,
    schema=schema,
    show=show,
    draw=draw,
    value=lambda question: one_of("yes", "no"),
)
