"""Addresses of the pages' own: the brand's colours and icon, and the page that shows every component."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader

from placewide.ui import rules
from placewide.ui.pages import frame_of, render
from placewide.ui.terms import MARKS

# The address names all that decides the content: a browser may keep it for ever.
_FOR_EVER = "public, max-age=31536000, immutable"


def brand_sheet(request: HttpRequest, colour: str) -> HttpResponse:
    """One colour as the custom properties of a page. A style sheet, because the policy forbids inline style."""
    properties = rules.palette(colour)
    lines = (f"--pw-{name}:{getattr(properties, name)}" for name in properties.__slots__)
    return _kept(f":root{{{';'.join(lines)}}}", "text/css; charset=utf-8")


def brand_icon(request: HttpRequest, colour: str, mark: str) -> HttpResponse:
    """The mark in its colour, for the browser's tab."""
    letters = "" if mark in MARKS else rules.initials(frame_of(request).brand.name)
    context = {"colour": rules.palette(colour).colour, "mark": mark, "letters": letters}
    return _kept(loader.render_to_string("ui/icon.svg", context, request, using="jinja2"), "image/svg+xml")


def style(request: HttpRequest, page: str = "components") -> HttpResponse:
    """Every component in its states, and the patterns that pages are made from. Demo and tests only."""
    from placewide.ui.examples import examples

    if not settings.DEMO or page not in examples():
        raise Http404
    example = examples()[page]
    return render(request, example.template, example.context, frame=example.frame, status=example.status)


def _kept(content: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": _FOR_EVER})
