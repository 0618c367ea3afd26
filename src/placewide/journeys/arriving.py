"""Answers that arrive whole, through the API: checked as the pages check theirs, page by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from placewide.journeys import reads
from placewide.journeys.asking import complete_addresses, is_chosen
from placewide.journeys.rules import strange_files
from placewide.journeys.terms import Circumstances
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import Viewer
from placewide.services import rules
from placewide.services.terms import LiveService, Package, Page, Problem

Raw = Mapping[str, Any]
Problems = tuple[Problem, ...]


def check_arriving(
    live: LiveService,
    journey_id: UUID,
    raw: Raw,
    *,
    file_ids: Collection[str],
    language: str,
    viewer: Viewer,
    now: datetime,
) -> tuple[Circumstances, Problems]:
    """What the answers come to, and what is wrong with them. ``file_ids``: those given for this submission.

    Facts depend on answers (which bins are collected at the address), answers on facts (only those bins can be
    chosen): facts are observed for the address, then for what was answered, as going from page to page does.
    """
    completed, unknown = _completed(live.package, raw)
    known = _looked_up(live.package, completed, unknown)
    first = reads.arriving(live, journey_id, known, language=language, viewer=viewer, now=now)
    seen, problems = _checked(first, live, completed, unknown, language=language, viewer=viewer)
    if seen.facts != first.facts:
        seen, problems = _checked(seen, live, completed, unknown, language=language, viewer=viewer)
    return seen, (*problems, *strange_files(live.package, seen.answers, file_ids))


def _checked(
    before: Circumstances, live: LiveService, raw: Raw, unknown: Problems, *, language: str, viewer: Viewer
) -> tuple[Circumstances, Problems]:
    values, found = rules.check_all(live.package, raw, before.facts, language, legal_date(before.now))
    unfound = {problem.question for problem in unknown}
    problems = (*unknown, *(problem for problem in found if problem.question not in unfound))
    sound = {name: value for name, value in values.items() if name not in {p.question for p in problems}}
    return reads.arriving(live, before.journey_id, sound, language=language, viewer=viewer, now=before.now), problems


def _completed(package: Package, raw: Raw) -> tuple[dict[str, Any], Problems]:
    """Put the words of each chosen address beside its reference number."""
    completed, problems = dict(raw), list[Problem]()
    for page in package.pages:
        if page.repeat:
            completed, found = _completed_items(page, completed)
        else:
            completed, found = complete_addresses(page.questions, completed)
        problems += found
    return completed, tuple(problems)


def _completed_items(page: Page, raw: dict[str, Any]) -> tuple[dict[str, Any], Problems]:
    key = rules.page_key(page)
    items = raw.get(key)
    if not isinstance(items, list) or all(question.kind != "address" for question in page.questions):
        return raw, ()
    whole, problems = [], list[Problem]()
    for number, item in enumerate(items, start=1):
        completed, found = complete_addresses(page.questions, item) if isinstance(item, dict) else (item, ())
        whole.append(completed)
        problems += [Problem(p.question, p.key, {**p.particulars, "item": number}, p.part) for p in found]
    return raw | {key: whole}, tuple(problems)


def _looked_up(package: Package, completed: Raw, unknown: Problems) -> dict[str, Any]:
    """The addresses that were found just now: all that is put to the facts before it is checked."""
    unfound = {problem.question for problem in unknown}
    asked = (q.id for page in package.pages if not page.repeat for q in page.questions if q.kind == "address")
    return {name: completed[name] for name in asked if name not in unfound and is_chosen(completed.get(name))}
