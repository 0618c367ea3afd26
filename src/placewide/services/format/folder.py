"""Reading a package's folder."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from placewide.services.format.content import built
from placewide.services.format.reading import Read, read_file
from placewide.services.format.schema import schema, schema_faults
from placewide.services.format.terms import Example, Fault, Place
from placewide.services.terms import Package

PARTS = ("service", "questions", "rules", "process", "fees", "retention")
MOST_FILES = 500
_TOP = tuple(f"{part}.yaml" for part in PARTS)
_KNOWN_FILES = (
    f"A package holds {', '.join(_TOP)}, words/LANGUAGE.yaml and examples/NAME.yaml; notes go into a .md file."
)


@dataclass(frozen=True, slots=True)
class Source:
    """A folder as read. Without a package, ``faults`` say why; with one, further checks may find more."""

    folder: FilePath
    package: Package | None = None
    examples: Mapping[str, Example] = field(default_factory=dict)  # file → example
    reads: Mapping[str, Read] = field(default_factory=dict)  # file → what it says
    faults: tuple[Fault, ...] = ()

    def place(self, file: str, *path: str | int) -> Place:
        """Where a value stands."""
        read = self.reads.get(file)
        return read.place(path) if read else Place(file)


def read_folder(folder: FilePath) -> Source:
    """Read every file of the folder. Never raises for what the folder may hold."""
    if not folder.is_dir() or not (folder / "service.yaml").is_file():
        return _refused(folder, *_no_package(folder))
    wanted = [(part, f"{part}.yaml") for part in PARTS]
    wanted += [("words", name) for name in _names(folder, "words")] + [
        ("example", name) for name in _names(folder, "examples")
    ]
    if len(wanted) > MOST_FILES:
        what = f"The folder holds more than {MOST_FILES} files."
        return _refused(folder, what, "Take out what does not belong here.")
    reads = {name: read_file(folder / name, name, schema(part)["description"]) for part, name in wanted}
    faults = [fault for part, name in wanted for fault in _faults(part, reads[name])]
    faults += _unread(folder, set(reads))
    package = None if any(_stands_in_package(f.place.file, reads) for f in faults) else _package(reads)
    broken = {fault.place.file for fault in faults}
    examples = {n: built(Example, reads[n].content) for s, n in wanted if s == "example" and n not in broken}
    return Source(folder, package, examples, reads, tuple(sorted(faults)))


def _refused(folder: FilePath, what: str, remedy: str) -> Source:
    return Source(folder, faults=(Fault(Place(""), what, remedy),))


def _no_package(folder: FilePath) -> tuple[str, str]:
    """What is wrong with the folder itself, and what to give instead."""
    if folder.is_file():
        return "This is a file.", f"Give the folder of the package: {folder.parent}."
    if not folder.is_dir():
        return "There is no such folder.", "Give the folder of a package: packages/missed-bin."
    inside = sorted(str(found.parent) for found in folder.glob("*/service.yaml"))[:10]
    if inside:
        return "This folder is no package: it holds no service.yaml.", f"Give one of those in it: {', '.join(inside)}."
    how = "Give the folder of a package, or begin one with a service.yaml: docs/how/put-a-service-live.md."
    return "This folder is no package: it holds no service.yaml.", how


def _names(folder: FilePath, below: str) -> list[str]:
    return sorted(f"{below}/{path.name}" for path in (folder / below).glob("*.yaml"))


def _faults(part: str, read: Read) -> Iterator[Fault]:
    yield from read.faults
    if not read.faults:
        yield from schema_faults(part, read)


def _stands_in_package(file: str, reads: Mapping[str, Read]) -> bool:
    return file in reads and not file.startswith("examples/")


def _unread(folder: FilePath, read: Set[str]) -> Iterator[Fault]:
    """Files that nothing names: a slip in the name, most often, and what they say would never hold."""
    for path in itertools.islice(sorted(folder.rglob("*")), MOST_FILES):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name in read or _is_nobodys(path.relative_to(folder)):
            continue
        meant = _meant(name, path.suffix, read)
        remedy = f"Did you mean “{meant}”? " if meant else ""
        yield Fault(Place(name), "Nothing reads this file.", f"{remedy}{_KNOWN_FILES}")


def _meant(name: str, suffix: str, read: Set[str]) -> str:
    """The file whose name was missed by a letter or by its ending."""
    if suffix.lower() not in (".yaml", ".yml"):
        return ""
    called = name.removesuffix(suffix) + ".yaml"
    if name.startswith(("words/", "examples/")) and name.count("/") == 1:
        return called
    return next(iter(difflib.get_close_matches(called, [*_TOP, *read], 1, 0.8)), "")


def _is_nobodys(name: FilePath) -> bool:
    """What people and editors leave beside a package, and nobody takes for a part of it."""
    return any(part.startswith(".") for part in name.parts) or name.name.endswith("~") or name.suffix == ".md"


def _package(reads: Mapping[str, Read]) -> Package:
    parts: dict[str, Any] = {}
    for part in PARTS:
        parts |= reads[f"{part}.yaml"].content
    spoken = {
        name.removeprefix("words/").removesuffix(".yaml"): read
        for name, read in reads.items()
        if name.startswith("words/")
    }
    words = {code: {"language": code, "texts": dict(flat(read.content))} for code, read in spoken.items()}
    parts["cases"] = [{"about": "", **case} for case in parts["cases"]]
    return built(Package, {**parts, "words": words})


def flat(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Nested words as dotted keys with their texts."""
    for key, path in flat_paths(words):
        text: Any = words
        for part in path:
            text = text[part]
        yield key, text


def flat_paths(words: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The dotted keys of nested words with their paths in the file."""
    for name, value in words.items():
        if isinstance(value, Mapping):
            yield from flat_paths(value, (*path, name))
        else:
            yield ".".join((*path, name)), (*path, name)
