"""Files: what is taken, what is taken out of it, who may see it, how it is served."""

import io
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PIL import Image, PngImagePlugin

from placewide.kernel import clock, files
from placewide.kernel.files import FileRefused
from placewide.kernel.files import store as files_store
from placewide.kernel.files.actions import attach, sweep
from placewide.kernel.files.serving import serve
from placewide.kernel.models import StoredFile
from placewide.kernel.terms import GUEST, Actor, ActorKind, Viewer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COUNCIL = UUID(int=1)
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    result = io.BytesIO()
    image.save(result, kind, **options)
    return result.getvalue()


def with_location(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 47.0, 12.3), 3: "W", 4: (1.0, 32.0, 11.0)})
    return picture(exif=exif)


def keep(content: bytes, name: str = "photo.jpg", **options) -> files.KeptFile:
    return files.keep(content, name=name, organisation_id=COUNCIL, **({"actor": GUEST, "now": NOW} | options))


def content(kept: files.KeptFile) -> bytes:
    found = files.content_of(kept.id)
    assert found
    return found[1]


def test_a_photo_loses_where_and_how_it_was_taken():
    original = with_location()
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)
    stored = content(keep(original))
    assert not Image.open(io.BytesIO(stored)).getexif()
    assert b"CameraMaker" not in stored
    assert b"Exif" not in stored


def test_a_photo_held_sideways_is_stored_upright():
    stored = Image.open(io.BytesIO(content(keep(with_location(orientation=6)))))  # turn right by a quarter
    assert stored.size == (40, 60)
    top, bottom = stored.getpixel((20, 5)), stored.getpixel((20, 55))
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


def test_a_comment_hidden_in_a_png_is_gone():
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "Edith lives here")
    stored = content(keep(picture("PNG", pnginfo=note), "map.png"))
    assert b"Edith" not in stored
    assert Image.open(io.BytesIO(stored)).getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_kind_of_picture_is_kept_as_what_it_is(kind):
    kept = keep(picture(kind), "holiday.bmp")
    assert kept.media_type == f"image/{kind.lower()}"
    assert kept.name == {"JPEG": "holiday.jpg"}.get(kind, f"holiday.{kind.lower()}")
    assert Image.open(io.BytesIO(content(kept))).format == kind


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (b"", "empty"),
        (b"x" * 10_000_001, "too_large"),
        (b"MZ\x90\x00 a program", "wrong_type"),
        (b"<html><script>alert(1)</script>", "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        (picture()[:200], "broken"),
        (b"\xff\xd8\xff" + b"rubbish" * 20, "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "broken"),
        (PDF[:-8], "broken"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(given, key, store):
    with pytest.raises(FileRefused) as refused:
        keep(given)
    assert refused.value.key == key
    assert not StoredFile.objects.exists()
    assert not list(store.glob("*/*"))


def test_a_refusal_says_how_large_is_too_large():
    with pytest.raises(FileRefused) as refused:
        keep(picture(), largest=100)
    assert refused.value.particulars["largest"] == 100


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 1_000_000
    with pytest.raises(FileRefused) as refused:
        keep(bomb.getvalue())
    assert refused.value.key in {"too_large", "broken"}


def test_only_the_kinds_asked_for_are_taken():
    assert keep(PDF, "letter.pdf").media_type == "application/pdf"
    with pytest.raises(FileRefused) as refused:
        keep(PDF, kinds=frozenset({files.IMAGE}))
    assert (refused.value.key, refused.value.particulars) == ("wrong_type", {"found": "application/pdf"})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\Mum's letter.PDF", "Mum's letter.pdf"),
        ("llythyr y tŷ.pdf", "llythyr y tŷ.pdf"),
        ("photo.jpg", "photo.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("", "file.pdf"),
        (".pdf", "file.pdf"),
        ("x" * 300, "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_fits_the_type(given, kept):
    assert keep(PDF, given).name == kept


def test_content_and_name_are_unreadable_on_disk_and_in_the_database(store):
    keep(PDF, "Edith Hale.pdf")
    (stored,) = store.glob("*/*")
    assert b"PDF" not in stored.read_bytes()
    assert stored.stat().st_mode & 0o077 == 0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM kernel_storedfile")
        assert b"Edith" not in bytes(cursor.fetchone()[0])


def test_the_same_content_is_stored_once(store):
    first, second = keep(PDF, "a.pdf"), keep(PDF, "b.pdf")
    assert first.id != second.id
    assert len(list(store.glob("*/*"))) == 1


def test_content_is_swept_once_nobody_refers_to_it(store):
    first, second = keep(PDF, "a.pdf"), keep(picture())
    files.forget(first.id, actor=GUEST, now=NOW)
    assert sweep(clock.now()) == 0  # something just stored may belong to a change not yet committed
    for stored in store.glob("*/*"):
        age(stored)
    assert sweep(clock.now()) == 1
    assert content(second)


def age(stored: Path) -> None:
    os.utime(stored, (time.time() - 100_000,) * 2)


def test_content_that_is_given_again_while_it_is_swept_stays(store):
    """Somebody gives the same photo again after the sweep has seen that nobody refers to it."""
    place = files_store.store()
    place.put("ab12", b"a photo")
    age(store / "ab" / "ab12")
    a_day_ago = clock.now() - timedelta(days=1)
    assert place.older_than(a_day_ago) == ["ab12"]
    place.put("ab12", b"a photo")
    assert not place.delete_old("ab12", a_day_ago)
    assert place.get("ab12") == b"a photo"
    age(store / "ab" / "ab12")
    assert place.delete_old("ab12", a_day_ago)
    assert not place.delete_old("ab12", a_day_ago)
    place.put("ab12", b"a photo")
    assert place.get("ab12") == b"a photo"


def test_what_an_upload_left_that_was_killed_half_way_is_swept(store):
    kept = keep(PDF, "a.pdf")
    (stored,) = store.glob("*/*")
    left, begun = stored.with_name(".0011223344556677"), stored.with_name(".8899aabbccddeeff")
    for draft in (left, begun):
        draft.write_bytes(b"half a ph")
    age(left)
    age(stored)
    assert sweep(clock.now()) == 0
    assert (left.exists(), begun.exists()) == (False, True), "another may be writing it this moment"
    assert content(kept) == PDF


def test_who_may_see_a_file():
    me, journey = uuid4(), uuid4()
    kept = keep(picture(), actor=Actor(ActorKind.RESIDENT, me), about_id=journey)
    assert files.file(Viewer(user_id=me), kept.id)
    assert files.file(Viewer(grants=frozenset({journey})), kept.id)
    assert files.file(Viewer(uuid4(), COUNCIL), kept.id)
    assert files.file(Viewer(uuid4(), uuid4()), kept.id) is None
    assert files.file(Viewer(user_id=uuid4()), kept.id) is None
    assert files.file(Viewer(), kept.id) is None


def test_files_follow_from_the_journey_to_its_case():
    case = uuid4()
    kept = keep(picture(), about_id=uuid4())
    attach([kept.id], case, actor=GUEST, now=NOW)
    assert [file.id for file in files.files_about(Viewer(grants=frozenset({case})), case)] == [kept.id]


def test_a_file_is_served_so_that_nothing_in_it_can_run():
    answer = serve(keep(picture()).id)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("inline")


def test_what_is_not_a_picture_is_saved_not_shown():
    answer = serve(keep(PDF, "llythyr y tŷ.pdf").id)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
