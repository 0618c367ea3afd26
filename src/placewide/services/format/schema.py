"""The JSON Schemas of the format, and their findings in words."""

from __future__ import annotations

import difflib
import itertools
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files as resources
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from placewide.services.format.findings import remedy_of, said_of, short
from placewide.services.format.reading import Read
from placewide.services.format.terms import Fault, Path
from placewide.services.kinds.date import is_date

FILES = ("service", "questions", "rules", "process", "fees", "retention", "words", "example")
SEE = "See docs/reference/package-format.md."
MOST_FAULTS = 50  # of one file; more would help nobody


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema ``services/schemas/<name>.json``."""
    text = (resources("placewide.services") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def schema_of_package() -> dict[str, Any]:
    """All schemas of the format in one document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://placewide.org/schemas/package-1.json",
        "title": "placewide.package/1",
        "type": "object",
        "properties": {name: {"$ref": schema(name)["$id"]} for name in FILES},
        "$defs": {name: schema(name) for name in (*FILES, "shared")},
    }


@cache
def _validator(name: str) -> Draft202012Validator:
    known = [(schema(n)["$id"], Resource.from_contents(schema(n))) for n in (*FILES, "shared")]
    registry: Registry[Any] = Registry().with_resources(known)
    return Draft202012Validator(schema(name), registry=registry, format_checker=dates())


def schema_faults(name: str, read: Read) -> Iterator[Fault]:
    """What in the file is not as its schema says, each with its line."""
    if read.content is None:
        yield Fault(read.place(()), "The file is empty.", f"Write it: {schema(name)['description']}")
        return
    yield from faults_against(_validator(name), read)


def dates() -> FormatChecker:
    """A checker of dates only, for validators of schemas that stand elsewhere."""
    checker = FormatChecker(formats=())
    checker.checks("date")(is_date)
    return checker


def faults_against(validator: Draft202012Validator, read: Read, see: str = SEE) -> Iterator[Fault]:
    """What a validator finds in a file that is not empty, in words, each with its line.

    ``see``: where the format is explained, for what its schema has no words about.
    """
    yield from itertools.islice(
        itertools.chain.from_iterable(_in_words(error, read, see) for error in validator.iter_errors(read.content)),
        MOST_FAULTS,
    )


def _in_words(error: Any, read: Read, see: str) -> Iterator[Fault]:
    path: Path = tuple(error.absolute_path)
    if error.validator == "format" and not re.search(str(error.schema.get("pattern", "")), str(error.instance)):
        return  # the pattern says so already
    if error.validator == "additionalProperties":
        yield from _unknown(error, path, read)
        return
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        slips = set(error.instance) - set(error.schema.get("properties", {}))
        missing = [name for name in missing if not difflib.get_close_matches(name, map(str, slips), 1)]  # said there
        for name in missing:
            said = error.schema.get("properties", {}).get(name, {}).get("description", "")
            what = f"{_named(path, read.content)} lacks “{name}”."
            yield Fault(read.place(path), what, said or f"Add “{name}:”.")
        return
    if error.validator == "anyOf" and error.context:
        error = min(error.context, key=lambda inner: (inner.validator == "type", -len(inner.absolute_path)))
        yield from _in_words(error, read, see)
        return
    yield Fault(read.place(path), f"{_named(path, read.content)} {said_of(error)}", remedy_of(error, see))


def _unknown(error: Any, path: Path, read: Read) -> Iterator[Fault]:
    known = sorted(error.schema.get("properties", {}))
    for name in error.instance:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, 1)
            remedy = f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(known)}."
            yield Fault(read.place((*path, name)), f"“{str(name)[:60]}” is not known here.", remedy)


def _named(path: Path, content: Any) -> str:
    """The last name on the path, and which of several it belongs to."""
    if not path:
        return "The file"
    if isinstance(path[-1], int):
        return _item(path, content)
    items = [end for end in range(1, len(path)) if isinstance(path[end - 1], int)]
    if not items:
        return f"“{' '.join(map(str, path[-2:]))}”"
    return f"“{path[-1]}” of {_item(path[: items[-1]], content)}"


def _item(path: Path, content: Any) -> str:
    """One of several as its writer knows it, by its id or else its number: the state “reported”; 2. of “languages”."""
    item = content
    for part in path:
        item = item[part]
    known, several = item if isinstance(item, dict) else {}, _list_of(path)
    kept = known.get("id") or known.get("category")
    if kept and several.endswith("s"):
        return f"the {several.removesuffix('s')} “{short(kept)}”"
    return f"“{short(kept)}” in “{several}”" if kept else f"{int(path[-1]) + 1}. of “{several}”"


def _list_of(path: Path) -> str:
    return str(next((part for part in reversed(path) if isinstance(part, str)), "the file"))
