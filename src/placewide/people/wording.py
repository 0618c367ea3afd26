"""Access needs as people read them."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from placewide.people.terms import AccessNeed

_WORDS = {
    AccessNeed.LARGE_PRINT: gettext_noop("Large print"),
    AccessNeed.EASY_READ: gettext_noop("Easy Read"),
    AccessNeed.BRAILLE: gettext_noop("Braille"),
    AccessNeed.AUDIO: gettext_noop("Audio"),
    AccessNeed.BSL: gettext_noop("British Sign Language"),
    AccessNeed.TEXT_RELAY: gettext_noop("Text relay"),
    AccessNeed.HEARING_LOOP: gettext_noop("Hearing loop"),
    AccessNeed.INTERPRETER: gettext_noop("Interpreter"),
    AccessNeed.SOMEONE_WITH_ME: gettext_noop("Somebody with them"),
    AccessNeed.BY_PHONE: gettext_noop("Ring, do not write"),
    AccessNeed.BY_LETTER: gettext_noop("Write by post"),
}


def need_words(need: str) -> str:
    """One access need, in the language of the page."""
    return gettext(_WORDS[AccessNeed(need)]) if need in set(AccessNeed) else need
