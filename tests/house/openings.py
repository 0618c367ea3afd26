"""Finds everything through which a row could reach somebody: tables, reads, pages, API operations."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from house.code import Module, full_name, house, imported, nodes

FOLDER = Path(__file__).parent / "isolation"
CLASSES = {
    "models": {"owned", "part", "person", "public", "internal"},
    "reads": {"viewer", "held", "public", "demo", "internal"},
    "pages": {"public", "granted", "signed-in", "staff", "demo"},
    "operations": {"public", "granted", "signed-in", "partner", "staff"},
}
CLOSED = {"granted", "signed-in", "staff"}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that must be classified."""

    room: str
    table: str  # "models", "reads", "pages", "operations"
    name: str
    thing: Any


def room_of(module: str) -> str:
    """The room a module belongs to; a library's pages are its host's: sign-in stands in identity."""
    parts = module.split(".")
    return parts[1] if parts[0] == "placewide" and len(parts) > 1 else "identity"


def tables() -> Iterator[Found]:
    for model in apps.get_models():
        if model.__module__.startswith("placewide."):
            yield Found(room_of(model.__module__), "models", model.__name__, model)


def reads(modules: Iterable[Module] | None = None) -> Iterator[Found]:
    """Public functions of every ``reads`` door, also of one inside a family's folder."""
    for module in house() if modules is None else modules:
        if "reads" not in Path(module.name).with_suffix("").parts:
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield Found(module.room, "reads", node.name, node)


def pages() -> Iterator[Found]:
    for pattern, route, spaces in _patterns(get_resolver().url_patterns, "", ()):
        module = getattr(pattern.callback, "__module__", "")
        if not module.startswith("ninja"):
            name = ":".join([*spaces, pattern.name or route])
            yield Found(room_of(module), "pages", name, (pattern, route))


def _patterns(
    found: Iterable[URLPattern | URLResolver], before: str, spaces: tuple[str, ...]
) -> Iterator[tuple[URLPattern, str, tuple[str, ...]]]:
    for one in found:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            space = (one.namespace,) if one.namespace else ()
            yield from _patterns(one.url_patterns, route, (*spaces, *space))
        else:
            yield one, route, spaces


def operations() -> Iterator[Found]:
    """Every operation of every API, as its OpenAPI description names it; the room is the one that wrote it."""
    from ninja import NinjaAPI

    get_resolver().url_patterns  # noqa: B018 - loads the modules that hold the APIs
    ours = [module for name, module in list(sys.modules.items()) if name.startswith("placewide.")]
    apis = {id(value): value for module in ours for value in vars(module).values() if isinstance(value, NinjaAPI)}
    for api in apis.values():
        for prefix, router in api._routers:
            for path, view in router.path_operations.items():
                for operation in view.operations:
                    for method in operation.methods:
                        route = f"{method} /{'/'.join(part.strip('/') for part in (prefix, path) if part.strip('/'))}"
                        yield Found(room_of(operation.view_func.__module__), "operations", route, operation)


def everything() -> list[Found]:
    return [*tables(), *reads(), *pages(), *operations()]


def classified(folder: Path = FOLDER) -> dict[tuple[str, str, str], str]:
    """What the rooms' files say: (room, table, name) → class."""
    said: dict[tuple[str, str, str], str] = {}
    for path in sorted(folder.glob("*.toml")):
        for table, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            said.update({(path.stem, table, name): kind for name, kind in rows.items()})
    return said


def faults(found: Iterable[Found], said: Mapping[tuple[str, str, str], str]) -> Iterator[str]:
    """What is not classified, classified as something unknown, no longer there, or not what it is called."""
    here = list(found)
    keys = {(one.room, one.table, one.name) for one in here}
    for one in here:
        kind = said.get((one.room, one.table, one.name))
        if kind is None:
            choice = " | ".join(sorted(CLASSES[one.table]))
            yield f'tests/house/isolation/{one.room}.toml: under [{one.table}] add "{one.name}" = "…"  ({choice})'
        elif kind not in CLASSES[one.table]:
            yield f"{one.room}.toml: {one.name} = {kind!r} is none of {sorted(CLASSES[one.table])}"
        elif (fault := _looks_wrong(one, kind)) is not None:
            yield f"{one.room}.toml: {one.name} is not {kind}: {fault}"
    present_here = {key for key, kind in said.items() if kind != "demo"}  # a page of the demo may be absent
    for room, table, name in sorted(present_here - keys):
        yield f"tests/house/isolation/{room}.toml: [{table}] {name} is no longer there; take the line out"


def _looks_wrong(one: Found, kind: str) -> str | None:
    if one.table == "models" and kind == "owned":
        return _not_owned(one.thing)
    if one.table == "models" and kind == "part" and not _relations(one.thing):
        return "it has no foreign key"
    if one.table == "reads":
        arguments = one.thing.args
        first = next((a.arg for a in (*arguments.posonlyargs, *arguments.args)), "")
        if (first == "viewer") != (kind == "viewer"):
            return f"its first argument is {first or 'missing'}"
    return None


def _not_owned(model: type[models.Model]) -> str | None:
    names = {field.name for field in model._meta.get_fields()} & {"organisation", "organisation_id"}
    if not names:
        return "it has no organisation"
    leading = {next(iter(index.fields)).lstrip("-") for index in model._meta.indexes if index.fields}
    leading |= {c.fields[0] for c in model._meta.constraints if isinstance(c, models.UniqueConstraint) and c.fields}
    leading |= {name for name in names if getattr(model._meta.get_field(name), "db_index", False)}
    return None if leading & names else "no index begins with its organisation"


def _relations(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.get_fields() if field.many_to_one or field.one_to_one]


def shown_unfiltered(modules: Iterable[Module], said: Mapping[tuple[str, str, str], str]) -> Iterator[str]:
    """Pages and APIs that use an internal read: it did not ask who is looking."""
    internal = {(room, name) for (room, table, name), kind in said.items() if (table, kind) == ("reads", "internal")}
    for module in modules:
        if _shows(module):
            for node, room, name in _reads_named(module):
                if (room, name) in internal:
                    yield module.at(node, f"{room}.reads.{name} is internal: no page or API shows its answer")


def _shows(module: Module) -> bool:
    """Views and APIs; in web everything but the demo and what runs from a command line."""
    if module.room == "web":
        return module.door not in {"demo", "commands", "demo_commands", "handlers", "supervisor"}
    return module.door in {"views", "api"}


def _reads_named(module: Module) -> Iterator[tuple[ast.AST, str, str]]:
    """Where a room's read is named, whether it was imported itself or with its door."""
    names = imported(module)
    for node in nodes(module):
        if isinstance(node, ast.Name | ast.Attribute):
            parts = full_name(node, names).split(".")
            if parts[0] == "placewide" and "reads" in parts[2:-1]:
                yield node, parts[1], parts[-1]
