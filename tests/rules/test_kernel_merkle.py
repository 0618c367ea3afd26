"""The ledger's tree: known answers, and properties for every small tree."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from placewide.kernel.ledger import merkle, notes
from placewide.kernel.ledger.notes import NoteForged

# Leaves and roots that implementations of RFC 6962 and 9162 check themselves against (certificate-transparency's
# merkletree tests): eight entries, and the root of the first n of them.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves(size: int) -> list[bytes]:
    return [hashlib.sha256(b"\x00" + n.to_bytes(4)).digest() for n in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_standards_examples(size):
    hashed = [hashlib.sha256(b"\x00" + entry).digest() for entry in ENTRIES[:size]]
    assert merkle.root(hashed).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert merkle.root([]).hex() == hashlib.sha256(b"").hexdigest()


@given(st.integers(1, 200).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_every_entry_is_proved_to_be_in_its_tree(case):
    size, index = case
    tree = leaves(size)
    proof = merkle.inclusion_proof(tree, index)
    assert merkle.is_included(tree[index], index, size, proof, merkle.root(tree))


@given(st.integers(1, 120).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))), st.data())
def test_no_proof_serves_another_entry_place_or_tree(case, data):
    size, index = case
    tree, proof = leaves(size), merkle.inclusion_proof(leaves(size), index)
    root = merkle.root(tree)
    other = data.draw(st.integers(0, size + 3).filter(lambda n: n != index))
    assert not merkle.is_included(b"x" * 32, index, size, proof, root)
    assert not merkle.is_included(tree[index], other, size, proof, root)
    assert not merkle.is_included(tree[index], index, size, [*proof, b"x" * 32], root)
    assert not merkle.is_included(tree[index], index, size, proof, b"x" * 32)


@given(st.integers(1, 120).flatmap(lambda size: st.tuples(st.just(size), st.integers(1, size))))
def test_a_grown_tree_is_proved_to_go_on_from_the_earlier(case):
    later, earlier = case
    tree = leaves(later)
    proof = merkle.consistency_proof(tree, earlier)
    old, new = merkle.root(tree[:earlier]), merkle.root(tree)
    assert merkle.is_consistent(earlier, later, old, new, proof)


@given(st.integers(2, 80).flatmap(lambda size: st.tuples(st.just(size), st.integers(1, size - 1))), st.data())
def test_a_tree_whose_past_was_changed_is_found_out(case, data):
    later, earlier = case
    tree = leaves(later)
    forged = [*tree]
    forged[data.draw(st.integers(0, earlier - 1))] = b"x" * 32
    proof = merkle.consistency_proof(forged, earlier)
    assert not merkle.is_consistent(earlier, later, merkle.root(tree[:earlier]), merkle.root(forged), proof)


@given(st.lists(st.integers(0, 40), max_size=6))
def test_a_frontier_grown_bit_by_bit_has_the_root_of_the_whole(parts):
    frontier = []
    tree = leaves(sum(parts))
    start = 0
    for part in parts:
        frontier = merkle.extend(frontier, tree[start : start + part])
        start += part
    assert merkle.root_of(frontier) == merkle.root(tree)


def test_a_signed_note_opens_with_its_key_only():
    key, other = SigningKey(b"k" * 32), SigningKey(b"o" * 32)
    text = notes.checkpoint("place.example/ledger", 3, b"r" * 32)
    note = notes.sign(text, "place.example/ledger", key)
    assert notes.open_note(note, "place.example/ledger", key.verify_key) == text
    assert notes.read_checkpoint(text) == ("place.example/ledger", 3, b"r" * 32)
    for name, verify_key, changed in (
        ("place.example/ledger", other.verify_key, note),
        ("other.example/ledger", key.verify_key, note),
        ("place.example/ledger", key.verify_key, note.replace("\n3\n", "\n4\n")),
        ("place.example/ledger", key.verify_key, text),
    ):
        with pytest.raises(NoteForged):
            notes.open_note(changed, name, verify_key)


def test_a_note_cosigned_by_others_still_opens():
    key, witness = SigningKey(b"k" * 32), SigningKey(b"w" * 32)
    text = notes.checkpoint("place.example/ledger", 3, b"r" * 32)
    theirs = notes.sign(text, "witness.example", witness).splitlines()[-1]
    note = notes.sign(text, "place.example/ledger", key) + theirs + "\n"
    assert notes.open_note(note, "place.example/ledger", key.verify_key) == text
    assert notes.open_note(note, "witness.example", witness.verify_key) == text


def test_a_key_is_named_as_the_signed_note_specification_does():
    """https://c2sp.org/signed-note, its example: PeterNeumann's key and its hash."""
    encoded = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    import base64

    from nacl.signing import VerifyKey

    name, key_hash, key = encoded.split("+", 2)
    verify_key = VerifyKey(base64.b64decode(key)[1:])
    assert notes.key_hash(name, verify_key).hex() == key_hash
    assert notes.verifier(name, verify_key) == encoded
