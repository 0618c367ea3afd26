"""Ids are made by the caller: UUIDv7 for rows, short random references for people to read out."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

import uuid_utils.compat

# Crockford's Base 32 leaves out I, L, O and U: nothing is mistaken for a digit, no rude words.
# https://www.crockford.com/base32.html
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = ALPHABET + "*~$=U"
_ALIKE = str.maketrans("OIL", "011")
_REFERENCE_LENGTH = 8


def new_id() -> UUID:
    """A time-ordered id (UUIDv7, RFC 9562)."""
    return uuid_utils.compat.uuid7()


def first_id_at(instant: datetime) -> UUID:
    """Not above any id of :func:`new_id` made at ``instant`` or later (RFC 9562 §5.7: 48 bits of milliseconds)."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)


def new_opaque_id() -> UUID:
    """An id that says nothing, not even when it was made, and cannot be guessed (122 random bits)."""
    return uuid_utils.compat.uuid4()


def new_token() -> str:
    """A secret that cannot be guessed (256 bits), for links and cookies; store only its digest."""
    return secrets.token_urlsafe(32)


def new_reference() -> str:
    """A random public reference such as ``7K2P-9QXM-T``: eight characters and one that checks them.

    Random, so that a reference says nothing about how many cases there are and cannot be guessed in order.
    """
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(_REFERENCE_LENGTH))
        check = check_character(body)
        if check in ALPHABET:
            return f"{body[:4]}-{body[4:]}-{check}"


def check_character(body: str) -> str:
    """Crockford's check character: the number modulo 37. Finds every single slip and every swap of neighbours."""
    number = 0
    for character in body:
        number = number * 32 + ALPHABET.index(character)
    return _CHECK[number % 37]


def parse_reference(text: str) -> str | None:
    """The reference as stored, from what a person typed (``7k2p 9qxm 4``, O for 0); None if it cannot be one."""
    body = "".join(c for c in text.upper().translate(_ALIKE) if c in ALPHABET)
    if len(body) != _REFERENCE_LENGTH + 1 or check_character(body[:-1]) != body[-1]:
        return None
    return f"{body[:4]}-{body[4:8]}-{body[8]}"
