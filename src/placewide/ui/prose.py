"""Words of service packages, written in CommonMark, as safe markup in the design system's classes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_ALLOWED = re.compile(r"(https?:|mailto:|tel:|/(?!/)|#|\?|[\w.-]+(/|$))", re.IGNORECASE)
_CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "link_open": "govuk-link",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
}


def prose(text: str) -> Markup:
    """Paragraphs, lists, links, emphasis and headings. No images, no HTML, no links but to the web, mail and phones.

    A page's one ``h1`` is not for packages: ``#`` and ``##`` both give an ``h2``, anything deeper an ``h3``.
    """
    return Markup(_RENDERER.renderer.render(_dressed(_RENDERER.parse(text)), _RENDERER.options, {}))  # noqa: S704


def _dressed(tokens: Sequence[Token]) -> Sequence[Token]:
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h2" if token.tag in {"h1", "h2"} else "h3"
        named = _CLASSES.get(token.tag if token.type == "heading_open" else token.type)
        if named:
            token.attrSet("class", named)
        _dressed(token.children or ())
    return tokens


def _renderer() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence", "html_block", "html_inline"])
    parser.validateLink = lambda url: bool(_ALLOWED.match(url))  # type: ignore[method-assign]
    return parser


_RENDERER = _renderer()
