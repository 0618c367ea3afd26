"""Reading one YAML file: plain values, and the line of each. YAML 1.2, so that ``no`` is a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from placewide.services.format.terms import Fault, Path, Place

_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
DEEPEST = 30  # brackets within brackets, or twice as many steps of indentation
_BEFORE = "on this line or the one before"
_NOT_READ = ("This is not YAML.", f"Look at the indentation, colons, brackets and quotation marks {_BEFORE}.")
_UNEVEN = (
    "The indentation is not right here.",
    "Let names of one group begin in the same column, and what belongs to one stand two blanks further in. "
    "Look at this line and the one before.",
)
_PLAINLY: Mapping[str, tuple[str, str]] = {  # what the YAML reader says → what, and what to do
    "\\t": ("There is a tab.", "Indent with blanks, not tabs."),
    "mapping values": (
        "There is a colon where none can be.",
        f'Put text that holds ": " between quotation marks, or see whether a colon or a blank is missing {_BEFORE}.',
    ),
    "simple key": ("A colon is missing.", f"Write name: value {_BEFORE}."),
    "could not find expected ':'": ("A colon is missing.", f"Write name: value {_BEFORE}."),
    "expected <block end>": _UNEVEN,
    "unindent": _UNEVEN,
    "expected ',' or": ("A bracket is not closed, or a comma is missing.", f"Look at the brackets {_BEFORE}."),
    "while scanning a quoted": ("A quotation mark is not closed.", f"Look at the quotation marks {_BEFORE}."),
    "unexpected end of stream": ("A quotation mark or bracket is not closed.", "Look where it begins."),
}
LARGEST = 500_000  # bytes; the largest words file of a long service has about a tenth


@dataclass(frozen=True, slots=True)
class Read:
    """One file: what it says, the line of every value by its path, and what is wrong with it as YAML."""

    file: str
    content: Any = None
    lines: Mapping[Path, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def place(self, path: Path) -> Place:
        """Where the value stands; where it is missing, what should hold it."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.file, self.lines.get(path, 1))


def read_file(path: FilePath, name: str, holds: str = "") -> Read:
    """Read the file at ``path``, called ``name`` in messages. Never raises for what a file may hold.

    ``holds``: what such a file says, for whoever has to write one.
    """
    try:
        if path.stat().st_size > LARGEST:
            return _fault(name, 1, f"The file is larger than {LARGEST:,} bytes.", "Take out what does not belong here.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        return _fault(name, line, "The file is not written in UTF-8.", "Save it as UTF-8 in your editor.")
    except FileNotFoundError:
        return _fault(name, 1, f"There is no {name}.", f"Write it. {holds}".strip())
    except OSError:
        return _fault(name, 1, "The file cannot be read.", "See that it is there and that you may read it.")
    return read_text(text, name)


def read_text(text: str, name: str) -> Read:
    """The same for text at hand."""
    deep = _too_deep(text)  # the scanner's time grows with the square of the depth
    if deep:
        return _fault(name, deep, "This is nested too deeply.", "Simplify it.")
    try:
        node = YAML(typ="safe", pure=True).compose(text)  # "rt" marks folds inside texts
        lines: dict[Path, int] = {(): 1}
        return Read(name, _value(node, (), lines) if node else None, lines)
    except _Refused as fault:
        return Read(name, faults=(Fault(Place(name, fault.line), fault.what, fault.remedy),))
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        problem = " ".join(str(fault.problem or fault.context or "").split())
        what, remedy = next((said for sign, said in _PLAINLY.items() if sign in problem), _NOT_READ)
        return _fault(name, mark.line + 1 if mark else 1, what, remedy)
    except YAMLError as fault:  # characters that YAML does not allow
        return _fault(name, 1, f"This is not YAML: {str(fault).splitlines()[0]}.", "Take the odd character out.")
    except (RecursionError, ValueError):
        return _fault(name, 1, "This cannot be read: it is nested too deeply.", "Simplify it.")


def _too_deep(text: str) -> int:
    """The line on which brackets or indentation go too deep; 0 if none does."""
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        depth = max(0, depth + sum(line.count(sign) for sign in "[{") - sum(line.count(sign) for sign in "]}"))
        if depth > DEEPEST or len(line) - len(line.lstrip(" ")) > 4 * DEEPEST:
            return number
    return 0


def _fault(name: str, line: int, what: str, remedy: str) -> Read:
    return Read(name, faults=(Fault(Place(name, line), what, remedy),))


class _Refused(Exception):
    """YAML that packages do not use."""

    def __init__(self, node: Node, what: str, remedy: str) -> None:
        self.line, self.what, self.remedy = node.start_mark.line + 1, what, remedy


def _value(node: Node, path: Path, lines: dict[Path, int]) -> Any:
    """The plain value of a node. The line of each value is that of its key: it is where a person looks."""
    if node.anchor or str(node.tag).removeprefix("tag:yaml.org,2002:") not in _TAGS:
        raise _Refused(node, "Anchors, aliases and tags (& * !) are not used here.", "Write it out.")
    if isinstance(node, MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            lines[*path, number] = item.start_mark.line + 1
        return [_value(item, (*path, number), lines) for number, item in enumerate(node.value)]
    return _scalar(str(node.tag).rpartition(":")[2], str(node.value))


def _mapping(node: MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if not isinstance(key, ScalarNode):
            raise _Refused(key, "A name must be text.", "Write it as “name: …”.")
        if name in found:
            raise _Refused(key, f"“{name[:60]}” is there twice.", "Give each name once.")
        lines[*path, name] = key.start_mark.line + 1
        found[name] = _value(value, (*path, name), lines)
    return found


def _scalar(tag: str, text: str) -> Any:
    """Numbers, true, false and null; everything else, dates too, is the text as written: what is stored is JSON."""
    if tag == "int" and re.fullmatch("[-+]?[0-9]{1,18}", text):
        return int(text)
    if tag == "float" and re.fullmatch(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}", text):
        return float(text)
    if tag == "bool":
        return text.lower() == "true"
    return None if tag == "null" else text
