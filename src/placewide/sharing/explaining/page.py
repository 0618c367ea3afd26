"""A page that explains one decision: a heading, and sections of lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 78  # characters


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines, which may hold further lines. ``about``: what one of several groups is about."""

    heading: str
    lines: tuple[str, ...]
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """``note``: for whoever shows the page, not for its reader."""

    title: str
    intro: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...] = ()
    note: str | None = None


def as_text(page: Page) -> str:
    """The page as plain text."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    if page.note is not None:
        yield from (*textwrap.wrap(f"[{page.note}]", WIDTH), "")
    title = textwrap.wrap(page.title, WIDTH)
    yield from (*title, "=" * max(map(len, title)))
    for line in page.intro:
        yield from textwrap.wrap(line, WIDTH)
    before = None
    for section in page.sections:
        yield ""
        if section.heading != before:
            yield from (section.heading, "-" * len(section.heading))
        before = section.heading
        if section.about is not None:
            yield from textwrap.wrap(section.about, WIDTH)
        for line in section.lines:
            first, *further = line.splitlines()
            yield from _wrapped(first, "- ")
            for each in further:
                yield from _wrapped(each, "  ")
    for line in page.closing:
        yield from ("", *_wrapped(line))


def _wrapped(text: str, before: str = "") -> list[str]:
    """Lines of at most the width, but for addresses, which stay whole."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=before,
        subsequent_indent=" " * len(before),
        break_long_words=False,
        break_on_hyphens=False,
    )
