"""Names of streets and buildings: normal forms, three-letter grams, and which name is nearest to what was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz

Key = TypeVar("Key")

_WORD = re.compile(r"[a-z0-9]+")
_PART = re.compile(r"(flat|apartment|apt|unit|room)\s+(\d+[a-z]?|[a-z])\b[\s,]*", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+)\s?([a-z]?)\b[\s,]*", re.IGNORECASE)
_LATER = re.compile(r"\b" + _PART.pattern, re.IGNORECASE)
_SHORT = {
    "rd": "road", "ln": "lane", "ave": "avenue", "av": "avenue", "cl": "close", "cres": "crescent", "dr": "drive",
    "gdns": "gardens", "gr": "grove", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace",
    "ct": "court", "pk": "park", "hse": "house", "saint": "st", "street": "st",
}  # fmt: skip
_COMMON = frozenset(
    "road lane avenue close crescent drive gardens grove place square terrace court park way st the hill row".split()  # noqa: SIM905
)
_LONGEST = 120
_NEAR_ENOUGH = 62.0  # of 100; below this a name is no longer what somebody meant (tests/rules/places)


def plain_name(text: str) -> str:
    """Lower case, no accents, abbreviations in one form: ``Mill Ln.`` and ``mill lane`` are the same."""
    bare = unicodedata.normalize("NFKD", text[:_LONGEST].replace("'", "").replace("’", "")).casefold()
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(_SHORT.get(word, word) for word in _WORD.findall(letters))


@lru_cache(maxsize=2048)
def search_key(name: str, town: str) -> str:
    """What makes a name of a place one name: its plain form and its town's."""
    return f"{plain_name(name)}|{plain_name(town)}"


def grams(text: str) -> frozenset[str]:
    """The groups of three letters in a name, words marked at their beginning; words every street has are left out."""
    words = [word for word in plain_name(text).split() if word not in _COMMON] or plain_name(text).split()
    padded = (f" {word} " for word in words)
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def numbers_of(text: str) -> tuple[frozenset[str], str]:
    """The flat and house number before a name, and the name: ``({"flat 3", "12a"}, "Mill Lane")``."""
    rest = text.strip()
    numbers = set()
    if found := _PART.match(rest):
        numbers.add(f"{found[1]} {found[2]}".lower())
        rest = rest[found.end() :]
    if found := _NUMBER.match(rest):
        numbers.add((found[1] + found[2]).lower())
        rest = rest[found.end() :]
    return frozenset(numbers), rest


def numbers_typed(text: str) -> tuple[frozenset[str], str]:
    """The same of what somebody typed, who may name the flat after the house: ``hebble house flat 3``."""
    numbers, rest = numbers_of(text)
    if found := _LATER.search(rest):
        named = rest[: found.start()] + rest[found.end() :]
        return numbers | {f"{found[1]} {found[2]}".lower()}, named.strip(" ,")
    return numbers, rest


def order_key(lines: Sequence[str]) -> str:
    """Sorts addresses as they stand in the street: 2 before 10, a house before its flats."""
    text = plain_name(" ".join(reversed([line for line in lines if line])))
    return re.sub(r"\d+", lambda found: found[0].zfill(5), text)[:60]


def best_names(typed: str, names: Iterable[tuple[Key, str, str]], limit: int) -> tuple[Key, ...]:
    """The keys of the names nearest to what was typed; ``names`` are (key, plain name, plain town).

    A town typed with the street counts for that town and against others. Names much worse than the best are dropped.
    """
    wanted = plain_name(typed)
    scored = sorted(
        ((_score(wanted, name, town), -len(name), key) for key, name, town in names),
        key=lambda found: found[:2],
        reverse=True,
    )
    best = scored[0][0] if scored else 0.0
    return tuple(key for score, _, key in scored[:limit] if score >= max(_NEAR_ENOUGH, best - 15))


def _score(wanted: str, name: str, town: str) -> float:
    alone = fuzz.ratio(wanted, name)
    with_town = fuzz.ratio(wanted, f"{name} {town}")
    begun = 92.0 if name.startswith(f"{wanted} ") else 90.0 if len(wanted) >= 4 and name.startswith(wanted) else 0.0
    turned = fuzz.token_sort_ratio(wanted, name) - 3
    return max(alone, with_town, begun, turned)
