"""Whom staff ring about urgent answers, and how it is safe to: read before anything else is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from placewide.journeys.terms import Circumstances
from placewide.services import rules


@dataclass(frozen=True, slots=True)
class Reaching:
    """A heading, and sentences of which those in ``theirs`` are the person's own."""

    title: str
    theirs: tuple[str, ...]
    sentences: tuple[str, ...]


def reaching(seen: Circumstances) -> Reaching:
    """Whom to ring, and what was said of how it is safe to; that it is not known yet, where it is not."""
    told = tuple(filter(None, (_number(seen),)))
    asked = next((rule.reach for rule in seen.package.rules if rule.reach and rule.id in seen.told), "")
    if not asked:
        return Reaching(gettext("Whom to ring"), told, (_first(seen),))
    said = str(seen.walk.known.get(asked) or "")
    if said:
        title, how = gettext("How it is safe to ring"), ()
    elif asked in seen.answers:
        title = gettext("They did not say how it is safe to ring")
        how = (gettext("They were asked and left it empty. Ask first whether they can talk freely."),)
    else:
        title = gettext("Wait: how it is safe to ring is not known yet")
        how = (
            gettext(
                "They were asked and have not answered yet. Look here again in a few minutes. Ring before that only "
                "if somebody may be in danger now; in danger of life, ring 999."
            ),
        )
    careful = gettext("If anybody else answers, do not say why you ring. Leave no message, and send no letter.")
    return Reaching(title, (*said.split("\n"), *told) if said else told, (*how, _whom(seen), careful))


def _whom(seen: Circumstances) -> str:
    """Whoever fills in, not whom it is about: the two may be under one roof with whoever is the danger."""
    sender, about = _people(seen)
    if not about:
        return gettext("Speak only with %(name)s, who asks for themselves.") % {"name": sender}
    names = {"name": sender, "other": about}
    return gettext("Ring only %(name)s. Do not ring %(other)s, whom it is about: who is there may hear.") % names


def _first(seen: Circumstances) -> str:
    """Who knows most of it, where nobody is in danger from somebody else."""
    sender, about = _people(seen)
    names = {"name": sender, "other": about}
    return (
        gettext("Ring %(name)s first, who asks for %(other)s.") % names if about else gettext("Ring %(name)s.") % names
    )


def _people(seen: Circumstances) -> tuple[str, str]:
    """Names of whoever fills in, and of whom it is about; the second is empty where they are the same."""
    there = rules.people(seen.package, seen.walk.known)
    sender = next((told for role, told in there.values() if role.signed_in), {})
    about = next((told for role, told in there.values() if not role.signed_in), None)
    other = "" if about is None else str(about.get("name") or gettext("the person it is about"))
    return str(sender.get("name") or gettext("the person who fills this in")), other


def _number(seen: Circumstances) -> str:
    """How whoever fills in can be reached, as far as they have said."""
    there = rules.people(seen.package, seen.walk.known)
    sender = next((told for role, told in there.values() if role.signed_in), {})
    known = [str(sender[part]) for part in ("name", "phone", "email") if sender.get(part)]
    known += [seen.saved_to] if seen.saved_to and seen.saved_to not in known else []
    return ", ".join(known) if known else gettext("No name, number or email address was left yet.")
