"""Draws allauth's views with our own templates."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from placewide.identity.wording import faults
from placewide.ui.faults import problem
from placewide.ui.pages import render


class Drawn:
    """First base of each view taken from allauth. A class says its template and what is shown; nothing else gets in."""

    request: HttpRequest
    template_name: str

    def shown(self, context: dict[str, Any]) -> dict[str, Any]:
        """The names the template is given, out of what allauth collected."""
        return {}

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        about = about_form(self.request, context.get("form"))
        status = 422 if about["faults"] else 200
        return render(self.request, self.template_name, about | self.shown(context), status=status)


class TakesPasskeys:
    """For views that are sent what a browser says of a passkey."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        except (ValueError, KeyError, AttributeError, TypeError):  # raised by fido2 for what no browser would send
            return problem(request, 400)
        return answer


def about_form(request: HttpRequest, form: forms.BaseForm | None) -> dict[str, Any]:
    """What every form's template is given: the faults as a list and by field, and where to send it."""
    found = faults(form) if form is not None else ()
    errors = defaultdict(str, {fault.field_id: fault.text for fault in reversed(found)})
    return {"faults": found, "errors": errors, "here": request.get_full_path(), "demo": settings.DEMO}


def entered(form: Any, field: str) -> str:
    """What somebody typed, to be shown again; never a password or code."""
    return str(form.data.get(field, "")) if form.is_bound else ""
