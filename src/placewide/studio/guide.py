"""The reference of the package format, written from the schemas, kinds, facts and functions themselves. Pure."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from placewide.services.conditions.functions import FUNCTIONS
from placewide.services.conditions.values import ValueKind
from placewide.services.facts import FACTS
from placewide.services.format.schema import FILES, schema
from placewide.services.kinds import KINDS

INTRODUCTION = """# The package format

A service is a folder of small text files in YAML. `placewide service check FOLDER` finds what is wrong with it,
`placewide service test FOLDER` runs its examples. Start from a copy of `packages/missed-bin`.

This page is written by `placewide schema guide` from the schemas themselves; do not edit it.

Ids are small letters with hyphens (`crew-sent`); names that conditions use have underscores (`contact_email`).
Sentences stand only in `words/`: long ones are CommonMark, and `{so}` is filled in: a question's id, a field of a
fact, or `organisation`, `phone`, `urgent_phone`; where a case is meant also `reference`, `link`, `due`, `reason` and
`team`. A quotation (`> `) that begins with `[en]` is in that language, whatever the page is in: the words of a law.

## How things are written

**Conditions** (`when`, `matter`) are a small part of [CEL](https://cel.dev), at most 500 characters:

| | |
|---|---|
| names | ids of questions on earlier pages; facts named in `service.yaml`; `today`; what `chosen_as` names |
| fields | `collection.status`, `reported.count` |
| values | `'text'`, `12`, `true`, `false`, `null`, `['a', 'b']`; a date as `'2026-04-01'` |
| | yes and no are the texts `'yes'` and `'no'` where a person answers; a fact is `true` or `false` |
| signs | `==` `!=` `<` `<=` `>` `>=` `in` `&&` <code>&#124;&#124;</code> `!` `+` `-` `? :` and brackets |
| functions | those listed below; no others, no macros, no regular expressions |

`which_bin == 'food' && count(photos) > 0`. What nobody has answered is `null`; a condition that needs it does not hold.

**Durations** (`due`, `within`, `after`) are a number from 1 to 999 with `hours`, `days`, `working days`, `weeks`:
`4 hours`, `1 working day`, `6 weeks`. Working days are those of the organisation's nation.

**Who takes a step** (`by`): `officer`, `manager`, `crew`, `adviser` are staff of the organisation; `resident` is
whoever may follow the case; `partner` is an organisation it was handed to.

**What a step is** (`kind`): `move` unless said otherwise; `ask` leads to a state that `waits_for: resident`; `inspect`
records what was seen and where; `hand-over` lets another organisation act, and may say what it `shares`; `reopen` leads
from an end back to an open state, and is the only one that may.
"""


def guide() -> str:
    """The whole page, as Markdown."""
    parts = [INTRODUCTION, *(_file(name) for name in FILES), _kinds(), _facts(), _functions()]
    return "\n".join(part.strip() + "\n" for part in parts)


def _file(name: str) -> str:
    described = schema(name)
    rows = list(_rows(described))
    if "x-keys" in described:
        rows = [f"| `{key}` | | {meaning} |" for key, meaning in described["x-keys"].items()]
    table = "| name | | meaning |\n|---|---|---|\n" + "\n".join(rows) if rows else ""
    return f"## {described['title']}\n\n{described['description']}\n\n{table}"


def _rows(part: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """One row for each name, those of groups and lists below them."""
    part = _followed(part)
    required = part.get("required", ())
    for name, inner in part.get("properties", {}).items():
        must = "must" if name in required else ""
        yield f"| `{before}{name}` | {must} | {_meaning(inner)} |"
        yield from _rows(_inside(inner), f"{before}{name}.")


def _meaning(inner: Mapping[str, Any]) -> str:
    said = str(inner.get("description") or _followed(inner).get("description", ""))
    words = _followed(inner).get("enum")
    listed = f" One of: {', '.join(f'`{word}`' for word in words)}." if words else ""
    return (said + listed).replace("|", "\\|")


def _inside(inner: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a name holds: the item of a list, the fields of a group."""
    inner = _followed(inner)
    if inner.get("type") == "array":
        inner = _followed(inner["items"])
    if "anyOf" in inner:
        inner = next((_followed(part) for part in inner["anyOf"] if _followed(part).get("type") == "object"), {})
    return inner


def _followed(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference points to, within the file or to what files share."""
    pointer = str(part.get("$ref", ""))
    if not pointer.startswith("shared.json"):
        return part
    found: Mapping[str, Any] = schema("shared")["$defs"][pointer.rpartition("/")[2]]
    return found


def _kinds() -> str:
    rows = [
        f"| `{kind.name}` | {_first_line(inspect.getdoc(inspect.getmodule(kind.draw)))} | {_settings(kind.settings)} |"
        for kind in KINDS.values()
    ]
    return "## Kinds of question\n\n| kind | | settings |\n|---|---|---|\n" + "\n".join(rows)


def _settings(described: Mapping[str, Any]) -> str:
    return " ".join(f"`{name}`: {inner['description']}" for name, inner in described.get("properties", {}).items())


def _facts() -> str:
    rows = [
        f"| `{path}` | {kind.name}{_words(kind)} |" for name, fact in FACTS.items() for path, kind in _paths(name, fact)
    ]
    return "## Facts\n\nKnown before asking, where a service names them.\n\n| fact | |\n|---|---|\n" + "\n".join(rows)


def _paths(name: str, kind: ValueKind) -> Iterator[tuple[str, ValueKind]]:
    yield name, kind
    inside = kind.item or kind
    for field, inner in inside.fields.items():
        yield from _paths(f"{name}[].{field}" if kind.item else f"{name}.{field}", inner)


def _words(kind: ValueKind) -> str:
    return f": {', '.join(f'`{word}`' for word in sorted(kind.words))}" if kind.words else ""


def _functions() -> str:
    rows = []
    for name, function in FUNCTIONS.items():
        takes = ", ".join(kind.name for kind in function.takes)
        rows.append(f"| `{name}({takes})` | {function.gives.name} | {_told(function.call)} |")
    return "## Functions of conditions\n\n| function | gives | meaning |\n|---|---|---|\n" + "\n".join(rows)


def _told(call: Any) -> str:
    return " ".join((inspect.getdoc(call) or "").replace("``", "`").split())


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0] if text else ""
