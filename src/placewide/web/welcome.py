"""What an operator of the demo is told once it is up: where to go, and who they can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from placewide.identity import reads as identity
from placewide.identity.terms import DEMO_PASSWORD
from placewide.places import reads as places
from placewide.web.demo.seeding import RUTH

_PAGES = (("Staff sign in", "account_login"), ("Mailbox", "mailbox"), ("Codes of the moment", "demo-sign-ins"))


def demo_lines(address: str, now: datetime) -> Iterator[str]:
    """Addresses, then the staff there are with their one password, widths aligned."""
    yield f"  {'Front door':20} {address}/"
    for title, name in _PAGES:
        try:
            yield f"  {title:20} {address}{reverse(name)}"
        except NoReverseMatch:
            continue
    people = identity.demo_sign_ins(now)
    if not people:
        return
    yield f"  {'Resident sign in':20} {RUTH}, with a code that comes to the mailbox"
    organisations = {organisation.id: organisation.name for organisation in places.organisations()}
    yield f"  Everybody's password {DEMO_PASSWORD}"
    for person in people:
        part = person.role if person.works_here else "left, a sign-in opens nothing"
        yield f"    {person.email:44} {part}, {organisations[person.organisation_id]}"
