"""Reading one YAML file: plain values, and the line of each. YAML 1.2, so that ``no`` is a word."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode
from ruamel.yaml.tokens import AliasToken, AnchorToken, TagToken

from placewide.services.format.terms import Fault, Path, Place

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


def read_file(path: FilePath, name: str) -> Read:
    """Read the file at ``path``, called ``name`` in messages. Never raises for what a file may hold."""
    try:
        if path.stat().st_size > LARGEST:
            return _fault(name, 1, f"The file is larger than {LARGEST:,} bytes.", "Take out what does not belong here.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        return _fault(name, line, "The file is not written in UTF-8.", "Save it as UTF-8 in your editor.")
    except OSError:
        return _fault(name, 1, "The file cannot be read.", "See that it is there and that you may read it.")
    return read_text(text, name)


def read_text(text: str, name: str) -> Read:
    """The same for text at hand."""
    try:
        for token in YAML(typ="rt", pure=True).scan(text):
            if isinstance(token, AliasToken | AnchorToken | TagToken):
                line = token.start_mark.line + 1
                return _fault(name, line, "Anchors, aliases and tags (& * !) are not used here.", "Write it out.")
        node = YAML(typ="rt", pure=True).compose(text)
        content = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        what = " ".join(str(fault.problem or fault.context or "").split()) or "it cannot be read"
        return _fault(name, mark.line + 1 if mark else 1, f"This is not YAML: {what}.", _remedy(what))
    except YAMLError as fault:  # characters that YAML does not allow
        return _fault(name, 1, f"This is not YAML: {str(fault).splitlines()[0]}.", "Take the odd character out.")
    except (RecursionError, ValueError):
        return _fault(
            name, 1, "This cannot be read: nested too deeply, or a value that does not exist.", "Simplify it."
        )
    lines: dict[Path, int] = {(): 1}
    if node is not None:
        _note_lines(node, (), lines)
    return Read(name, _plain(content), lines)


def _remedy(what: str) -> str:
    if "tab" in what or "\\t" in what:
        return "Indent with blanks, not tabs."
    if "duplicate" in what:
        return "Give each name once."
    if "mapping values" in what:
        return 'Put text that holds ": " between quotation marks, or mend the indentation.'
    return "Look at the indentation, colons and quotation marks on this line and the one before."


def _fault(name: str, line: int, what: str, remedy: str) -> Read:
    return Read(name, faults=(Fault(Place(name, line), what, remedy),))


def _note_lines(node: Node, path: Path, lines: dict[Path, int]) -> None:
    """The line of each value is that of its key: it is where a person looks."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            lines[*path, str(key.value)] = key.start_mark.line + 1
            _note_lines(value, (*path, str(key.value)), lines)
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            lines[*path, number] = item.start_mark.line + 1
            _note_lines(item, (*path, number), lines)


def _plain(value: Any) -> Any:
    """Dates as ISO text: what is stored is JSON. Keys are texts."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
