"""Search forgives one slip a word, and shows nobody what is another's."""

import string
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from placewide.kernel import search
from placewide.kernel.models import SearchEntry as Row
from placewide.kernel.search import SearchEntry, words_of

COUNCIL, OTHER = UUID(int=1), UUID(int=2)
pytestmark = pytest.mark.django_db

words = st.text(string.ascii_lowercase, min_size=4, max_size=14)


def add(text: str, *, kind: str = "case", organisation_id: UUID = COUNCIL, scope_id: UUID | None = None) -> UUID:
    object_id = uuid4()
    search.index([SearchEntry(kind, object_id, organisation_id, text, scope_id)])
    return object_id


def find(text: str, **options) -> list[UUID]:
    return search.find("case", COUNCIL, text, **options)


@st.composite
def slips(draw) -> tuple[str, str]:
    """A word, and the same with one letter left out, added, mistaken or swapped with its neighbour."""
    word = draw(words)
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    head, at, tail = word[:place], word[place], word[place + 1 :]
    typed = draw(
        st.sampled_from([head + tail, head + letter + at + tail, head + letter + tail, head + tail[:1] + at + tail[1:]])
    )
    assume(len(typed) >= 4)
    return word, typed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(slips())
def test_one_slip_in_a_word_is_forgiven(case):
    word, typed = case
    wanted = add(f"Mr {word}, 12 Mill Lane")
    assert wanted in find(typed, limit=200)
    assert wanted in find(f"{typed} mill", limit=200)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_search_and_never_a_fault(text):
    add(text)
    find(text)
    find(text, scope_ids=[uuid4()])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Siân Tŷ Gwyn, Heol y Felin", "sian ty gwyn"),
        ("Sian Ty Gwyn", "Siân Tŷ"),
        ("12 Mill Lane, CB1 2XY", "cb12xy"),
        ("12 Mill Lane, CB12XY", "CB1 2XY"),
        ("7K2P-9QXM-4 Missed bin", "7k2p9qxm4"),
        ("7K2P-9QXM-4 Missed bin", "7k2p-9qxm-4"),
        ("Edith Hale 07700 900123", "07700900123"),
        ("Edith Hale +44 7700 900123", "07700 900 123"),
        ("Patrick O'Neill", "oneill"),
        ("Patrick O’Neill", "O'Neil"),
        ("Calderbrook Carers", "calderbr"),
        ("Anne-Marie Hale", "marie hale"),
    ],
)
def test_writing_it_another_way_finds_it(text, asked):
    wanted = add(text)
    assert find(asked) == [wanted]


def test_every_word_must_be_there():
    add("Edith Hale, 12 Mill Lane")
    assert find("Edith Bloggs") == []
    assert find("13 Mill Lane") == []
    assert find("!?") == []


def test_what_is_spelt_the_same_comes_first():
    near, exact, nearer = add("Edith Hales"), add("Edith Hale"), add("Edita Hale")
    assert find("edith hale")[0] == exact
    assert set(find("edith hale")) == {near, exact, nearer}


def test_another_organisation_or_kind_is_not_found():
    add("Edith Hale", organisation_id=OTHER)
    add("Edith Hale", kind="person")
    assert find("Edith Hale") == []


def test_what_belongs_to_a_team_is_found_by_that_team():
    waste, care = uuid4(), uuid4()
    everyones, of_waste, of_care = add("Mill Lane"), add("Mill Lane", scope_id=waste), add("Mill Lane", scope_id=care)
    assert set(find("mill", scope_ids=[waste])) == {everyones, of_waste}
    assert set(find("mill", scope_ids=[])) == {everyones}
    assert set(find("mill")) == {everyones, of_waste, of_care}


def test_a_new_text_replaces_the_old_and_what_is_forgotten_is_gone():
    case = add("Edith Hale")
    search.index([SearchEntry("case", case, COUNCIL, "Ruth Winter")])
    assert find("Edith") == []
    assert find("Winter") == [case]
    search.forget("case", [case])
    assert find("Winter") == []
    assert not Row.objects.exists()


def test_one_index_call_may_name_a_thing_twice():
    case = uuid4()
    search.index([SearchEntry("case", case, COUNCIL, text) for text in ("first", "second")])
    assert find("second") == [case]
    search.index([])


def test_words_are_plain():
    assert words_of("Tŷ'r Ysgol, 4a (the flat)") == ["tyr", "ysgol", "4a", "the", "flat"]


@pytest.mark.sqlite
def test_once_purged_no_word_of_what_was_forgotten_is_left_in_the_index() -> None:
    gone = add("Quillberry")
    for number in range(20):
        add(f"Mill Lane {number}")

    def left() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM kernel_search_words_data")
            return any(b"uillberry" in bytes(block) for (block,) in cursor.fetchall())

    search.forget("case", [gone])
    assert left(), "it was only marked as gone"
    search.purge()
    assert not left()
    assert len(search.find("case", COUNCIL, "mill lane")) == 20
