"""Ids as words: organisations and items are called by their ids, people never."""

from __future__ import annotations

import re
from datetime import date

_ABBREVIATIONS = frozenset({"bbc", "cic", "dwp", "gp", "hmrc", "icb", "nhs", "nspcc", "sab", "uk"})
_POSSESSIVES = {"childs": "child's", "childrens": "children's", "mens": "men's", "womens": "women's"}  # never plurals
_KIN = frozenset(
    [
        "mother",
        "father",
        "daughter",
        "son",
        "brother",
        "sister",
        "partner",
        "wife",
        "husband",
        "grandmother",
        "grandfather",
        "aunt",
        "uncle",
    ]
)
_SMALL = frozenset({"a", "and", "at", "by", "for", "in", "of", "on", "the", "y", "yr"})
_WORDS = re.compile(r"[a-z]{2,}(-[a-z]+)*(-\d{1,2})?", re.ASCII)
WELSH_VOWELS = "aeiouwyâêîôûŵŷ"
_YOURS = "eich "
_SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
_INITIAL = re.compile("^(ll|rh|[ptcbdgm])(?![hd])")
_ASPIRATE = re.compile("^([cpt])(?!h)")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
}


def as_words(id_: str) -> str | None:
    """``care-plan`` as “care plan”. None where the id holds no words, such as ``r1`` or a number."""
    if not _WORDS.fullmatch(id_):
        return None
    return " ".join(_POSSESSIVES.get(word, word) for word in id_.split("-"))


def as_thing(id_: str) -> str | None:
    """The same for something asked for: “mothers-history” is the mother's history."""
    said = as_words(id_)
    if said is None:
        return None
    *before, last = said.split(" ")
    return " ".join(
        [*(f"{word[:-1]}'s" if word.removesuffix("s") in _KIN and word[-1] == "s" else word for word in before), last]
    )


def as_name(id_: str) -> str:
    """``calderbrook-nhs-trust`` as “Calderbrook NHS Trust”; an id without words stays as it is."""
    said = as_words(id_)
    if said is None:
        return id_
    words = [_written(word, first=place == 0) for place, word in enumerate(said.split())]
    return " ".join(words)


def _written(word: str, *, first: bool) -> str:
    if word in _ABBREVIATIONS:
        return word.upper()
    return word if word in _SMALL and not first else word.capitalize()


def listed(things: list[str], and_: str) -> str:
    """“a, b and c”."""
    return f" {and_} ".join([", ".join(things[:-1]), things[-1]]) if len(things) > 1 else "".join(things)


def welsh_list(things: list[str]) -> str:
    """“a, b ac c”: “ac” before a vowel, otherwise “a”, after which c, p and t are written ch, ph and th."""
    if len(things) < 2:
        return "".join(things)
    last = things[-1]
    if last.startswith(_YOURS):
        return f"{', '.join(things[:-1])} a'ch {last.removeprefix(_YOURS)}"
    if last[0].lower() in WELSH_VOWELS:
        return listed(things, "ac")
    return listed([*things[:-1], _ASPIRATE.sub(r"\1h", last)], "a")


def softened(word: str) -> str:
    """A Welsh word as it is written after “i”: “perthynas” is “berthynas”. A name keeps its capital and is left."""
    return _INITIAL.sub(lambda found: _SOFT[found.group(1)], word)


def day_in_words(day: date, language: str) -> str:
    """“1 June 2026”, “1 Mehefin 2026”."""
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"
