"""Draws allauth's views with our own templates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from placewide.identity.wording import faults
from placewide.ui.pages import render


class Drawn:
    """First base of each view taken from allauth. A class says its template and what is shown; nothing else gets in."""

    request: HttpRequest
    template_name: str

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        """The names the template is given, out of what allauth collected."""
        return {}

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        form = context.get("form")
        given = {"faults": faults(form) if form is not None else (), "here": self.request.get_full_path()}
        return render(self.request, self.template_name, given | self.shown(context))


def entered(form: Any, field: str) -> str:
    """What somebody typed, to be shown again; never a password or code."""
    return str(form.data.get(field, "")) if form.is_bound else ""
