"""Somebody who uses a node over HTTP and does not give up: what was not answered is tried again."""

from __future__ import annotations

import html
import http.client
import json
import re
import time
from collections.abc import Mapping
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_BROKEN = (URLError, http.client.HTTPException, OSError)
_AWAY = (502, 503, 504)


class NoAnswer(Exception):
    """Nobody knows whether it was done."""


class Caller:
    """One browser, or one program. Raises AssertionError for a page no node may ever show."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.at = ""  # the address of the page that is seen
        self.worst = 499  # the highest status that is not a fault of the node
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._token = ""

    def once(self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Status and text. Raises NoAnswer."""
        request = Request(path if path.startswith("http") else self.address + path, body, dict(headers or {}))
        try:
            with self._opener.open(request, timeout=20) as answer:
                status, text, self.at = answer.status, answer.read().decode(), answer.url
        except HTTPError as refused:
            with refused:
                status, text = refused.code, refused.read().decode(errors="replace")
        except _BROKEN as broken:
            raise NoAnswer from broken
        if status in _AWAY:
            raise NoAnswer
        assert status <= self.worst, f"{path}: {status} {text[:500]}"
        if found := _CSRF.search(text):
            self._token = html.unescape(found[1])
        return status, text

    def until_answered(self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Any:
        """The same again until somebody answers: only for what may be done twice."""
        until = time.monotonic() + 90
        while True:
            try:
                return self.once(path, body, headers)
            except NoAnswer:
                assert time.monotonic() < until, f"nobody answers at {path}"
                time.sleep(0.2)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """A form of the page that was seen last. Raises NoAnswer."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self._token}).encode()
        return self.once(path, body, {"Origin": self.address, "Referer": self.address + path})

    def send(self, adoption: str, key: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        """A submission by the API, again under its key until it is answered."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        body = json.dumps({"answers": answers}).encode()
        status, text = self.until_answered(f"/api/v1/adoptions/{adoption}/submissions", body, headers)
        assert status == 201, (status, text[:500])
        told: dict[str, Any] = json.loads(text)
        return told

    def say(self, page: str, path: str, text: str, **fields: str) -> None:
        """Write something on a page; where no answer came, look first whether it stands there."""
        while True:
            status, seen = self.until_answered(page)
            assert status == 200, (page, status)
            if text in seen:
                return
            try:
                status, seen = self.post(path, **fields)
            except NoAnswer:
                continue
            assert status == 200, (path, status)
            assert text in seen, f"{path} was answered, but nothing of it is to be seen"
            return
