"""“Your information”: what each service keeps, why, for how long; whom to ask; what one may ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from placewide.journeys.actions import SAVED_LIVES, UNSENT_LIVES
from placewide.journeys.showing import further_of
from placewide.journeys.views import language
from placewide.places import reads as places
from placewide.places.models import Organisation
from placewide.services import reads as services
from placewide.services.rules import speaker
from placewide.services.terms import LiveService, Retention
from placewide.ui.pages import render
from placewide.web import here
from placewide.web.which_body import Bodies


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """From the packages themselves, so that it cannot lag behind; and whoever decides, with how to reach them."""
    spoken, now_live = language(), services.live_services()
    bodies = {body.id: body for body in places.organisations()}
    alike: dict[str, list[LiveService]] = {}
    for live in now_live:
        alike.setdefault(live.content_hash, []).append(live)
    deciding = {live.organisation_id for live in now_live}
    context = {
        "kept": [_service(some, bodies, spoken) for some in alike.values()],
        "bodies": [_body(body, spoken) for body in bodies.values() if body.id in deciding or not deciding],
        "unsent_days": UNSENT_LIVES.days,
        "saved_days": SAVED_LIVES.days,
        "here_days": here.DAYS,
    }
    return render(request, "web/privacy.html", context)


def _service(some: Sequence[LiveService], bodies: Bodies, spoken: str) -> dict[str, Any]:
    """One service, with everybody who provides it by the same package."""
    package = some[0].package
    names = [_name(bodies[live.organisation_id], spoken) for live in some]
    told = further_of(bodies[some[0].organisation_id], some[0].settings, spoken)
    said = speaker(package, spoken, {}, told | {"organisation": _one_of(names)})
    return {
        "id": some[0].slug,
        "name": said.say("service.name"),
        "providers": names,
        "use": said.tell("start.information"),
        "right": said.tell("information.right"),
        "basis": package.lawful_basis,
        "law": package.law,
        "sees": said.tell("information.sees"),
        "retention": [
            {"category": row.category, "months": row.months, "why": said.say(f"information.kept.{row.category}"),
             "source": row.source, "strips": row.disposal == "strip"}
            for row in _longest_last(package.retention)
        ],
    }  # fmt: skip


def _longest_last(rows: Iterable[Retention]) -> list[Retention]:
    return sorted(rows, key=lambda row: row.months)


def _one_of(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _body(body: Organisation, spoken: str) -> dict[str, str]:
    """Whom to ask: its data protection officer where known, else the body itself."""
    return {
        "name": _name(body, spoken),
        "officer": body.data_protection,
        "email": "" if body.data_protection else body.email,
        "phone": body.phone,
        "address": body.address,
        "website": body.website,
    }


def _name(body: Organisation, spoken: str) -> str:
    return (spoken == "cy" and body.name_cy) or body.name
