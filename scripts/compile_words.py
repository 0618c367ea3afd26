"""Compile each room's translations (``locale/<language>/LC_MESSAGES/django.po``) into what Django reads."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOMS = Path(__file__).resolve().parent.parent / "src" / "placewide"


def compile_catalogue(source: Path) -> None:
    """Write ``django.mo`` beside ``django.po``. Raises PoFileError, naming the line, for a broken catalogue."""
    with source.open("rb") as words:
        catalogue = read_po(words, abort_invalid=True)
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)


def main() -> int:
    for source in sorted(ROOMS.glob("*/locale/*/LC_MESSAGES/django.po")):
        try:
            compile_catalogue(source)
        except PoFileError as fault:
            print(f"{source}: {fault}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
