"""The front door finds a service by the words people use for what is the matter."""

from __future__ import annotations

import pytest
from django.test import Client

from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.services import actions as services
from support.api import place_today
from support.place import PACKAGES

pytestmark = pytest.mark.django_db
CARE, BIN = "Ask for help with care", "Report a missed bin"


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        *(("en", words, CARE) for words in ("dementia", "social worker", "old mother", "poorly")),
        *(("en", words, BIN) for words in ("rubbish", "wheelie bin", "forgot my bin")),
        *(("cy", words, "Gofyn am help gyda gofal") for words in ("dementia", "gweithiwr cymdeithasol", "hen fam")),
        *(("cy", words, "Rhoi gwybod am fin a gollwyd") for words in ("sbwriel", "ailgylchu")),
    ],
)
def test_a_word_people_use_finds_the_service(language: str, words: str, found: str) -> None:
    place = place_today()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    shown = Client().post(f"{'' if language == 'en' else '/cy'}/search", {"words": words}, follow=True).text
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert found in main
