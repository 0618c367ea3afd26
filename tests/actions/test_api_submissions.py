"""Answers through the API: the same questions, the same checks, once for each key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from placewide.cases.models import Case
from placewide.journeys.models import Journey
from placewide.kernel import clock
from placewide.kernel.models import KeptAnswer, StoredFile
from placewide.kernel.terms import SYSTEM
from placewide.services import actions as services
from placewide.services import reads
from placewide.services.terms import LiveService
from support.api import ADDRESS, KEY, care_answers, place_today, right_answers, send
from support.place import MILL_LANE_12, PACKAGES, SmallPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return place_today()


@pytest.fixture
def care(place: SmallPlace) -> LiveService:
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    return reads.live(place.county.id, "care-needs")


def problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    """The problem details, which must be of this kind."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["type"].endswith(f"/api#{kind}")
    assert told["status"] == status
    return told


def test_answers_become_a_case(place: SmallPlace) -> None:
    answer = send(place.missed_bin, right_answers())
    assert answer.status_code == 201, answer.content
    case = Case.objects.get(reference=answer.json()["cases"][0]["reference"])
    assert (case.state, case.team_id) == ("reported", place.waste)
    journey = Journey.objects.get(id=answer.json()["submission"])
    assert journey.answers["address"] == {"uprn": str(MILL_LANE_12), "text": "12 Mill Lane, Calderford, ZZ1 2AB"}
    assert (journey.state, journey.uprn) == ("sent", str(MILL_LANE_12))


def test_the_follow_link_opens_the_case_once(place: SmallPlace) -> None:
    links = send(place.missed_bin, right_answers()).json()["cases"][0]["links"]
    follow = links["follow"].removeprefix("http://127.0.0.1:8000")
    first, second = Client(), Client()
    assert first.post(follow, follow=True).status_code == 200
    assert second.post(follow).status_code == 410


def test_the_same_key_and_body_is_answered_the_same_and_done_once(place: SmallPlace) -> None:
    first, second = (send(place.missed_bin, right_answers()) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Case.objects.count() == 1


def test_a_kept_answer_shows_no_link(place: SmallPlace) -> None:
    told = send(place.missed_bin, right_answers()).json()
    token = told["cases"][0]["links"]["follow"].rsplit("/", 1)[1]
    assert token not in json.dumps(KeptAnswer.objects.get().answer)


def test_the_same_key_with_another_body_is_refused(place: SmallPlace) -> None:
    send(place.missed_bin, right_answers())
    problem(send(place.missed_bin, right_answers(bin="recycling")), 409, "key-reused")
    assert Case.objects.count() == 1


def test_the_same_said_in_another_order_is_the_same(place: SmallPlace) -> None:
    answers = right_answers()
    turned = json.dumps({"language": "en", "answers": dict(reversed(answers.items()))}, indent=1).encode()
    straight = json.dumps({"answers": answers, "language": "en"}).encode()
    first, second = (send(place.missed_bin, None, body=body) for body in (straight, turned))
    assert (first.status_code, second.status_code) == (201, 201), second.content
    assert first.json() == second.json()


@pytest.mark.parametrize("key", [None, "", "short", "x" * 101, "sixteen letters!!"])
def test_a_key_is_needed(place: SmallPlace, key: str | None) -> None:
    problem(send(place.missed_bin, right_answers(), key=key), 400, "key-needed")
    assert Case.objects.count() == 0


def test_what_is_missing_is_named_in_the_language_asked_for(place: SmallPlace) -> None:
    answers = {"address": {"uprn": str(MILL_LANE_12)}}
    (error,) = problem(send(place.missed_bin, answers), 422, "answers-refused")["errors"]
    assert (error["question"], error["field"], error["key"]) == ("bin", "/answers/bin", "missing")
    welsh = send(place.missed_bin, answers, language="cy;q=0.9, en;q=0.1")
    assert welsh["Content-Language"] == "cy"
    (in_welsh,) = welsh.json()["errors"]
    assert in_welsh["key"] == "missing"
    assert in_welsh["detail"] != error["detail"]


def test_the_part_of_an_address_that_is_wrong_is_named(place: SmallPlace) -> None:
    typed = {"line_1": "1 High Street", "town": "Calderford", "postcode": "nowhere"}
    told = problem(send(place.missed_bin, right_answers(address=typed)), 422, "answers-refused")
    assert ("/answers/address/postcode", "postcode_wrong") in {(e["field"], e["key"]) for e in told["errors"]}


def test_an_address_that_does_not_exist_is_refused(place: SmallPlace) -> None:
    told = problem(send(place.missed_bin, right_answers(address={"uprn": "999"})), 422, "answers-refused")
    assert ("address", "unknown") in {(e["question"], e["key"]) for e in told["errors"]}


def test_what_is_not_asked_is_refused(place: SmallPlace) -> None:
    told = problem(send(place.missed_bin, right_answers(colour="red")), 422, "answers-refused")
    assert [(e["question"], e["key"]) for e in told["errors"]] == [("colour", "unknown_question")]


def test_a_rule_that_stops_the_pages_stops_the_api(place: SmallPlace) -> None:
    told = problem(send(place.missed_bin, right_answers(bin="recycling")), 422, "stopped")
    assert told["rule"] in {"too-late", "not-finished-yet"}
    assert told["title"] and told["detail"]
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"answers": ' + b'{"a": ' * 30 + b"1" + b"}" * 31,
        b'{"answers": {"bin": NaN}}',
        b'{"answers": {"bin": 1e999}}',
        b'{"answers": {"bin": ' + b"9" * 5000 + b"}}",
    ],
    ids=["cut", "not-utf8", "deep", "deep-inside", "nan", "infinite", "long-number"],
)
def test_what_cannot_be_read_is_refused(place: SmallPlace, body: bytes) -> None:
    problem(send(place.missed_bin, None, body=body), 400, "unreadable")


