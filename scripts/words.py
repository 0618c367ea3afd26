"""Bring each room's Welsh catalogue up to date with its pages and code, and name what is still to translate.

words.py            add what is new, drop what is gone, keep every translation
words.py --check    change nothing; end with 1 if anything is missing
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOMS = Path(__file__).resolve().parent.parent / "src" / "placewide"
LANGUAGE = "cy"
HEADER = "# Welsh for this room. Awaiting a native reader."
METHODS = [("templates/**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"extensions": "jinja2.ext.do", "trim_blocks": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def found_in(room: Path) -> Catalog:
    """Every sentence that the room's templates and code show."""
    catalogue = Catalog(locale=LANGUAGE, header_comment=HEADER, fuzzy=False)
    for path, line, words, _comments, context in extract_from_dir(room, METHODS, OPTIONS, KEYWORDS):
        catalogue.add(words, None, [(path, line)], context=context)
    return catalogue


def place_of(room: Path) -> Path:
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def kept_in(room: Path) -> Catalog:
    path = place_of(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as source:
        return read_po(source, locale=LANGUAGE)


def merged(room: Path) -> Catalog:
    """What is shown now, with the translations kept."""
    shown, kept = found_in(room), kept_in(room)
    for message in shown:
        old = kept.get(message.id, message.context) if message.id else None
        if old:
            message.string = old.string
    return shown


def missing(catalogue: Catalog) -> Iterator[Message]:
    """Sentences without a translation, or with only some of its forms."""
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(forms):
            yield message


def written(catalogue: Catalog) -> str:
    """The file: no dates, no line numbers, so that it changes only where words do."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    fields = {
        "Language": LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": catalogue.plural_forms,
    }
    head = f'{HEADER}\nmsgid ""\nmsgstr ""\n' + "".join(f'"{key}: {value}\\n"\n' for key, value in fields.items())
    return head + "\n" + buffer.getvalue().decode()


def main() -> int:
    parser = argparse.ArgumentParser(description="Welsh catalogues of the rooms.")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("rooms", nargs="*", help="names of rooms; all where none is named")
    told = parser.parse_args()
    wrong = 0
    for room in sorted(
        path for path in ROOMS.iterdir() if path.is_dir() and (not told.rooms or path.name in told.rooms)
    ):
        catalogue = merged(room)
        if not len(catalogue):
            continue
        for message in missing(catalogue):
            wrong += 1
            print(f"{room.name}: {message.id}")
        if not told.check:
            place_of(room).parent.mkdir(parents=True, exist_ok=True)
            place_of(room).write_text(written(catalogue), encoding="utf-8")
    return 1 if wrong and told.check else 0


if __name__ == "__main__":
    sys.exit(main())
