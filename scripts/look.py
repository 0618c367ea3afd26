"""``make look``: a picture of every page of tests/look.toml, two widths, two languages, and one contact sheet.

Starts a demo node of its own in ``var/look/node``, and ends it. Pictures and ``sheet.png`` come into ``var/look``. A
page that answers with a fault it was not asked for, or is wider than its window, is named, and the script ends with 1.
A row may say ``path``, ``name``, ``state``, ``sign_in`` (a demo person's email), ``staff`` (bool), ``follow`` (a CSS
selector: the first match is clicked), ``do`` (a list of such selectors, clicked in turn in a window of its own; two
together in a list: the second is written into, chosen from or, for a file, taken as its name; lists in a list: the
first that leads to a page with a form), ``after`` (the name of the row whose page it goes on from), ``status`` (200
where not said; a page under /ui/fault-… may be anything).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "look.toml"
OUT = ROOT / "var" / "look"
NODE = OUT / "node"
WIDTHS = (1280, 360)
LANGUAGES = ("en", "cy")
PATIENCE = 300.0  # seconds until the node must answer
LIMIT = 1500.0  # seconds for everything
_OF_ANOTHER = {"DATABASE_URL", "SMTP_URL", "PLACEWIDE_NAME"}  # a node that is tested has its own
_PATIENT = 15_000  # milliseconds for one click
TALLEST = 2400  # pixels of a picture
CELL = {1280: (480, 620), 360: (170, 620)}  # pixels in the sheet


@contextmanager
def demo_node(port: int, folder: Path = NODE) -> Iterator[str]:
    """The address of a demo place in ``folder``; ended with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / "output"
    command = [sys.executable, "-m", "placewide", "run", "--port", str(port), "--workers", "1", "--until-parent-ends"]
    with output.open("wb") as said:
        process = subprocess.Popen(command, env=_of(folder), stdout=said, stderr=said, stdin=subprocess.DEVNULL)
    try:
        yield _when_ready(process, output)
    finally:
        process.terminate()
        process.wait(30)


