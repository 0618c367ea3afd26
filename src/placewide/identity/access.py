"""From a request to the viewer: who looks, in what capacity, with keys to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, reverse

from placewide.identity import reads, staff_session
from placewide.identity.rules import held_on, organisations_to_work_for
from placewide.identity.terms import HeldRole, Role
from placewide.kernel.clock import legal_date, now
from placewide.kernel.terms import Viewer

_COOKIE = "grants"
_MOST_GRANTS = 60  # the newest count: a cookie holds 4,096 bytes
_CACHED = "_placewide_viewer"
View = Callable[..., HttpResponseBase]


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks: as staff while a staff sign-in of this session holds, otherwise as a resident or guest."""
    found: Viewer | None = getattr(request, _CACHED, None)
    if found is None:
        found = _staff_viewer(request) or resident_of(request)
        setattr(request, _CACHED, found)
    return found


def resident_of(request: HttpRequest) -> Viewer:
    """Who looks, as a resident or guest, even where the same person is signed in as staff: for residents' pages."""
    user_id = request.user.pk if request.user.is_authenticated else None
    return Viewer(user_id=user_id, grants=frozenset(_grants(request)))


def works_for(request: HttpRequest) -> tuple[UUID, ...]:
    """The organisations that whoever is signed in may work for today. One statement."""
    return organisations_to_work_for(reads.roles_of(request.user.pk), legal_date(now()))


def _staff_viewer(request: HttpRequest) -> Viewer | None:
    user_id = request.user.pk
    if user_id is None or not staff_session.holds(request, now()):
        return None
    roles = held_on(reads.roles_of(user_id), legal_date(now()))
    organisations = organisations_to_work_for(roles, legal_date(now()))
    chosen = staff_session.working_for(request)
    organisation_id = chosen if chosen in organisations else (organisations[0] if len(organisations) == 1 else None)
    if organisation_id is None:
        return None
    return replace(_viewer_with(user_id, organisation_id, roles), grants=frozenset(_grants(request)))


def working_for(user_id: UUID, organisation_id: UUID, on: date) -> Viewer:
    """Somebody as they act for an organisation on a day, for commands: with no role there, they may do nothing."""
    return _viewer_with(user_id, organisation_id, held_on(reads.roles_of(user_id), on))


def _viewer_with(user_id: UUID, organisation_id: UUID, roles: Iterable[HeldRole]) -> Viewer:
    mine = [role for role in roles if role.organisation_id == organisation_id]
    return Viewer(
        user_id=user_id,
        organisation_id=organisation_id,
        team_ids=_teams(organisation_id, mine),
        roles=frozenset(role.role.value for role in mine),
    )


def _teams(organisation_id: UUID, mine: Iterable[HeldRole]) -> frozenset[UUID]:
    """The teams whose work somebody sees: their own; all of the organisation's where a role names no team.

    But for an administrator's: to manage staff, teams and services nobody has to read a case.
    """
    own = {role.team_id for role in mine if role.team_id or role.role is not Role.ADMIN}
    if None in own:
        return frozenset(reads.team_ids(organisation_id).values())
    return frozenset(team for team in own if team)


def staff_required(view: View) -> View:
    """Only staff who signed in with password and second factor in this session.

    Others are sent to sign in, or to choose whom they work for. What was posted after too long a pause is kept and
    offered again after signing in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not staff_session.holds(request, now()):
            staff_session.keep_form(request)
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not viewer_of(request).is_staff:
            return redirect_to_login(request.get_full_path(), reverse("staff-organisation"))
        staff_session.touch(request, now())
        return view(request, *args, **kwargs)

    guarded.staff_only = True  # type: ignore[attr-defined]  # for the house test that classifies every address
    return guarded


def home_of(request: HttpRequest) -> str:
    """Where somebody belongs who did not ask for a page: staff to their work, residents to their account."""
    names = (settings.STAFF_HOME if staff_session.holds(request, now()) else settings.RESIDENT_HOME, "front-door")
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return "/"


def grant(request: HttpRequest, response: HttpResponse, *subject_ids: UUID) -> None:
    """Give this browser the keys to journeys or cases until it is closed. Call it once for an answer."""
    ids = [granted for granted in _grants(request) if granted not in subject_ids]
    kept = [*ids, *subject_ids][-_MOST_GRANTS:]
    response.set_signed_cookie(
        _COOKIE, ".".join(granted.hex for granted in kept), httponly=True, samesite="Lax", secure=request.is_secure()
    )


def _grants(request: HttpRequest) -> list[UUID]:
    text = request.get_signed_cookie(_COOKIE, default="") or ""
    return [UUID(part) for part in text.split(".") if part]
