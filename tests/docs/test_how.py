"""The pages under docs/how show code that exists."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from house.code import ROOT
from placewide.services import actions
from placewide.sharing.rules import guards

HOW = ROOT / "docs" / "how"
SOURCE = ROOT / "src" / "placewide"
PAGES = sorted(HOW.glob("*.md"))

# Where the names of a page's code come from, and those that whoever follows it is told to write.
MODULES = {
    "write-a-room.md": ("placewide.services.actions",),
    "add-a-rule.md": ("placewide.sharing.rules.guards",),
    "write-a-message-channel.md": ("placewide.messages.terms", "datetime", "django.conf"),
}
TO_WRITE = {"write-a-message-channel.md": {"Provider"}}


def snippets(page: Path) -> list[str]:
    found = re.findall(r"^( *)```python\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(code) for _, code in found]


def known_to(page: str) -> dict[str, Any]:
    known = dict(vars(builtins))
    for module in MODULES.get(page, ()):
        known |= vars(importlib.import_module(module))
    return known


def unknown(code: str, known: Mapping[str, Any]) -> Iterator[str]:
    """Names that the code uses and nobody defines, and attributes that a known name does not have."""
    tree = ast.parse(code)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in own and node.id not in known:
            yield node.id
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id not in own:
            whole = known.get(node.value.id)
            if inspect.isclass(whole) and not hasattr(whole, node.attr):
                yield f"{node.value.id}.{node.attr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_on_a_page_uses_only_names_that_exist(page: Path) -> None:
    found = {name for code in snippets(page) for name in unknown(code, known_to(page.name))}
    assert found == TO_WRITE.get(page.name, set())


def test_a_name_that_does_not_exist_is_found() -> None:
    code = "def finish(task_id):\n    with changing() as change:\n        change.publish(TaskFinished(Result.GONE))\n"
    assert set(unknown(code, known_to("write-a-message-channel.md"))) == {"changing", "TaskFinished", "Result.GONE"}


def test_the_change_shown_for_a_room_is_the_one_that_runs() -> None:
    (code,) = snippets(HOW / "write-a-room.md")
    assert code == inspect.getsource(actions.stop)


def test_the_condition_shown_for_a_rule_is_the_one_that_runs() -> None:
    (code,) = snippets(HOW / "add-a-rule.md")
    assert code == inspect.getsource(guards._match)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_a_page_names_exist(page: Path) -> None:
    named = re.findall(r"`([a-z_]+(?:/[a-z_.]+)*\.(?:py|toml|html))`", page.read_text(encoding="utf-8"))
    rooms = [path for path in (SOURCE, *SOURCE.rglob("*")) if path.is_dir()]
    assert [name for name in named if not any((folder / name).exists() for folder in (ROOT, *rooms))] == []
