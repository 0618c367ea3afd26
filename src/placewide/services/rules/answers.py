"""Answers as people read them, page by page: what the check page shows is what staff and residents read of a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from placewide.services.kinds import KINDS
from placewide.services.rules.asking import ask
from placewide.services.rules.walking import page_key
from placewide.services.rules.wording import Speaker, show_answer
from placewide.services.terms import Package, Page, Question, Walk


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer, or what was added one after the other on a page that is asked several times."""

    page_id: str
    section_id: str
    words: str  # of the question, short; of the page, where it is asked several times
    lines: tuple[str, ...]  # none: passed without an answer
    files: tuple[str, ...] = ()  # ids
    own_words: bool = False  # of whoever gave it, in the language they chose


def shown_answers(
    package: Package, walk: Walk, speaker: Speaker, *, only: Collection[str] | None = None
) -> Iterator[ShownAnswer]:
    """Every answer that counts, in the order of the questions. ``only``: the questions that may be shown; None: all."""
    for section in package.sections:
        for page in section.pages:
            asked = [q for q in page.questions if only is None or q.id in only]
            if page not in walk.path or not asked:
                continue
            if page.repeat:
                yield _added(section.id, page, asked, walk.answers.get(page_key(page)) or (), speaker)
            else:
                yield from (
                    _shown(section.id, page, q, walk.answers[q.id], speaker) for q in asked if q.id in walk.answers
                )


def _shown(section_id: str, page: Page, question: Question, value: Any, speaker: Speaker) -> ShownAnswer:
    return ShownAnswer(
        page_id=page.id,
        section_id=section_id,
        words=speaker.say(f"questions.{question.id}.summary") or ask(question, speaker).label,
        lines=tuple(line for line in show_answer(question, value, speaker).split("\n") if line),
        files=_files(question, value),
        own_words=KINDS[question.kind].own_words,
    )


def _added(
    section_id: str, page: Page, asked: list[Question], items: Collection[Mapping[str, Any]], speaker: Speaker
) -> ShownAnswer:
    return ShownAnswer(
        page_id=page.id,
        section_id=section_id,
        words=speaker.say(f"pages.{page.id}.title"),
        lines=tuple(item_in_words(asked, item, speaker) for item in items),
        files=tuple(file for item in items for question in asked for file in _files(question, item.get(question.id))),
        own_words=any(KINDS[question.kind].own_words for question in asked),
    )


def item_in_words(asked: Collection[Question], item: Mapping[str, Any], speaker: Speaker) -> str:
    """One thing added on a page that is asked several times: ``Tom – Shops on Fridays``."""
    return " – ".join(filter(None, (show_answer(question, item.get(question.id), speaker) for question in asked)))


def _files(question: Question, value: Any) -> tuple[str, ...]:
    return tuple(map(str, value or ())) if question.kind == "files" else ()
