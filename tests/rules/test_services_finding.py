"""Services found by one's own words."""

import pytest

from placewide.services.rules import nearest

BIN = "Report a missed bin Tell us that your bin or box was not emptied, and we will come back for it. Rubbish"
CARE = "Ask for help with care For an adult who finds daily life hard, and for those who look after them."
TEXTS = (BIN, CARE)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("missed bin", [0]),
        ("mised binn", [0]),
        ("MISSSED BIN", [0]),
        ("rubish", [0]),
        ("rubbsh", [0]),
        ("my bin was not emptied", [0]),
        ("care", [1]),
        ("hlep with caer", [1]),
        ("zzzz", []),
        ("", []),
        ("  ", []),
        ("?!", []),
    ],
)
def test_words_find_a_service_however_they_are_spelt(words: str, found: list[int]) -> None:
    assert nearest(words, TEXTS)[: len(found) or None] == found
