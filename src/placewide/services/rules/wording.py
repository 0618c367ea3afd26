"""Saying things: the package's sentences, in a language, with their particulars."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from placewide.kernel.clock import LONDON
from placewide.services.conditions import Known, holds
from placewide.services.conditions.values import ValueKind
from placewide.services.facts import FACTS
from placewide.services.kinds import KINDS, own_texts
from placewide.services.terms import Asked, Choice, Package, Problem, Question

# Characters that CommonMark gives a meaning (https://spec.commonmark.org/0.31.2/#backslash-escapes).
MARKS = re.compile(r"([\\`*_{}\[\]()#+.!<>|~-])")
PARTICULAR = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\}")


STAFF = "staff"  # of a key that says to staff what the plain one says to residents: ``done@staff``
UNHEARD = "unheard"  # of a key said instead where answers are urgent and nobody would hear of them: ``body@unheard``


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says a package's sentences in one language to one person, whose answers and facts are ``known``."""

    package: Package
    language: str
    known: Mapping[str, Any]
    wordings: tuple[str, ...] = ()
    further: Mapping[str, Any] = field(default_factory=dict)

    def say(self, key: str, **particulars: Any) -> str:
        """The sentence under ``key``; empty if the package has none. A particular that is not known is left out."""
        template = _template(self.package, key, self.language, self.wordings)
        return PARTICULAR.sub(lambda found: self._particular(found[1], particulars), template)

    def tell(self, key: str, **particulars: Any) -> str:
        """The sentence as CommonMark, for longer texts; what people answered is shown as they wrote it."""
        escaped = {name: MARKS.sub(r"\\\1", str(value)) for name, value in particulars.items()}
        template = _template(self.package, key, self.language, self.wordings)
        return PARTICULAR.sub(lambda found: escaped.get(found[1]) or self._escaped(found[1]), template)

    def _escaped(self, name: str) -> str:
        return MARKS.sub(r"\\\1", self._particular(name, {}))

    def problem(self, problem: Problem) -> str:
        """What is wrong and what to do: in the package's words, else in the kind's."""
        return problem_sentence(self.package, problem, self.language, self.wordings)

    def _particular(self, name: str, particulars: Mapping[str, Any]) -> str:
        if name in particulars:
            return str(particulars[name])
        if name in self.further:
            return str(self.further[name])
        question = questions_of(self.package).get(name)
        if question is not None:
            return show_answer(question, self.known.get(name), self)
        return _fact_in_words(name, self)


def speaker(
    package: Package,
    language: str,
    known: Mapping[str, Any],
    further: Mapping[str, Any] | None = None,
    *,
    heard: bool = True,
) -> Speaker:
    """A speaker for one walk (``walk.known``); ``further`` are particulars such as ``organisation`` and ``phone``.

    ``heard``: somebody hears of it, where answers are urgent.
    """
    return Speaker(package, language, known, _ways(package, known, heard=heard), further or {})


def _ways(package: Package, known: Mapping[str, Any], *, heard: bool) -> tuple[str, ...]:
    """What the package says in other words; that nobody hears of it comes before all else."""
    return (*(() if heard else (UNHEARD,)), *_wordings(package, known))


def _wordings(package: Package, known: Mapping[str, Any]) -> tuple[str, ...]:
    names = Known(known)
    return tuple(row.id for row in package.wordings if holds(row.when, names, in_doubt=False))


def sentence(
    package: Package,
    key: str,
    language: str,
    particulars: Mapping[str, Any],
    wordings: tuple[str, ...] = (),
    *,
    known: Mapping[str, Any] | None = None,
    heard: bool = True,
) -> str:
    """One sentence, where nothing but its particulars is at hand, or also the answers (``known``)."""
    ways = wordings or (_ways(package, known, heard=heard) if known else ())
    return Speaker(package, language, known or {}, ways, particulars).say(key)


def problem_sentence(package: Package, problem: Problem, language: str, wordings: tuple[str, ...] = ()) -> str:
    """What is wrong with an answer: ``questions.<id>.<key>`` of the package, else the kind's own sentence."""
    question = questions_of(package).get(problem.question)
    own = own_texts(question.kind if question else "any", language)
    particulars = dict(problem.particulars)
    said = sentence(package, f"questions.{problem.question}.{problem.key}", language, particulars, wordings)
    if said:
        return said
    return PARTICULAR.sub(lambda found: str(particulars.get(found[1], "")), own.get(problem.key) or own["wrong"])


