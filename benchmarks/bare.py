"""The yardstick: the least a Django + ninja application does to take one JSON object and save one row."""

from __future__ import annotations

from typing import ClassVar

from django.db import connection, models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import path
from ninja import NinjaAPI, Schema


class Row(models.Model):
    """One report with three fields; exists only while the benchmarks run."""

    place = models.CharField(max_length=80)
    what = models.CharField(max_length=200)
    urgent = models.BooleanField()

    objects: ClassVar[models.Manager[Row]] = models.Manager()

    class Meta:
        app_label = "benchmarks"


class Report(Schema):
    place: str
    what: str
    urgent: bool


api = NinjaAPI(urls_namespace="bare", docs_url=None, openapi_url=None)


@api.post("/rows")
def insert(request: object, report: Report) -> dict[str, int]:
    return {"id": Row.objects.create(**report.dict()).pk}


urlpatterns = [path("", api.urls)]


class _NothingAround(ClientHandler):
    """Answers from this module's addresses, without middleware, while the rest of the process keeps its own."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__
        return super().get_response(request)


class BareInsert:
    """Send one report. Use as a context, which makes the table."""

    def __init__(self) -> None:
        self._client = Client()
        self._client.handler = _NothingAround(enforce_csrf_checks=False)

    def __enter__(self) -> BareInsert:
        with connection.schema_editor() as editor:
            editor.create_model(Row)
        return self

    def __exit__(self, *_: object) -> None:
        """The table goes with the database."""

    def __call__(self, number: int) -> None:
        body = {"place": f"{number} Mill Lane", "what": "bin not emptied", "urgent": False}
        answer = self._client.post("/rows", body, content_type="application/json")
        assert answer.status_code == 200
