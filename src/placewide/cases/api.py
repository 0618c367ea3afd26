"""Open API: send answers, and the files that go with them, as the pages do. Nobody signs in; cookies are not read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import File, Form, Router, Schema, UploadedFile
from ninja.throttling import SimpleRateThrottle

from placewide.cases import actions
from placewide.cases.actions.arrive import Describe, Told
from placewide.cases.making import makers_for
from placewide.cases.terms import Sent
from placewide.journeys import showing
from placewide.journeys.arriving import check_arriving
from placewide.journeys.asking import Keeping, keep_uploads
from placewide.journeys.rules import file_ids
from placewide.journeys.terms import Circumstances, NotReady
from placewide.kernel import clock, ids
from placewide.kernel.files import reads as stored
from placewide.kernel.idempotency import KeyReused, meaning
from placewide.kernel.json_text import JsonRefused, read_json
from placewide.kernel.terms import Actor, ActorKind, Viewer
from placewide.services import rules
from placewide.services.api import service_of
from placewide.services.terms import LiveService, Package, Problem, Question
from placewide.ui.problems import ProblemRaised, in_language, language_asked

router = Router(tags=["Submissions"])
PROGRAM = Actor(ActorKind.PARTNER)
UNUSED_FILES_LIVE = timedelta(days=1)  # until the submission comes that they were given for
_KEY = re.compile(r"[A-Za-z0-9_-]{16,100}")


class CaseLinks(Schema):
    """``follow`` opens the case for whoever uses it first, once, within seven days: hand it to the person."""

    page: str
    follow: str | None


class CaseOut(Schema):
    """A case that was opened."""

    id: UUID
    reference: str
    name: str
    state: str
    links: CaseLinks


class SubmissionOut(Schema):
    """What came of the answers."""

    submission: UUID
    language: str
    cases: list[CaseOut]


class FileOut(Schema):
    """A file that was kept: its id is the answer to the question."""

    id: str
    question: str


class Throttle(SimpleRateThrottle):
    """So many a minute from one network address to one service; addresses are not kept."""

    def __init__(self) -> None:
        super().__init__(settings.API_RATE)

    def allow_request(self, request: HttpRequest) -> bool:
        self.num_requests, self.duration = self.parse_rate(settings.API_RATE)
        return super().allow_request(request)

    def get_cache_key(self, request: HttpRequest) -> str:
        whose = f"{self.get_ident(request)} {request.path}"
        return f"api:{hashlib.sha256(whose.encode()).hexdigest()}"


_IN_HEADER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New and random for each submission, the same when it is tried again. Keep it to yourself: whoever "
    "has it and the same body is given the same answer.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{16,100}$"},
}
_SUBMISSION: dict[str, Any] = {
    "type": "object",
    "properties": {
        "answers": {"type": "object", "description": "By question id, as the service's own schema says."},
        "language": {"type": "string", "description": "In which to write to the person; else Accept-Language."},
    },
    "required": ["answers"],
    "additionalProperties": False,
}


@router.post(
    "/adoptions/{adoption}/submissions",
    response={201: SubmissionOut},
    url_name="submissions",
    operation_id="sendSubmission",
    throttle=Throttle(),
    openapi_extra={
        "parameters": [_IN_HEADER],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _SUBMISSION}}},
    },
)
def submit(request: HttpRequest, adoption: UUID) -> JsonResponse:
    """Send the answers to a service's questions. The same answers are accepted as on its pages, and checked alike."""
    live, now = service_of(adoption), clock.now()
    key, body = _key_of(request), _body_of(request)
    arrival = actions.Arrival(adoption, key, meaning(body))
    try:
        told = actions.arrived_before(arrival)
        if told is None:
            told = _send(request, live, arrival, body, now)
    except KeyReused as reused:
        raise ProblemRaised("key-reused") from reused
    return in_language(JsonResponse(dict(told), status=201), told["language"])


@router.post(
    "/adoptions/{adoption}/files",
    response={201: FileOut},
    url_name="submission-files",
    operation_id="sendFile",
    throttle=Throttle(),
    openapi_extra={"parameters": [_IN_HEADER]},
)
def keep_file(request: HttpRequest, adoption: UUID, question: Form[str], file: File[UploadedFile]) -> JsonResponse:
    """Keep a file for the submission that will come with the same Idempotency-Key."""
    live, now = service_of(adoption), clock.now()
    about, spoken = _files_under(adoption, _key_of(request)), language_asked(request, live.package.languages)
    asked = _file_question(live.package, question)
    uploads = MultiValueDict({f"{asked.id}-upload": [file]})
    kept, refused = keep_uploads(
        [asked], uploads, Keeping(live.organisation_id, about, PROGRAM, now, now + UNUSED_FILES_LIVE)
    )
    for problem in refused:
        raise _file_refused(live.package, problem, spoken)
    return in_language(JsonResponse({"id": kept[asked.id][0], "question": asked.id}, status=201), spoken)


def _send(request: HttpRequest, live: LiveService, arrival: actions.Arrival, body: Any, now: Any) -> Told:
    raw, language = _submission_in(body, request, live)
    about = _files_under(live.adoption_id, arrival.key)
    own = {str(kept.id) for kept in stored.files_about(Viewer(grants=frozenset({about})), about)}
    with override(language):
        seen, problems = check_arriving(
            live, ids.new_id(), raw, file_ids=own, language=language, viewer=Viewer(), now=now
        )
        _refuse_what_stops(seen, live)
        if problems:
            raise ProblemRaised("answers-refused", errors=_errors(seen, problems), **_urgent(seen, live))
        answered = file_ids(seen.package, seen.answers)
        given = [UUID(i) for i in own if i in answered]
        try:
            return actions.arrive(
                seen, makers_for(seen), arrival, _describer(seen), file_ids=given, actor=PROGRAM, now=now
            )
        except NotReady as unready:
            left = list(unready.outcome.unanswered)
            raise ProblemRaised("answers-refused", unanswered=left, **_urgent(seen, live)) from unready