@pytest.mark.parametrize(
    "body",
    [b"[]", b"1", b"null", b"{}", b'{"answers": []}', b'{"answers": {}, "a": 1}', b'{"answers":{},"language":[]}'],
)
def test_what_is_no_submission_is_refused(place: SmallPlace, body: bytes) -> None:
    problem(send(place.missed_bin, None, body=body), 422, "wrong-shape")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b'{"answers":{},"language":"fr","x":1}', ["/language", "/x"]),
        (b'{"answers":[],"language":"fr","a/b":1}', ["/answers", "/language", "/a~1b"]),
        (b'{"language":null}', ["/answers", "/language"]),
        (b"[]", [""]),
    ],
)
def test_every_part_that_is_no_part_of_a_submission_is_named(place: SmallPlace, body: bytes, fields: list[str]) -> None:
    for language in ("en", "cy"):
        told = problem(send(place.missed_bin, None, body=body, language=language), 422, "wrong-shape")
        assert [error["field"] for error in told["errors"]] == fields
        assert all(error["detail"] for error in told["errors"])


UNKEPT = ("\0", "\ud800", "x\udfff", "\0\0")


@pytest.mark.parametrize("text", UNKEPT, ids=ascii)
def test_a_character_that_no_database_keeps_is_told_at_its_field(care: LiveService, text: str) -> None:
    asked = [question.id for page in care.package.pages if not page.repeat for question in page.questions]
    for spoilt in (text, [text], {"uprn": text}, {"uprn": "1", "text": text}, {"line_1": text}, {text: text}):
        told = problem(send(care, care_answers() | dict.fromkeys(asked, spoilt)), 422, "answers-refused")
        assert {error["question"] for error in told["errors"]} == set(asked)
        assert all(error["field"].startswith(f"/answers/{error['question']}") for error in told["errors"])
    for item, field in (({"helper_name": text}, "helper_name"), ({text: text}, text)):
        told = problem(send(care, care_answers(who_helps=[item])), 422, "answers-refused")
        assert f"/answers/who_helps/0/{field}" in [error["field"] for error in told["errors"]]
    assert Journey.objects.count() == Case.objects.count() == 0


