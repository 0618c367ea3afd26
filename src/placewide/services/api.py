"""Open API: which services run here, and what each asks. The same for everybody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from ninja import Router, Schema

from placewide.kernel import clock
from placewide.kernel.paging import CursorForged
from placewide.places import reads as places
from placewide.services import reads, rules
from placewide.services.terms import LiveService
from placewide.ui.problems import ProblemRaised, in_language, language_asked

router = Router(tags=["Services"])


class Body(Schema):
    """An organisation."""

    id: UUID
    slug: str
    name: str


class Links(Schema):
    """Where to go from here."""

    schema_of_answers: str
    submissions: str
    files: str
    page: str


class AdoptionOut(Schema):
    """A service as one organisation runs it now."""

    id: UUID
    service: str
    version: str
    name: str
    organisation: Body
    languages: list[str]
    links: Links


class Adoptions(Schema):
    """``next`` is the address of those that follow; null at the end."""

    adoptions: list[AdoptionOut]
    next: str | None


@router.get("/adoptions", response=Adoptions, url_name="adoptions", operation_id="listAdoptions")
def adoptions(request: HttpRequest, after: str = "") -> JsonResponse:
    """List the services that run here now, fifty at a time, each with its organisation and where its answers go."""
    asked = language_asked(request)
    bodies = {body.id: body for body in places.organisations()}
    with override(asked):
        try:
            page = reads.live_page(after=after)
        except CursorForged as forged:
            raise ProblemRaised("no-such-part") from forged
        found = [_described(one, bodies[one.organisation_id], asked) for one in page.items]
    here = f"{settings.ADDRESS}{reverse('api:adoptions')}"
    following = f"{here}?{urlencode({'after': page.next_key})}" if page.next_key else None
    return in_language(JsonResponse({"adoptions": found, "next": following}), asked)


@router.get(
    "/adoptions/{adoption}/schema",
    response={200: dict[str, Any]},
    url_name="submission-schema",
    operation_id="readSubmissionSchema",
)
def schema(request: HttpRequest, adoption: UUID) -> JsonResponse:
    """Read the JSON Schema (2020-12) of a submission: the same questions that the pages ask, in their words."""
    live = service_of(adoption)
    spoken = language_asked(request, live.package.languages)
    answers = rules.submission_schema(live.package, {}, spoken, clock.legal_date(clock.now()))
    whole = {
        "$schema": answers.pop("$schema"),
        "$id": _address("submission-schema", adoption),
        "title": live.package.text("service.name", spoken),
        "type": "object",
        "properties": {
            "answers": answers,
            "language": {"enum": list(live.package.languages), "description": "In which to write to the person."},
        },
        "required": ["answers"],
        "additionalProperties": False,
    }
    return in_language(JsonResponse(whole, content_type="application/schema+json"), spoken)


def service_of(adoption: UUID) -> LiveService:
    """The service with this id, if it runs now. Raises ProblemRaised: not-found."""
    try:
        return reads.live_by_id(adoption)
    except reads.NoSuchService as missing:
        raise ProblemRaised("not-found") from missing


def _described(live: LiveService, body: Any, language: str) -> dict[str, Any]:
    spoken = language if language in live.package.languages else live.package.languages[0]
    return {
        "id": str(live.adoption_id),
        "service": live.slug,
        "version": live.package.version,
        "name": live.package.text("service.name", spoken),
        "organisation": {
            "id": str(body.id),
            "slug": body.slug,
            "name": (body.name_cy if language == "cy" else "") or body.name,
        },
        "languages": list(live.package.languages),
        "links": {
            "schema_of_answers": _address("submission-schema", live.adoption_id),
            "submissions": _address("submissions", live.adoption_id),
            "files": _address("submission-files", live.adoption_id),
            "page": _page(body.slug, live.slug),
        },
    }


def _address(name: str, adoption: UUID) -> str:
    return f"{settings.ADDRESS}{reverse(f'api:{name}', args=[adoption])}"


def _page(organisation: str, service: str) -> str:
    try:
        return f"{settings.ADDRESS}{reverse('service-start', args=[organisation, service])}"
    except NoReverseMatch:
        return settings.ADDRESS
