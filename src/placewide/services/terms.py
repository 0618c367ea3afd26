"""The words of a service package: what a place's designers write, parsed and frozen.

Text lives in ``words`` (see :class:`Words`). Conditions are CEL over answers and facts by id; the empty one holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

Answers = Mapping[str, Any]  # question id → checked value, as JSON can hold it
Facts = Mapping[str, Any]  # fact name → what is known before asking


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. ``when`` hides it where it cannot apply."""

    id: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked. ``kind`` names a file in ``services/kinds``; ``settings`` are that kind's own."""

    id: str  # snake_case: conditions use it as a name
    kind: str
    required: bool = True
    when: str = ""
    options: tuple[Option, ...] = ()
    options_from: str = ""  # a fact holding [{"id": …, "text": …}, …] instead of options
    chosen_as: str = ""  # with options_from: the name under which conditions know the entry that was chosen
    settings: Mapping[str, Any] = field(default_factory=dict)
    known_as: str = ""  # prefilled from the account or browser: "account.email", "place.address"
    sensitive: bool = False  # health, family, money: never in lists, messages or searches
    staff_only: bool = False  # with a step: read by staff of the organisation that took it, and by nobody else


@dataclass(frozen=True, slots=True)
class Repeat:
    """A page asked again for each of several things ("add another")."""

    most: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked together. No questions: guidance to read."""

    id: str
    questions: tuple[Question, ...] = ()
    when: str = ""
    repeat: Repeat | None = None  # answers are then a list of objects, under the page's id in snake_case


@dataclass(frozen=True, slots=True)
class Section:
    """A group of pages; a line of the task list where a service has one."""

    id: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Another way to say things while ``when`` holds: the sentence under ``<key>@<id>`` then stands for ``<key>``.

    "What do you need help with?" becomes "What does {cared_for_name} need help with?".
    """

    id: str
    when: str


class RuleEffect(StrEnum):
    STOP = "stop"  # no case: explain, and say what to do instead
    URGENT = "urgent"  # a person is told at once; the resident sees whom to ring; asking goes on
    NOTE = "note"  # something the page and the staff should know ("already reported")


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that decides something as soon as page ``after`` is answered. Tried in the order written."""

    id: str
    effect: RuleEffect
    when: str
    after: str  # page id
    law: str = ""  # source, where the rule is the law's: "Care Act 2014 s.11(1)"
    reach: str = ""  # urgent: the question that says how it is safe to reach who fills in; staff read it first


@dataclass(frozen=True, slots=True)
class Fee:
    """What it costs from a date on. The first fee whose dates and condition hold is charged."""

    id: str
    pence: int
    starts: date
    ends: date | None = None  # last day on which it holds
    when: str = ""
    source: str = ""


class DeadlineUnit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True)
class Deadline:
    """So long from the moment a state begins."""

    number: int
    unit: DeadlineUnit


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. A state that is not open is an end; a resident can still say "not fixed"."""

    id: str
    open: bool = True
    due: Deadline | None = None  # the task that this state raises is due then
    waits_for: str = "staff"  # "staff", "resident" or "partner": who must act next


class StepKind(StrEnum):
    MOVE = "move"  # take the case to another state
    ASK = "ask"  # ask the resident for more; the state waits for them
    INSPECT = "inspect"  # record what was seen, where it was seen
    HAND_OVER = "hand-over"  # let another organisation act, through a participation
    REOPEN = "reopen"
    TAKE_BACK = "take-back"  # ends what a hand-over let another organisation see


@dataclass(frozen=True, slots=True)
class Danger:
    """A step says that somebody may be: it is urgent, and nothing is sent to them until staff say that it is safe."""

    of: str  # a person role that follows the case
    reasons: tuple[str, ...] = ()  # only where one of these was chosen; none: always


@dataclass(frozen=True, slots=True)
class Step:
    """One way on: a row of the process table."""

    id: str
    starts: tuple[str, ...]  # states from which it may be taken
    ends: str  # the state it leads to; may be the same
    by: tuple[str, ...]  # "officer", "manager", "crew", "resident", "partner"
    kind: StepKind = StepKind.MOVE
    reasons: tuple[str, ...] = ()  # one must be chosen; words.steps.<id>.reasons.<reason>
    asks: tuple[Question, ...] = ()  # what is recorded with it, in the same question kinds
    message: str = ""  # id of the message sent to those who follow the case
    within: Deadline | None = None  # only so long after the state began ("not fixed" within 10 days)
    calms: bool = False  # what was urgent about the case is seen to
    danger: Danger | None = None  # staff have found that somebody may be in danger
    law: str = ""
    shares: tuple[str, ...] | None = None  # hand-over: questions whose answers the partner sees; None: the whole case
    until: Deadline | None = None  # hand-over: how long the partner sees it, unless another day is chosen
    whom: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # hand-over: reason → kinds of organisation


@dataclass(frozen=True, slots=True)
class PersonRole:
    """Somebody the answers speak of. Several rows may share an id; the first whose condition holds is that person."""

    id: str
    fields: Mapping[str, str]  # name, email, phone, address, born_on, language, access_needs → question id
    when: str = ""
    signed_in: bool = False  # the person filling in: joined to their account


@dataclass(frozen=True, slots=True)
class Follower:
    """Who besides staff may follow a case, and how much of it they see."""

    person: str  # a person role
    sees: str  # "all", "onward", "progress" or "messages"
    when: str = ""
    opened: str | None = None  # message sent to them when it opens; "": nothing; None: the case's own
    sends: str = "all"  # "all", or "held": nothing is sent to them, and nothing shown, until staff say that it is safe

    @property
    def held(self) -> bool:
        """Whether a message may put this person in danger."""
        return self.sends == "held"


