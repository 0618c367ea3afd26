"""Languages and needs of the people of a case: what was written is marked, and staff know before they write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from placewide.cases.reads.answers import AnswerLine
from placewide.cases.reads.staff import TakesPart
from placewide.cases.reads.timeline import ShownEntry
from placewide.cases.rules.standing import READING
from placewide.people.wording import need_words


def marked(entry: ShownEntry, language: str) -> dict[str, Any]:
    """The language of words that were written in another than the page's (WCAG 2.2, 3.1.2), and that they are."""
    if not entry.language:
        return {"lang": ""}  # HTML's own way to say that nobody knows
    if entry.language == language:
        return {}
    name = language_name(entry.language)
    return {"lang": entry.language, "state": gettext("Written in %(language)s") % {"language": name}}


def answered(answer: AnswerLine, language: str) -> dict[str, Any]:
    """An answer beside its question; one in somebody's own words with their language, where the page has another."""
    row = {"key": answer.question, "value": answer.text.split("\n")}
    return row | ({"lang": answer.language} if answer.language not in ("", language) else {})


def who_reads(parts: Iterable[TakesPart]) -> str:
    """Who of the people of a case can read a message on it, and who of them cannot; by name, before it is written."""
    people = [part for part in parts if part.role != "partner"]
    reading = [part for part in people if part.sees in READING and not part.held]
    others = [part for part in people if part not in reading]
    said = [gettext("Who reads this: %(names)s.") % {"names": _names(reading)}] if reading else []
    said += [gettext("Who does not: %(names)s.") % {"names": _names(others)}] if others else []
    return " ".join(said)


def _names(parts: Iterable[TakesPart]) -> str:
    return ", ".join(dict.fromkeys(part.name or _unnamed(part) for part in parts))


def _unnamed(part: TakesPart) -> str:
    """Somebody who left no name: by email where they left an address, else only where it was sent from."""
    return gettext("whoever sent it, by email") if part.by_email else gettext("whoever sent it, in their own browser")


def readers(parts: Iterable[TakesPart], language: str) -> str:
    """What whoever writes to the people of a case must know of them; empty where there is nothing to know."""
    told = [part for part in parts if part.sees in READING]
    return " ".join(dict.fromkeys(filter(None, (_reader(part, language) for part in told))))


def _reader(part: TakesPart, language: str) -> str:
    name, said = part.name or gettext("The person"), []
    if part.language not in ("", language):
        said.append(
            gettext("%(name)s reads %(language)s. What you write is sent as you write it.")
            % {"name": name, "language": language_name(part.language)}
        )
    if part.needs:
        needs = ", ".join(need_words(need) for need in part.needs)
        said.append(gettext("%(name)s needs: %(needs)s.") % {"name": name, "needs": needs})
    return " ".join(said)


def language_name(language: str) -> str:
    """A language as the reader of the page calls it."""
    known = {"en": gettext("English"), "cy": gettext("Welsh")}
    return known.get(language) or dict(settings.LANGUAGES).get(language, language)
