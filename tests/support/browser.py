"""What a story does in a browser, and what every page must bear: axe, 320 pixels, the keyboard, sound HTML.

Fixtures: ``site`` (address of a running node on the test's database), ``page`` (a desktop's window on it), ``phone``.
Both windows fail the test if the page breaks its own content security policy or a script of ours throws.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.site import running_site

# Playwright keeps an event loop in the test's thread; Django would refuse its database there, though nothing is async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

MODULES = Path(__file__).resolve().parents[2] / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}


@pytest.fixture
def site(transactional_db: None, settings: Any) -> Iterator[str]:
    settings.DEMO = True
    with running_site() as address:
        yield address


@pytest.fixture
def page(browser: Any, site: str) -> Iterator[Any]:
    yield from _window(browser, site, DESKTOP)


@pytest.fixture
def phone(browser: Any, site: str) -> Iterator[Any]:
    yield from _window(browser, site, PHONE)


def _window(browser: Any, site: str, size: dict[str, int]) -> Iterator[Any]:
    context = browser.new_context(base_url=site, viewport=size, locale="en-GB")
    context.set_default_timeout(15_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield opened
    context.close()
    assert not faults, "\n".join(faults)


def axe(page: Any) -> None:
    """No violation of WCAG 2.2 A and AA or of axe's best practice on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
    lines = [f"{v['id']}: {v['help']}\n    {node['html'][:200]}" for v in found for node in v["nodes"]]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def no_overflow(page: Any, width: int = 320) -> None:
    """Nothing reaches beyond the window, and no text is cut off, at ``width`` pixels (WCAG 2.2, 1.4.10)."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate(_WIDER_THAN_THE_WINDOW)
    page.set_viewport_size(before)
    assert not wide, f"{page.url} at {width}: " + "; ".join(wide)


_WIDER_THAN_THE_WINDOW = """() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return []
    const right = (e) => Math.round(e.getBoundingClientRect().right)
    const named = (e) => `${e.tagName.toLowerCase()}.${e.className} reaches ${right(e)}`
    return [...document.querySelectorAll('body *')].filter((e) => right(e) > room + 1).map(named)
}"""


def press(locator: Any) -> None:
    """Press a button or link, and stay until the page it leads to is whole: half a page has half the words."""
    with locator.page.expect_navigation():
        locator.click()


def keyboard_order(page: Any, most: int = 60) -> list[str]:
    """What the Tab key reaches, in order, by its words. Fails where focus does not show."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0) }")
    reached: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUSED)
        if at is None or (reached and at["id"] == reached[0].split("\t")[1]):
            break
        assert at["shows"], f"{page.url}: focus does not show on {at['words']!r}"
        reached.append(f"{at['words']}\t{at['id']}")
    return [line.split("\t")[0] for line in reached]


_FOCUSED = """() => {
    const e = document.activeElement
    if (!e || e === document.body) return null
    e.dataset.reached ||= String(document.querySelectorAll('[data-reached]').length + 1)
    const look = getComputedStyle(e)
    const label = e.labels?.length ? getComputedStyle(e.labels[0], '::before').boxShadow : 'none'
    const outlined = look.outlineStyle !== 'none' && look.outlineWidth !== '0px'
    const shows = outlined || look.boxShadow !== 'none' || label !== 'none'
    const words = (e.labels?.[0]?.innerText || e.innerText || e.getAttribute('aria-label') || e.name || '').trim()
    return {id: e.dataset.reached, shows, words: words.split('\\n')[0]}
}"""


def error_summary_links(page: Any) -> list[str]:
    """The sentences of the error summary; each link must take the keyboard to a field that says the same is wrong."""
    links = page.locator(".govuk-error-summary__list a")
    sentences: list[str] = []
    for place in range(links.count()):
        link = links.nth(place)
        sentences.append(link.inner_text())
        target = link.get_attribute("href").lstrip("#")
        field = page.locator(f'[id="{target}"]')
        assert field.count() == 1, f"no field has the id {target}"
        link.click()
        assert page.evaluate("document.activeElement.id") == target, f"{target} does not take the focus"
        group = field.locator("xpath=ancestor-or-self::*[contains(@class, 'govuk-form-group--error')][1]")
        assert sentences[-1] in group.inner_text() if group.count() else True, f"{target} does not say what is wrong"
    return sentences


def valid_html(**texts: str) -> None:
    """Each text is sound HTML by the Nu checker, named by its keyword. Skips, by name, where Java is missing."""
    if not shutil.which("java"):
        pytest.skip("needs Java for the HTML checker: sudo apt install default-jre-headless")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            Path(folder, f"{name}.html").write_text(text, encoding="utf-8")
        command = ["java", "-Xss2m", "-jar", str(CHECKER), "--errors-only", "--format", "json", folder]
        told = subprocess.run(command, capture_output=True, check=False, timeout=120).stderr
    messages = json.loads(told or b'{"messages": []}')["messages"]
    found = [f"{m['url'].rsplit('/', 1)[-1]}:{m.get('lastLine')}: {m['message']}" for m in messages]
    assert not found, "\n".join(found)
