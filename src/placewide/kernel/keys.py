"""The node's keys: a ring of numbered key files, kept apart from the database and its backups.

Each file holds 32 random bytes. A key for one purpose is derived from it (HKDF-SHA256, RFC 5869), so that what was
sealed for one purpose does not open for another. The newest key seals; every key on the ring opens.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from nacl import bindings, exceptions, signing

from placewide.kernel.once import write_once

_FORMAT = b"\x01"
_ID_LENGTH = 4
_NONCE_LENGTH = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_HEAD = len(_FORMAT) + _ID_LENGTH + _NONCE_LENGTH


class KeyMissing(Exception):
    """The key this was sealed with is not on the ring: restore it from where the operator keeps key copies."""


class SealBroken(Exception):
    """What is to be opened was not sealed by this node for this purpose, or was changed since."""


def seal(data: bytes, *, purpose: str) -> bytes:
    """Encrypt with the newest key (XChaCha20-Poly1305, random nonce); 45 bytes longer than ``data``."""
    number = max(_ring())
    head = _FORMAT + _identity(number)
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    key = _derived(number, f"seal:{purpose}")
    return head + nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(data, head, nonce, key)


def open_sealed(sealed: bytes, *, purpose: str) -> bytes:
    """What :func:`seal` was given. Raises KeyMissing or SealBroken."""
    if len(sealed) < _HEAD or sealed[:1] != _FORMAT:
        raise SealBroken
    head, nonce = sealed[: 1 + _ID_LENGTH], sealed[1 + _ID_LENGTH : _HEAD]
    key = _derived(_number_of(head[1:]), f"seal:{purpose}")
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[_HEAD:], head, nonce, key)
    except exceptions.CryptoError as fault:
        raise SealBroken from fault


def pseudonym(text: str, *, purpose: str) -> str:
    """A stable name that only this node can link back (HMAC-SHA256, 32 hex digits). Rotation does not change it."""
    made = hmac.HMAC(_derived(min(_ring()), f"pseudonym:{purpose}"), hashes.SHA256())
    made.update(text.encode())
    return made.finalize().hex()[:32]


def signing_key(number: int | None = None) -> signing.SigningKey:
    """The Ed25519 key this node signs with: the newest, or that of a given key of the ring. Raises KeyMissing."""
    ring = _ring()
    chosen = max(ring) if number is None else number
    if chosen not in ring:
        raise KeyMissing(f"key {chosen} is not on the ring")
    return signing.SigningKey(_derived(chosen, "sign"))


def numbers() -> tuple[int, ...]:
    """The numbers of the keys on the ring, oldest first."""
    return tuple(sorted(_ring()))


def rotate() -> int:
    """Add a key, which seals and signs from now on; returns its number. Running processes notice at their restart."""
    number = max(_ring()) + 1
    _make(_folder() / f"{number}.key")
    forget_ring()
    return number


def forget_ring() -> None:
    """Read the ring again when it is next needed."""
    _read_ring.cache_clear()
    _derived_from.cache_clear()


def _folder() -> Path:
    return Path(settings.KEYS_ROOT)


def _ring() -> dict[int, bytes]:
    return _read_ring(settings.KEYS_ROOT)


@lru_cache(maxsize=4)
def _read_ring(place: Path | str) -> dict[int, bytes]:
    """The first use of a new node makes the first key."""
    folder = Path(place)
    if not list(folder.glob("*.key")):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(folder / "1.key")
    return {int(path.stem): base64.b64decode(path.read_text("ascii"), validate=True) for path in folder.glob("*.key")}


def _make(path: Path) -> None:
    write_once(path, base64.b64encode(secrets.token_bytes(32)).decode())


def _identity(number: int) -> bytes:
    return hashlib.sha256(b"placewide key" + _ring()[number]).digest()[:_ID_LENGTH]


def _number_of(identity: bytes) -> int:
    for reread in (False, True):
        if reread:
            forget_ring()  # another process may have rotated
        for number in _ring():
            if _identity(number) == identity:
                return number
    raise KeyMissing(f"no key on the ring begins with {identity.hex()}")


def _derived(number: int, purpose: str) -> bytes:
    return _derived_from(_ring()[number], purpose)


@lru_cache(maxsize=256)
def _derived_from(master: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"placewide/{purpose}".encode()).derive(master)
