"""The kinds of question. To add one: write a file beside these and put it into the table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files as resources
from types import MappingProxyType

from ruamel.yaml import YAML

from placewide.services.kinds import (
    address,
    checkboxes,
    date,
    declaration,
    email,
    files,
    long_text,
    name,
    number,
    radios,
    telephone,
    text,
    yes_no,
)
from placewide.services.kinds.kind import Errors, Form, Kind

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        text.KIND,
        long_text.KIND,
        yes_no.KIND,
        radios.KIND,
        checkboxes.KIND,
        date.KIND,
        number.KIND,
        email.KIND,
        telephone.KIND,
        name.KIND,
        address.KIND,
        files.KIND,
        declaration.KIND,
    )
}

# How each JSON Schema "format" of these kinds is judged; OpenAPI documents name them, this says what they mean.
FORMATS = {"date": date.is_date, "telephone": telephone.is_telephone}

__all__ = ["FORMATS", "KINDS", "Errors", "Form", "Kind", "own_texts"]


@cache
def own_texts(kind: str, language: str) -> Mapping[str, str]:
    """The kind's own words in ``language`` (English where it has none): labels of parts, sentences of problems."""
    merged: dict[str, str] = {}
    for code in ("en", language):
        words = _words(code)
        merged |= words.get("any", {}) | words.get(kind, {})
    return MappingProxyType(merged)


@cache
def _words(language: str) -> dict[str, dict[str, str]]:
    file = resources(__package__) / "words" / f"{language}.yaml"
    if not file.is_file():
        return {}
    read: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return read
