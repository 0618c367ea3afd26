"""What a program is told when something cannot be done: problem details (RFC 9457), in its language.

The Welsh awaits a native reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

MEDIA_TYPE = "application/problem+json"

# Kind → status, then title and detail by language.
KINDS: Mapping[str, tuple[int, Mapping[str, tuple[str, str]]]] = {
    "unreadable": (
        400,
        {
            "en": ("This cannot be read", "Send JSON (RFC 8259) in UTF-8, not nested more than 20 deep."),
            "cy": ("Nid oes modd darllen hwn", "Anfonwch JSON (RFC 8259) mewn UTF-8, heb nythu mwy nag 20 lefel."),
        },
    ),
    "no-such-part": (
        400,
        {
            "en": ("This list has no such part", "Follow the address in “next”, or begin without “after”."),
            "cy": (
                "Nid oes rhan o’r fath yn y rhestr hon",
                "Dilynwch y cyfeiriad yn “next”, neu dechreuwch heb “after”.",
            ),
        },
    ),
    "key-needed": (
        400,
        {
            "en": (
                "An Idempotency-Key is needed",
                "Send the header Idempotency-Key: 16 to 100 letters, digits, - or _, new and random for each "
                "submission and the same when you try again.",
            ),
            "cy": (
                "Mae angen Idempotency-Key",
                "Anfonwch y pennawd Idempotency-Key: 16 i 100 o lythrennau, digidau, - neu _, yn newydd ac ar hap ar "
                "gyfer pob cyflwyniad, a’r un peth pan rowch gynnig arall arni.",
            ),
        },
    ),
    "not-found": (
        404,
        {
            "en": ("There is nothing here", "The list of services that run now is at /api/v1/adoptions."),
            "cy": ("Nid oes dim yma", "Mae rhestr y gwasanaethau sydd ar waith yn /api/v1/adoptions."),
        },
    ),
    "not-this-way": (
        405,
        {
            "en": ("That cannot be done here", "The header Allow says which methods can."),
            "cy": ("Nid oes modd gwneud hynny yma", "Mae’r pennawd Allow yn dweud pa ddulliau sy’n bosibl."),
        },
    ),
    "key-reused": (
        409,
        {
            "en": ("This key came with something else before", "Use a new Idempotency-Key. Nothing was done now."),
            "cy": (
                "Daeth yr allwedd hon gyda rhywbeth arall o’r blaen",
                "Defnyddiwch Idempotency-Key newydd. Ni wnaed dim nawr.",
            ),
        },
    ),
    "too-large": (
        413,
        {
            "en": ("This is too large", "Send less than 2.5 megabytes; a file less than 10."),
            "cy": ("Mae hwn yn rhy fawr", "Anfonwch lai na 2.5 megabeit; ffeil lai na 10."),
        },
    ),
    "wrong-type": (
        415,
        {
            "en": ("This is not the kind of content that is read here", "Send it as application/json."),
            "cy": ("Nid dyma’r math o gynnwys sy’n cael ei ddarllen yma", "Anfonwch ef fel application/json."),
        },
    ),
    "wrong-shape": (
        422,
        {
            "en": ("This is not a submission", "See the schema of this service."),
            "cy": ("Nid cyflwyniad yw hwn", "Gweler sgema’r gwasanaeth hwn."),
        },
    ),
    "answers-refused": (
        422,
        {
            "en": ("Some answers need another look", "Nothing was sent. Each error names its question."),
            "cy": ("Mae angen edrych eto ar rai atebion", "Ni anfonwyd dim. Mae pob gwall yn enwi ei gwestiwn."),
        },
    ),
    "stopped": (422, {"en": ("This cannot be sent", ""), "cy": ("Nid oes modd anfon hwn", "")}),
    "file-refused": (
        422,
        {
            "en": ("This file cannot be taken", "Nothing was kept."),
            "cy": ("Nid oes modd derbyn y ffeil hon", "Ni chadwyd dim."),
        },
    ),
    "too-many": (
        429,
        {
            "en": ("That was too often", "Wait as long as the header Retry-After says, in seconds."),
            "cy": ("Roedd hynny’n rhy aml", "Arhoswch cyhyd ag y dywed y pennawd Retry-After, mewn eiliadau."),
        },
    ),
    "our-fault": (
        500,
        {
            "en": (
                "Something went wrong here",
                "It is not your doing. Try again later with the same Idempotency-Key: nothing is done twice.",
            ),
            "cy": (
                "Aeth rhywbeth o’i le yma",
                "Nid eich bai chi yw hyn. Rhowch gynnig arall arni’n ddiweddarach gyda’r un Idempotency-Key: ni wneir "
                "dim ddwywaith.",
            ),
        },
    ),
}


class ProblemRaised(Exception):
    """Ends an API operation with problem details. ``members`` are further members, or replace title and detail."""

    def __init__(self, kind: str, **members: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.members = members


def problem_details(kind: str, language: str, members: Mapping[str, Any]) -> dict[str, Any]:
    """The body of such an answer."""
    status, words = KINDS[kind]
    title, detail = words.get(language) or words["en"]
    told = {"type": f"{settings.ADDRESS}/api#{kind}", "title": title, "status": status, "detail": detail}
    return told | dict(members)


def answer_with(request: HttpRequest, problem: ProblemRaised) -> JsonResponse:
    """The answer to a program, in the language it asked for."""
    language = language_asked(request)
    body = problem_details(problem.kind, language, problem.members)
    answer = JsonResponse(body, status=body["status"], content_type=MEDIA_TYPE)
    return in_language(answer, language)


def in_language(answer: JsonResponse, language: str) -> JsonResponse:
    """Say on the answer which language it is in, and that the request chose it."""
    answer["Content-Language"] = language
    answer["Vary"] = "Accept-Language"
    return answer


def language_asked(request: HttpRequest, among: Sequence[str] = ()) -> str:
    """The first language of Accept-Language that we speak (``among`` these, if given). No cookie is looked at."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        try:
            found = get_supported_language_variant(code)
        except LookupError:
            continue
        if not among or found in among:
            return found
    return among[0] if among and settings.LANGUAGE_CODE not in among else settings.LANGUAGE_CODE
