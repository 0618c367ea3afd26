"""Write the reference pages that follow from the code: ``make docs``. ``tests/docs`` fails when one lags behind."""

from __future__ import annotations

import ast
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
SETTINGS = ROOT / "src" / "placewide" / "web" / "settings.py"
_WRITTEN = "<!-- Written by `make docs` from the code; change it there. -->"


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable a node reads."""

    name: str
    default: str  # as code; empty if there is none
    meaning: str  # the comment at the end of its line


def settings(source: str) -> Iterator[Setting]:
    """Every ``os.environ.get("NAME", default)  # meaning`` of a settings file."""
    lines = source.splitlines()
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for node in sorted(nodes, key=lambda call: call.lineno):
        if ast.unparse(node.func) != "os.environ.get":
            continue
        name, *default = node.args
        assert isinstance(name, ast.Constant)
        _, _, meaning = lines[(node.end_lineno or node.lineno) - 1].partition("  # ")
        yield Setting(str(name.value), ast.unparse(default[0]) if default else "", meaning)


def settings_page() -> str:
    found = sorted(settings(SETTINGS.read_text(encoding="utf-8")), key=lambda setting: setting.name)
    rows = [f"| `{s.name}` | {_code(s.default)} | {_sentence(s.meaning)} |" for s in found]
    head = [
        "# Settings",
        _WRITTEN,
        "",
        "What a place sets from outside, as environment variables. Nothing else differs between one node and another.",
        "",
        "| variable | unless set | what it is |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def _code(text: str) -> str:
    quoted = text.startswith("'") and text.count("'") == 2
    plain = text.strip("'") if quoted else text
    return f"`{plain}`" if plain else "empty"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every verb with its full name, in the order of the alphabet."""
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from commands(command.commands[name], f"{path} {name}")
    else:
        yield path, command


def commands_page() -> str:
    parts = ["# Commands", _WRITTEN, "", "In a checkout: `.venv/bin/placewide`. Every command knows `--help`."]
    for path, command in commands(program(), "placewide"):
        parts += ["", f"## `{path}`", "", *_describe(path, command)]
    return "\n".join([*parts, ""])


def _describe(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    yield " ".join((command.help or "").replace("\b", "").split())
    yield ""
    yield f"    {path} {' '.join(command.collect_usage_pieces(context))}"
    options = [record for p in command.params if (record := p.get_help_record(context))]
    if options:
        yield ""
        yield from (f"- `{names}`{': ' + meaning if meaning else ''}" for names, meaning in options)


def program() -> click.Group:
    """The command with every room's verbs."""
    os.environ.setdefault("PLACEWIDE_VAR", tempfile.mkdtemp(prefix="placewide-docs-"))
    from placewide.cli import gathered

    return gathered()


def package_page() -> str:
    """The format of packages, from its schemas, kinds of question, facts and functions."""
    from placewide.studio.guide import guide

    return guide()


def sharing_page() -> str:
    """Gateways, reasons and obligations of sharing, with their sources."""
    from placewide.sharing.guide import guide

    return guide()


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "package-format.md": package_page,
    "settings.md": settings_page,
    "sharing.md": sharing_page,
}


def main() -> int:
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