def _when_ready(process: subprocess.Popen[bytes], output: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"ready at (\S+)", output.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.2)
    raise SystemExit(f"look: the demo did not start\n{output.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def rows() -> list[dict[str, Any]]:
    """The rows of the list; one that goes on from another's page has that one's way in front of its own."""
    every: dict[str, dict[str, Any]] = {}
    for row in tomllib.loads(LIST.read_text(encoding="utf-8"))["page"]:
        before = every[row["after"]] if "after" in row else {}
        known = {key: before[key] for key in ("path", "sign_in", "staff", "follow") if key in before}
        every[row["name"]] = known | row | {"steps": [*before.get("steps", ()), *_own_steps(row)]}
    return list(every.values())


def chains(shown: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Rows that go on from the row before them stand together: they are walked in one window, once."""
    found: list[list[Mapping[str, Any]]] = []
    for row in shown:
        if found and row.get("after") == found[-1][-1]["name"]:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _own_steps(row: Mapping[str, Any]) -> list[Any]:
    return ([row["follow"]] if row.get("follow") else []) + list(row.get("do", ()))


def _of(folder: Path) -> dict[str, str]:
    """What tells a process to be of this node."""
    environment = {key: value for key, value in os.environ.items() if key not in _OF_ANOTHER}
    return environment | {
        "PLACEWIDE_VAR": str(folder),
        "PLACEWIDE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "placewide.web.settings",
    }


def sessions(shown: Iterable[Mapping[str, Any]], folder: Path = NODE) -> dict[str, str]:
    """The session cookie of every person of the rows: email → cookie, as if they had signed in just now.

    Made by a process of its own: this one may hold a browser, or another node's settings.
    """
    people = {row["sign_in"]: bool(row.get("staff")) for row in shown if row.get("sign_in")}
    if not people:
        return {}
    command = [sys.executable, __file__, "--sessions", json.dumps(people)]
    said = subprocess.run(command, env=_of(folder), capture_output=True, check=True, text=True).stdout
    return dict(json.loads(said))


def session_of(email: str, *, staff: bool) -> str:
    """One person's session, made in this process, which is of the node."""
    from django.conf import settings
    from django.contrib.auth import get_user_model, login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from placewide.identity import staff_session
    from placewide.kernel.clock import now

    request = HttpRequest()
    request.session = SessionStore()
    request.user = user = get_user_model().objects.get(email=email)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if staff:
        staff_session.begin(request, now())
    request.session.save()
    return str(request.session.session_key)


def _tell_sessions(people: Mapping[str, bool]) -> int:
    import django

    django.setup()
    print(json.dumps({email: session_of(email, staff=staff) for email, staff in people.items()}))
    return 0


def pictures(address: str, shown: Sequence[Mapping[str, Any]], until: float) -> Iterator[tuple[str, str]]:
    """Take each picture; yields name and what is wrong with the page, or an empty text."""
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser_path:
        raise SystemExit("look: chromium is missing. Install it: sudo apt install chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    cookies = sessions(shown)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        for width in WIDTHS:
            for chain in chains(shown):
                cookie = cookies.get(chain[0].get("sign_in", ""), "")
                for language in LANGUAGES:
                    if time.monotonic() > until:
                        yield f"{chain[0]['name']}-{language}-{width}", "not taken: the time is over"
                        continue
                    with _window(browser, address, width, cookie) as page:
                        yield from _taken(page, chain, language, width)
        browser.close()


@contextmanager
def _window(browser: Any, address: str, width: int, cookie: str) -> Iterator[Any]:
    """One of its own for each chain: what one leaves in it is nothing to the next."""
    window = browser.new_context(viewport={"width": width, "height": 900}, base_url=address)
    if cookie:
        window.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    yield window.new_page()
    window.close()


def _taken(page: Any, chain: Sequence[Mapping[str, Any]], language: str, width: int) -> Iterator[tuple[str, str]]:
    """The pictures of one chain. Ends at the first row that cannot be walked to."""
    for place, row in enumerate(chain):
        name = f"{row['name']}-{language}-{width}"
        try:
            answer = go_on(page, row["do"], language) if place else walk(page, row, language)
        except Exception as fault:
            yield name, f"cannot be walked to: {str(fault).splitlines()[-1].strip()}"
            return
        page.evaluate("document.fonts.ready")
        page.screenshot(path=OUT / f"{name}.png", full_page=True)
        yield name, _wrong_with(page, row, answer)


def _wrong_with(page: Any, row: Mapping[str, Any], answer: Any) -> str:
    """``answer``: of the address a chain begins with; None where steps led here."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    expected = row.get("status", 200)
    if answer and answer.status != expected and "/ui/fault-" not in row["path"]:
        return f"answers {answer.status}, not {expected}"
    return f"is {wide} pixels wider than its window" if wide > 0 else ""


def walk(page: Any, row: Mapping[str, Any], language: str) -> Any:
    """Go to the row's page as a visitor would from the start; returns the answer to its first address."""
    answer = page.goto(row["path"] if language == "en" else f"/{language}{row['path']}")
    go_on(page, row["steps"], language)
    return answer


def go_on(page: Any, steps: Iterable[Any], language: str) -> None:
    """Take the steps. A link from a mail opens in the mail's language: who wants the other one switches."""
    for step in steps:
        _take(page, step)
    switch = page.locator(f"header a[hreflang={language}]")
    if switch.count():
        _take(page, f"header a[hreflang={language}]")


def _take(page: Any, step: Any) -> None:
    """Click, or write or choose. Whether a click leads on, only the page knows: it is waited for if it does."""
    if isinstance(step, str):
        page.locator(step).first.click(timeout=_PATIENT)
        page.wait_for_load_state()
        return
    if isinstance(step[0], list):
        _first_that_leads_on(page, step)
        return
    field = page.locator(step[0]).first
    if field.evaluate("e => e.tagName", timeout=_PATIENT) == "SELECT":
        field.select_option(step[1], timeout=_PATIENT)
    elif field.get_attribute("type") == "file":
        field.set_input_files({"name": step[1], "mimeType": "image/png", "buffer": _photo()}, timeout=_PATIENT)
    else:
        field.fill(step[1], timeout=_PATIENT)


def _photo() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (80, 60), "white").save(buffer, "PNG")
    return buffer.getvalue()


def _first_that_leads_on(page: Any, ways: Sequence[Sequence[Any]]) -> None:
    """Which answer leads on may depend on the day: of two bins, one was just collected."""
    start = page.url
    for way in ways:
        page.goto(start)
        for step in way:
            _take(page, step)
        if page.locator("main form").count():
            return


def sheet(shown: Sequence[Mapping[str, Any]]) -> Path:
    """All pictures on one: a row for each page, both widths in both languages beside each other."""
    label, gap, columns = 34, 16, 2
    cells = [(width, language) for width in WIDTHS for language in LANGUAGES]
    wide = sum(CELL[width][0] + gap for width, _ in cells) + gap
    tall = max(height for _, height in CELL.values()) + label + gap
    lines = -(-len(shown) // columns)
    whole = Image.new("RGB", (wide * columns, tall * lines + gap), "#6f767b")
    draw = ImageDraw.Draw(whole)
    font = ImageFont.load_default(22)
    for place, row in enumerate(shown):
        left, top = place % columns * wide + gap, place // columns * tall + gap
        draw.text((left, top), f"{row['name']}  ({row.get('state', 'full')})", fill="white", font=font)
        for width, language in cells:
            path = OUT / f"{row['name']}-{language}-{width}.png"
            if path.exists():
                whole.paste(_thumbnail(path, CELL[width]), (left, top + label))
            left += CELL[width][0] + gap
    whole.save(OUT / "sheet.png", optimize=True)
    return OUT / "sheet.png"


def _thumbnail(path: Path, size: tuple[int, int]) -> Image.Image:
    with Image.open(path) as picture:
        scale = size[0] / picture.width
        small = picture.convert("RGB").resize(
            (size[0], max(1, round(min(picture.height, TALLEST) * scale))),
            box=(0, 0, picture.width, min(picture.height, TALLEST)),
        )
    return small.crop((0, 0, size[0], min(size[1], small.height)))


def main() -> int:
    parser = argparse.ArgumentParser(description="Pictures of every page.")
    parser.add_argument("--only", default="", help="names that begin with this")
    parser.add_argument("--address", default="", help="a demo that runs already; otherwise one is started")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--sessions", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.sessions:
        return _tell_sessions(json.loads(told.sessions))
    shown = [row for row in rows() if row["name"].startswith(told.only)]
    OUT.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    if told.address:
        wrong = _report(pictures(told.address, shown, started + LIMIT))
    else:
        with demo_node(told.port) as address:
            wrong = _report(pictures(address, shown, started + LIMIT))
    print(f"{sheet(shown)}: {len(shown)} pages in {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


def _report(taken: Iterator[tuple[str, str]]) -> int:
    wrong = [f"{name} {what}" for name, what in taken if what]
    for line in wrong:
        print(f"look: {line}", file=sys.stderr)
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
