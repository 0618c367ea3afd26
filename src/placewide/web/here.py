"""The address somebody looks from: remembered in their own browser, never in an address of a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

_COOKIE = "here"
DAYS = 180


def uprn_of(request: HttpRequest) -> int | None:
    """The reference number of the address that was chosen; None if none was."""
    text = request.get_signed_cookie(_COOKIE, default="") or ""
    return int(text) if text.isdecimal() else None


def remember(request: HttpRequest, response: HttpResponse, uprn: int) -> None:
    """Remember the address in this browser for half a year."""
    response.set_signed_cookie(
        _COOKIE, str(uprn), max_age=DAYS * 86_400, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def forget(response: HttpResponse) -> None:
    """Forget it again."""
    response.delete_cookie(_COOKIE)
