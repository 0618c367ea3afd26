"""Every sentence of a page has its Welsh, with the same particulars in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.code import script

words = script("words")
ROOMS = sorted(path.name for path in words.ROOMS.iterdir() if words.place_of(path).exists())
PARTICULAR = re.compile(r"%\((\w+)\)s|%%\{(\w+)\}|\{(\w+)\}")


def sentences(room: str) -> Iterator[tuple[str, str]]:
    for message in words.merged(words.ROOMS / room):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[-1]
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        for welsh in forms:
            yield english, welsh


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_of_a_room_has_its_welsh(room: str) -> None:
    missing = [message.id for message in words.missing(words.merged(words.ROOMS / room))]
    assert not missing, f"run scripts/words.py {room} and translate: {missing}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_translation_keeps_the_particulars(room: str) -> None:
    wrong = [
        english
        for english, welsh in sentences(room)
        if welsh and sorted(PARTICULAR.findall(english)) != sorted(PARTICULAR.findall(welsh))
    ]
    assert not wrong


@pytest.mark.parametrize("room", ROOMS)
def test_the_catalogue_says_that_it_awaits_a_native_reader(room: str) -> None:
    path = Path(words.place_of(words.ROOMS / room))
    assert "native reader" in path.read_text(encoding="utf-8")[:400]
