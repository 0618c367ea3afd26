"""Every page of every package that is shipped, drawn: before anything is answered, and with everything wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.test import RequestFactory
from django.utils import translation

from placewide.services.format.folder import read_folder
from placewide.services.kinds import KINDS
from placewide.services.rules.asking import draw_page, questions_on
from placewide.services.rules.checking import check_page
from placewide.services.rules.walking import known_before
from placewide.services.rules.wording import speaker
from placewide.services.terms import Package, Page
from placewide.ui.pages import render
from placewide.ui.terms import Fault

PACKAGES = Path(__file__).resolve().parents[2] / "packages"
ON = date(2026, 12, 8)
NOTHING = {
    "show_title": True, "caption": "", "body": "", "back_href": "#", "components": (), "files": {},
    "action": "#", "hidden": {}, "button": "Continue", "notices": (), "save": "", "multipart": False, "items": (),
    "add": "",
}  # fmt: skip


def packages() -> Iterator[Package]:
    for folder in sorted(path for path in PACKAGES.iterdir() if path.is_dir()):
        package = read_folder(folder).package
        assert package, folder
        yield package


def drawn(package: Package, page: Page, language: str, *, wrong: bool) -> str:
    """The HTML of a page of questions as the pattern shows it."""
    choices = [{"id": "recycling", "text": "Recycling"}, {"id": "refuse", "text": "Rubbish"}]
    facts = {question.options_from: choices for question in page.questions if question.options_from}
    known = known_before(package, facts, ON).names
    voice = speaker(package, language, known)
    problems = check_page(package, page, {}, known, language)[1] if wrong else ()
    single = len(page.questions) == 1
    title = voice.say(f"pages.{page.id}.title") or page.id
    kinds = {question.id: question.kind for question in questions_on(page, known)}
    faults = [Fault(voice.problem(p), _field(kinds[p.question], p.question, p.part)) for p in problems]
    components = draw_page(page, {}, problems, voice, heading=True)
    context = {"title": title, "show_title": not single, "components": components, "faults": faults}
    with translation.override(language):
        return render(RequestFactory().get("/"), "ui/patterns/question.html", NOTHING | context).content.decode()


def _field(kind: str, question: str, part: str) -> str:
    return f"{question}-{part}" if part else f"{question}{KINDS[kind].first_field}"
