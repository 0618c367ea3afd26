"""What was answered, under the words of its questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from placewide.journeys.models import Journey
from placewide.kernel.clock import legal_date
from placewide.services import rules
from placewide.services.terms import Package


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer, as text, under the words of its question."""

    section: str
    question: str
    text: str
    files: tuple[UUID, ...] = ()
    language: str = ""  # in which it was written, where it is in somebody's own words


def answer_lines(
    journey: Journey, package: Package, language: str, now: datetime, *, only: frozenset[str] | None = None
) -> tuple[AnswerLine, ...]:
    """The journey's answers under the words of its questions, by section. Facts are not observed again.

    ``only``: the questions whose answers this reader may see; None: all.
    """
    walk = rules.walk(package, journey.answers, journey.facts, legal_date(now))
    speaker = rules.speaker(package, language, walk.known)
    return tuple(
        AnswerLine(
            section=speaker.say(f"sections.{answer.section_id}"),
            question=answer.words,
            text="\n".join(answer.lines),
            files=tuple(map(UUID, answer.files)),
            language=journey.language if answer.own_words else "",
        )
        for answer in rules.shown_answers(package, walk, speaker, only=only)
        if answer.lines
    )
