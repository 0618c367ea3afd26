"""Show that something is in the ledger, that the ledger only ever grew, that it stands."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from placewide.kernel.change import changing, leaf_hash
from placewide.kernel.ledger import merkle, notes
from placewide.kernel.ledger.origin import opened, origin, signed
from placewide.kernel.ledger.terms import Proof, Receipt, Verification
from placewide.kernel.models import Checkpoint, LedgerEntry
from placewide.kernel.terms import Act, Actor

_RECEIPT = "placewide.receipt/1"
_MOST_PROBLEMS = 20


class NotSealed(Exception):
    """The entry is not numbered yet: its receipt stands for it, within a minute the proof will."""


def receipt(entry_id: UUID) -> Receipt:
    """Signed at once, sealed or not; one statement. Raises LedgerEntry.DoesNotExist."""
    entry = LedgerEntry.objects.only("id", "leaf", "at").get(pk=entry_id)
    leaf = bytes(entry.leaf)
    encoded = base64.b64encode(leaf).decode()
    text = f"{_RECEIPT}\n{origin()}\n{entry.id}\n{encoded}\n{entry.at.isoformat()}\n"
    return Receipt(entry.id, leaf, signed(text))


def receipt_holds(note: str) -> bool:
    """Whether this node signed the receipt, and its ledger holds that entry with that leaf."""
    try:
        kind, name, entry_id, leaf, _ = opened(note, origin()).splitlines()
    except (notes.NoteForged, ValueError):
        return False
    entry = LedgerEntry.objects.filter(pk=entry_id).only("leaf").first()
    known = (kind, name) == (_RECEIPT, origin()) and entry is not None
    return known and base64.b64encode(bytes(entry.leaf)).decode() == leaf  # type: ignore[union-attr]


def prove(entry_id: UUID) -> Proof:
    """That an entry is in the ledger as last signed. Raises NotSealed, LedgerEntry.DoesNotExist."""
    entry = LedgerEntry.objects.only("number", "leaf").get(pk=entry_id)
    if entry.number is None:
        raise NotSealed
    last = Checkpoint.objects.order_by("-size")[0]
    path = merkle.inclusion_proof(_leaves(last.size), entry.number)
    return Proof(entry.number, bytes(entry.leaf), tuple(path), last.size, bytes(last.root), last.note)


def prove_growth(earlier: int, later: int) -> tuple[bytes, ...]:
    """The RFC 9162 consistency proof between two sizes: nothing was taken out or changed. Raises IndexError."""
    return tuple(merkle.consistency_proof(_leaves(later), earlier))


def erase(entry_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Forget what an entry says, for good; that there was one stays proved. The erasure is an entry of its own."""
    with changing(actor=actor, now=now) as change:
        entry = LedgerEntry.objects.only("id", "organisation_id").get(pk=entry_id)
        LedgerEntry.objects.filter(pk=entry_id).update(record=None, salt=None)
        change.record(Act("ledger.erased", entry.organisation_id, entry.id))


def verify() -> Verification:
    """Compute the whole ledger again: every leaf from its record, every checkpoint's root and signature."""
    problems: list[str] = []
    frontier: merkle.Frontier = []
    erased = size = 0
    checkpoints = iter(Checkpoint.objects.order_by("size").iterator())
    awaited, seen = next(checkpoints, None), 0
    for entry in LedgerEntry.objects.filter(number__isnull=False).order_by("number").iterator(2000):
        if entry.number != size:
            problems.append(f"entry {size} is missing")
            break
        erased += entry.record is None
        problems += _entry_problems(entry)
        frontier, size = merkle.extend(frontier, [bytes(entry.leaf)]), size + 1
        if awaited and awaited.size == size:
            problems += _checkpoint_problems(awaited, merkle.root_of(frontier))
            awaited, seen = next(checkpoints, None), seen + 1
    if awaited:
        problems.append(f"a checkpoint was signed over {awaited.size} entries, but there are {size}")
    unsealed = LedgerEntry.objects.filter(number__isnull=True).count()
    return Verification(size, seen, erased, unsealed, tuple(problems[:_MOST_PROBLEMS]))


def _entry_problems(entry: LedgerEntry) -> Iterator[str]:
    if entry.record is None:
        return
    if entry.salt is None or leaf_hash(bytes(entry.salt), entry.record) != bytes(entry.leaf):
        yield f"entry {entry.number} does not say what it said when it was recorded"


def _checkpoint_problems(checkpoint: Checkpoint, root: bytes) -> Iterator[str]:
    """A node that has moved signed its older checkpoints under its older name: the note says which."""
    name = checkpoint.note.split("\n", 1)[0]
    try:
        signed_for = notes.read_checkpoint(opened(checkpoint.note, name))
    except notes.NoteForged:
        yield f"the checkpoint over {checkpoint.size} entries is not signed by this node"
        return
    if signed_for[1:] != (checkpoint.size, root):
        yield f"the entries are not those that were signed at {checkpoint.size}"


def _leaves(size: int) -> list[bytes]:
    rows = LedgerEntry.objects.filter(number__lt=size).order_by("number").values_list("leaf", flat=True)
    return [bytes(leaf) for leaf in rows.iterator(5000)]
