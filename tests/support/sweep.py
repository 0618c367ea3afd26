"""Every page of a list, walked to in the demo place as ``make look`` does, and held to what any page must bear.

Each row of tests/look.toml is walked in English, in Welsh, and once more where no script may run. Asked of each page:
axe, 320 pixels, one h1, a title of its own that says it, the right ``lang``, no script or style in the page,
focus that shows and goes down the page, sound HTML, and on a Welsh page no sentence of the English one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from house.code import ROOT, script
from support.browser import axe, keyboard_order, no_overflow, valid_html

look = script("look")
words = script("words")

Row = Mapping[str, Any]
DESKTOP = {"width": 1280, "height": 900}
SMALL = {"width": 320, "height": 800}
_OPAQUE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|\b\d+\b")
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|<[^>]*\son[a-z]+=|javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """One page in one language."""

    name: str
    path: str  # with every id left out
    title: str
    heading: str
    html: str
    texts: frozenset[str]  # every sentence that is said to be in the page's own language


def rows() -> list[Row]:
    """All rows of the contact sheet."""
    return list(tomllib.loads((ROOT / "tests" / "look.toml").read_text(encoding="utf-8"))["page"])


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """The address of a demo place made for this test, as ``make run`` makes it."""
    with look.demo_node(8765, folder) as address:
        yield address


def sweep(browser: Any, address: str, folder: Path, wanted: Sequence[Row]) -> list[str]:
    """Walk each row; returns everything that is wrong, each line with its page."""
    sessions = look.sessions(wanted, folder)
    wrong: list[str] = []
    english, welsh = [], []
    for row in wanted:
        for language, seen in (("en", english), ("cy", welsh)):
            with _window(browser, address, sessions, row) as page:
                seen.extend(_walk_and_ask(page, row, language, wrong))
        with _window(browser, address, sessions, row, scripts=False) as page:
            wrong += without_scripts(page, row, english[-1] if english else None)
    wrong += [line for seen in (english, welsh) for line in titles(seen)]
    wrong += left_in_english({s.name: s for s in english}, welsh)
    pages = {
        f"{each.name}-{language}": each.html for seen, language in ((english, "en"), (welsh, "cy")) for each in seen
    }
    return wrong + _told(valid_html, **pages)


@contextmanager
def _window(
    browser: Any, address: str, sessions: Mapping[str, str], row: Row, *, scripts: bool = True
) -> Iterator[Any]:
    context = browser.new_context(base_url=address, viewport=DESKTOP if scripts else SMALL, java_script_enabled=scripts)
    context.set_default_timeout(30_000)
    if row.get("sign_in"):
        context.add_cookies([{"name": "sessionid", "value": sessions[row["sign_in"]], "url": address}])
    page = context.new_page()
    page.on("response", lambda answer: _keep(page, answer))
    yield page
    context.close()


def _keep(page: Any, answer: Any) -> None:
    if answer.request.is_navigation_request() and not 300 <= answer.status < 400:
        page.document = answer


def _walk_and_ask(page: Any, row: Row, language: str, wrong: list[str]) -> list[Seen]:
    where = f"{row['name']} ({language})"
    try:
        look.walk(page, row, language)
    except Exception as fault:
        wrong.append(f"{where}: cannot be walked to: {str(fault).splitlines()[0]}, at {_OPAQUE.sub('…', page.url)}")
        return []
    html = page.document.text()
    wrong += [f"{where}: {line}" for line in ask(page, row, language, html)]
    texts = page.evaluate(_TEXTS)
    heading = " ".join(page.locator("h1").first.inner_text().split())
    return [Seen(row["name"], _OPAQUE.sub("…", page.url), page.title(), heading, html, frozenset(texts))]


def ask(page: Any, row: Row, language: str, html: str) -> list[str]:
    """What a page must bear by itself, as it stands."""
    found = []
    if page.document.status != row.get("status", 422 if row["state"] == "error" else 200):
        found.append(f"answers {page.document.status}")
    if page.locator("h1").count() != 1:
        found.append(f"has {page.locator('h1').count()} h1")
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"says that it is in {page.locator('html').get_attribute('lang')!r}")
    found += [f"carries {inline!r}" for inline in _INLINE.findall(html)]
    found += _told(axe, page) + _told(no_overflow, page, 320) + _told(keyboard_order, page, 120)
    page.set_viewport_size(SMALL)
    found += [f"the keyboard goes back up: {line}" for line in page.evaluate(_BACK_UP)]
    return found


def without_scripts(page: Any, row: Row, scripted: Seen | None) -> list[str]:
    """The same way, where no script may run, leads to the same page."""
    try:
        look.walk(page, row, "en")
    except Exception as fault:
        return [f"{row['name']}: cannot be walked to without scripts: {str(fault).splitlines()[0]}"]
    heading = " ".join(page.locator("h1").first.inner_text().split())
    same = scripted is None or scripted.name != row["name"] or scripted.heading == heading
    return [] if same else [f"{row['name']}: without scripts it is {heading!r}"]


def titles(seen: Iterable[Seen]) -> list[str]:
    """A title says the page's heading, and no two addresses share one."""
    wrong, owners = [], dict[str, Seen]()
    for page in seen:
        if page.heading not in page.title:
            wrong.append(f"{page.name}: the title {page.title!r} does not say {page.heading!r}")
        other = owners.setdefault(page.title, page)
        if other.path != page.path:
            wrong.append(f"{page.name} and {other.name} have one title: {page.title!r}")
    return wrong


