"""The API keeps to its own OpenAPI document, whatever is sent; and the document is a right one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance

from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.services import actions as services
from placewide.services import reads
from placewide.services.terms import LiveService
from support.api import ADDRESS, care_answers, place_today, right_answers
from support.place import PACKAGES

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def both() -> tuple[LiveService, LiveService]:
    place = place_today()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    return place.missed_bin, reads.live(place.county.id, "care-needs")


def test_every_service_is_listed_with_where_to_go(both: tuple[LiveService, LiveService]) -> None:
    answer = Client().get(ADDRESS, headers={"Accept-Language": "cy"})
    listed = {one["service"]: one for one in answer.json()["adoptions"]}
    assert set(listed) == {"missed-bin", "care-needs"}
    assert listed["missed-bin"]["id"] == str(both[0].adoption_id)
    assert listed["missed-bin"]["name"] == both[0].package.text("service.name", "cy")
    for link in listed["missed-bin"]["links"].values():
        assert link.startswith("http://127.0.0.1:8000/")


def test_the_schema_takes_what_the_service_takes(both: tuple[LiveService, LiveService]) -> None:
    for live, answers in zip(both, (right_answers(), care_answers()), strict=True):
        schema = Client().get(f"{ADDRESS}/{live.adoption_id}/schema").json()
        Draft202012Validator.check_schema(schema)
        check = Draft202012Validator(schema)
        assert check.is_valid({"answers": answers, "language": "cy"}), list(check.iter_errors({"answers": answers}))
        assert not check.is_valid({"answers": answers | {"colour": "red"}})
        assert not check.is_valid({"answers": {}})


def test_the_schema_speaks_the_language_asked_for(both: tuple[LiveService, LiveService]) -> None:
    where = f"{ADDRESS}/{both[0].adoption_id}/schema"
    english, welsh = (Client().get(where, headers={"Accept-Language": code}) for code in ("en", "cy"))
    assert (english["Content-Language"], welsh["Content-Language"]) == ("en", "cy")
    assert english.json()["title"] != welsh.json()["title"]


def test_no_page_is_served_that_loads_from_elsewhere() -> None:
    for where in ("/api/v1/docs", "/api/v1/", "/api/v1/nothing"):
        answer = Client().get(where)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def document() -> dict[str, Any]:
    told: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return told


def test_the_document_is_openapi_3_1() -> None:
    told = document()
    assert told["openapi"].startswith("3.1")
    assert len(told["paths"]) == 4
    schemathesis.openapi.from_dict(told).validate()


def _is_known(live: LiveService, case: Any) -> None:
    if "adoption" in (case.path_parameters or {}):
        case.path_parameters["adoption"] = str(live.adoption_id)


@pytest.fixture
def handler() -> Iterator[WSGIHandler]:
    """The application as a server calls it, but in the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("operation", ["listAdoptions", "readSubmissionSchema", "sendSubmission", "sendFile"])
def test_whatever_is_sent_the_answer_is_as_documented(
    both: tuple[LiveService, LiveService], handler: WSGIHandler, operation: str
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", handler)
    strategy = schema.find_operation_by_id(operation).as_strategy()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=strategy)
    def send(case: Any) -> None:
        cache.clear()
        _is_known(both[0], case)
        case.call_and_validate(excluded_checks=[positive_data_acceptance])  # what is asked differs by service

    send()
