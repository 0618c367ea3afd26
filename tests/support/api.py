"""A program that uses the open API."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import yaml
from django.core.cache import cache
from django.test import Client

from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.places.models import Round
from placewide.services import actions as services
from placewide.services.terms import LiveService
from support.place import MILL_LANE_12, PACKAGES, SmallPlace, small_place

KEY = "a-key-that-nobody-guesses"
ADDRESS = "/api/v1/adoptions"


def place_today() -> SmallPlace:
    """The small place as a program meets it now: yesterday's refuse round can be reported."""
    cache.clear()  # how often programs came
    now = clock.now()
    place = small_place(now)
    Round.objects.filter(code="MON-1").update(first_date=clock.legal_date(now) - timedelta(days=15))
    return place


def caring_place() -> SmallPlace:
    """The same, with care needs live at the county and a number to ring where somebody is in danger."""
    place = place_today()
    known = {"urgent_phone": "01632 960 199"}
    services.adopt(place.county.id, PACKAGES / "care-needs", known, actor=SYSTEM, now=clock.now())
    return place


def right_answers(**others: Any) -> dict[str, Any]:
    """A missed bin as the pages would take it."""
    answers = {"address": {"uprn": str(MILL_LANE_12)}, "bin": "refuse", "contact_email": None, "contact_phone": None}
    return answers | others


def send(
    live: LiveService,
    answers: Any,
    *,
    key: str | None = KEY,
    language: str = "en",
    body: bytes | None = None,
    content_type: str = "application/json",
    **others: Any,
) -> Any:
    """Send answers, or a body as it is."""
    headers = {"Accept-Language": language} | ({"Idempotency-Key": key} if key is not None else {})
    content = json.dumps({"answers": answers} | others).encode() if body is None else body
    where = f"{ADDRESS}/{live.adoption_id}/submissions"
    return Client(raise_request_exception=False).post(where, content, content_type=content_type, headers=headers)


def care_answers(**others: Any) -> dict[str, Any]:
    """Ruth asks for Edith and for herself, as the package's own example has it."""
    example = yaml.safe_load((PACKAGES / "care-needs/examples/ruth-for-edith.yaml").read_text(encoding="utf-8"))
    said = {
        name: "yes" if value is True and name != "declaration" else value for name, value in example["answers"].items()
    }
    answers = said | {"home_address": {"uprn": str(MILL_LANE_12)}, "letters": []}
    return answers | others
