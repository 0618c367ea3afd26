"""The project's own source, parsed, for the tests of this folder."""

from __future__ import annotations

import ast
import importlib.util
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "placewide"


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """One Python file. ``room`` and ``door`` are empty outside the house (tests, scripts, benchmarks)."""

    name: str  # "src/placewide/cases/actions.py"
    room: str  # "cases"
    door: str  # "actions", also for every file of a folder "actions/"
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, what: str) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {what}"


def example(text: str, *, room: str = "cases", door: str = "views") -> Module:
    """A module that exists only in a test."""
    return Module(f"src/placewide/{room}/{door}.py", room, door, text, ast.parse(text))


def read(path: Path) -> Module:
    """Parse a file of this repository."""
    text = path.read_text(encoding="utf-8")
    parts = path.relative_to(SOURCE).parts if path.is_relative_to(SOURCE) else ()
    room = parts[0] if len(parts) > 1 else ""
    door = parts[1].removesuffix(".py") if room else ""
    return Module(str(path.relative_to(ROOT)), room, door, text, ast.parse(text))


@cache
def house() -> tuple[Module, ...]:
    """Every module of the rooms, migrations left out: they are written by Django."""
    return tuple(read(path) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


@cache
def test_code() -> tuple[Module, ...]:
    return tuple(read(path) for path in sorted((ROOT / "tests").rglob("*.py")))


@cache
def everything() -> tuple[Module, ...]:
    """The house, its tests, and what stands beside them."""
    beside = [path for folder in ("scripts", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py"))]
    return (*house(), *test_code(), *(read(path) for path in beside))


def rooms() -> list[str]:
    """The rooms there are: packages directly under ``placewide``."""
    return sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))


@cache
def levels() -> dict[str, int]:
    """How high each room stands, from the layers contract in pyproject.toml; siblings share a level."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {room.strip(): height for height, layer in enumerate(reversed(layers)) for room in layer.split("|")}


def dotted(node: ast.expr) -> str:
    """``a.b.c`` for a name or attribute; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


@cache
def nodes(module: Module) -> tuple[ast.AST, ...]:
    """The whole syntax tree of a module; walked once, since every rule looks through it."""
    return tuple(ast.walk(module.tree))


def calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the dotted name of what is called."""
    for node in nodes(module):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


@cache
def imported(module: Module) -> dict[str, str]:
    """Local name → the full name it was imported from."""
    names: dict[str, str] = {}
    for node in nodes(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        if isinstance(node, ast.ImportFrom) and node.module:
            names.update({(a.asname or a.name): f"{node.module}.{a.name}" for a in node.names})
    return names


def full_name(node: ast.expr, names: dict[str, str]) -> str:
    """The dotted name of an expression with its first part replaced by what it was imported from."""
    first, _, rest = dotted(node).partition(".")
    origin = names.get(first, first)
    return f"{origin}.{rest}" if rest else origin


def script(name: str) -> Any:
    """One of ``scripts/*.py`` as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module