def show_answer(question: Question, value: Any, speaker: Speaker) -> str:
    """An answer as people read it; empty where there is none."""
    if value is None:
        return ""
    own, key = own_texts(question.kind, speaker.language), f"questions.{question.id}"
    choices = tuple(Choice(o.id, speaker.say(f"{key}.options.{o.id}")) for o in question.options)
    if question.options_from:
        choices = tuple(_entry_text(e, speaker.language) for e in speaker.known.get(question.options_from) or ())
    texts = {**own, **{word: said for word in ("yes", "no") if (said := speaker.say(f"{key}.{word}"))}}
    asked = Asked(question, speaker.language, "", date.min, choices=choices, texts=texts)
    return KINDS[question.kind].show(asked, value)


def _entry_text(entry: Mapping[str, Any], language: str) -> Choice:
    text = entry.get("text", "")
    return Choice(str(entry["id"]), str(text.get(language, "") if isinstance(text, Mapping) else text))


def questions_of(package: Package) -> Mapping[str, Question]:
    """Every question by its id, those that steps ask too."""
    return _questions(id(package), _Held(package))


class _Held:
    """Lets a package, which cannot be hashed quickly, be remembered by identity; keeps it alive meanwhile."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def __hash__(self) -> int:
        return id(self.package)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.package is self.package


def words_given(package: Package) -> Mapping[str, frozenset[str]]:
    """For each question the names under which the package has words of its own: "label", "missing", …"""
    return _words_given(id(package), _Held(package))


@lru_cache(maxsize=200)
def _words_given(_: int, held: _Held) -> Mapping[str, frozenset[str]]:
    given: dict[str, set[str]] = {}
    for words in held.package.words.values():
        for key in words.texts:
            area, _dot, rest = key.partition(".")
            question, _dot, name = rest.partition(".")
            if area == "questions":
                given.setdefault(question, set()).add(name.partition("@")[0])
    return {question: frozenset(names) for question, names in given.items()}


@lru_cache(maxsize=200)
def _questions(_: int, held: _Held) -> Mapping[str, Question]:
    package = held.package
    found = {question.id: question for page in package.pages for question in page.questions}
    asked = {q.id: q for case in package.cases for step in case.steps for q in step.asks}
    return found | asked


def _template(package: Package, key: str, language: str, wordings: tuple[str, ...]) -> str:
    for wording in wordings:
        text = package.text(f"{key}@{wording}", language)
        if text:
            return text
    return package.text(key, language)


def _fact_in_words(name: str, speaker: Speaker) -> str:
    """A fact, or a part of one (``collection.last``), as people read it."""
    value: Any = speaker.known
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None or isinstance(value, bool | list):
        return ""
    if isinstance(value, Mapping):  # one text per language
        value = value.get(speaker.language, "")
    kind = fact_kind(speaker.package, name)
    if kind is not None and kind.name in ("date", "instant") and value:
        return _day_in_words(str(value), kind.name, own_texts("any", speaker.language))
    return str(value)


def fact_kind(package: Package, name: str) -> ValueKind | None:
    """The kind of value under a fact's name; None for one that no fact has."""
    first, *parts = name.split(".")
    chosen = {q.chosen_as: q.options_from for q in questions_of(package).values() if q.chosen_as}
    kind = FACTS.get(chosen.get(first, first))
    kind = kind.item if kind and first in chosen else kind
    for part in parts:
        kind = kind.fields.get(part) if kind else None
    return kind


def _day_in_words(iso: str, kind: str, texts: Mapping[str, str]) -> str:
    """``Tuesday 8 December``; an instant with its time: ``Tuesday 8 December at 5pm``."""
    instant = datetime.fromisoformat(iso)
    if instant.tzinfo is not None:
        instant = instant.astimezone(LONDON)
    day = f"{texts[f'weekday_{instant.isoweekday()}']} {instant.day} {texts[f'month_{instant.month}']}"
    return f"{day} {texts['at']} {_time_in_words(instant, texts)}" if kind == "instant" else day


def _time_in_words(instant: datetime, texts: Mapping[str, str]) -> str:
    """``5pm``, ``11:59pm``, as the pages say it."""
    minutes = f":{instant:%M}" if instant.minute else ""
    return f"{instant.hour % 12 or 12}{minutes}{texts['before_noon' if instant.hour < 12 else 'after_noon']}"
