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
    sensitive: bool
    files: tuple[UUID, ...] = ()


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
            section=speaker.say(f"sections.{section.id}"),
            question=speaker.say(f"questions.{question.id}.summary") or rules.ask(question, speaker).label,
            text=rules.show_answer(question, walk.answers[question.id], speaker),
            sensitive=question.sensitive,
            files=tuple(UUID(f) for f in walk.answers[question.id] or ()) if question.kind == "files" else (),
        )
        for section in package.sections
        for page in section.pages
        if page in walk.path
        for question in page.questions
        if walk.answers.get(question.id) not in (None, "", []) and (only is None or question.id in only)
    )
