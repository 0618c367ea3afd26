"""What programs can do here, as a page: drawn from the API's own document, with nothing loaded from elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from placewide.journeys.views import language
from placewide.ui.pages import render
from placewide.ui.problems import KINDS
from placewide.web.api import api


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Every operation with what it takes and answers, and every kind of problem."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        _operation(path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]
    spoken = language()
    problems = [
        {"kind": kind, "status": status, "title": words.get(spoken, words["en"])[0]}
        for kind, (status, words) in KINDS.items()
    ]
    context = {"operations": operations, "problems": problems, "document": reverse("api:openapi-json")}
    return render(request, "web/api.html", context)


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "text": operation["description"],
        "statuses": ", ".join(str(status) for status in operation["responses"]),
    }
