"""Words of service packages, written in CommonMark, as safe markup in the design system's classes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_ALLOWED = re.compile(r"(https?:|mailto:|tel:|/(?!/)|#|\?|[\w.-]+(/|$))", re.IGNORECASE)
# A number to ring can be pressed: those of the United Kingdom, and the short ones after "ring".
_PHONE = re.compile(r"(?<![\d/-])(0\d{3,4} ?\d{3} ?\d{3,4}|(?:(?<=[Rr]ing )|(?<=[Ff]foniwch ))(?:999|111))(?!\d)")
_LANGUAGE = re.compile(r"\[([a-z]{2,3})\] ")
_CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "link_open": "govuk-link",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
}


def prose(text: str) -> Markup:
    """Paragraphs, lists, quotations, links, emphasis and headings. No images, no HTML; links to the web, mail, phones.

    A page's one ``h1`` is not for packages: ``#`` and ``##`` both give an ``h2``, anything deeper an ``h3``.
    """
    return Markup(_RENDERER.renderer.render(_dressed(_RENDERER.parse(text)), _RENDERER.options, {}))  # noqa: S704


def _dressed(tokens: Sequence[Token]) -> Sequence[Token]:
    for place, token in enumerate(tokens):
        if token.type == "blockquote_open":
            _in_its_language(token, tokens[place + 1 :])
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h2" if token.tag in {"h1", "h2"} else "h3"
        named = _CLASSES.get(token.tag if token.type == "heading_open" else token.type)
        if named:
            token.attrSet("class", named)
        token.children = list(_dressed(_with_phones(token.children))) if token.children else token.children
    return tokens


def _in_its_language(quote: Token, after: Sequence[Token]) -> None:
    """A quotation that begins with ``[en]`` is in that language, whatever the page is in (WCAG 2.2, 3.1.2)."""
    first = next((child for token in after[:2] for child in token.children or ()), None)
    if first and (said := _LANGUAGE.match(first.content)):
        quote.attrSet("lang", said[1])
        first.content = first.content[said.end() :]


def _with_phones(tokens: Sequence[Token]) -> Sequence[Token]:
    """Numbers to ring become links, but inside a link they stay words."""
    made: list[Token] = []
    inside = 0
    for token in tokens:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        parts = _PHONE.split(token.content) if token.type == "text" and not inside else [""]
        made += [token] if len(parts) == 1 else [piece for i, part in enumerate(parts) for piece in _said(part, i % 2)]
    return made


def _said(text: str, is_phone: int) -> list[Token]:
    words = Token("text", "", 0, content=text)
    if not is_phone:
        return [words] if text else []
    return [
        Token("link_open", "a", 1, attrs={"href": f"tel:{text.replace(' ', '')}"}),
        words,
        Token("link_close", "a", -1),
    ]


def _renderer() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence", "html_block", "html_inline"])
    parser.validateLink = lambda url: bool(_ALLOWED.match(url))  # type: ignore[method-assign]
    return parser


_RENDERER = _renderer()
