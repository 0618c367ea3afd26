"""Under which name this node signs, and with which keys it may have done so."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from nacl.signing import VerifyKey

from placewide.kernel import keys
from placewide.kernel.ledger import notes


def origin() -> str:
    """The ledger's name: the node's address without its scheme, as C2SP recommends."""
    return f"{urlsplit(settings.ADDRESS).netloc}/ledger"


def signed(text: str) -> str:
    """A note signed with the node's newest key."""
    return notes.sign(text, origin(), keys.signing_key())


def opened(note: str, name: str) -> str:
    """The text of a note that any key of this node's ring signed as ``name``. Raises NoteForged."""
    for number in reversed(keys.numbers()):
        try:
            return notes.open_note(note, name, verify_key(number))
        except notes.NoteForged:
            continue
    raise notes.NoteForged(f"no key of this node signed as {name}")


def verify_key(number: int | None = None) -> VerifyKey:
    """A public key of this node: the newest, or that of key ``number``."""
    return keys.signing_key(number).verify_key
