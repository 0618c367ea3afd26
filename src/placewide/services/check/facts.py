"""What examples say is known before asking: of the kinds that facts have. And the service's number in the list."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from placewide.places.reference import reference
from placewide.services.check.places import Subject
from placewide.services.conditions.values import ValueKind
from placewide.services.facts import FACTS
from placewide.services.format.terms import Fault, Path
from placewide.services.kinds.date import is_date

_LIKE = {
    "number": "Write a whole number, like 2.",
    "yes or no": "Write true or false.",
    "date": "Write a date, like 2026-04-01.",
    "instant": "Write date, time and offset, like 2026-04-01T14:40:00+00:00.",
    "text": "Write a text, or one for each language.",
}


def faults(subject: Subject) -> Iterator[Fault]:
    yield from _unlisted(subject)
    for file, example in subject.source.examples.items():
        for name, value in example.facts.items():
            if name in FACTS:  # names are another check's
                yield from _unlike(subject, file, ("facts", name), value, FACTS[name])


def _unlisted(subject: Subject) -> Iterator[Fault]:
    number = subject.package.lgsl
    if number is not None and number not in reference().services:
        remedy = "Look its number up at standards.esd.org.uk, or write “null” where it is no service of a council's."
        what = f"There is no service {number} in the Local Government Service List."
        yield subject.fault("service.yaml", ("lgsl",), what, remedy)


def _unlike(subject: Subject, file: str, path: Path, value: Any, kind: ValueKind) -> Iterator[Fault]:
    """What in a fact is not of its kind. Null stands for anything: it is then not known."""
    if value is None or kind.name == "anything":
        return
    name = _named(path)
    if not _fits(value, kind):
        what = f"The fact “{name}” is a {kind.name}; this is “{str(value)[:40]}”."
        yield subject.fault(file, path, what, _how(kind))
    elif kind.words and value not in kind.words:
        what = f"“{str(value)[:40]}” is never what “{name}” says."
        yield subject.fault(file, path, what, f"It says one of: {', '.join(sorted(kind.words))}.")
    elif kind.name == "record":
        yield from _fields(subject, file, path, value, kind)
    elif kind.item:
        for n, item in enumerate(value):
            yield from _unlike(subject, file, (*path, n), item, kind.item)


def _fields(subject: Subject, file: str, path: Path, value: Mapping[str, Any], kind: ValueKind) -> Iterator[Fault]:
    for part, inner in value.items():
        if part in kind.fields:
            yield from _unlike(subject, file, (*path, part), inner, kind.fields[part])
        else:
            near = difflib.get_close_matches(part, kind.fields, 1)
            remedy = f"Did you mean “{near[0]}”?" if near else f"It has: {', '.join(kind.fields)}."
            yield subject.fault(file, (*path, part), f"There is no “{_named((*path, part))[:60]}”.", remedy)


def _named(path: Path) -> str:
    """As the reference names facts: ``collections[].status``."""
    return "".join("[]" if isinstance(part, int) else f".{part}" for part in path[1:])[1:]


def _how(kind: ValueKind) -> str:
    if kind.name == "record":
        return f"Give its parts: {', '.join(kind.fields)}."
    return _LIKE.get(kind.name, "Write a list.")


def _fits(value: Any, kind: ValueKind) -> bool:
    if kind.name == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind.name == "text":  # what people read may be one text for each language
        return isinstance(value, str) or (not kind.words and _in_languages(value))
    if kind.name == "date":
        return isinstance(value, str) and is_date(value)
    if kind.name == "instant":
        return isinstance(value, str) and _is_instant(value)
    return isinstance(value, {"yes or no": bool, "list": list, "record": dict}[kind.name])


def _in_languages(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
