"""Whom staff ring about urgent answers, and how it is safe to: read before anything else is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from placewide.journeys.terms import Circumstances
from placewide.services import rules
from placewide.services.terms import Package


@dataclass(frozen=True, slots=True)
class Reaching:
    """A heading, and sentences of which those in ``theirs`` are the person's own."""

    title: str
    theirs: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said by and of the people of one journey, as far as its reader may know."""

    known: Mapping[str, Any]
    sender: Mapping[str, Any]
    about: Mapping[str, Any] | None  # none where they ask for themselves
    saved_to: str = ""
    theirs: bool = False  # the case is about the sender, though they spoke of somebody else
    partly: bool = False  # the reader sees only what was shared: what is not here may have been said all the same
    sent: bool = False

    @property
    def name(self) -> str:
        nameless = gettext("whoever sent this") if self.sent else gettext("the person who fills this in")
        return str(self.sender.get("name") or nameless)

    @property
    def other(self) -> str:
        if self.about is None:
            return ""
        nameless = gettext("anybody else") if self.theirs else gettext("the person it is about")
        return str(self.about.get("name") or nameless)

    @property
    def email(self) -> str:
        return str(self.sender.get("email") or self.saved_to or "")


def reaching(seen: Circumstances) -> Reaching:
    """Whom to ring, and what was said of how it is safe to; that it is not known yet, where it is not."""
    told = _told(seen.package, seen.walk.known, seen.saved_to)
    asked = _asked(seen.package, seen.told)
    return _safely(told, asked, answered=asked in seen.answers) if asked else _first(told)


def ring_first(seen: Circumstances) -> tuple[str, str]:
    """Heading and text for the person, read first where nobody is there to be told of urgent answers; else empty."""
    if seen.heard or not seen.outcome.urgent:
        return "", ""
    phone = str(seen.settings.get(seen.package.urgent_phone) or "")
    unsure = gettext("Nobody may read this soon.")
    ring = gettext("Ring %(phone)s now.") % {"phone": phone} if phone else ""
    return gettext("Ring now"), " ".join(filter(None, (unsure, ring, gettext("In danger of life, ring 999."))))


def safe_way(
    package: Package,
    notes: Collection[str],
    known: Mapping[str, Any],
    *,
    case_about: str,
    ask_at: str,
    only: Collection[str] | None = None,
) -> Reaching | None:
    """The same of a case, where a rule that held when it was sent asks for care; None where none does.

    ``case_about``: the person role it is about. ``only``: the questions whose answers this reader may see; None: all.
    ``ask_at``: the number to ring about what they may not see.
    """
    asked = _asked(package, notes)
    if not asked:
        return None
    told = _of_case(package, known, case_about, only)
    return _safely(told, asked, answered=True, hidden=only is not None and asked not in only, ask_at=ask_at)


def _told(package: Package, known: Mapping[str, Any], saved_to: str) -> _Told:
    there = rules.people(package, known)
    sender = next((told for role, told in there.values() if role.signed_in), {})
    about = next((told for role, told in there.values() if not role.signed_in), None)
    return _Told(known, sender, about, saved_to)


def _of_case(package: Package, known: Mapping[str, Any], case_about: str, only: Collection[str] | None) -> _Told:
    """Who they are follows from all of the answers; what is said of them only from those this reader may see."""
    there = {
        name: (role, {part: value for part, value in told.items() if only is None or role.fields[part] in only})
        for name, (role, told) in rules.people(package, known).items()
    }
    sender = next((name for name, (role, _) in there.items() if role.signed_in), "")
    other = next((name for name in there if name != sender), "")
    return _Told(
        known={name: value for name, value in known.items() if only is None or name in only},
        sender=there[sender][1] if sender else {},
        about=there[other][1] if other else None,
        theirs=bool(sender) and case_about == sender,
        partly=only is not None,
        sent=True,
    )


def _asked(package: Package, held: Collection[str]) -> str:
    """The question that says how it is safe, of the first of these rules that has one."""
    return next((rule.reach for rule in package.rules if rule.reach and rule.id in held), "")


def _safely(told: _Told, asked: str, *, answered: bool, hidden: bool = False, ask_at: str = "") -> Reaching:
    """Where somebody may be in danger from somebody else."""
    said = str(told.known.get(asked) or "")
    how: tuple[str, ...] = ()
    if said:
        title = gettext("How it is safe to reach them")
    elif hidden:
        title = gettext("Be careful how you reach them")
        there = gettext("How it is safe was said to the organisation that asked you. Ask there before you do anything.")
        how = (there, gettext("Ring them: %(phone)s") % {"phone": ask_at}) if ask_at else (there,)
    elif answered:
        title = gettext("They did not say how it is safe to reach them")
        how = (gettext("They were asked and left it empty. Ask first whether they can talk freely."),)
    else:
        title = gettext("Wait: how it is safe to reach them is not known yet")
        how = (
            gettext(
                "They were asked and have not answered yet. Look here again in a few minutes. Ring before that only "
                "if somebody may be in danger now; in danger of life, ring 999."
            ),
        )
    lines = (*said.split("\n"), *_ways(told)) if said else _ways(told)
    return Reaching(title, lines, (*how, *_whom(told, asked=bool(said))))


def _whom(told: _Told, *, asked: bool) -> tuple[str, ...]:
    """Whoever fills in, not whom it is about: the two may be under one roof with whoever is the danger.

    ``asked``: they said themselves how it is safe, which may be a number.
    """
    names = {"name": told.name, "other": told.other}
    careful = gettext("If anybody else answers, do not say why you ring. Leave no message, and send no letter.")
    not_her = _not_the_other(told)
    only = (
        gettext("Ring only %(name)s.") % names + f" {not_her}"
        if told.other
        else gettext("Speak only with %(name)s, who asks for themselves.") % names
    )
    if told.sender.get("phone"):
        return only, careful
    if not told.email:  # what they said of it may be a number
        return (only, careful) if asked or told.partly else (gettext("No number is known yet."), only, careful)
    written = (
        gettext("Do as they say. If that does not work, write only to %(email)s.")
        if asked
        else gettext("No phone number was given. Write only to %(email)s.")
    ) % {"email": told.email}
    quiet = gettext("Anybody may open the mail: do not say in it what this is about. Send no letter.")
    return (written, not_her, quiet) if told.other else (written, quiet)


def _not_the_other(told: _Told) -> str:
    """Of a case about the sender themselves the other is not whom it is about."""
    if told.theirs:
        return gettext("Do not ring %(other)s: who is there may hear.") % {"other": told.other}
    return gettext("Do not ring %(other)s, whom it is about: who is there may hear.") % {"other": told.other}


def _first(told: _Told) -> Reaching:
    """Who knows most of it, where nobody is in danger from somebody else."""
    names = {"name": told.name, "other": told.other, "email": told.email}
    theirs = str((told.about or {}).get("phone") or "")
    if told.sender.get("phone"):
        title = gettext("Whom to ring")
        words = gettext("Ring %(name)s first, who asks for %(other)s.") if told.other else gettext("Ring %(name)s.")
        return Reaching(title, _ways(told), (words % names,))
    title, says = gettext("No phone number of whoever sends this was given"), []
    if theirs:
        says.append(gettext("Ring %(other)s: %(phone)s.") % {**names, "phone": theirs})
    if told.email:
        says.append(gettext("Write to %(name)s: %(email)s.") % names)
    return Reaching(title, _ways(told), tuple(says))


def _ways(told: _Told) -> tuple[str, ...]:
    """How whoever fills in can be reached, as far as they have said."""
    known = [str(told.sender[part]) for part in ("name", "phone", "email") if told.sender.get(part)]
    known += [told.saved_to] if told.saved_to and told.saved_to not in known else []
    if not known and told.partly:
        return ()
    return (", ".join(known) if known else gettext("No name, number or email address was left yet."),)
