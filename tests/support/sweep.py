"""Every page of a list, walked to in the demo place as ``make look`` does, and held to what any page must bear.

Each row of tests/look.toml is walked in English, in Welsh, and once more where no script may run. Asked of each page:
axe, 320 pixels, one h1, a title of its own that says it, the right ``lang``, no script or style in the page, nothing
of another brand, focus that shows and goes down the page, sound HTML, and in Welsh no sentence of the English page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from house.code import script
from placewide.web.demo.place import TEAMS
from support.brand import another_brand
from support.browser import axe, keyboard_order, no_overflow, valid_html

look = script("look")
words = script("words")

Row = Mapping[str, Any]
DESKTOP = {"width": 1280, "height": 900}
SMALL = {"width": 320, "height": 800}
_OPAQUE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|\b\d+\b")
_ASKS_NOTHING = re.compile(r"[?&]\w+=(?=&|$)")  # a part of an address that is the same page without it
_ADDRESS = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$")  # ends with a postcode
_TEAMS = tuple(name for teams in TEAMS.values() for name in teams.values())
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
    typed: tuple[str, ...]  # what was written on the way here: it is in nobody's language but the writer's


def rows() -> list[Row]:
    """All rows of the contact sheet."""
    return list(look.rows())


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """The address of a demo place made for this test, as ``make run`` makes it."""
    with look.demo_node(8765, folder) as address:
        yield address


def sweep(browser: Any, address: str, folder: Path, wanted: Sequence[Row]) -> list[str]:
    """Walk each row; returns everything that is wrong, each line with its page."""
    sessions = look.sessions(wanted, folder)
    seen: dict[str, dict[str, Seen]] = {"en": {}, "cy": {}}
    wrong: list[str] = []
    for chain in look.chains(wanted):
        for language, kept in seen.items():
            with _window(browser, address, sessions, chain[0]) as page:
                for row in _walked(page, chain, language, wrong):
                    wrong += [f"{row['name']} ({language}): {line}" for line in ask(page, row, language)]
                    kept[row["name"]] = _see(page, row)
        with _window(browser, address, sessions, chain[0], scripts=False) as page:
            for row in _walked(page, chain, "en", wrong, "without scripts"):
                wrong += _other_than(page, seen["en"].get(row["name"]))
    wrong += [line for pages in seen.values() for line in titles(pages.values())]
    wrong += left_in_english(seen["en"], seen["cy"].values())
    texts = {f"{name}-{language}": each.html for language, pages in seen.items() for name, each in pages.items()}
    return wrong + _told(valid_html, **texts)


def _walked(page: Any, chain: Sequence[Row], language: str, wrong: list[str], how: str = "") -> Iterator[Row]:
    """Each row while the window stands on its page. Ends at the first that cannot be walked to."""
    for place, row in enumerate(chain):
        try:
            look.go_on(page, row["do"], language) if place else look.walk(page, row, language)
        except Exception as fault:
            at, why = _OPAQUE.sub("…", page.url), str(fault).splitlines()[0]
            wrong.append(f"{row['name']} ({language}): cannot be walked to {how}, at {at}: {why}")
            return
        yield row


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


def _see(page: Any, row: Row) -> Seen:
    path, texts = _OPAQUE.sub("…", _ASKS_NOTHING.sub("", page.url)), frozenset(page.evaluate(_TEXTS))
    typed = tuple(step[1] for step in row["steps"] if not isinstance(step, str) and isinstance(step[1], str))
    return Seen(row["name"], path, page.title(), _heading(page), page.document.text(), texts, typed)


def _heading(page: Any) -> str:
    return " ".join(page.locator("h1").first.inner_text().split())


def ask(page: Any, row: Row, language: str) -> list[str]:
    """What a page must bear by itself, as it stands."""
    found = []
    if page.document.status != row.get("status", 422 if row["state"] == "error" else 200):
        found.append(f"answers {page.document.status}")
    if page.locator("h1").count() != 1:
        found.append(f"has {page.locator('h1').count()} h1")
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"says that it is in {page.locator('html').get_attribute('lang')!r}")
    html = page.document.text()
    found += [f"carries {part!r}" for part in (*_INLINE.findall(html), *another_brand(html))]
    found += _told(axe, page) + _told(no_overflow, page, 320) + _told(keyboard_order, page, 120)
    page.set_viewport_size(SMALL)
    found += [f"the keyboard goes back up: {line}" for line in page.evaluate(_BACK_UP)]
    page.set_viewport_size(DESKTOP)
    return found


def _other_than(page: Any, scripted: Seen | None) -> list[str]:
    """The same way, where no script may run, must have led to the same page."""
    same = scripted is None or scripted.heading == _heading(page)
    return [] if same or scripted is None else [f"{scripted.name}: without scripts it is {_heading(page)!r}"]


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
        ours = {text for text in same if not any(typed in text for typed in page.typed)}
        wrong += [f"{page.name}: left in English: {t!r}" for t in sorted(ours) if t in translated or is_sentence(t)]
    return wrong


def is_sentence(text: str) -> bool:
    """True for three words or more of which two begin small: a name does not. An address (th’ Hill) is none, nor is
    what ends with the name of a team, which has the one its organisation gave it.
    """
    if _ADDRESS.search(text) or text.endswith(_TEAMS):
        return False
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


# Every text a reader or a screen reader is given, except where the page says that it is in another language. What was
# sent with a case of the demo is the sender's own; the check pages, walked here, show the same answers.
_TEXTS = """() => {
    const own = document.documentElement.lang
    const ours = (e) => e.closest('[lang]').lang === own && !e.closest('script, style, .pw-more .pw-line')
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