def left_in_english(english: Mapping[str, Seen], welsh: Iterable[Seen]) -> list[str]:
    """What stands word for word on the English and on the Welsh page and is no name, number or email."""
    translated = _translated()
    wrong = []
    for page in welsh:
        same = page.texts & english[page.name].texts if page.name in english else frozenset()
        wrong += [f"{page.name}: left in English: {t!r}" for t in sorted(same) if t in translated or is_sentence(t)]
    return wrong


def is_sentence(text: str) -> bool:
    """True for three words or more of which two begin small: a name or an address does not."""
    parts = re.findall(r"[^\W\d_][\w’'-]*", re.sub(r"\S*[@/.]\S+", " ", text))
    return len(parts) > 2 and sum(part[0].islower() for part in parts) > 1


def _translated() -> frozenset[str]:
    """Every English text of a catalogue that reads otherwise in Welsh."""
    rooms = [room for room in words.ROOMS.iterdir() if words.place_of(room).exists()]
    messages = [message for room in rooms for message in words.kept_in(room) if message.string]
    return frozenset(m.id for m in messages if isinstance(m.id, str) and m.id and m.string != m.id)


def _told(check: Any, *given: Any, **named: Any) -> list[str]:
    try:
        check(*given, **named)
    except AssertionError as fault:
        return [str(fault)]
    return []


# Every text a reader or a screen reader is given, except where the page says that it is in another language.
_TEXTS = """() => {
    const own = document.documentElement.lang
    const ours = (e) => e.closest('[lang]').lang === own && !e.closest('script, style, [translate=no]')
    const told = []
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) if (ours(walker.currentNode.parentElement)) told.push(walker.currentNode.textContent)
    for (const e of document.querySelectorAll('[aria-label], [alt], [title], [placeholder]'))
        if (ours(e)) told.push(...['aria-label', 'alt', 'title', 'placeholder'].map((name) => e.getAttribute(name)))
    return [...new Set(told.filter(Boolean).map((text) => text.trim().replace(/\\s+/g, ' ')))].filter(Boolean)
}"""

# In one column, what the Tab key reaches next stands further down, or beside.
_BACK_UP = """() => {
    const can = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]'
    const seen = (e) => e.checkVisibility() && e.tabIndex >= 0 && !e.matches('.govuk-skip-link')
    const reached = [...document.querySelectorAll(can)].filter(seen)
    const words = (e) => (e.innerText || e.name || e.tagName).trim().split('\\n')[0]
    const jumps = reached.filter((e) => e.tabIndex > 0).map((e) => `${words(e)} has a tabindex of its own`)
    const box = (e) => e.getBoundingClientRect()
    return jumps.concat(reached.slice(1).flatMap((e, i) =>
        box(e).bottom < box(reached[i]).top ? [`from ${words(reached[i])} to ${words(e)}`] : []))
}"""
