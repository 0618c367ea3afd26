"""Nothing personal in logs, addresses, error pages, the outbox or the ledger, whatever is sent and whatever fails."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, connection
from django.test import Client

from placewide.cases.models import Case
from placewide.kernel import clock
from placewide.kernel.logs import Discreet
from placewide.kernel.outbox import work_until_quiet
from placewide.services import reads as services
from support.api import care_answers, send
from support.calderbrook import Calderbrook, calderbrook
from support.desk import at_the_desk, reported
from support.place import MILL_LANE_12

pytestmark = pytest.mark.django_db
# No word of these stands anywhere in the software.
MARKS = ("Quillfeather", "quillfeather", "07700 900 981", "7700900981", "Marmaladesecret", "1931-02-17")
NAME, EMAIL, PHONE, TEXT = "Zeb Quillfeather", "zeb@quillfeather.example", "07700 900 981", "Marmaladesecret at night"


class Watch:
    """What was logged, and every address that was led to or linked."""

    def __init__(self) -> None:
        self.log, self.addresses = io.StringIO(), list[str]()

    def seen(self, answer: Any) -> Any:
        self.addresses += [answer.headers.get("Location", "")]
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            reader = _Links()
            reader.feed(answer.content.decode())
            self.addresses += reader.found
        return answer


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action")]


class Watched(Client):
    """A browser whose every address is watched."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(raise_request_exception=False)
        self.watch = watch

    def request(self, **given: Any) -> Any:
        return self.watch.seen(super().request(**given))


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch, root = Watch(), logging.getLogger()
    handler, before = logging.StreamHandler(watch.log), root.level
    handler.setFormatter(Discreet())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield watch
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def place(settings: Any, watch: Watch) -> Calderbrook:
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SMTP_URL = "smtp://127.0.0.1:9"  # nobody there: deliveries fail, again and again
    return calderbrook()


def clean(text: str, where: str) -> None:
    found = [(mark, text[max(0, text.find(mark) - 200) :][:500]) for mark in MARKS if mark in text]
    assert not found, f"{where}: {found}"


def test_what_people_send_stands_in_no_log_address_outbox_or_ledger(place: Calderbrook, watch: Watch) -> None:
    resident = Watched(watch)
    case = reported(resident, email=EMAIL, phone=PHONE)
    _write_everywhere(resident, place, case, watch)
    _care(place)
    _at_the_door(resident)
    for days in range(5):
        work_until_quiet(clock.now() + timedelta(days=days))
    clean(watch.log.getvalue(), "log")
    assert "messages.deliver failed" in watch.log.getvalue(), "the log is watched"
    clean("\n".join(watch.addresses), "addresses")
    for table in ("kernel_event", "kernel_delivery", "kernel_ledgerentry", "kernel_keptanswer", "tasks_task"):
        clean(_all_of(table), table)


def _write_everywhere(resident: Client, place: Calderbrook, case: Case, watch: Watch) -> None:
    desk = Watched(watch)
    desk.cookies = at_the_desk(place.staff["priya"]).cookies
    photo = SimpleUploadedFile(f"{NAME}.pdf", b"MZ")
    for browser, path, sent in (
        (resident, f"/case/{case.reference}/write", {"message": TEXT}),
        (resident, f"/case/{case.reference}/write", {"message": TEXT * 200}),
        (desk, f"/staff/case/{case.reference}/write", {"message": TEXT}),
        (desk, f"/staff/case/{case.reference}/note", {"note": TEXT}),
        (desk, f"/staff/case/{case.reference}/step", {"step": "look", "seen": TEXT, "seen_photos-upload": photo}),
        (desk, f"/staff/case/{case.reference}/step", {"step": "ask-for-more", "what_is_needed": TEXT}),
        (desk, f"/staff/case/{case.reference}/step", {"step": TEXT, "reason": TEXT, "why": TEXT}),
        (desk, f"/staff/case/{case.reference}/assign", {"to": NAME}),
        (desk, "/staff/assign", {"tick": NAME, "to": NAME, "inbox": NAME}),
        (desk, "/staff/search", {"words": NAME}),
    ):
        assert browser.post(path, sent).status_code < 500, path


def _care(place: Calderbrook) -> None:
    address = {"uprn": str(MILL_LANE_12)}
    told = care_answers(applicant_name=NAME, cared_for_name=NAME, cared_for_born="1931-02-17", home_address=address)
    live = services.live(place.county.id, "care-needs")
    told |= {"applicant_email": EMAIL, "applicant_phone": PHONE}
    known = {question.id for page in live.package.pages for question in page.questions}
    keys = known | {page.id.replace("-", "_") for page in live.package.pages if page.repeat}
    answer = send(live, {name: value for name, value in told.items() if name in keys}, key=f"a-key-{'x' * 20}")
    assert answer.status_code in (201, 422), answer.content
    send(live, {**told, "unknown": TEXT}, key=f"another-key-{'x' * 20}")


def _at_the_door(browser: Client) -> None:
    for path, sent in (
        ("/look", {"postcode": TEXT}),
        ("/search", {"words": TEXT}),
        ("/sign-in", {"email": EMAIL}),
        ("/sign-in/code", {"code": TEXT}),
        ("/staff/sign-in", {"login": EMAIL, "password": TEXT}),
        ("/staff/sign-in?next=/staff", {"login": TEXT, "password": TEXT}),
    ):
        assert browser.post(path, sent).status_code in (200, 302, 422, 503), path
    for path in (f"/{NAME}", f"/case/{NAME}", f"/services/{NAME}", f"/journeys/return/{NAME}", f"/files/{NAME}"):
        Client().get(path)  # somebody typed it there: the page may lead back to it, the log may not have it
        Client(enforce_csrf_checks=True).post(path, {"name": NAME})
    Client(headers={"Host": "quillfeather.example"}).get("/")


def test_a_fault_is_found_in_the_log_by_its_reference_and_says_nothing_else(
    place: Calderbrook, watch: Watch, monkeypatch: Any
) -> None:
    browser = Watched(watch)
    with monkeypatch.context() as broken:
        broken.setattr("django.db.backends.utils.CursorWrapper.execute", _refuse)
        answer = browser.post("/look", {"postcode": TEXT})
    assert answer.status_code == 500
    clean(answer.text, "error page")
    log = watch.log.getvalue()
    clean(log, "log")
    reference = next(line.rpartition(" ")[2] for line in log.splitlines() if "fault shown to a person" in line)
    assert reference in answer.text
    assert "django.db.utils.DataError" in log, "what it was"
    assert "front_door.py" in log, "and where"


def _refuse(*given: Any, **named: Any) -> None:
    raise DataError(f"value too long: {TEXT} of {NAME} <{EMAIL}>")


def _all_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return repr(cursor.fetchall())
