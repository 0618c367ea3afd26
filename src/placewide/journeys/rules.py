"""Pure rules of a journey: where answers are kept, where to go next, how far one has come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from placewide.messages.rules import one_email_address
from placewide.services.rules import page_key
from placewide.services.terms import Answers, Outcome, Package, Problem, Section

# Where to go instead of to a page: with a mark that no page's id may bear.
CHECK = ":check"
TASKS = ":tasks"
STOP = ":stop"


def with_page(
    package: Package, answers: Answers, page_id: str, values: Mapping[str, Any], item: int | None = None
) -> dict[str, Any]:
    """The answers with one page's values put in; ``item`` is the place, from 0, in a page asked several times.

    An item just past the end is added. Raises IndexError further out, or past the most the page allows.
    """
    page = package.page(page_id)
    if page.repeat is None:
        return {**answers, **values}
    items = list(answers.get(page_key(page)) or [])
    place = len(items) if item is None else item
    if not 0 <= place <= len(items) or place >= page.repeat.most:
        raise IndexError(place)
    items[place : place + 1] = [dict(values)]
    return {**answers, page_key(page): items}


def without_item(package: Package, answers: Answers, page_id: str, item: int) -> dict[str, Any]:
    """The answers with one of several taken out. Raises IndexError where there is none."""
    page = package.page(page_id)
    items = list(answers.get(page_key(page)) or [])
    del items[item]
    return {**answers, page_key(page): items}


def done_with(package: Package, answers: Answers, page_id: str) -> dict[str, Any]:
    """The answers once a person has said there is nothing more to add on a page asked several times."""
    key = page_key(package.page(page_id))
    return {**answers, key: list(answers.get(key) or [])}


def known_answers(package: Package, known: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to what was said before the service began; ``known`` by the words of ``known_as``: "place.address".

    A page asked several times is about several things: what is known is none of them.
    """
    questions = (question for page in package.pages if not page.repeat for question in page.questions)
    return {question.id: known[question.known_as] for question in questions if question.known_as in known}


def asks_for_files(package: Package) -> bool:
    """Whether any page takes photos or documents."""
    return any(question.kind == "files" for page in package.pages for question in page.questions)


def file_ids(package: Package, answers: Answers) -> frozenset[str]:
    """The files that answers speak of, also on pages that are asked several times."""
    return frozenset(file_id for _, _, ids in _files_answered(package, answers) for file_id in ids)


def strange_files(package: Package, answers: Answers, given: Collection[str]) -> tuple[Problem, ...]:
    """Questions answered with files that are not among those ``given``: they may be anybody's."""
    return tuple(
        Problem(question, "wrong", {"item": number} if number else {})
        for question, number, ids in _files_answered(package, answers)
        if not set(ids) <= set(given)
    )


def _files_answered(package: Package, answers: Answers) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Each answer that is files: its question, the place from 1 in a page asked several times (else 0), the files."""
    for page in package.pages:
        rows = enumerate(answers.get(page_key(page)) or (), 1) if page.repeat else [(0, answers)]
        asked = [question.id for question in page.questions if question.kind == "files"]
        yield from ((name, number, row.get(name) or ()) for number, row in rows for name in asked)


def where_next(package: Package, page_id: str, outcome: Outcome) -> str:
    """Where to go once a page is answered: a page id, or one of CHECK, TASKS, STOP.

    The next page on the path that still wants an answer, or that is only there to be read; a person who came back to
    change one thing is not led through all that follows. In a service with a task list one goes back to it at the end
    of a section.
    """
    if outcome.stop is not None and outcome.stop.after == page_id:
        return STOP
    after = outcome.path[outcome.path.index(page_id) + 1 :] if page_id in outcome.path else outcome.path
    waiting = [p for p in after if p in outcome.unanswered or not package.page(p).questions]
    if package.task_list:
        section = section_of(package, page_id)
        ours = [p for p in waiting if section and p in {page.id for page in section.pages}]
        return ours[0] if ours else TASKS
    if waiting:
        return waiting[0]
    return outcome.unanswered[0] if outcome.unanswered else CHECK


def section_of(package: Package, page_id: str) -> Section | None:
    """The section a page stands in."""
    return next((s for s in package.sections if any(p.id == page_id for p in s.pages)), None)


def page_before(outcome: Outcome, page_id: str) -> str:
    """The page to go back to; empty at the first."""
    place = outcome.path.index(page_id) if page_id in outcome.path else 0
    return outcome.path[place - 1] if place else ""


def progress(package: Package, outcome: Outcome) -> tuple[tuple[Section, str], ...]:
    """Each section that is asked, with "done", "begun" or "to-do"."""
    return tuple((s, _status(s, outcome)) for s in package.sections if _asked(s, outcome))


def last_pages(package: Package, outcome: Outcome) -> frozenset[str]:
    """The last page asked in each section."""
    return frozenset(asked[-1] for section in package.sections if (asked := _asked(section, outcome)))


def _asked(section: Section, outcome: Outcome) -> list[str]:
    return [page.id for page in section.pages if page.id in outcome.path]


def _status(section: Section, outcome: Outcome) -> str:
    asked = _asked(section, outcome)
    waiting = [p for p in asked if p in outcome.unanswered]
    if not waiting:
        return "done"
    return "to-do" if len(waiting) == len(asked) else "begun"


def first_of(section: Section, outcome: Outcome) -> str:
    """The page of a section to go to: the first that wants an answer, else its first."""
    asked = _asked(section, outcome)
    return next((p for p in asked if p in outcome.unanswered), asked[0])


def looks_like_email(text: str) -> bool:
    """Whether a link could be sent there; whether it arrives shows itself."""
    _, _, host = text.partition("@")
    return one_email_address(text) and "." in host.strip(".") and len(text) <= 254 and text.isprintable()
