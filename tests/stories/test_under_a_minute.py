"""A9: how long a missed bin takes on a phone, by a model of people that is older than phones and published.

The shortest honest way, from pressing "Start" to the reference: no address known before, every word of every page read
that was not on the page before. (Who reads all of the start page first, 40 seconds, takes longer than the minute.)
Counted in the pages themselves, so that a page that grows, or one more question, shows here.

Seconds by the keystroke-level model: S. Card, T. Moran, A. Newell, "The keystroke-level model for user performance time
with interactive systems", Communications of the ACM 23 (7), 1980, pp. 396–410, https://doi.org/10.1145/358886.358895.
Its figures are of a pointing device and a keyboard; they are kept for a finger.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from support.browser import press
from support.calderbrook import MILL_LANE_14, Calderbrook
from support.walking import reference_on

pytestmark = pytest.mark.browser

# Seconds, from figure 1 of that article.
PRESS = 0.28  # K, an average typist: one press
LETTER = 0.75  # K, complex codes: a postcode
POINT = 1.10  # P, to bring the pointer to a target
THINK = 1.35  # M, before each act that somebody decides on; going on after it needs none (their rule 1)
# M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019: non-fiction.
WORDS_A_SECOND = 238 / 60
MOST = 60.0
_READABLE = """() => {
    const main = document.querySelector('main')
    const hidden = [...main.querySelectorAll('.govuk-visually-hidden, .pw-hidden')]
    const size = (e) => e.getBoundingClientRect().width
    for (const e of main.querySelectorAll('button, a, span, p, label')) if (size(e) <= 1) hidden.push(e)
    hidden.forEach((e) => { e.dataset.shown = e.style.display; e.style.display = 'none' })
    const text = main.innerText
    hidden.forEach((e) => { e.style.display = e.dataset.shown })
    return text
}"""


@dataclass
class Somebody:
    """A person with a phone, who reads what is new on each page and presses what leads on; what that comes to."""

    phone: Any
    seen: set[str] = field(default_factory=set)
    pages: int = 0
    words: int = 0
    presses: int = 0
    decisions: int = 0
    letters: int = 0
    served: float = 0.0  # seconds of processor time: the node runs in this process, the browser in its own
    by_page: list[str] = field(default_factory=list)

    def reads(self) -> None:
        """What stands between the frame of the page, all that can be chosen among it, but for what was read before."""
        lines = {line.strip() for line in self.phone.evaluate(_READABLE).splitlines()} - self.seen
        self.seen |= lines
        words = sum(len(line.split()) for line in lines)
        self.pages, self.words = self.pages + 1, self.words + words
        self.by_page.append(f"{words:4} words  {self.phone.locator('h1').inner_text()}")

    def types(self, name: str, text: str) -> None:
        self.phone.locator(name).fill(text)
        self._presses(decided=True)  # into the field
        self.letters += len(text)

    def picks(self, name: str, value: str) -> None:
        self.phone.locator(name).select_option(value)
        self._presses(decided=True)  # the list opens
        self._presses()  # the line in it, which was read

    def ticks(self, name: str) -> None:
        self.phone.locator(name).check()
        self._presses(decided=True)

    def goes_on(self, *, decided: bool = False) -> None:
        """Press the page's own button."""
        began = time.process_time()
        press(self.phone.locator("main form button.govuk-button:not(.govuk-button--secondary)").first)
        self.served += time.process_time() - began
        self._presses(decided=decided)

    def _presses(self, *, decided: bool = False) -> None:
        self.presses += 1
        self.decisions += decided

    @property
    def seconds(self) -> dict[str, float]:
        return {
            "reading": self.words / WORDS_A_SECOND,
            "deciding": self.decisions * THINK,
            "pressing": self.presses * (POINT + PRESS),
            "typing": self.letters * LETTER,
            "waiting": self.served,
        }

    def __str__(self) -> str:
        parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.seconds.items())
        done = f"{self.pages} pages, {self.words} words, {self.presses} presses, {self.letters} letters"
        return "\n".join((f"{sum(self.seconds.values()):.1f} s: {parts} ({done})", *self.by_page))


def test_a_missed_bin_is_reported_in_under_a_minute_on_a_phone(phone: Any, place: Calderbrook) -> None:
    phone.goto("/services/calder-vale/missed-bin")
    somebody = Somebody(phone)
    somebody.goes_on()
    somebody.reads()
    somebody.types("#address-search", "zz12ab")
    somebody.goes_on()
    somebody.reads()
    somebody.picks("#address-uprn", str(MILL_LANE_14))
    somebody.goes_on()
    somebody.reads()
    somebody.ticks("input[name=bin][value=refuse]")
    somebody.goes_on()
    somebody.reads()
    somebody.goes_on(decided=True)  # how to tell them: may be left empty
    somebody.reads()
    somebody.goes_on(decided=True)  # what is sent, looked at once more
    assert reference_on(phone)
    assert (somebody.pages, somebody.presses) == (5, 10), somebody
    assert sum(somebody.seconds.values()) < MOST, f"too long, see where the time goes:\n{somebody}"
