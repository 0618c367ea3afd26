"""Pure rules of a case: what sending a journey opens, what taking a step changes, what somebody sees."""

from placewide.cases.rules.opening import Makers, open_cases
from placewide.cases.rules.standing import due_at, seen_since, shows, version, widest
from placewide.cases.rules.stepping import step, steps_for
from placewide.cases.rules.telling import tell
from placewide.cases.rules.words import address_line, every_language, in_language, say, state_words

__all__ = [
    "Makers",
    "address_line",
    "due_at",
    "every_language",
    "in_language",
    "open_cases",
    "say",
    "seen_since",
    "shows",
    "state_words",
    "step",
    "steps_for",
    "tell",
    "version",
    "widest",
]
