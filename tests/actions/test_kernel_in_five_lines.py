"""Each part of the kernel, used in five lines."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from PIL import Image

from placewide.kernel import files, idempotency, ids, keys, paging, search
from placewide.kernel.change import changing
from placewide.kernel.files.serving import serve
from placewide.kernel.idempotency import Answer
from placewide.kernel.search import SearchEntry
from placewide.kernel.search_queries import remember_query, remembered_query
from placewide.kernel.terms import GUEST, Viewer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_what_is_sealed_opens_again_for_its_own_purpose_only():
    sealed = keys.seal(b"tea at four", purpose="answers")
    assert b"tea" not in sealed
    assert keys.open_sealed(sealed, purpose="answers") == b"tea at four"
    with pytest.raises(keys.SealBroken):
        keys.open_sealed(sealed, purpose="records")


def test_the_same_request_sent_twice_is_answered_the_same():
    for expected in (None, Answer(201, {"reference": "7K2P"})):
        with changing(actor=GUEST, now=NOW):
            assert idempotency.once("guest POST /api", "key-1", b"d" * 32, now=NOW) == expected
            idempotency.remember("guest POST /api", "key-1", Answer(201, {"reference": "7K2P"}))


def test_a_photo_is_kept_and_served():
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(photo, "JPEG")
    kept = files.keep(photo.getvalue(), name="leak.jpg", organisation_id=uuid4(), actor=GUEST, now=NOW)
    assert serve(kept.id)["Content-Type"] == "image/jpeg"


def test_a_name_is_found_though_it_is_spelt_wrong():
    council, case = uuid4(), uuid4()
    search.index([SearchEntry("case", case, council, "Edith Hale, 12 Mill Lane, CB1 2XY")])
    assert search.find("case", council, "edit Hael") == [case]
    assert search.find("case", council, "Edith Bloggs") == []
    assert search.find("case", uuid4(), "Edith Hale") == []


def test_a_cursor_comes_back_as_the_key_it_was_made_from():
    key = (NOW, ids.new_id(), 3, "x", None)
    text = paging.cursor(*key, of="tasks")
    assert paging.key_of(text, of="tasks") == key
    with pytest.raises(paging.CursorForged):
        paging.key_of(text, of="cases")


def test_search_words_are_remembered_for_the_person_who_sent_them():
    viewer = Viewer(user_id=uuid4(), organisation_id=uuid4())
    query_id = remember_query(viewer, " Dunn Mill ", now=NOW)
    assert remembered_query(viewer, query_id, now=NOW) == "Dunn Mill"
    assert remembered_query(Viewer(user_id=uuid4()), query_id, now=NOW) is None
    assert remembered_query(viewer, query_id, now=NOW + timedelta(hours=13)) is None
