"""The words of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from placewide.kernel.terms import Unseen


class AccessNeed(StrEnum):
    """What somebody needs so that they can read, hear, understand or answer. A closed list, so that all act on it.

    After the Accessible Information Standard, DAPB1605: identify, record, flag, share, meet.
    https://www.england.nhs.uk/about/equality/equality-hub/patient-equalities-programme/equality-frameworks-and-information-standards/accessibleinfo/
    """

    LARGE_PRINT = "large-print"
    EASY_READ = "easy-read"
    BRAILLE = "braille"
    AUDIO = "audio"
    BSL = "bsl"
    TEXT_RELAY = "text-relay"
    HEARING_LOOP = "hearing-loop"
    INTERPRETER = "interpreter"
    SOMEONE_WITH_ME = "someone-with-me"
    BY_PHONE = "by-phone"
    BY_LETTER = "by-letter"

    @classmethod
    def among(cls, values: Iterable[str]) -> tuple[AccessNeed, ...]:
        """Those of the values that are on the list; a package may offer "none of these" beside them."""
        return tuple(cls(value) for value in values if value in set(cls))


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody as an organisation comes to know them. The caller makes the id: one plan says who takes part in what."""

    id: UUID
    organisation_id: UUID
    name: str = ""
    email: str = ""
    phone: str = ""
    address: Mapping[str, Any] = field(default_factory=dict)  # {"text": …, "uprn": …, "postcode": …}
    born_on: date | None = None
    language: str = "en"
    access_needs: tuple[AccessNeed, ...] = ()
    user_id: UUID | None = None  # their own account, where they were signed in


class NotFound(Unseen):
    """There is none that the viewer may see."""
