"""What a file is to the rooms that take one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

IMAGE = "image"
DOCUMENT = "document"
LARGEST = 10_000_000  # bytes: a photo from any phone
MOST_FILES = 20  # for one journey, one submission, one step of a case
MOST_IN_ALL = 50_000_000  # bytes of them together
MOST_PIXELS = 60_000_000  # a picture that unpacks to more is refused before it is unpacked
KEPT_PIXELS = 16_000_000  # a larger one is made smaller: enough to read a letter by, and quick to open

# Media type → kind. Anything else is refused: what a browser might run is never taken.
KINDS: Mapping[str, str] = {
    "image/jpeg": IMAGE,
    "image/png": IMAGE,
    "image/webp": IMAGE,
    "image/gif": IMAGE,
    "application/pdf": DOCUMENT,
}
ENDINGS: Mapping[str, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
}


class FileRefused(Exception):
    """This file cannot be kept. ``key`` finds the sentence that says what to do.

    Keys: ``empty``; ``too_large`` (particulars ``size``, ``largest`` in bytes, or ``pixels``, ``most_pixels``);
    ``too_many_in_all`` (``most``); ``too_large_in_all`` (``most`` in bytes);
    ``wrong_type`` (``found``: media type or empty); ``broken`` (begins as what it claims, but cannot be opened).
    """

    def __init__(self, key: str, **particulars: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.particulars = particulars


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What pages and other rooms know of a file."""

    id: UUID
    organisation_id: UUID
    about_id: UUID | None
    name: str  # safe to show and to offer for saving; its ending fits the type
    media_type: str
    size: int  # bytes
    kept_at: datetime

    @property
    def is_image(self) -> bool:
        return KINDS.get(self.media_type) == IMAGE
