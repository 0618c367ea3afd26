"""From what a browser sent, or what was answered before, to a page's form: raw answers, values, what is wrong.

Two kinds of answer need more than the package: an address is looked up, a file is kept. Both happen here, before the
pure rules check the rest, and for the API in the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeGuard
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from placewide.identity.models import User
from placewide.journeys import rules as journey_rules
from placewide.journeys.terms import Circumstances
from placewide.kernel.files import actions as files
from placewide.kernel.files import reads as stored
from placewide.kernel.files.terms import LARGEST, MOST_FILES, MOST_IN_ALL, FileRefused, KeptFile
from placewide.kernel.terms import Actor, Viewer
from placewide.people import reads as people
from placewide.places import reads as places
from placewide.services import rules
from placewide.services.terms import Choice, Page, Problem, Question

LOOKING = ("find", "again", "manual", "attach")  # buttons that ask again: nothing is checked yet


@dataclass(frozen=True, slots=True)
class PageForm:
    """One page's form at one moment."""

    raw: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    found: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)  # question → addresses found
    looking: bool = False  # an address is still being looked for, a file was just added or taken away
    hidden: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, KeptFile] = field(default_factory=dict)  # of this journey, by id

    @property
    def is_empty(self) -> bool:
        return all(value in (None, "", [], {}) for value in self.raw.values())


def account_of(user: AbstractBaseUser | AnonymousUser, organisation_id: UUID, page: Page) -> dict[str, str]:
    """What a signed-in person's own account can fill in on a page. One statement where a phone number is asked for."""
    if not isinstance(user, User):
        return {}
    known = {"account.email": user.email, "account.name": user.name}
    if any(question.known_as == "account.phone" for question in page.questions):
        known["account.phone"] = people.phone_left(Viewer(user_id=user.pk), organisation_id)
    return {name: value for name, value in known.items() if value}


def shown(seen: Circumstances, page: Page, item: int | None, account: Mapping[str, str]) -> PageForm:
    """The form as it is first shown: what was answered before, else what the account knows."""
    given: Mapping[str, Any] = seen.answers
    if page.repeat:
        given = {} if item is None else seen.answers[rules.page_key(page)][item]
    raw = dict(rules.raw_of(page, given))
    for question in page.questions:
        if raw.get(question.id) is None and question.known_as in account:
            raw[question.id] = account[question.known_as]
    return PageForm(raw=raw, files=_files_of(seen, page))


def posted(
    seen: Circumstances, page: Page, post: QueryDict, uploads: MultiValueDict[str, Any], *, actor: Actor, now: datetime
) -> PageForm:
    """The form as it was sent: checked, unless an address is still being looked for or a file came or went."""
    action, removed = post.get("action", "continue"), post.get("remove", "")
    sent = {name: [value for value in post.getlist(name) if value != removed or not removed] for name in post}
    in_use = journey_rules.file_ids(seen.package, seen.answers) | {
        i for q in page.questions for i in sent.get(q.id, ())
    }
    about = Keeping(seen.organisation_id, seen.journey_id, actor, now, in_use=in_use)
    kept, refused = keep_uploads(page.questions, uploads, about)
    for question_id, file_ids in kept.items():
        sent[question_id] = [*sent.get(question_id, []), *file_ids]
    ours = _files_of(seen, page)
    for question in page.questions:
        if question.kind == "files":  # ids of anybody else's files are not taken
            sent[question.id] = [i for i in sent.get(question.id, []) if i in ours]
    raw = dict(rules.read_page(page, sent, seen.walk.known))
    if action in ("again", "manual"):
        raw |= {q.id: {"line_1": ""} if action == "manual" else None for q in page.questions if q.kind == "address"}
    found, unfound = find_addresses(page.questions, raw)
    hidden = {f"{question_id}-search": str(raw[question_id]["search"]) for question_id in found if found[question_id]}
    begun = any(
        f"{question_id}-uprn" not in post for question_id in found
    )  # Enter after a postcode: nothing to choose yet
    if action in LOOKING or removed or unfound or begun:
        return PageForm(raw, {}, (*unfound, *refused), found, True, hidden, ours)
    raw, unknown = complete_addresses(page.questions, raw)
    values, problems = rules.check_page(seen.package, page, raw, seen.walk.known, seen.language)
    told = {problem.question for problem in unknown}  # one sentence about an address is enough
    problems = tuple(problem for problem in problems if problem.question not in told)
    return PageForm(raw, values, (*unknown, *refused, *problems), found, False, hidden, ours)


def _files_of(seen: Circumstances, page: Page) -> dict[str, KeptFile]:
    """The files given in this journey, by id; none where the page asks for no files."""
    if all(question.kind != "files" for question in page.questions):
        return {}
    holder = Viewer(grants=frozenset({seen.journey_id}))
    return {str(kept.id): kept for kept in stored.files_about(holder, seen.journey_id)}


