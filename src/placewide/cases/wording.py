"""What the platform itself says about cases, in every language of a package, from the catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, gettext_noop, override

WRITTEN_SUBJECT = gettext_noop("You have a message")
WRITTEN_BODY = gettext_noop(
    "%(organisation)s has written to you about %(reference)s.\n\nRead and answer it here: %(link)s"
)
RING = gettext_noop("Ring the person: they asked to be told by phone")
READ_MESSAGE = gettext_noop("Read a message from the resident")
ACT_FOR_OTHERS = gettext_noop("Act for another organisation")


def in_languages(languages: Iterable[str], message: str) -> dict[str, str]:
    """One of the sentences above by language."""
    said: dict[str, str] = {}
    for language in languages:
        with override(language):
            said[language] = gettext(message)
    return said


def filled(sentences: Mapping[str, str], language: str, told: Mapping[str, object]) -> str:
    """The sentence in a language with its particulars."""
    return (sentences.get(language) or next(iter(sentences.values()))) % dict(told)
