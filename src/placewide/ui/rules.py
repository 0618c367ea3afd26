"""Pure decisions of the pages: readable colours out of any brand colour, the same page in another language."""

from __future__ import annotations

import re

from placewide.ui.terms import Palette

Rgb = tuple[int, int, int]

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_WHITE: Rgb = (255, 255, 255)
_BLACK: Rgb = (0, 0, 0)
_READABLE = 4.5  # WCAG 2.2, 1.4.3
_COMFORTABLE = 6.5  # for links among text, also on the tint


def parse_colour(text: str) -> Rgb:
    """Red, green, blue of ``#1b5e57``. Raises ValueError for anything else."""
    match = _HEX.fullmatch(text)
    if not match:
        raise ValueError(f"not a colour: {text!r}")
    number = int(match[1], 16)
    return number >> 16, number >> 8 & 255, number & 255


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 (black) to 1 (white). https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [c / 255 for c in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio, 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    return tuple(round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))  # type: ignore[return-value]


def darkened(colour: Rgb, against: Rgb, ratio: float) -> Rgb:
    """``colour``, darkened only as far as needed to keep ``ratio`` against a light colour."""
    for step in range(101):
        candidate = mix(colour, _BLACK, step / 100)
        if contrast(candidate, against) >= ratio:
            return candidate
    return _BLACK


def palette(colour: str) -> Palette:
    """The colours of a page in a place's colour, readable whatever the place chose. Raises ValueError."""
    chosen = parse_colour(colour)
    brand = darkened(chosen, _WHITE, _READABLE)
    tint = mix(chosen, _WHITE, 0.91)
    return Palette(
        colour=_hex(brand),
        deep=_hex(mix(darkened(chosen, _WHITE, 7), _BLACK, 0.28)),
        link=_hex(darkened(brand, tint, _COMFORTABLE)),
        tint=_hex(tint),
        edge=_hex(mix(chosen, _WHITE, 0.7)),
        paper=_hex(mix(mix(chosen, (255, 250, 240), 0.9), _WHITE, 0.72)),
    )


def address_in(path: str, language: str, languages: tuple[str, ...]) -> str:
    """The same page in ``language``. The first of ``languages`` stands at the root, the others under their prefix."""
    head, _, rest = path.lstrip("/").partition("/")
    bare = f"/{rest}" if head in languages[1:] else path
    return bare if language == languages[0] else f"/{language}{bare}"


def initials(name: str) -> str:
    """Up to two letters for a body without a mark: ``Calder Vale District Council`` → ``CV``."""
    return "".join(word[0] for word in name.split()[:2] if word).upper()


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
