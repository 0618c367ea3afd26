"""Which sentences a package must have, and which it may."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.services.kinds import KINDS, own_texts
from placewide.services.terms import CaseType, Package, Page, Question, RuleEffect, Step

Key = tuple[str, bool]  # dotted key, whether it must be there

_SERVICE = (
    ("service.name", True),
    ("service.summary", True),
    ("service.search", False),
    ("start.get", True),
    ("start.time", True),
    ("start.information", True),
    ("start.button", True),
    ("information.right", False),
    ("information.sees", False),
    ("start.cost_why", False),
    ("start.need", False),  # one thing on each line
    ("start.urgent", False),
    *((f"start.{way}{part}", False) for way in ("phone", "desk", "letter") for part in ("", "_title")),
    ("question.button", False),
    ("declaration.body", False),
    ("check.title", True),
    ("check.send", True),
    ("check.body", False),
    ("sent.title", True),
    ("sent.next", True),
)


def keys(package: Package) -> Iterator[Key]:
    """Every key of the package's words."""
    yield from _SERVICE
    for section in package.sections:
        yield f"sections.{section.id}", package.task_list
        yield f"sections.{section.id}_hint", False
    yield "tasks.lead", package.task_list
    yield "tasks.kept", package.save_and_return
    for page in package.pages:
        yield from _page(page)
    for rule in package.rules:
        yield f"rules.{rule.id}.title", True
        yield f"rules.{rule.id}.body", True
        yield f"rules.{rule.id}.task", rule.effect is RuleEffect.URGENT  # for the person who is told at once
        yield f"rules.{rule.id}.staff", False
    for fee in package.fees:
        yield f"fees.{fee.id}", True
    for person in package.people:
        yield f"people.{person.id}", True
    for case in package.cases:
        yield from _case(case)
    for kept in package.retention:
        yield f"information.kept.{kept.category}", False
    for message in sorted(messages(package)):
        yield f"messages.{message}.subject", True
        yield f"messages.{message}.body", True


def messages(package: Package) -> set[str]:
    """The ids of all messages that are sent."""
    found = {case.opened for case in package.cases}
    found |= {follower.opened or "" for case in package.cases for follower in case.followers}
    found |= {step.message for case in package.cases for step in case.steps}
    return found - {""}


def written_messages(package: Package) -> set[str]:
    """The ids of all messages that any language has words for."""
    keys = (key.split(".") for words in package.words.values() for key in words.texts)
    return {parts[1] for parts in keys if parts[0] == "messages" and len(parts) > 2}


def told_to_staff(key: str) -> bool:
    """Whether a sentence may be put in another way to staff (``<key>@staff``).

    What the timeline says; where a case stands, to another organisation, which is not told what staff are; and the
    heading of a rule, where residents read it in words to them.
    """
    head, last = key.partition(".")[0], key.rpartition(".")[2]
    return (head, last) in {("cases", "opened"), ("cases", "done"), ("cases", "resident"), ("rules", "title")}


def told_where_unheard(key: str) -> bool:
    """Whether a sentence may be put in another way where nobody would hear of urgent answers (``<key>@unheard``)."""
    return key.partition(".")[0] in {"pages", "rules", "sent", "messages"}


def _page(page: Page) -> Iterator[Key]:
    yield f"pages.{page.id}.title", len(page.questions) != 1 or page.repeat is not None
    yield f"pages.{page.id}.body", not page.questions
    if page.repeat:
        for part in ("item", "add", "none"):
            yield f"pages.{page.id}.{part}", True
    for question in page.questions:
        yield from _question(question)


def _question(question: Question) -> Iterator[Key]:
    key = f"questions.{question.id}"
    yield f"{key}.label", True
    yield f"{key}.hint", False
    yield f"{key}.summary", False
    if question.kind not in KINDS:
        return
    for option in question.options:
        yield f"{key}.options.{option.id}", True
        yield f"{key}.options_hint.{option.id}", False
    must = KINDS[question.kind].words
    for word in {*must, *own_texts(question.kind, "en")}:
        yield f"{key}.{word}", word in must


def _case(case: CaseType) -> Iterator[Key]:
    key = f"cases.{case.id}"
    yield f"{key}.name", True
    yield f"{key}.opened", True  # the first line of its timeline
    for state in case.states:
        for part in ("resident", "next", "staff"):
            yield f"{key}.states.{state.id}.{part}", True
        yield f"{key}.states.{state.id}.task", state.open and state.waits_for == "staff"
    for step in case.steps:
        yield from _step(f"{key}.steps.{step.id}", step)


def _step(key: str, step: Step) -> Iterator[Key]:
    yield f"{key}.label", True
    yield f"{key}.hint", False
    yield f"{key}.done", True
    for reason in step.reasons:
        yield f"{key}.reasons.{reason}", True
    for question in step.asks:
        yield from _question(question)
