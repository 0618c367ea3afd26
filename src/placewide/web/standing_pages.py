"""Pages that stand behind every other: your information, accessibility, help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from placewide.journeys.views import language
from placewide.places import reads as places
from placewide.services import reads as services
from placewide.ui.pages import render


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """For each service: why the answers are asked, by what right, and how long what is kept."""
    bodies, spoken = {body.id: body for body in places.organisations()}, language()
    kept = [
        {
            "name": service.package.text("service.name", spoken),
            "provider": (spoken == "cy" and bodies[service.organisation_id].name_cy)
            or bodies[service.organisation_id].name,
            "basis": service.package.lawful_basis,
            "law": service.package.law,
            "retention": service.package.retention,
        }
        for service in services.live_services()
    ]
    return render(request, "web/privacy.html", {"kept": kept})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked and how, what is known to be missing, whom to tell."""
    return render(request, "web/accessibility.html", {"bodies": places.organisations()})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Ways to reach every organisation of the place."""
    return render(request, "web/help.html", {"bodies": places.organisations()})