@dataclass(frozen=True, slots=True)
class Keeping:
    """For whom and what files are kept."""

    organisation_id: UUID
    about_id: UUID
    actor: Actor
    now: datetime
    until: datetime | None = None  # they go then, where nothing comes of them
    in_use: frozenset[str] | None = None  # ids that something speaks of; None: all of them

    @property
    def holder(self) -> Viewer:
        """Whoever gives files here may see those given before."""
        return Viewer(user_id=self.actor.user_id, grants=frozenset({self.about_id}))

    def given(self) -> tuple[KeptFile, ...]:
        """What was given before and counts towards what may be given. One statement."""
        return stored.files_about(self.holder, self.about_id, waiting=self.until is not None)


def complete_addresses(
    questions: Sequence[Question], raw: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Put the words of a chosen address beside its reference number; one that does not exist is a problem."""
    completed, problems = dict(raw), list[Problem]()
    for question in questions:
        given = raw.get(question.id)
        if question.kind != "address" or not is_chosen(given):
            continue
        uprn = str(given["uprn"])
        known = places.address(int(uprn)) if uprn.isdecimal() and len(uprn) <= _LONGEST_UPRN else None
        if known is None:
            problems.append(Problem(question.id, "unknown"))
        else:
            completed[question.id] = {"uprn": str(known.uprn), "text": known.one_line}
    return completed, tuple(problems)


def is_chosen(given: Any) -> TypeGuard[Mapping[str, str]]:
    """Whether this is a reference number, with the address's words or without; anything else is for the check."""
    parts = given if isinstance(given, Mapping) else {}
    return isinstance(parts.get("uprn"), str) and isinstance(parts.get("text", ""), str) and set(parts) <= _CHOSEN


def find_addresses(
    questions: Sequence[Question], raw: Mapping[str, Any]
) -> tuple[dict[str, tuple[Choice, ...]], tuple[Problem, ...]]:
    """The addresses to choose from, for each address question that has something to look for."""
    found: dict[str, tuple[Choice, ...]] = {}
    problems: list[Problem] = []
    for question in questions:
        given = raw.get(question.id)
        if question.kind != "address" or not isinstance(given, Mapping) or not given.get("search"):
            continue
        records = places.find_addresses(str(given["search"]))
        found[question.id] = tuple(Choice(str(record.uprn), record.one_line) for record in records)
        if not records:
            problems.append(Problem(question.id, "not_found", {"search": str(given["search"])[:60]}))
    return found, tuple(problems)


def keep_uploads(
    questions: Sequence[Question], uploads: MultiValueDict[str, Any], about: Keeping
) -> tuple[dict[str, list[str]], tuple[Problem, ...]]:
    """Keep the files that came with a form; ids by question, and a problem for each that cannot be kept."""
    wanted = [(q, one) for q in questions if q.kind == "files" for one in uploads.getlist(f"{q.id}-upload")]
    kept: dict[str, list[str]] = {}
    problems: list[Problem] = []
    room = _Room(about) if wanted else None
    for question, upload in wanted:
        try:
            assert room
            kept.setdefault(question.id, []).append(str(room.keep(upload).id))
        except FileRefused as refused:
            problems.append(_why_not(question, refused))
    return kept, tuple(problems)


class _Room:
    """How much may still be given for one journey, submission or step."""

    def __init__(self, about: Keeping) -> None:
        self.about, self.given = about, list(about.given())

    def keep(self, upload: Any) -> KeptFile:
        """Raises FileRefused: also for one file, or one byte, too many in all."""
        about, size = self.about, min(upload.size or 0, LARGEST)
        if self._refusal(size):
            self._forget_left_out()
        if refusal := self._refusal(size):
            raise refusal
        new = files.keep(
            upload.read(LARGEST + 1),
            name=upload.name or "",
            organisation_id=about.organisation_id,
            about_id=about.about_id,
            until=about.until,
            actor=about.actor,
            now=about.now,
        )
        self.given.append(new)
        return new

    def _refusal(self, size: int) -> FileRefused | None:
        if len(self.given) >= MOST_FILES:
            return FileRefused("too_many_in_all", most=MOST_FILES)
        if sum(kept.size for kept in self.given) + size > MOST_IN_ALL:
            return FileRefused("too_large_in_all", most=MOST_IN_ALL)
        return None

    def _forget_left_out(self) -> None:
        """What was taken out again does not count. Only now: another tab may still be about to send it."""
        in_use = self.about.in_use
        for kept in [] if in_use is None else [one for one in self.given if str(one.id) not in in_use]:
            files.forget(kept.id, actor=self.about.actor, now=self.about.now)
            self.given.remove(kept)


def _why_not(question: Question, refused: FileRefused) -> Problem:
    """The limit that was broken, in the unit of its sentence: files, or megabytes."""
    if "pixels" in refused.particulars:
        return Problem(question.id, "too_many_pixels")
    limits = {"too_large": LARGEST // 1_000_000, "too_large_in_all": MOST_IN_ALL // 1_000_000}
    return Problem(question.id, refused.key, {"most": limits.get(refused.key, MOST_FILES)})


_CHOSEN = {"uprn", "text"}
_LONGEST_UPRN = 12  # digits
