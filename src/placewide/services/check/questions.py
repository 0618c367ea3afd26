"""Questions: kinds that exist, settings and options that the kind knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from jsonschema import Draft202012Validator

from placewide.services.check.places import Subject
from placewide.services.facts import FACTS
from placewide.services.format.findings import said_of
from placewide.services.format.terms import Fault, Path
from placewide.services.kinds import KINDS
from placewide.services.terms import Question

KNOWN_AS = ("account.name", "account.email", "account.phone", "place.address")


def faults(subject: Subject) -> Iterator[Fault]:
    for question, file, path in subject.questions():
        if question.kind not in KINDS:
            yield subject.fault(file, (*path, "kind"), f"There is no kind “{question.kind}”.", _nearest(question.kind))
            continue
        yield from _settings(subject, question, file, path)
        yield from _options(subject, question, file, path)
        alone, options = question.settings.get("alone"), [option.id for option in question.options]
        if alone and alone not in options:
            remedy = f"There are: {', '.join(options)}."
            yield subject.fault(file, (*path, "settings", "alone"), f"There is no option “{alone}”.", remedy)
        if question.known_as and question.known_as not in KNOWN_AS:
            near = difflib.get_close_matches(question.known_as, KNOWN_AS, 1)
            remedy = (f"Did you mean “{near[0]}”? " if near else "") + f"What is known: {', '.join(KNOWN_AS)}."
            yield subject.fault(file, (*path, "known_as"), f"“{question.known_as}” is not known.", remedy)
    for page, path in subject.pages():
        for n, question in enumerate(page.questions):
            if question.staff_only:
                what = f"Whoever is asked “{question.id}” on a page reads what they told: it is not for staff only."
                yield subject.fault("questions.yaml", (*path, "questions", n), what, "Take “staff_only” out.")
        if page.repeat and not page.questions:
            yield subject.fault("questions.yaml", path, f"The page “{page.id}” repeats nothing.", "Give it questions.")
        if page.repeat and page.repeat.least > page.repeat.most:
            where = (*path, "repeat", "least")
            yield subject.fault("questions.yaml", where, "“least” is more than “most”.", "Make it smaller.")


def _nearest(kind: str) -> str:
    """The kind that was meant, where it can be guessed; and all there are."""
    near = _ELSEWHERE.get(kind.lower()) or next(iter(difflib.get_close_matches(kind.lower(), KINDS, 1)), "")
    return (f"Did you mean “{near}”? " if near else "") + f"The kinds are: {', '.join(KINDS)}."


# What other form builders call them.
_ELSEWHERE = {
    **dict.fromkeys(("select", "dropdown", "choice", "radiobuttons"), "radios"),
    **dict.fromkeys(("multiselect", "checklist"), "checkboxes"),
    **dict.fromkeys(("string", "textfield", "input"), "text"),
    **dict.fromkeys(("textarea", "paragraph", "multiline"), "long-text"),
    **dict.fromkeys(("boolean", "bool", "yesno"), "yes-no"),
    **dict.fromkeys(("integer", "int", "money", "decimal"), "number"),
    **dict.fromkeys(("upload", "photo", "photos", "attachment", "fileupload"), "files"),
    **dict.fromkeys(("tel", "phone", "mobile"), "telephone"),
    **dict.fromkeys(("postcode", "place"), "address"),
    "consent": "declaration",
    "mail": "email",
}


def _settings(subject: Subject, question: Question, file: str, path: Path) -> Iterator[Fault]:
    schema = KINDS[question.kind].settings
    known = schema.get("properties", {})
    listed = f"Settings of “{question.kind}”: {', '.join(known) or 'none'}."
    for name in question.settings:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            remedy = f"Did you mean “{near[0]}”? {listed}" if near else listed
            yield subject.fault(file, (*path, "settings", name), f"There is no setting “{name[:60]}”.", remedy)
    right = {name: value for name, value in question.settings.items() if name in known}
    for error in Draft202012Validator(schema).iter_errors(right):
        where = (*path, "settings", *error.absolute_path)
        what = f"This setting is not right: {' '.join(map(str, error.absolute_path))} {said_of(error)}"
        yield subject.fault(file, where, what, str(error.schema.get("description", "")) or listed)


def _options(subject: Subject, question: Question, file: str, path: Path) -> Iterator[Fault]:
    takes = KINDS[question.kind].has_options
    if not takes and (question.options or question.options_from):
        where = (*path, "options" if question.options else "options_from")
        yield subject.fault(file, where, f"“{question.kind}” has no options.", "Take them out, or use radios.")
    if takes and bool(question.options) == bool(question.options_from):
        remedy = "Give “options”, or “options_from” with a fact."
        yield subject.fault(file, path, f"“{question.id}” needs options, from one place.", remedy)
    if question.options_from:
        yield from _options_from(subject, question, file, path)
    elif question.chosen_as:
        remedy = "Take it out, or say “options_from”."
        yield subject.fault(file, (*path, "chosen_as"), "“chosen_as” goes with “options_from”.", remedy)


def _options_from(subject: Subject, question: Question, file: str, path: Path) -> Iterator[Fault]:
    fact = FACTS.get(question.options_from)
    entry = fact.item if fact else None
    if entry is None or not {"id", "text"} <= set(entry.fields):
        fitting = [name for name, kind in FACTS.items() if kind.item and "id" in kind.item.fields]
        where = (*path, "options_from")
        what = f"“{question.options_from}” is no fact that holds options."
        yield subject.fault(file, where, what, f"There are: {', '.join(fitting)}.")
    elif question.options_from not in subject.package.facts:
        remedy = "Name it under “facts” in service.yaml."
        yield subject.fault(file, (*path, "options_from"), f"The fact “{question.options_from}” is not named.", remedy)
