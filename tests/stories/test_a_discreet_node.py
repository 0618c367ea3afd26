"""A whole node that writes down all it can: nothing anybody sent stands in what it prints, logs or leaves readable."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from placewide.identity.rules import code_at
from placewide.identity.terms import DEMO_PASSWORD
from placewide.messages.mailbox.server import Mailbox
from support.calderbrook import MILL_LANE_12, SECRET
from support.caller import Caller
from support.killed import ask
from support.node import Node, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
# No word of these stands anywhere in the software or the demo.
NAME, EMAIL, PHONE = "Zeb Quillfeather", "zeb@quillfeather.example", "07700 900 981"
TEXT, BORN, POSTCODE = "Marmaladesecret at night", "1931-02-17", "QZ9 9QZ"
MARKS = ("quillfeather", "07700 900 981", "07700900981", "7700900981", "marmaladesecret", "qz9 9qz", "qz99qz", BORN)
OPEN = ("marmaladesecret", "qz9 9qz", "qz99qz")  # what no column keeps readable
# Where an address or a name must be readable: to find somebody, to write to them, to let them sign in.
FINDABLE = {"people_person", "kernel_searchentry", "kernel_search_words", "messages_message", "identity_user"}
_LINK = re.compile(r"http://\S+/(?:case/open|journeys/return)/(?P<token>[\w-]+)")


@pytest.fixture
def node(tmp_path: Path, free_port: int) -> Iterator[Node]:
    var = tmp_path / "var"
    var.mkdir()
    talkative = {
        "GRANIAN_LOG_ACCESS_ENABLED": "true",
        "GRANIAN_LOG_LEVEL": "debug",
    }
    environment = {"PLACEWIDE_VAR": str(var), "PLACEWIDE_DEMO": "1", **talkative}
    ask("make", environment)
    running = Node(var, free_port, environment=environment)
    yield running
    running.process.kill()
    running.process.wait()
    wait_until(running.is_gone)


def test_whatever_is_sent_and_whatever_fails_nothing_personal_is_written_down(node: Node) -> None:
    address = node.address()
    case, resident = _report(address, node.folder)
    _write_and_err(resident, case)
    tokens = _follow_links(address, node.folder)
    officer = _officer(address)
    _work(officer, case)
    _programs(address)
    reference = _broken(officer, node.folder)
    node.process.terminate()
    node.process.wait(30)
    written = {path.name: path.read_text(errors="replace") for path in _written(node.folder)}
    assert reference in written["web-server.log"], "a fault is found in the log by its reference"
    assert "POST" in written["web-server.log"], "requests are logged"
    for mark in (*MARKS, *tokens):
        lines = [f"{name}: {line}" for name, text in written.items() for line in text.splitlines()]
        assert [line for line in lines if mark in line.lower()] == [], mark
    _database_tells_nothing(node.folder / "placewide.sqlite3", tokens)


def _written(folder: Path) -> list[Path]:
    """What the node printed and logged, and all other files but the database, the mail and the files people gave."""
    aside = ("placewide.sqlite3", "mailbox", "files", "keys", "__pycache__")
    return [path for path in folder.rglob("*") if path.is_file() and not any(part in str(path) for part in aside)]


def _report(address: str, folder: Path) -> tuple[str, Caller]:
    """A missed bin by the pages, with wrong answers on the way; returns its reference."""
    resident = Caller(address)
    resident.once("/")
    for path, sent in (
        ("/look", {"postcode": POSTCODE}),
        ("/look", {"postcode": TEXT}),
        ("/search", {"words": NAME}),
    ):
        assert resident.post(path, **sent)[0] in (200, 422), path
    resident.once("/services/calder-vale/missed-bin")
    resident.post("/services/calder-vale/missed-bin")
    journey = resident.at.rsplit("/page/", 1)[0].removeprefix(address)
    resident.post(f"{journey}/page/address", **{"address-line1": NAME, "address-postcode": POSTCODE})
    resident.post(f"{journey}/page/address", **{"address-uprn": str(MILL_LANE_12)})
    resident.post(f"{journey}/page/which-bin", bin=TEXT)
    resident.post(f"{journey}/page/which-bin", bin="refuse")
    assert resident.post(f"{journey}/page/contact", contact_email=NAME, contact_phone=TEXT)[0] == 422
    resident.post(f"{journey}/page/contact", contact_email=EMAIL, contact_phone=PHONE)
    status, text = resident.post(f"{journey}/send")
    assert status == 200
    found = re.search(r"/case/([0-9A-Z-]{11})", text)
    assert found
    return found[1], resident


def _write_and_err(resident: Caller, case: str) -> None:
    resident.once(f"/case/{case}")
    assert resident.post(f"/case/{case}/write", message=TEXT)[0] == 200
    assert resident.post(f"/case/{case}/write", message=TEXT * 400)[0] == 422
    stranger = Caller(resident.address)
    stranger.once("/sign-in")
    for path, sent in (
        (f"/case/{case}/link", {}),
        (f"/case/{case}/link", {}),
        (f"/case/{case}/write", {"message": TEXT}),
        ("/sign-in", {"email": EMAIL}),
        ("/sign-in/code", {"code": TEXT}),
        ("/staff/sign-in", {"login": EMAIL, "password": TEXT}),
        ("/nowhere", {"name": NAME, "text": TEXT}),
    ):
        assert stranger.post(path, **sent)[0] < 500, path
    for path in (
        "/case/Zeb-Quillfeather",
        "/services/quillfeather/07700900981",
        "/api/v1/quillfeather?who=quillfeather",
    ):
        stranger.once(path)  # somebody typed it there


def _follow_links(address: str, folder: Path) -> set[str]:
    """Every link in the mail is opened, used, and opened again; returns their tokens, used or not."""

    def links() -> set[str]:
        mails = [mail for _, mail in Mailbox(folder / "mailbox").mails()]
        return {m[0] for mail in mails for m in _LINK.finditer(_words(mail))}

    wait_until(lambda: len(links()) >= 2)
    for link in sorted(links())[1:]:
        browser = Caller(address)
        assert browser.once(link)[0] == 200
        assert browser.post(link.removeprefix(address))[0] == 200
        assert Caller(address).once(link)[0] == 410
    Caller(address).once(sorted(links())[0])  # seen, not used: it still opens the case
    Caller(address).once(f"/case/open/{TEXT.replace(' ', '-')}")
    return {link.rsplit("/", 1)[1].lower() for link in links()}


def _words(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def _officer(address: str) -> Caller:
    officer = Caller(address)
    officer.once("/staff/sign-in")
    officer.post("/staff/sign-in", login="priya@staff.example", password=TEXT)
    officer.post("/staff/sign-in", login="priya@staff.example", password=DEMO_PASSWORD)
    officer.post("/staff/sign-in/second-step", code=code_at(SECRET, time.time()))
    assert 'name="password"' not in officer.once("/staff")[1]
    return officer


def _work(officer: Caller, case: str) -> None:
    page = f"/staff/case/{case}"
    officer.once(page)
    for path, sent in (
        ("/staff/search", {"words": NAME}),
        (f"{page}/note", {"note": TEXT}),
        (f"{page}/write", {"message": TEXT}),
        (f"{page}/step", {"step": TEXT, "reason": NAME}),
        (f"{page}/step", {"step": "ask-for-more", "what_is_needed": TEXT}),
        (f"{page}/warn", {"text": TEXT, "review_on": TEXT}),
        (f"{page}/assign", {"to": NAME}),
        ("/staff/case/Zeb-Quillfeather/note", {"note": TEXT}),
    ):
        assert officer.post(path, **sent)[0] < 500, path


def _programs(address: str) -> None:
    """The same by the API: refused, and misshapen."""
    program = Caller(address)
    adoptions = json.loads(program.once("/api/v1/adoptions")[1])["adoptions"]
    for each in adoptions:
        for body in ({"answers": {"cared_for_name": NAME, "cared_for_born": BORN, TEXT: TEXT}}, [NAME], {NAME: TEXT}):
            headers = {"Content-Type": "application/json", "Idempotency-Key": f"quillfeather-{'x' * 20}"}
            where = f"/api/v1/adoptions/{each['id']}/submissions"
            status, text = program.once(where, json.dumps(body).encode(), headers)
            assert 400 <= status < 500, text


def _broken(officer: Caller, folder: Path) -> str:
    """Somebody has spoilt the database: a page says so, with a reference that the log has too."""
    with closing(sqlite3.connect(folder / "placewide.sqlite3", timeout=20)) as database:
        database.execute("ALTER TABLE kernel_rememberedquery RENAME TO spoilt")
        database.commit()
    officer.worst = 500
    status, text = officer.post("/staff/search", words=f"{NAME} {TEXT}")
    assert status == 500
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b", text)
    assert found, text[-2000:]
    return found[0]


def _database_tells_nothing(path: Path, tokens: set[str]) -> None:
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows: dict[str, list[Any]] = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    kept = {name: "\n".join(str(value) for row in table for value in row).lower() for name, table in rows.items()}
    assert "quillfeather" in kept["people_person"], "the database is the one that was written to"
    for name, text in kept.items():
        marks = OPEN if name in FINDABLE else MARKS
        assert [mark for mark in (*marks, *tokens) if mark in text] == [], name
