"""The JSON Schemas of decision cases and of the files of law, and the closed lists in them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files as resources
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from placewide.services.format.schema import dates

LAW = resources("placewide.sharing") / "law"


@cache
def schema_of_case() -> dict[str, Any]:
    """The JSON Schema of ``placewide.decision-case/1``; its ``$defs`` are the closed lists."""
    read: dict[str, Any] = json.loads((LAW / "decision-case.schema.json").read_text(encoding="utf-8"))
    return read


def closed_list(name: str) -> tuple[str, ...]:
    """The words of a closed list, such as ``reason``."""
    return tuple(schema_of_case()["$defs"][name]["enum"])


@cache
def case_validator() -> Draft202012Validator:
    """A validator of decision cases."""
    return Draft202012Validator(schema_of_case(), format_checker=dates())


@cache
def law_validator(name: str) -> Draft202012Validator:
    """A validator of one file of law: gateways, reasons, obligations, names."""
    schema: dict[str, Any] = json.loads((LAW / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    lists = schema_of_case()
    registry: Registry[Any] = Registry().with_resources([(lists["$id"], Resource.from_contents(lists))])
    return Draft202012Validator(schema, registry=registry, format_checker=dates())