@pytest.mark.parametrize("text", UNKEPT, ids=ascii)
def test_such_a_character_beside_the_answers_is_told_too(place: SmallPlace, text: str) -> None:
    where = {"/language": {"language": text}, f"/{text}": {text: text}}
    for field, more in where.items():
        body = json.dumps({"answers": {}, **more}).encode()
        told = problem(send(place.missed_bin, None, body=body), 422, "wrong-shape")
        assert [error["field"] for error in told["errors"]] == [field]
    told = problem(send(place.missed_bin, {text: text}), 422, "answers-refused")
    assert f"/answers/{text[:60]}" in [error["field"] for error in told["errors"]]


def test_what_is_not_json_by_its_own_word_is_refused(place: SmallPlace) -> None:
    problem(send(place.missed_bin, right_answers(), content_type="text/plain"), 415, "wrong-type")


def test_what_is_too_large_is_refused(place: SmallPlace) -> None:
    problem(send(place.missed_bin, None, body=b" " * 3_000_000), 413, "too-large")


@pytest.mark.parametrize("name", ["01890000-0000-7000-8000-000000000000", "nothing", "%00"])
def test_a_service_that_is_not_there_is_not_found(place: SmallPlace, name: str) -> None:
    for way in ("schema", "submissions"):
        method = "get" if way == "schema" else "post"
        problem(getattr(Client(), method)(f"{ADDRESS}/{name}/{way}"), 404, "not-found")


def test_who_is_signed_in_in_a_browser_changes_nothing(place: SmallPlace) -> None:
    from placewide.identity import actions as identity

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(identity.join("sam@example.org", actor=SYSTEM, now=clock.now()))
    body = json.dumps({"answers": right_answers()})
    where = f"{ADDRESS}/{place.missed_bin.adoption_id}/submissions"
    answer = browser.post(where, body, content_type="application/json", headers={"Idempotency-Key": KEY})
    assert answer.status_code == 201
    assert Journey.objects.get().user_id is None
    assert not answer.cookies


def test_too_many_in_a_minute_have_to_wait(place: SmallPlace, settings: Any) -> None:
    settings.API_RATE = "3/hour"
    answers = [send(place.missed_bin, None, body=b"{") for _ in range(4)]
    assert [answer.status_code for answer in answers[:3]] == [400] * 3
    problem(answers[3], 429, "too-many")
    assert 0 < int(answers[3]["Retry-After"]) <= 3601


PHOTO = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def keep(live: LiveService, content: bytes, *, key: str = KEY, question: str = "letters") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = {"question": question, "file": SimpleUploadedFile("letter.pdf", content)}
    return Client().post(f"{ADDRESS}/{live.adoption_id}/files", given, headers={"Idempotency-Key": key})


def test_a_file_is_kept_for_the_submission_with_the_same_key(care: LiveService) -> None:
    kept = keep(care, PHOTO)
    assert kept.status_code == 201, kept.content
    answer = send(care, care_answers(letters=[kept.json()["id"]]))
    assert answer.status_code == 201, answer.content
    assert str(StoredFile.objects.get().about_id) == answer.json()["submission"]


def test_somebody_elses_file_is_refused(care: LiveService) -> None:
    kept = keep(care, PHOTO, key="another-key-that-nobody-knows")
    told = problem(send(care, care_answers(letters=[kept.json()["id"]])), 422, "answers-refused")
    assert [(e["question"], e["key"]) for e in told["errors"]] == [("letters", "wrong")]


def test_a_file_that_is_something_else_is_refused(care: LiveService) -> None:
    told = problem(keep(care, b"MZ not a letter"), 422, "file-refused")
    assert told["errors"] == [{"question": "letters", "key": "wrong_type"}]
    assert told["detail"]
    problem(keep(care, PHOTO, question="applicant_name"), 422, "wrong-shape")


def test_two_cases_are_both_named_and_followed(care: LiveService) -> None:
    told = send(care, care_answers(), language="cy").json()
    assert len(told["cases"]) == 2, told
    assert all(case["links"]["follow"] for case in told["cases"])
    assert told["language"] == "cy"


def test_an_item_of_several_is_named_by_its_place(care: LiveService) -> None:
    helpers = [{"helper_name": "Tom", "helper_does": "shops"}, {"helper_name": "", "helper_does": "cooks"}]
    told = problem(send(care, care_answers(who_helps=helpers)), 422, "answers-refused")
    assert "/answers/who_helps/1/helper_name" in {error["field"] for error in told["errors"]}
