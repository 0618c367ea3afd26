"""Words: every sentence in every language, with the same particulars; none that is never said."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Set

from placewide.services.check.keys import keys, messages, told_to_staff, told_where_unheard, written_messages
from placewide.services.check.places import Subject
from placewide.services.facts import FACTS
from placewide.services.format.folder import flat_paths
from placewide.services.format.terms import Fault, Path
from placewide.services.kinds import KINDS
from placewide.services.rules.wording import PARTICULAR, STAFF, UNHEARD, fact_kind, questions_of
from placewide.services.terms import Package, StepKind

# What every sentence may be told by whoever says it, besides the package's own setting, and what only sentences about
# a case may.
EVERYWHERE = ("organisation", "phone", "today", "number", "most", "least", "over")
OF_A_CASE = ("reference", "link", "due", "reason", "team")


ASKED = "asked"  # the organisation that a hand-over asks: in its line of the timeline, and in its message


def _of_hand_overs(package: Package) -> tuple[str, ...]:
    """The keys of sentences that are only said when another organisation is asked."""
    steps = [(case.id, step) for case in package.cases for step in case.steps]
    elsewhere = {step.message for _, step in steps if step.kind is not StepKind.HAND_OVER}
    asking = [(case, step) for case, step in steps if step.kind is StepKind.HAND_OVER]
    done = (f"cases.{case}.steps.{step.id}.done" for case, step in asking)
    told = (f"messages.{step.message}." for _, step in asking if step.message and step.message not in elsewhere)
    return (*done, *told)


def faults(subject: Subject) -> Iterator[Fault]:
    package = subject.package
    unwritten = messages(package) - written_messages(package)
    yield from _unwritten(subject, unwritten)
    lost = tuple(f"messages.{message}." for message in unwritten)
    wanted = {key: must for key, must in keys(package) if not key.startswith(lost)}
    for language in package.languages:
        if language not in package.words:
            file = f"words/{language}.yaml"
            yield subject.fault(file, (), f"There are no words in “{language}”.", f"Write {file}.")
        else:
            yield from _missing(subject, language, wanted)
    for language in package.words:
        if language not in package.languages:
            remedy = "Name it under “languages” in service.yaml, or take the file out."
            yield subject.fault(f"words/{language}.yaml", (), "This language is not spoken here.", remedy)
        yield from _said(subject, language, wanted)
    yield from _unsaid_setting(subject)


def _unsaid_setting(subject: Subject) -> Iterator[Fault]:
    """A setting no sentence says, most often a slip: where its number should stand, people would read a gap."""
    setting = subject.package.urgent_phone
    if setting and not _says(subject.package, setting):
        meant = "urgent_phone" if _says(subject.package, "urgent_phone") else ""
        remedy = f"Did you mean “{meant}”?" if meant else f"Say {{{setting}}} where the number should stand."
        yield subject.fault("service.yaml", ("urgent_phone",), f"No sentence says the setting “{setting}”.", remedy)


def _says(package: Package, name: str) -> bool:
    return any(name in PARTICULAR.findall(text) for words in package.words.values() for text in words.texts.values())


def _unwritten(subject: Subject, unwritten: Set[str]) -> Iterator[Fault]:
    """Messages that are sent but stand nowhere: a slip in the name, most often."""
    named = [(case.opened, (*path, "opened")) for case, path in subject.cases()]
    for case, path in subject.cases():
        named += [(follower.opened or "", (*path, "followers", n)) for n, follower in enumerate(case.followers)]
    named += [(step.message, (*path, "message")) for _, step, path in subject.steps()]
    written, first = written_messages(subject.package), subject.package.languages[0]
    for message, path in named:
        if message in unwritten:
            near = difflib.get_close_matches(message, written, 1)
            meant = f"Did you mean “{near[0]}”? If not, write" if near else "Write"
            remedy = f"{meant} messages.{message}.subject and .body in words/{first}.yaml."
            yield subject.fault("process.yaml", path, f"There is no message “{message}”.", remedy)


def _missing(subject: Subject, language: str, wanted: dict[str, bool]) -> Iterator[Fault]:
    texts = subject.package.words[language].texts
    first = subject.package.words.get(subject.package.languages[0])
    origin = first.texts if first else {}
    own = set(wanted) | {key for key in origin if "@" in key}
    for key in sorted(own):
        if not str(texts.get(key, "")).strip():
            there = origin.get(key, "")
            if wanted.get(key) or there:
                yield _missing_fault(subject, language, key, "" if origin is texts else there)


def _missing_fault(subject: Subject, language: str, key: str, there: str) -> Fault:
    said = f" {subject.package.languages[0]}: “{' '.join(there.split())[:90]}”." if there else ""
    path: Path = tuple(key.split("."))
    return subject.fault(f"words/{language}.yaml", path, f"“{key}” is missing.", f"Write it.{said}")


def _said(subject: Subject, language: str, wanted: dict[str, bool]) -> Iterator[Fault]:
    package, file = subject.package, f"words/{language}.yaml"
    paths = dict(flat_paths(subject.source.reads[file].content))
    wordings = {wording.id for wording in package.wordings}
    unjudged = tuple(f"questions.{name}." for name in _of_unknown_kind(package))
    unjudged += ("messages.",) if messages(package) - written_messages(package) else ()  # the words of the one meant
    origin = package.words.get(package.languages[0])
    for key, text in package.words[language].texts.items():
        plain, _, wording = key.partition("@")
        if plain not in wanted and not plain.startswith(unjudged):
            near = difflib.get_close_matches(plain, wanted, 1, 0.8)
            remedy = f"Did you mean “{near[0]}”?" if near else "Take it out."
            yield subject.fault(file, paths[key], f"“{key}” is never said.", remedy)
            continue
        ours = {STAFF: told_to_staff, UNHEARD: told_where_unheard}.get(wording)
        if wording and wording not in wordings and not (ours and ours(plain)):
            near = difflib.get_close_matches(wording, wordings, 1)
            remedy = f"Did you mean “@{near[0]}”?" if near else "Name it under “wordings” in service.yaml."
            yield subject.fault(file, paths[key], f"There is no wording “{wording}”.", remedy)
            continue
        yield from _particulars(subject, file, paths[key], plain, text)
        if origin and language != package.languages[0] and key in origin.texts:
            yield from _alike(subject, file, paths[key], text, origin.texts[key])


def _of_unknown_kind(package: Package) -> Iterator[str]:
    """Questions whose kind is misspelt: which words they have cannot be told until it is mended."""
    return (question.id for question in questions_of(package).values() if question.kind not in KINDS)


def _particulars(subject: Subject, file: str, path: Path, key: str, text: str) -> Iterator[Fault]:
    questions = questions_of(subject.package)
    allowed = (
        *EVERYWHERE,
        *_settings(subject.package),
        *(OF_A_CASE if key.startswith(("cases.", "messages.", "sent.")) else ()),
        *((ASKED,) if key.startswith(_of_hand_overs(subject.package)) else ()),
    )
    for name in PARTICULAR.findall(text):
        question = questions.get(name)
        if question and question.staff_only:
            yield subject.fault(
                file, path, f"“{{{name}}}” is for staff only, and nobody is told it.", "Say it without."
            )
        elif question and question.sensitive and key.startswith(("messages.", "cases.")):
            what, remedy = f"“{{{name}}}” is sensitive and may not stand in messages or lists.", "Say it without."
            yield subject.fault(file, path, what, remedy)
        if question or name in allowed or _is_fact(subject, name):
            continue
        near = difflib.get_close_matches(name, [*questions, *allowed], 1)
        remedy = f"Did you mean “{{{near[0]}}}”?" if near else f"Known here: {', '.join(allowed)}, questions, facts."
        if name == "urgent_phone":
            remedy = "Name the setting in service.yaml: urgent_phone: urgent_phone."
        yield subject.fault(file, path, f"“{{{name}}}” is not known here.", remedy)
    if text.count("{") != len(PARTICULAR.findall(text)) or text.count("}") != text.count("{"):
        yield subject.fault(file, path, "A { or } does not belong to a particular.", "Write particulars as {so}.")


def _settings(package: Package) -> tuple[str, ...]:
    """What the place sets for this package; the usual name too where the one named is a slip, said already."""
    setting = package.urgent_phone
    return (setting, *(() if _says(package, setting) else ("urgent_phone",))) if setting else ()


def _is_fact(subject: Subject, name: str) -> bool:
    first = name.partition(".")[0]
    entries = {q.chosen_as for q in questions_of(subject.package).values() if q.options_from not in FACTS}
    if first in entries - {""}:  # where the options come from is another check's
        return True
    kind = fact_kind(subject.package, name)
    named = first == "today" or first in subject.package.facts or first not in FACTS
    return kind is not None and named and kind.name not in ("record", "list")


def _alike(subject: Subject, file: str, path: Path, text: str, origin: str) -> Iterator[Fault]:
    here, there = set(PARTICULAR.findall(text)), set(PARTICULAR.findall(origin))
    if here != there:
        parts = [f"lacks {{{name}}}" for name in sorted(there - here)]
        parts += [f"has {{{name}}}, which {subject.package.languages[0]} does not" for name in sorted(here - there)]
        first = subject.package.languages[0]
        yield subject.fault(file, path, f"This {' and '.join(parts)}.", f"{first}: “{' '.join(origin.split())[:90]}”.")
