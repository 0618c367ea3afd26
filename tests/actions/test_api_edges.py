"""What programs send that no program should: each is told what to do in problem details, and nothing is done."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from placewide.cases.models import Case
from placewide.kernel import clock, ids
from placewide.kernel.files.actions import sweep
from placewide.kernel.models import StoredFile
from placewide.kernel.terms import SYSTEM
from placewide.services import actions as services
from placewide.services import reads
from placewide.services.models import Adoption
from placewide.services.terms import LiveService
from placewide.tasks.models import Task
from support.anything import NASTY
from support.api import ADDRESS, KEY, care_answers, place_today, right_answers, send
from support.place import PACKAGES, SmallPlace

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")


@pytest.fixture
def place() -> SmallPlace:
    return place_today()


def test_what_is_sent_to_an_address_that_is_not_there_is_not_found() -> None:
    sent = Client(enforce_csrf_checks=True).post("/api/v1/nothing", {"answers": {}}, content_type="application/json")
    refused(sent, 404)


@pytest.fixture
def care(place: SmallPlace) -> LiveService:
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    return reads.live(place.county.id, "care-needs")


def refused(answer: Any, status: int | None = None) -> dict[str, Any]:
    """It must be problem details, with something to do."""
    assert answer["Content-Type"] == "application/problem+json", answer.content[:200]
    told: dict[str, Any] = answer.json()
    assert 400 <= answer.status_code < 500
    assert told["status"] == answer.status_code
    assert told["title"] and told["detail"]
    assert status in (None, answer.status_code)
    return told


def test_a_method_that_does_not_belong_is_answered_with_those_that_do(place: SmallPlace) -> None:
    for path, allowed in ((ADDRESS, "GET"), (f"{ADDRESS}/{place.missed_bin.adoption_id}/submissions", "POST")):
        for method in METHODS:
            if method != allowed:
                answer = Client().generic(method, path)
                refused(answer, 405)
                assert answer["Allow"] == allowed


def test_an_address_below_the_api_that_is_not_there_is_a_problem_in_every_method(place: SmallPlace) -> None:
    for method in METHODS:
        for path in ("/api/v1/", "/api/v1/nothing", f"{ADDRESS}/x/y/z", "/api/v2/adoptions", "/api/v1/%00", "/api/"):
            refused(Client().generic(method, path), 404)


@pytest.mark.parametrize("nasty", NASTY[1:], ids=range(1, len(NASTY)))
def test_whatever_is_sent_as_answer_key_language_or_kind_of_content_is_refused_in_words(
    place: SmallPlace, nasty: str
) -> None:
    for answers in (nasty, {nasty: nasty}, {"bin": nasty}, {"address": {"uprn": nasty}}, {"bin": {nasty: [nasty]}}):
        refused(send(place.missed_bin, answers))
    refused(send(place.missed_bin, right_answers(), other=nasty))
    headers = {"Idempotency-Key": nasty.encode("unicode-escape").decode(), "Accept-Language": "\t,;q=x"}
    where = f"{ADDRESS}/{place.missed_bin.adoption_id}/submissions"
    body = json.dumps({"answers": right_answers()})
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,100}", nasty):
        refused(Client().post(where, body, content_type="application/json", headers=headers), 400)
    kind = nasty.encode("unicode-escape").decode() or "x"
    refused(Client().post(where, body, content_type=kind, headers={"Idempotency-Key": KEY}), 415)
    refused(Client().get(ADDRESS, {"after": nasty}), 400)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b" ", b"\xef\xbb\xbf{}", b"\xff", b'{"answers": {}, "answers": {}}'])
def test_an_empty_body_one_with_a_mark_or_with_a_name_twice_is_refused(place: SmallPlace, body: bytes) -> None:
    refused(send(place.missed_bin, None, body=body))
    assert Case.objects.count() == 0


def test_a_name_given_twice_is_refused_since_two_readers_would_differ(place: SmallPlace) -> None:
    answers = json.dumps(right_answers())[:-1] + ', "bin": "recycling"}'
    refused(send(place.missed_bin, None, body=f'{{"answers": {answers}}}'.encode()), 400)


def test_a_fault_of_ours_is_told_to_programs_as_one(place: SmallPlace, monkeypatch: Any) -> None:
    """The address is taken apart, so that nothing answers as it should."""
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", _broken)
    answer = Client(raise_request_exception=False).get(ADDRESS)
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#our-fault")


def _broken(*given: Any, **named: Any) -> None:
    raise RuntimeError("the database is gone")


def test_adoptions_come_fifty_at_a_time_each_once(place: SmallPlace) -> None:
    row = Adoption.objects.get()
    for number in range(120):
        Adoption.objects.create(
            id=ids.new_id(), organisation_id=row.organisation_id, slug=f"s-{number % 60}{'b' * (number // 60)}",
            package_id=row.package_id, adopted_at=row.adopted_at,
        )  # fmt: skip
    where, seen = ADDRESS, list[str]()
    while where:
        told = Client().get(where).json()
        assert len(told["adoptions"]) <= 50
        seen += [one["id"] for one in told["adoptions"]]
        where = (told["next"] or "").removeprefix("http://127.0.0.1:8000")
    assert len(seen) == len(set(seen)) == 121


def test_an_urgent_submission_is_told_at_once_as_on_the_pages(care: LiveService) -> None:
    answer = send(care, care_answers(urgent_signs=["alone-without-help"]))
    assert answer.status_code == 201, answer.content
    told = Task.objects.filter(about_id=answer.json()["submission"], urgent=True)
    assert [task.title["en"] for task in told] == [care.package.text("rules.alone-without-help.task", "en")]


@pytest.mark.parametrize("fault", [{"cared_for_name": 7}, {"normal_day": None}])
@pytest.mark.parametrize(
    ("setting", "ring"), [({"urgent_phone": "01632 960199"}, "Ring 01632 960199 now"), ({}, "Ring 999 in an emergency")]
)
def test_a_refusal_of_urgent_answers_says_that_nobody_was_told_and_whom_to_ring(
    place: SmallPlace, fault: dict[str, Any], setting: dict[str, str], ring: str
) -> None:
    services.adopt(place.county.id, PACKAGES / "care-needs", setting, actor=SYSTEM, now=clock.now())
    live = reads.live(place.county.id, "care-needs")
    calm, urgent = (send(live, care_answers(urgent_signs=[sign], **fault)) for sign in ("none", "alone-without-help"))
    assert calm.status_code == urgent.status_code == 422
    assert "urgent" not in calm.json()
    told = urgent.json()["urgent"]
    assert told["rules"] == ["alone-without-help"]
    assert told["phone"] == setting.get("urgent_phone")
    assert "nobody has been told" in told["detail"]
    assert ring in told["detail"]
    assert not Task.objects.exists(), "or the sentence would not be true"


def given(live: LiveService, content: bytes, key: str = KEY) -> Any:
    sent = {"question": "letters", "file": SimpleUploadedFile("letter.pdf", content)}
    return Client().post(f"{ADDRESS}/{live.adoption_id}/files", sent, headers={"Idempotency-Key": key})


def test_a_file_whose_submission_never_comes_is_swept(care: LiveService) -> None:
    unused, used = given(care, PDF, "a-key-that-comes-to-nothing"), given(care, PDF + b"%%EOF")
    assert send(care, care_answers(letters=[used.json()["id"]])).status_code == 201
    sweep(clock.now())
    assert StoredFile.objects.count() == 2
    sweep(clock.now() + timedelta(days=2))
    assert [str(kept.id) for kept in StoredFile.objects.all()] == [used.json()["id"]]
    assert unused.status_code == 201


def test_no_more_files_are_taken_than_are_looked_through(care: LiveService, settings: Any) -> None:
    settings.API_RATE = "1000/min"
    answers = [given(care, PDF + b"\n%%EOF" * number) for number in range(21)]
    assert [answer.status_code for answer in answers[:20]] == [201] * 20
    assert refused(answers[20], 422)["errors"] == [{"question": "letters", "key": "too_many_in_all"}]
