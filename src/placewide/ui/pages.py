"""Drawing a page: the one door from a view to a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language

from placewide.ui import rules
from placewide.ui.terms import Frame, Link


def frame_of(request: HttpRequest) -> Frame:
    """What stands around the page: ``request.frame`` (a Frame, or a function that makes one when first needed)."""
    frame = getattr(request, "frame", None) or Frame()
    if callable(frame):
        frame = frame()
        request.frame = frame  # type: ignore[attr-defined]
    assert isinstance(frame, Frame)
    return frame


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    frame: Frame | None = None,
) -> HttpResponse:
    """An HTML answer. ``frame`` replaces the request's own; ``faults`` (a list of Fault) may stand in the context.

    Raises jinja2.UndefinedError where a template names what it was not given.
    """
    given = {"faults": ()} | dict(context or {}) | surroundings(request, frame or frame_of(request))
    return HttpResponse(loader.render_to_string(template, given, request, using="jinja2"), status=status)


def surroundings(request: HttpRequest, frame: Frame) -> dict[str, Any]:
    """The names that the layout counts on."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "frame": frame,
        "language": language,
        "languages": language_links(request.get_full_path(), language),
        "brand_sheet": f"/brand/{_digits(frame.brand.colour)}.css",
        "brand_icon": f"/brand/{_digits(frame.brand.colour)}-{_word(frame.brand.mark)}.svg",
    }


def language_links(path: str, language: str) -> list[tuple[str, Link]]:
    """Code and link of every language, to the same page; the present one is marked."""
    codes = tuple(code for code, _ in settings.LANGUAGES)
    return [
        (code, Link(str(name), rules.address_in(path, code, codes), current=code == language))
        for code, name in settings.LANGUAGES
    ]


def _digits(colour: str) -> str:
    try:
        rules.parse_colour(colour)
    except ValueError:
        colour = Frame().brand.colour
    return colour.lstrip("#").lower()


def _word(mark: str) -> str:
    return mark if mark.isalpha() and mark.isascii() and mark.islower() else "initials"
