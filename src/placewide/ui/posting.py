"""Addresses that only take what is sent to them: whoever merely comes by is led to the page they belong to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

View = Callable[..., HttpResponse]


def sent_from(page: str, *kept: str) -> Callable[[View], View]:
    """For a view that takes a POST: coming by GET leads to ``page``, with the particulars of the address it keeps.

    Another language is chosen on a page that says what is wrong, a page is loaded again, an address was bookmarked:
    none of these ends on an empty page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return HttpResponseRedirect(reverse(page, kwargs={name: kwargs[name] for name in kept}))

        return answered

    return decorate
