"""The Merkle tree of RFC 9162 §2.1: roots, and proofs that an entry is in it or that one tree goes on from another.

Pure. A tree is the sequence of its leaf hashes, which already carry their 0x00 prefix (see ``change.leaf_hash``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256().digest()
Frontier = list[tuple[int, bytes]]  # (leaves, root) of the complete subtrees, largest first


def node(left: bytes, right: bytes) -> bytes:
    """§2.1.1: ``HASH(0x01 || left || right)``."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def extend(frontier: Frontier, leaves: Iterable[bytes]) -> Frontier:
    """The frontier after more leaves: two subtrees of one size become one."""
    grown = list(frontier)
    for leaf in leaves:
        grown.append((1, leaf))
        while len(grown) > 1 and grown[-2][0] == grown[-1][0]:
            (size, left), (_, right) = grown[-2:]
            grown[-2:] = [(size * 2, node(left, right))]
    return grown


def root_of(frontier: Frontier) -> bytes:
    """The root of the whole tree: subtrees are joined from the smallest."""
    if not frontier:
        return EMPTY
    result = frontier[-1][1]
    for _, left in reversed(frontier[:-1]):
        result = node(left, result)
    return result


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle Tree Hash of §2.1.1."""
    return root_of(extend([], leaves))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """§2.1.3.1: the hashes that lead from leaf ``index`` to the root, nearest first."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    cut = _split(len(leaves))
    if index < cut:
        return [*inclusion_proof(leaves[:cut], index), root(leaves[cut:])]
    return [*inclusion_proof(leaves[cut:], index - cut), root(leaves[:cut])]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """§2.1.3.2: whether the proof leads from the leaf to the root of a tree of ``size``."""
    if not 0 <= index < size:
        return False
    place, last, result = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            result = node(step, result)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            result = node(result, step)
        place, last = place >> 1, last >> 1
    return last == 0 and result == root


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """§2.1.4.1: the hashes that show that the tree of the first ``earlier`` leaves is the beginning of this one."""
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof(leaves, earlier, whole=True)


def is_consistent(earlier: int, later: int, earlier_root: bytes, later_root: bytes, proof: Sequence[bytes]) -> bool:
    """§2.1.4.2: whether the proof shows that the later tree begins with the earlier one."""
    if earlier == later:
        return not proof and earlier_root == later_root
    if not 0 < earlier < later:
        return False
    path = [earlier_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = earlier - 1, later - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node(step, old), node(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old == earlier_root and new == later_root


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    cut = _split(len(leaves))
    if earlier <= cut:
        return [*_subproof(leaves[:cut], earlier, whole=whole), root(leaves[cut:])]
    return [*_subproof(leaves[cut:], earlier - cut, whole=False), root(leaves[:cut])]
