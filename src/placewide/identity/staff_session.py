"""What a session knows about a staff sign-in: since when, last used, for which organisation, what was being written.

A staff sign-in holds only if password and second step were both given in this session. It ends after a pause
(settings.STAFF_IDLE_MINUTES) and at the latest after settings.STAFF_SESSION_HOURS.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from placewide.identity.terms import KeptForm
from placewide.kernel import keys

_STAFF = "staff"
_WORKING_FOR = "working_for"
_KEPT = "kept_form"
_PURPOSE = "identity.kept_form"  # what was written may be about anybody: the session table must not tell
_MOST_KEPT = 200_000  # characters
_TOUCH_SECONDS = 60  # a session row is written at most once a minute
_FRESH = timedelta(minutes=15)


def begin(request: HttpRequest, now: datetime) -> None:
    """Password and second step were both given just now."""
    request.session[_STAFF] = {"user": str(request.user.pk), "since": now.timestamp(), "seen": now.timestamp()}


def holds(request: HttpRequest, now: datetime) -> bool:
    """Whether the staff sign-in of this session holds at this moment."""
    state = request.session.get(_STAFF)
    if not state or not request.user.is_authenticated or state["user"] != str(request.user.pk):
        return False
    seen, since = float(state["seen"]), float(state["since"])
    return (
        now.timestamp() - seen <= timedelta(minutes=settings.STAFF_IDLE_MINUTES).total_seconds()
        and now.timestamp() - since <= timedelta(hours=settings.STAFF_SESSION_HOURS).total_seconds()
    )


def is_fresh(request: HttpRequest, now: datetime) -> bool:
    """Whether it began so lately that how somebody signs in may be changed without asking again."""
    return holds(request, now) and now.timestamp() - float(request.session[_STAFF]["since"]) <= _FRESH.total_seconds()


def touch(request: HttpRequest, now: datetime, *, at_once: bool = False) -> None:
    """Note that the member of staff is still there."""
    state = request.session[_STAFF]
    if at_once or now.timestamp() - state["seen"] >= _TOUCH_SECONDS:
        request.session[_STAFF] = state | {"seen": now.timestamp()}


def working_for(request: HttpRequest) -> UUID | None:
    """The organisation chosen in this session."""
    text = request.session.get(_WORKING_FOR)
    return UUID(text) if text else None


def work_for(request: HttpRequest, organisation_id: UUID) -> None:
    """Work for this organisation from now on in this session. The caller has checked that there is a role."""
    request.session[_WORKING_FOR] = str(organisation_id)


def keep_form(request: HttpRequest) -> None:
    """Keep what was posted after the sign-in had run out, so that nothing written is lost. Files are not kept."""
    if request.method != "POST" or not request.user.is_authenticated:
        return
    fields = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    if sum(len(value) for values in fields.values() for value in values) <= _MOST_KEPT:
        put_back(request, KeptForm(request.path, str(request.user.pk), fields))


def put_back(request: HttpRequest, kept: KeptForm) -> None:
    """Carry something kept over to the session that follows."""
    text = json.dumps({"path": kept.path, "user": kept.user, "fields": dict(kept.fields)})
    request.session[_KEPT] = base64.b64encode(keys.seal(text.encode(), purpose=_PURPOSE)).decode("ascii")


def kept_form(request: HttpRequest) -> KeptForm | None:
    """What was kept, for the same user only; nothing where its key is gone."""
    sealed = request.session.get(_KEPT)
    if not sealed:
        return None
    try:
        kept = json.loads(keys.open_sealed(base64.b64decode(sealed), purpose=_PURPOSE))
    except (keys.KeyMissing, keys.SealBroken):
        return None
    return KeptForm(**kept) if kept["user"] == str(request.user.pk or "") else None


def forget_form(request: HttpRequest) -> None:
    """It has been offered; it is the person's again."""
    request.session.pop(_KEPT, None)
