"""Going through a package with the place of everything in its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from placewide.services.format import Source
from placewide.services.format.terms import Fault, Path, Place
from placewide.services.terms import CaseType, Package, Page, Question, Step


@dataclass(frozen=True, slots=True)
class Subject:
    """A package under check, with where each of its parts stands."""

    source: Source
    package: Package

    def fault(self, file: str, path: Path, what: str, remedy: str) -> Fault:
        return Fault(self.place(file, path), what, remedy)

    def place(self, file: str, path: Path) -> Place:
        return self.source.place(file, *path)

    def pages(self) -> Iterator[tuple[Page, Path]]:
        """Pages with their paths in questions.yaml."""
        for s, section in enumerate(self.package.sections):
            for p, page in enumerate(section.pages):
                yield page, ("sections", s, "pages", p)

    def cases(self) -> Iterator[tuple[CaseType, Path]]:
        """Cases with their paths in process.yaml."""
        for c, case in enumerate(self.package.cases):
            yield case, ("cases", c)

    def steps(self) -> Iterator[tuple[CaseType, Step, Path]]:
        """Steps with their paths in process.yaml."""
        for case, path in self.cases():
            for s, step in enumerate(case.steps):
                yield case, step, (*path, "steps", s)

    def questions(self) -> Iterator[tuple[Question, str, Path]]:
        """Every question with its file and path: those of pages, then those that steps ask."""
        for page, path in self.pages():
            for q, question in enumerate(page.questions):
                yield question, "questions.yaml", (*path, "questions", q)
        for _, step, path in self.steps():
            for q, question in enumerate(step.asks):
                yield question, "process.yaml", (*path, "asks", q)
