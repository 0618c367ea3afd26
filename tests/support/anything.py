"""Sends anything to every address of the site: ids that are made up, methods that do not belong, every field of every
form on a page. What is swept follows from the URL conf and from the pages themselves, so that a new page is swept too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

from house.openings import pages

MARKUP = "<script>alert(1)</script>"
NASTY = (
    "",
    " ",
    "x" * 20_000,
    "\0",
    MARKUP,
    "🎉" * 300,
    "٣",
    "-1",
    "9" * 30,
    "1e309",
    "' OR 1=1 --",
    "\u202e",
    "../../etc/passwd",
    "00000000-0000-0000-0000-000000000000",
    "%s%n{0}{{7*7}}",
)
IDS = tuple(nasty for nasty in NASTY if nasty not in ("", " ", "-1", "1e309", "٣", "' OR 1=1 --", "\u202e"))  # made up
METHODS = ("head", "options", "put", "patch", "delete", "trace")
MADE_UP = "01890000-0000-7000-8000-000000000000"
_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and the values of its fields."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    uploads: list[str] = field(default_factory=list)

    @property
    def kind(self) -> tuple[object, ...]:
        """The same for the same form on another page."""
        names = (*sorted(self.fields), *self.uploads)
        return resolve(self.action.partition("?")[0]).url_name, names, tuple(self.fields.get("step", ()))


class _Forms(HTMLParser):
    def __init__(self, where: str) -> None:
        super().__init__()
        self.where, self.found, self.choosing = where, list[Form](), ""
        self.open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "get").lower() == "post":
            self.open = Form(given.get("action") or self.where)
            self.found.append(self.open)
        elif self.open and given.get("name") and given.get("type") == "file":
            self.open.uploads.append(given["name"])
        elif (
            self.open
            and given.get("name", "") not in ("", "csrfmiddlewaretoken")
            and tag in ("input", "textarea", "button")
        ):
            self.open.fields.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "select":
            self.choosing = given.get("name", "")
        elif self.open and tag == "option" and self.choosing:
            self.open.fields.setdefault(self.choosing, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_on(page: Any, where: str) -> list[Form]:
    """The forms of a page that change something; signing out is left alone."""
    reader = _Forms(where)
    reader.feed(page.content.decode())
    return [form for form in reader.found if not form.action.endswith("/sign-out")]


def ways_to_fill(form: Form) -> Iterator[dict[str, Any]]:
    """Nothing; everything nasty at once; then each field alone, in turn, beside what belongs in the others."""
    usual = {name: values[0] for name, values in form.fields.items()}
    yield {}
    for number, nasty in enumerate(NASTY):
        yield dict.fromkeys(usual, nasty) | dict.fromkeys(form.uploads, nasty)
        for place, name in enumerate(usual):
            if (number + place) % 3 == 0 and name != "step":  # "step": which of several forms it is
                yield usual | {name: nasty}
    several = {name: [*values, MARKUP, *values] for name, values in form.fields.items()}
    yield several
    yield usual | {name: SimpleUploadedFile("x.jpg", b"MZ") for name in form.uploads}
    yield {name: SimpleUploadedFile(f"\u202e../{MARKUP}.jpg", b"MZ" + MARKUP.encode()) for name in usual}


def addresses(stands_for: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Name and address of every page: with ids that exist (True), then with ones that are made up, one at a time."""
    for found in sorted(pages(), key=lambda found: found.room == "identity"):  # signing in wrongly signs out
        _, route = found.thing
        if str(route).startswith("static"):
            continue
        kinds = {match["name"]: match["kind"] for match in _PARAMETER.finditer(str(route))}
        names = tuple(kinds)
        unknown = [name for name in names if name not in stands_for and kinds[name] != "uuid"]
        assert not unknown, f"{route}: say in stands_for what may stand for {unknown}"
        real = {name: stands_for.get(name, MADE_UP) for name in names}
        yield found.name, _filled(str(route), real), True
        for name in names:
            for nasty in IDS:
                yield found.name, _filled(str(route), real | {name: nasty}), False


def _filled(route: str, values: Mapping[str, str]) -> str:
    plain = route.replace("\\Z", "").strip("^$")
    return "/" + _PARAMETER.sub(lambda found: quote(values[found["name"]], safe=""), plain)


def useful(answer: Any, where: str, *, named: bool = True) -> None:
    """Never a fault of ours, nothing of what was sent runs, and where it is refused a page or a program is told why."""
    assert answer.status_code < 500, where
    kind = answer.headers.get("Content-Type", "")
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    assert "alert(1)</script>" not in text, where
    if answer.status_code < 400 or answer.request["REQUEST_METHOD"] in ("HEAD", "OPTIONS"):
        return
    if kind.startswith("application/problem+json"):
        assert answer.json()["detail"] or answer.json()["title"], where
        return
    assert kind.startswith("text/html"), f"{where}: {answer.status_code} {kind}"
    assert text.count("<h1") == 1, f"{where}: {answer.status_code} has no heading"
    if answer.status_code == 422:
        assert "govuk-error-summary" in text, f"{where}: does not say what is wrong"