def _key_of(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise ProblemRaised("key-needed")
    return key


def _body_of(request: HttpRequest) -> Any:
    if request.content_type != "application/json":
        raise ProblemRaised("wrong-type")
    try:
        return read_json(request.body)
    except JsonRefused as refused:
        raise ProblemRaised("unreadable") from refused


def _submission_in(body: Any, request: HttpRequest, live: LiveService) -> tuple[dict[str, Any], str]:
    """The answers, and the language to write in."""
    spoken = language_asked(request, live.package.languages)
    with override(language_asked(request)):
        errors = _shape_errors(body, live.package.languages)
    if errors:
        raise ProblemRaised("wrong-shape", errors=errors)
    return body["answers"], body.get("language", spoken)


def _shape_errors(body: Any, languages: Sequence[str]) -> list[dict[str, str]]:
    """Every part of a body that is not as a submission has it, each with what it should be."""
    if not isinstance(body, dict):
        return [{"field": "", "detail": _("The body is to be an object with “answers”.")}]
    wrong = {}
    if not isinstance(body.get("answers"), dict):
        wrong["answers"] = _("Send an object: the answers by question.")
    if "language" in body and body["language"] not in languages:
        wrong["language"] = _("Send one of: %(languages)s.") % {"languages": ", ".join(languages)}
    wrong |= dict.fromkeys(sorted(set(body) - {"answers", "language"}), _("This is not known here. Leave it out."))
    return [{"field": f"/{_escaped(name)}", "detail": detail} for name, detail in wrong.items()]


def _escaped(name: str) -> str:
    """As a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _refuse_what_stops(seen: Circumstances, live: LiveService) -> None:
    if seen.outcome.stop is None:
        return
    rule, voice = seen.outcome.stop, showing.voice(seen)
    title, body = voice.say(f"rules.{rule.id}.title"), voice.say(f"rules.{rule.id}.body")
    raise ProblemRaised("stopped", title=title, detail=body, rule=rule.id, **_urgent(seen, live))


def _errors(seen: Circumstances, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    voice = showing.voice(seen)
    return [
        {
            "question": problem.question,
            "field": _pointer(seen.package, problem),
            "part": problem.part,
            "key": problem.key,
            "detail": voice.problem(problem),
        }
        for problem in problems
    ]


def _urgent(seen: Circumstances, live: LiveService) -> dict[str, Any]:
    """What is refused is not kept, so no member of staff can be told of it, as one is from a page: say whom to ring."""
    if not seen.outcome.urgent:
        return {}
    phone = str(live.settings.get(live.package.urgent_phone) or "")
    told = _("The answers say that somebody may be at risk, and nobody has been told: what is refused is not kept.")
    ring = _("Ring %(phone)s now, or 999 in an emergency.") % {"phone": phone} if phone else ""
    if not ring and seen.outcome.stop:
        ring = _("Ring 999 in an emergency.")
    ring = ring or _("Ring 999 in an emergency. Put right what is wrong, and send the answers again at once.")
    urgent = {"rules": [rule.id for rule in seen.outcome.urgent], "phone": phone or None, "detail": f"{told} {ring}"}
    return {"urgent": urgent}


def _pointer(package: Package, problem: Problem) -> str:
    """Where in the body it stands (RFC 6901)."""
    name = _escaped(problem.question)
    item = problem.particulars.get("item")
    pages = (page for page in package.pages if page.repeat and problem.question in {q.id for q in page.questions})
    page = next(pages, None)
    items = problem.particulars.get("list") or (rules.page_key(page) if page else "")
    inside = f"{items}/{int(item) - 1}/" if items and item else ""
    return f"/answers/{inside}{name}" + (f"/{problem.part}" if problem.part else "")


def _file_question(package: Package, name: str) -> Question:
    asked = (q for page in package.pages for q in page.questions if q.kind == "files")
    found = next((q for q in asked if q.id == name), None)
    if found is None:
        raise ProblemRaised("wrong-shape", errors=[{"field": "question"}])
    return found


def _file_refused(package: Package, problem: Problem, language: str) -> ProblemRaised:
    said = rules.problem_sentence(package, problem, language)
    return ProblemRaised("file-refused", detail=said, errors=[{"question": problem.question, "key": problem.key}])


def _files_under(adoption: UUID, key: str) -> UUID:
    """What files wait under until their submission comes: follows from its key, which only the sender knows."""
    return UUID(bytes=hashlib.sha256(f"files\0{adoption}\0{key}".encode()).digest()[:16])


def _describer(seen: Circumstances) -> Describe:
    def describe(sent: Sent, tokens: Any) -> dict[str, Any]:
        return {
            "submission": str(sent.journey_id),
            "language": seen.language,
            "cases": [
                {
                    "id": str(case.id),
                    "reference": case.reference,
                    "name": seen.package.text(f"cases.{case.case_type}.name", seen.language),
                    "state": case.state,
                    "links": {
                        "page": _page("case", case.reference),
                        "follow": _page("case-open", tokens[case.id]) if case.id in tokens else None,
                    },
                }
                for case in sent.opened
            ],
        }

    return describe


def _page(name: str, what: str) -> str:
    return f"{settings.ADDRESS}{reverse(name, args=[what])}"
