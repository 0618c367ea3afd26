"""Readable colours out of any brand colour; the same page in another language; package words as safe markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewide.ui import rules
from placewide.ui.prose import prose

WHITE = (255, 255, 255)
INK = rules.parse_colour("#1c2226")
COLOURS = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")


def seen(one: str, other: str) -> float:
    return rules.contrast(rules.parse_colour(one), rules.parse_colour(other))


@given(COLOURS)
def test_any_brand_colour_gives_a_readable_page(colour: str) -> None:
    chosen = rules.palette(colour)
    assert seen(chosen.colour, "#ffffff") >= 4.5
    assert seen(chosen.deep, "#ffffff") >= 7
    for ground in ("#ffffff", chosen.tint, chosen.paper):
        assert seen(chosen.link, ground) >= 4.5
        assert rules.contrast(INK, rules.parse_colour(ground)) >= 7


def test_a_colour_that_is_readable_already_is_kept() -> None:
    assert rules.palette("#1b5e57").colour == "#1b5e57"


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [((0, 0, 0), WHITE, 21), (WHITE, WHITE, 1), ((118, 118, 118), WHITE, 4.54)]
)
def test_contrast_agrees_with_the_standard(
    one: tuple[int, int, int], other: tuple[int, int, int], ratio: float
) -> None:
    assert rules.contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "url(x)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        rules.palette(text)


@pytest.mark.parametrize(
    ("path", "language", "address"),
    [
        ("/", "cy", "/cy/"),
        ("/cy/", "en", "/"),
        ("/services/missed-bin?after=x", "cy", "/cy/services/missed-bin?after=x"),
        ("/cy/services/missed-bin", "en", "/services/missed-bin"),
        ("/cy/services/missed-bin", "cy", "/cy/services/missed-bin"),
        ("/cymraeg/", "cy", "/cy/cymraeg/"),
    ],
)
def test_the_language_switch_keeps_the_page(path: str, language: str, address: str) -> None:
    assert rules.address_in(path, language, ("en", "cy")) == address


def test_a_body_without_a_mark_is_drawn_as_its_first_letters() -> None:
    assert rules.initials("Calder Vale District Council") == "CV"
    assert rules.initials("") == ""


def test_prose_gives_paragraphs_lists_and_links_their_classes() -> None:
    assert prose("One.\n\n- two") == (
        '<p class="govuk-body">One.</p>\n<ul class="govuk-list govuk-list--bullet">\n<li>two</li>\n</ul>\n'
    )
    assert 'class="govuk-link"' in prose("[phone](tel:01632960100)")
    assert prose("# Title").startswith('<h2 class="govuk-heading-m">')


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,hm)",
        "[x](//elsewhere.example)",
        "![x](https://elsewhere.example/x.png)",
        '<img src=x onerror="alert(1)">',
        "[x](vbscript:x)",
    ],
)
def test_prose_lets_nothing_dangerous_through(words: str) -> None:
    markup = prose(words)
    assert "<script" not in markup and "<img" not in markup and "href" not in markup.replace('href="https://else', "")


@given(st.text())
def test_prose_makes_no_tags_but_its_own(words: str) -> None:
    allowed = {"p", "ul", "ol", "li", "a", "em", "strong", "h2", "h3", "br", "hr", "blockquote", "code"}
    tags = {part.split(">")[0].split()[0].strip("/") for part in prose(words).split("<")[1:]}
    assert tags <= allowed


def test_a_number_to_ring_can_be_pressed() -> None:
    text = prose("In danger? Ring 999. Today: 01632 960 199. Your number is 7K2P-9QXM-4, not 999.")
    assert 'ing <a href="tel:999" class="govuk-link">999</a>' in text
    assert '<a href="tel:01632960199" class="govuk-link">01632 960 199</a>' in text
    assert text.count("<a ") == 2
    assert prose("[01632 960 199](tel:01632960199)").count("<a ") == 1


def test_a_quotation_says_which_language_it_is_in() -> None:
    told = prose("Dyma'r gyfraith.\n\n> [en] the adult is at risk\n>\n> Care Act 2014\n\n> dyfyniad")
    assert '<blockquote lang="en">\n<p class="govuk-body">the adult is at risk</p>' in told
    assert "[en]" not in told
    assert '<blockquote>\n<p class="govuk-body">dyfyniad' in told
