"""What is known of people: each part asked by a kind of question that can hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from placewide.services.check.places import Subject
from placewide.services.format.terms import Fault
from placewide.services.kinds import KINDS

# The kinds of question that can give a part of a person; a part that is not here takes any.
FITTING: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "text"),
    "email": ("email",),
    "phone": ("telephone",),
    "address": ("address",),
    "born_on": ("date",),
    "language": ("radios",),
    "access_needs": ("checkboxes", "text", "long-text"),
}


def faults(subject: Subject) -> Iterator[Fault]:
    kinds = {question.id: question.kind for page in subject.package.pages for question in page.questions}
    for n, person in enumerate(subject.package.people):
        for part, question in person.fields.items():
            kind, fitting = kinds.get(question, ""), FITTING.get(part, tuple(KINDS))
            if kind in KINDS and kind not in fitting:  # unknown questions and kinds are other checks'
                what = f"“{question}” is {_a(kind)} question, which cannot be a person's {part}."
                remedy = f"Name a question of the kind {' or '.join(fitting)}."
                yield subject.fault("process.yaml", ("people", n, "fields", part), what, remedy)
    yield from _known_as(subject)


def _known_as(subject: Subject) -> Iterator[Fault]:
    for question, file, path in subject.questions():
        fitting = FITTING.get(question.known_as.partition(".")[2], tuple(KINDS))
        if question.kind in KINDS and question.kind not in fitting:
            what = f"“{question.known_as}” cannot answer {_a(question.kind)} question."
            remedy = f"Let the question be of the kind {' or '.join(fitting)}, or take “known_as” out."
            yield subject.fault(file, (*path, "known_as"), what, remedy)


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"
