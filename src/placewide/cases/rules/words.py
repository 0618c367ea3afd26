"""Sentences about a case, in every language of its package, with the particulars filled in and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from placewide.kernel.clock import legal_date
from placewide.services import rules
from placewide.services.rules.wording import STAFF
from placewide.services.terms import Package
from placewide.ui.wording import plain_date

_LINES = ("line_1", "line_2", "town", "postcode")  # of an address that was typed


def every_language(
    package: Package, key: str, told: Mapping[str, object], organisation: Mapping[str, str]
) -> dict[str, str]:
    """One sentence in each language the package speaks: what is kept is what was shown.

    ``told`` holds particulars; instants are written as days. ``organisation`` is its name by language.
    """
    return {
        language: say(package, key, language, {**told, "organisation": in_language(organisation, language)})
        for language in package.languages
    }


def for_both(package: Package, key: str, told: Mapping[str, object], organisation: Mapping[str, str]) -> dict[str, str]:
    """A line of the timeline in each language, and as staff read it (``en@staff``) where that is put otherwise."""
    staff = every_language(package, f"{key}@{STAFF}", told, organisation)
    return every_language(package, key, told, organisation) | {f"{lang}@{STAFF}": t for lang, t in staff.items() if t}


def to_staff(kept: Mapping[str, str], language: str) -> str:
    """The kept sentence as staff read it."""
    return kept.get(f"{language}@{STAFF}") or in_language(kept, language)


def naming(kept: Mapping[str, str], whom: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """The same line of the timeline; staff read who was asked behind it, where it does not say so itself."""
    unsaid = [lang for lang in languages if in_language(whom, lang) not in to_staff(kept, lang)]
    named = {
        f"{lang}@{STAFF}": f"{to_staff(kept, lang).removesuffix('.')}: {in_language(whom, lang)}." for lang in unsaid
    }
    return {**kept, **named}


def to_do_in(package: Package, case_type: str, state: str) -> dict[str, str]:
    """What staff do while a case is in a state; where it waits for somebody else, that it does."""
    words = f"cases.{case_type}.states.{state}"
    said = every_language(package, f"{words}.task", {}, {})
    return said if any(said.values()) else every_language(package, f"{words}.staff", {}, {})


def say(
    package: Package,
    key: str,
    language: str,
    told: Mapping[str, object],
    answers: Mapping[str, object] | None = None,
    *,
    heard: bool = True,
) -> str:
    """One sentence of the package about a case; instants become days in words, particulars by language are chosen."""
    particulars = {name: _plain(value, language) for name, value in told.items()}
    return rules.sentence(package, key, language, particulars, known=answers, heard=heard)


def _plain(value: object, language: str) -> object:
    if isinstance(value, datetime):
        return plain_date(legal_date(value), language)
    if isinstance(value, Mapping):
        return in_language(value, language)
    return "" if value is None else value


def in_language(kept: Mapping[str, str], language: str) -> str:
    """The kept sentence in a language, or in the first there is; empty if none."""
    return kept.get(language) or next(iter(kept.values()), "")


def address_line(address: Mapping[str, Any] | None) -> str:
    """An address answer on one line; empty for none."""
    if not address:
        return ""
    if address.get("text"):
        return str(address["text"])
    return ", ".join(str(address[part]) for part in _LINES if address.get(part))


def state_words(
    package: Package, case_type: str, state: str, what: str, *, language: str, told: Mapping[str, object]
) -> str:
    """What the package says of a state: to the "resident", to "staff", what is "next"."""
    return say(package, f"cases.{case_type}.states.{state}.{what}", language, told)
