"""A20: files that are not what they are called, too large, too many, or that say where somebody lives."""

from __future__ import annotations

import io
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from placewide.cases.models import Entry
from placewide.journeys.handlers import dispose_unsent
from placewide.journeys.models import Journey
from placewide.kernel import clock
from placewide.kernel.files.actions import sweep
from placewide.kernel.files.pictures import without_metadata
from placewide.kernel.files.rules import check, media_type, safe_name
from placewide.kernel.files.terms import KINDS, FileRefused
from placewide.kernel.models import StoredFile
from placewide.kernel.terms import SYSTEM
from placewide.services import actions as services
from support.calderbrook import calderbrook
from support.desk import at_the_desk, reported
from support.place import PACKAGES, small_place

SECRET = b"53.7927 -1.5478 Edith"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WHERE = "letters"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    result = io.BytesIO()
    Image.new("RGB", size, "blue").save(result, kind, **options)
    return result.getvalue()


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x010E] = SECRET.decode()
    found.get_ifd(0x8825).update({1: "N", 2: (53.0, 47.0, 12.3), 3: "W", 4: (1.0, 32.0, 11.0)})
    return found


def png_text(**options: Any) -> PngImagePlugin.PngInfo:
    found = PngImagePlugin.PngInfo()
    found.add_itxt("XML:com.adobe.xmp", SECRET.decode(), **options)
    found.add_text("Location", SECRET.decode())
    return found


HIDDEN = {
    "jpeg-exif": picture(exif=exif()),
    "jpeg-comment": picture(comment=SECRET),
    "jpeg-xmp": picture(xmp=SECRET),
    "jpeg-after-the-end": picture() + SECRET,
    "png-exif": picture("PNG", exif=exif()),
    "png-itxt": picture("PNG", pnginfo=png_text()),
    "png-after-the-end": picture("PNG") + SECRET,
    "webp-exif": picture("WEBP", exif=exif()),
    "webp-xmp": picture("WEBP", xmp=SECRET),
    "gif-comment": picture("GIF", comment=SECRET),
}


@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_nothing_hidden_in_a_picture_is_kept(name: str) -> None:
    assert SECRET in HIDDEN[name]
    kept = without_metadata(HIDDEN[name], media_type(HIDDEN[name]))
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert not shown.getexif()
        assert not {"xmp", "comment", "exif", "icc_profile", "XML:com.adobe.xmp"} & set(shown.info), shown.info


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_larger_than_anybody_needs_is_made_smaller(kind: str) -> None:
    with Image.open(io.BytesIO(without_metadata(picture(kind, (6000, 4000)), f"image/{kind.lower()}"))) as kept:
        assert 15_000_000 < kept.width * kept.height <= 16_000_000
        assert abs(kept.width / kept.height - 1.5) < 0.01


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + PDF,
        b"<html><script>alert(1)</script>" + PDF,
        b"PK\x03\x04" + PDF,
        b"#!/bin/sh\n" + PDF,
        b"\x7fELF" + PDF,
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<svg onload=alert(1)>",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"RIFF\0\0\0\0AVI ",
        b"BM\0\0",
    ],
    ids=["exe", "html", "zip", "script", "elf", "svg-xml", "svg", "heic", "avi", "bmp"],
)
def test_what_is_something_else_before_it_is_a_document_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        check(content, frozenset(KINDS.values()))
    assert refused.value.key == "wrong_type"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), data=st.data())
def test_a_picture_damaged_anywhere_is_drawn_or_refused(kind: str, data: st.DataObject) -> None:
    content = bytearray(picture(kind, (16, 16)))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(1, len(content)))]
    try:
        without_metadata(bytes(content), f"image/{kind.lower()}")
    except FileRefused as refused:
        assert refused.key in ("broken", "too_large")


@given(name=st.text(max_size=300))
def test_any_name_is_made_one_that_can_be_shown_and_saved(name: str) -> None:
    safe = safe_name(name, "image/jpeg")
    assert safe.endswith(".jpg") and len(safe) <= 104
    assert not set(safe) & set('/\\<>:"|?*\0\r\n')
    assert all(character.isprintable() for character in safe), ascii(safe)


def claims(width: int, height: int) -> bytes:
    """A picture of a few bytes that says it is as large as that."""
    plain = picture("PNG", (1, 1))
    header = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + plain[24:29]
    return plain[:12] + header + zlib.crc32(header).to_bytes(4, "big") + plain[33:]