@dataclass(frozen=True, slots=True)
class CaseType:
    """One case that a sent journey opens, if ``when`` holds."""

    id: str
    about: str  # the person role it is about; "" where it is about a place only
    team: str  # slug of the team that receives it
    first: str  # state
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    when: str = ""
    address: str = ""  # the question holding the address it is about
    followers: tuple[Follower, ...] = ()
    opened: str = ""  # message sent when it opens

    def state(self, state_id: str) -> State:
        """Raises KeyError for a state the package does not have."""
        return next((s for s in self.states if s.id == state_id), None) or _missing(state_id)

    def step(self, step_id: str) -> Step:
        """Raises KeyError for a step the package does not have."""
        return next((s for s in self.steps if s.id == step_id), None) or _missing(step_id)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a category is kept after the case ends, what then happens, and why."""

    category: str  # "answers", "files", "messages", "timeline", "person"
    months: int
    disposal: str  # "delete" or "strip" (keep what is not personal)
    source: str


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of one language: dotted key → text. Particulars are written ``{name}``.

    ``check/keys.py`` says which there are. A key ending in ``@<wording>`` is said while that wording's condition holds.
    """

    language: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Package:
    """A service, complete: everything a place needs to run it."""

    id: str  # "missed-bin"
    version: str  # "1.0.0"
    lgsl: int | None  # Local Government Service List id
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    cases: tuple[CaseType, ...]
    rules: tuple[Rule, ...] = ()
    fees: tuple[Fee, ...] = ()
    people: tuple[PersonRole, ...] = ()
    retention: tuple[Retention, ...] = ()
    facts: tuple[str, ...] = ()  # names of the facts it uses
    matter: str = ""  # expression naming what a report is about, to find neighbours' reports of the same
    wordings: tuple[Wording, ...] = ()
    task_list: bool = False  # long service: sections in any order, with progress
    save_and_return: bool = False
    nations: tuple[str, ...] = ("England",)
    lawful_basis: str = ""
    law: tuple[str, ...] = ()
    urgent_phone: str = ""  # setting of the adoption that holds the number to ring
    words: Mapping[str, Words] = field(default_factory=dict)

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for section in self.sections for page in section.pages)

    def page(self, page_id: str) -> Page:
        """Raises KeyError for a page the package does not have."""
        return next((p for p in self.pages if p.id == page_id), None) or _missing(page_id)

    def case_type(self, case_id: str) -> CaseType:
        """Raises KeyError for a case type the package does not have."""
        return next((c for c in self.cases if c.id == case_id), None) or _missing(case_id)

    def text(self, key: str, language: str) -> str:
        """The sentence under ``key``: in ``language``, else in the package's first language, else empty."""
        for code in (language, *self.languages[:1]):
            words = self.words.get(code)
            if words and key in words.texts:
                return words.texts[key]
        return ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, as it is shown to this person."""

    id: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands before one person: its words in their language, and only the choices they have."""

    question: Question
    language: str
    label: str
    today: date
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)  # the kind's own words: "day", "uprn", "manual", …

    @property
    def id(self) -> str:
        return self.question.id


@dataclass(frozen=True, slots=True)
class Component:
    """What is drawn: the name of a macro of ``ui`` with its parameters, and what is drawn inside it, in order."""

    macro: str  # "govukRadios"
    parameters: Mapping[str, Any]
    parts: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an answer. ``key`` finds the sentence: the package's own, else the kind's."""

    question: str
    key: str  # "missing", "wrong", "too_long", "not_asked", …
    particulars: Mapping[str, str | int] = field(default_factory=dict)
    part: str = ""  # of an address or date: the field to go to


@dataclass(frozen=True, slots=True)
class FeeDecision:
    """What is charged and how it was worked out (key of the sentence; source of the figure)."""

    pence: int
    fee: str = ""  # fee id; empty: the service is free
    source: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """The way of one set of answers through the questions.

    ``answers`` leaves out what was answered on pages that are no longer asked; ``known`` is what conditions see.
    """

    path: tuple[Page, ...]
    answers: Answers
    known: Mapping[str, Any]
    unanswered: tuple[str, ...]  # ids of pages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers come to: the same for a page, the API and an example of the package."""

    path: tuple[str, ...]  # ids of the pages that are asked, in order
    unanswered: tuple[str, ...]  # ids of pages on the path still to answer
    stop: Rule | None
    urgent: tuple[Rule, ...]
    notes: tuple[Rule, ...]
    fee: FeeDecision
    cases: tuple[str, ...]  # case types that will open
    matter: str

    @property
    def may_be_sent(self) -> bool:
        return self.stop is None and not self.unanswered and bool(self.cases)


@dataclass(frozen=True, slots=True)
class StepDecision:
    """Whether a step may be taken now, and what follows."""

    step: str
    allowed: bool
    state: str  # after the step (unchanged when refused)
    refusals: tuple[str, ...] = ()  # "not-from-here", "not-by-you", "reason-missing", "reason-unknown", "too-late"
    message: str = ""


@dataclass(frozen=True, slots=True)
class LiveService:
    """A package as one organisation runs it now. A journey keeps the ``content_hash`` it began with."""

    adoption_id: UUID
    organisation_id: UUID
    slug: str  # in addresses of pages and of the API
    content_hash: str
    package: Package
    settings: Mapping[str, Any]  # the place's own: {"urgent_phone": "01632 960 001"}


def _missing(name: str) -> Any:
    raise KeyError(name)
