"""What a question kind is. Each has a file of its own here; ``kinds/__init__.py`` lists them.

A kind is six functions over the same raw answer. Raw is exactly the JSON that the API takes, so that a page, the API
and an example of a package are read by one piece of code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from placewide.services.conditions.values import ValueKind
from placewide.services.terms import Asked, Component, Problem, Question

Form = Mapping[str, Sequence[str]]  # as a browser sends it: every value of every field
Errors = Mapping[str, str]  # part ("" for the whole) → sentence
JsonSchema = dict[str, Any]
Checked = tuple[Any, tuple[Problem, ...]]  # the value as it is kept (None: not answered), or what is wrong

NO_SETTINGS: JsonSchema = {"type": "object", "maxProperties": 0}


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to ask. ``schema`` describes exactly the raw answers in which ``check`` finds no problem."""

    name: str
    read: Callable[[Question, Form], Any]  # form → raw, also of what is wrong, so that a page can show it again
    check: Callable[[Asked, Any], Checked]
    schema: Callable[[Asked], JsonSchema]
    show: Callable[[Asked, Any], str]  # value → text for people
    draw: Callable[[Asked, Any, Errors, bool], Component]  # raw, errors, whether the label is the page's heading
    value: Callable[[Question], ValueKind]  # what conditions find under the question's id
    settings: JsonSchema = field(default_factory=lambda: NO_SETTINGS)
    has_options: bool = False
    first_field: str = ""  # suffix of the id of the field that a sentence about the whole question leads to
    own_words: bool = False  # the answer is a sentence of whoever gave it, in a language that the page need not have
    words: tuple[str, ...] = ()  # further words that a package must give under ``questions.<id>``


def wrong(asked: Asked, key: str, part: str = "", **particulars: str | int) -> Checked:
    """No value, one problem."""
    return None, (Problem(asked.id, key, particulars, part),)


def empty(asked: Asked) -> Checked:
    """What an empty answer comes to: nothing, or the problem that one is missing."""
    return wrong(asked, "missing") if asked.question.required else (None, ())


def one(form: Form, name: str) -> str:
    """The field's last value, as browsers count; empty if it was not sent."""
    values = form.get(name) or [""]
    return values[-1]
