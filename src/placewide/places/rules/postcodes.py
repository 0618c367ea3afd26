"""Postcodes as people type them: any spacing and case, O for 0 and I for 1.

Shapes: Royal Mail, *Programmers' Guide*; BS 7666. GIR 0AA is left out: nobody lives there.
"""

from __future__ import annotations

from functools import lru_cache

_OUTWARD = ("A9", "A99", "A9B", "AA9", "AA99", "AA9B")  # A a letter, 9 a digit, B a letter but never I or O
_INWARD = "9AA"
_NOT_INWARD = frozenset("CIKMOV")  # never in the last two letters: too like digits or each other
_TO_DIGIT = {"O": "0", "I": "1"}
_TO_LETTER = {"0": "O", "1": "I"}
_LONGEST_TYPED = 20


def parse_postcode(text: str) -> str | None:
    """The postcode meant, as written (``CD1 4AB``); None if it cannot be one."""
    found = postcode_candidates(text)
    return found[0] if found else None


@lru_cache(maxsize=2048)  # a file of addresses has thirty houses to a postcode
def postcode_candidates(text: str) -> tuple[str, ...]:
    """Every postcode the text may mean, nearest to what was typed first: ``S01 1AA`` may mean S01 or SO1."""
    if len(text) > _LONGEST_TYPED:
        return ()
    typed = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    if not 5 <= len(typed) <= 7 or not any(c.isdigit() for c in typed):
        return ()
    inward = _shaped(typed[-3:], _INWARD)
    if inward is None or _NOT_INWARD & set(inward[-2:]):
        return ()
    outwards = [_shaped(typed[:-3], shape) for shape in _OUTWARD]
    return tuple(
        f"{outward} {inward}" for outward in sorted({o for o in outwards if o}, key=lambda o: (_slips(o, typed), o))
    )


def split_postcode(text: str) -> tuple[str, tuple[str, ...]]:
    """What was typed before a postcode, and the postcodes it may mean: ``12 Mill Lane, CD1 4AB``."""
    whole = postcode_candidates(text)
    if whole:
        return "", whole
    words = text.replace(",", " ").split()
    for count in (2, 1):
        found = postcode_candidates("".join(words[-count:])) if len(words) > count else ()
        if found:
            return " ".join(words[:-count]), found
    return text, ()


def postcode_key(postcode: str) -> str:
    """A postcode as it is stored for looking up: ``CD14AB``."""
    return postcode.replace(" ", "").upper()


def _shaped(text: str, shape: str) -> str | None:
    if len(text) != len(shape):
        return None
    characters = [_as(kind, c) for c, kind in zip(text, shape, strict=True)]
    return "".join(characters) if all(characters) else None


def _as(kind: str, character: str) -> str:
    """The character as it must be in this place, its slip put right; empty where it cannot be."""
    if kind == "9":
        read = _TO_DIGIT.get(character, character)
        return read if read.isdigit() else ""
    read = _TO_LETTER.get(character, character) if kind == "A" else character
    return read if read.isalpha() and not (kind == "B" and read in "IO") else ""


def _slips(outward: str, typed: str) -> int:
    return sum(a != b for a, b in zip(outward, typed, strict=False))