@pytest.fixture
def care(db: None) -> tuple[Client, str]:
    place = small_place(clock.now())
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    browser = Client()
    return browser, browser.post("/services/calderbrook/care-needs")["Location"]


def page_of_files(care: tuple[Client, str]) -> str:
    """The address of the page that takes letters, brought on to the path by no answer but its own section's."""
    return f"{care[1]}/page/{WHERE}"


def upload(care: tuple[Client, str], *contents: bytes, name: str = "letter.jpg", **others: Any) -> Any:
    sent = [SimpleUploadedFile(name, content) for content in contents]
    return care[0].post(page_of_files(care), {"letters-upload": sent, "action": "attach"} | others)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ a program", "Choose a photo (JPG, PNG, GIF or WebP) or a PDF"),
        (b"<svg onload=alert(1)>", "Choose a photo (JPG, PNG, GIF or WebP) or a PDF"),
        (b"x" * 10_000_001, "must be smaller than 10 MB"),
        (claims(30_000, 30_000), "too large to open"),
        (picture()[:100], "cannot be opened"),
    ],
    ids=["exe", "svg", "large", "bomb", "cut"],
)
def test_a_page_says_what_is_wrong_with_a_file_and_keeps_those_given_before(
    care: tuple[Client, str], content: bytes, says: str
) -> None:
    first = upload(care, PDF, name="first.pdf")
    assert "first.pdf" in first.text, first.status_code
    kept = str(StoredFile.objects.get().id)
    answer = upload(care, content, letters=kept)
    assert answer.status_code == 422
    assert says in answer.text
    assert "first.pdf" in answer.text, "nothing is lost"
    assert StoredFile.objects.count() == 1


def test_a_file_of_no_bytes_is_said_to_be_empty(care: tuple[Client, str]) -> None:
    assert "empty" in upload(care, b"").text


def test_no_journey_takes_more_than_twenty_files_and_what_was_taken_out_does_not_count(
    care: tuple[Client, str],
) -> None:
    for _ in range(20):
        upload(care, PDF, name="again.pdf")  # each takes the place of the one before: none is kept in the answer
    assert StoredFile.objects.count() == 20
    answer = upload(care, PDF, name="one-more.pdf")
    assert "one-more.pdf" in answer.text
    assert StoredFile.objects.count() == 1
    ids: list[str] = []
    for _ in range(21):
        answer = upload(care, PDF, letters=ids)
        ids = [str(one) for one in StoredFile.objects.values_list("id", flat=True)]
    assert "up to 20 files in all" in answer.text
    assert len(ids) == 20


def test_what_is_far_too_large_is_refused_before_it_is_read(client: Client) -> None:
    for path, kind in (("/look", "text/html"), ("/api/v1/adoptions", "application/problem+json")):
        answer = client.generic("POST", path, b"x", CONTENT_LENGTH="99999999999")
        assert answer.status_code == 413
        assert answer["Content-Type"].startswith(kind)


def test_files_go_with_the_journey_that_was_never_sent(care: tuple[Client, str]) -> None:
    upload(care, PDF)
    dispose_unsent(clock.now() + timedelta(days=1))
    assert StoredFile.objects.count() == 1
    dispose_unsent(clock.now() + timedelta(days=60))
    assert (StoredFile.objects.count(), Journey.objects.count()) == (0, 0)


def test_a_photo_given_with_a_step_that_was_not_complete_is_still_there(settings: Any, db: None) -> None:
    """Tom chooses a photo and forgets what he saw: he need not choose it again, and may take it away."""
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    place = calderbrook()
    reference, browser = reported(Client()).reference, at_the_desk(place.staff["priya"])
    where, sent = f"/staff/case/{reference}/step", {"step": "look", "seen": ""}
    photo = SimpleUploadedFile("gate.jpg", picture())
    again = browser.post(where, sent | {"seen_photos-upload": photo})
    assert again.status_code == 422
    assert "gate.jpg" in again.text
    kept = str(StoredFile.objects.get().id)
    without = browser.post(where, sent | {"seen_photos": kept, "remove": kept})
    assert without.status_code == 200
    assert "gate.jpg" not in without.text
    strange = "01890000-0000-7000-8000-000000000000"
    done = browser.post(where, sent | {"seen": "The gate is locked", "seen_photos": [kept, strange]})
    assert done.status_code == 302, done.text
    assert Entry.objects.get(step="look").written["files"] == [kept], "and nobody else's"
    assert "gate.jpg" in browser.get(f"/staff/case/{reference}").text
    sweep(clock.now() + timedelta(days=30))
    assert StoredFile.objects.count() == 1, "it belongs to the case now"
