"""Care needs of eighteen months, most of them of the last weeks; and what Ruth has begun and not sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import override

from placewide.cases.terms import Sent
from placewide.journeys import actions as journeys
from placewide.journeys import reads as journey_reads
from placewide.journeys.views.saving import link_back, words_of_mail
from placewide.kernel.calendar import is_working_day
from placewide.kernel.clock import LONDON, legal_date
from placewide.kernel.terms import Viewer
from placewide.web.demo.files import addresses, read
from placewide.web.demo.telling import Life, NotAsTold, Teller, life

ORGANISATION, SERVICE = "calderbrook", "care-needs"
_NATION = "England"
# Nobody helps with somebody's own request: what is asked of a helper only is left out.
_OF_A_CARER = ("relationship", "i_help", "own_assessment", "can_decide", "agrees", "cared_for_phone",
               "able_and_willing", "what_caring_does", "carers_words")  # fmt: skip


def care_needs(teller: Teller, ruth: UUID) -> Iterator[Life]:
    """Every request, as a life."""
    told = read("care-needs.yaml")
    live = teller.service(ORGANISATION, SERVICE)
    for nth, request in enumerate(told["requests"]):
        raw, user_id = _answers(told["answers"], request), ruth if request.get("ruth") else None
        stages = (happening for stage in request.get("stages", ()) for happening in told["stages"][stage])
        pair = raw.get("own_assessment") == "yes"

        def send(
            at: datetime, raw: Mapping[str, Any] = raw, request: Any = request, user_id: UUID | None = user_id
        ) -> Sent:
            return teller.send(live, raw, request.get("language", "en"), at, user_id)

        then = [h for h in (*stages, *request.get("then", ())) if pair or h.get("case", 1) == 1]
        yield life(teller, _opened(teller, request, nth), send, then, nth=nth, user_id=user_id)


def _opened(teller: Teller, request: Mapping[str, Any], nth: int) -> datetime:
    if request.get("urgent"):
        return teller.now - timedelta(minutes=40)
    day, wanted = legal_date(teller.now), request["opened"]
    while wanted:
        day -= timedelta(days=1)
        wanted -= is_working_day(day, _NATION)
    return datetime.combine(day, time(9 + nth % 11, nth * 13 % 60), tzinfo=LONDON)


def _answers(everybody: Mapping[str, Any], request: Mapping[str, Any]) -> dict[str, Any]:
    """Raw answers as the pages send them."""
    home = next((uprn for uprn, line in addresses().items() if line.startswith(request["home"])), "")
    raw = {**everybody, **request.get("answers", {}), "home_address": {"uprn": home}}
    if request.get("alone"):
        raw = {name: value for name, value in raw.items() if name not in _OF_A_CARER}
        raw |= {"who_for": "me", "applicant_name": request["cared_for"]}
    else:
        raw |= {"cared_for_name": request["cared_for"], "applicant_name": request["applicant"]}
        if raw["own_assessment"] == "no":
            raw = {n: v for n, v in raw.items() if n not in {"able_and_willing", "what_caring_does", "carers_words"}}
    if raw["reach_by"] == "letter":
        return raw | {"applicant_address": {"uprn": home}}
    name = str(raw["applicant_name"]).lower().replace(" ", ".")
    return raw | {"applicant_email": request.get("email", f"{name}@example.org")}


RUTHS_PAGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("who-for", {"who_for": "somebody-else"}),
    ("their-name", {"cared_for_name": "Edith Hale"}),
    ("relationship", {"relationship": "parent"}),
    ("do-you-help", {"i_help": "yes"}),
    ("own-assessment", {"own_assessment": "no"}),
    ("can-decide", {"can_decide": "yes"}),
    ("agrees", {"agrees": "yes"}),
)


def begin_for_ruth(teller: Teller, ruth: UUID) -> None:
    """Two evenings ago Ruth began to ask again, answered some of it, and saved it."""
    at = min(
        teller.now - timedelta(hours=1),
        datetime.combine(legal_date(teller.now) - timedelta(days=2), time(21, 5), tzinfo=LONDON),
    )
    viewer, live = Viewer(user_id=ruth), teller.service(ORGANISATION, SERVICE)
    journey_id = journeys.begin(live, language="en", actor=viewer.actor, now=at)
    for page_id, values in RUTHS_PAGES:
        seen = journey_reads.circumstances(viewer, journey_id, now=at)
        if seen is None:
            raise NotAsTold("Ruth cannot open what she began")
        journeys.keep_page(seen, page_id, values, actor=viewer.actor, now=at)
    seen = journey_reads.circumstances(viewer, journey_id, now=at)
    if seen is None:
        raise NotAsTold("Ruth cannot open what she answered")
    with override("en"):
        words = words_of_mail(seen, at)
    journeys.save_for_later(seen, "ruth.hale@example.org", link_back, words, actor=viewer.actor, now=at)
