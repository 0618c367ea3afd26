"""Pages that stand behind every other: accessibility, help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from placewide.places import reads as places
from placewide.services import reads as services
from placewide.ui.pages import render


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked and how, what is known to be missing, whom to tell."""
    return render(request, "web/accessibility.html", {"bodies": places.organisations()})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Ways to reach every organisation of the place."""
    return render(request, "web/help.html", {"bodies": places.organisations(), "services": services.live_services()})
