"""Signed notes, and the checkpoints written as such.

https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint: other nodes and ordinary witnesses can read and
cosign them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

_ED25519 = b"\x01"
_MARK = "\u2014 "  # em dash, space


class NoteForged(Exception):
    """Not signed by the key that was asked for, or changed since."""


def sign(text: str, name: str, key: SigningKey) -> str:
    """The note with its signature line. ``text`` ends with a newline; ``name`` has neither spaces nor plus signs."""
    signature = key_hash(name, key.verify_key) + key.sign(text.encode()).signature
    return f"{text}\n{_MARK}{name} {base64.b64encode(signature).decode()}\n"


def open_note(note: str, name: str, key: VerifyKey) -> str:
    """The text of a note that ``name`` signed with ``key``; other signatures are passed over. Raises NoteForged."""
    text, blank, lines = note.rpartition("\n\n")
    if not blank:
        raise NoteForged("no signatures")
    text += "\n"
    wanted = key_hash(name, key)
    for line in lines.splitlines():
        signer, _, encoded = line.removeprefix(_MARK).partition(" ")
        if signer == name and _verifies(text, encoded, wanted, key):
            return text
    raise NoteForged(f"not signed by {name}")


def key_hash(name: str, key: VerifyKey) -> bytes:
    """The four bytes that name a key in a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + key.encode()).digest()[:4]


def verifier(name: str, key: VerifyKey) -> str:
    """The public key as others keep it: ``name+hash+key``."""
    return f"{name}+{key_hash(name, key).hex()}+{base64.b64encode(_ED25519 + key.encode()).decode()}"


def checkpoint(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint: whose ledger, how many entries, which root."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """Origin, size and root of a checkpoint's text. Raises NoteForged for anything else."""
    try:
        origin, size, root = text.splitlines()[:3]
        return origin, int(size), base64.b64decode(root, validate=True)
    except ValueError as fault:
        raise NoteForged("not a checkpoint") from fault


def _verifies(text: str, encoded: str, wanted: bytes, key: VerifyKey) -> bool:
    try:
        signature = base64.b64decode(encoded, validate=True)
        key.verify(text.encode(), signature[4:])
    except (binascii.Error, BadSignatureError, ValueError):
        return False
    return signature[:4] == wanted
