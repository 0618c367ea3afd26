"""All decision cases, read once, and whether every one comes out as it expects."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

from placewide.sharing.differences import differences
from placewide.sharing.format.files import law_of, read_case
from placewide.sharing.format.told import as_values
from placewide.sharing.rules import decide

FOLDER = Path(__file__).resolve().parents[1] / "decisions"
_READ = [(case, law_of(case)) for case in (read_case(file, file.name) for file in sorted(FOLDER.rglob("*.yaml")))]


def all_as_expected() -> bool:
    """True if every case is decided as it expects."""
    return not any(
        list(
            differences(
                case.expect,
                as_values(decide.decide(case.agreements, law, case.request, case.circumstances, case.on)),
            )
        )
        for case, law in _READ
    )


def module_named(file: Path) -> ModuleType:
    """The module of the rules that stands in a file."""
    parts = file.with_suffix("").parts
    name = ".".join(parts[parts.index("placewide") :]).removesuffix(".__init__")
    return importlib.import_module(name)
