"""Services by a person's own words; spelling is forgiven."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process, utils

_NEAR_ENOUGH = 62  # of 100: two slips in an ordinary word
_SHARES_A_WORD = 85  # of 100
_WORDS_ALIKE = 75  # of 100: a slip or two in every word


def nearest(words: str, texts: Sequence[str]) -> list[int]:
    """The places of the texts that are like ``words``, nearest first. No words find nothing."""
    if not words.strip():
        return []
    whole = _scored(words, texts, fuzz.token_set_ratio, _NEAR_ENOUGH)
    partly = _scored(words, texts, fuzz.partial_token_set_ratio, _SHARES_A_WORD)
    misspelt = sorted(range(len(texts)), key=lambda place: -_alike(words, texts[place]))
    close = [place for place in misspelt if _alike(words, texts[place]) >= _WORDS_ALIKE]
    return list(dict.fromkeys((*whole, *partly, *close)))


def _scored(words: str, texts: Sequence[str], scorer: Callable[..., float], cutoff: int) -> list[int]:
    found = process.extract(words, texts, scorer=scorer, processor=utils.default_process, score_cutoff=cutoff, limit=20)
    return [place for _, _, place in found]


def _alike(words: str, text: str) -> float:
    """How like the words typed are to words of the text, each to its nearest; long words weigh more. 0 to 100."""
    typed, known = utils.default_process(words).split(), utils.default_process(text).split()
    letters = sum(map(len, typed))
    if not letters or not known:
        return 0.0
    return sum(len(word) * max(fuzz.ratio(word, one) for one in known) for word in typed) / letters
