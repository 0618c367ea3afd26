"""What every sentence about one decision can be filled in with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from placewide.sharing.explaining.naming import (
    WELSH_VOWELS,
    as_name,
    as_thing,
    day_in_words,
    listed,
    softened,
    welsh_list,
)
from placewide.sharing.terms.asked import Body, Item, Request
from placewide.sharing.terms.decided import Decision, Owed, Released
from placewide.sharing.terms.law import Gateway, Law
from placewide.sharing.terms.observed import Circumstances
from placewide.sharing.terms.wording import Obligation, Phrase, Reason, Wording

_STARTS = re.compile(r"(^|[.?!] )([^\W\d_])")
_MOST_NAMED = 3  # recipients in one sentence
_MARK = "\0"  # where a particular begins
_ARTICLE = re.compile(f"([{WELSH_VOWELS}]) {_MARK}yr? ")
_YOURS = re.compile(rf"\b(i|o|a|â|gyda|na|neu) {_MARK}eich ", re.IGNORECASE)
_AFTER_I = re.compile(  # no id such as “b1”
    rf"\b(i) {_MARK}([^\W\d_]{{3,}})(?!\w)", re.IGNORECASE
)
_BRACES = re.compile(r"\{(\w+)\}")
_Entry = TypeVar("_Entry", Reason, Obligation)


@dataclass(frozen=True)
class Telling:
    """One decision, and whom it is told in which language. ``resident``: to the person it is about.

    ``apart``: where it is about several people, for each what is about them and nobody else, in their order.
    """

    request: Request
    circumstances: Circumstances
    decision: Decision
    wording: Wording
    law: Law
    on: date
    language: str
    resident: bool
    apart: Mapping[str, Telling] = field(default_factory=dict)

    @property
    def to_you(self) -> bool:
        """True if the reader is taken to work for whoever receives: one organisation, which asked."""
        return not self.resident and len(self.request.recipients) == 1 and self._only.klass != "individual"

    @property
    def _only(self) -> Body:
        return self.request.recipients[0]

    # ---- words -----------------------------------------------------------------------------------------------------

    def in_language(self, phrase: Phrase) -> str:
        """The phrase in the language asked for."""
        return phrase[self.language]

    def page(self, name: str, **values: str) -> str:
        """A sentence of the page itself."""
        names = self.all_of(each.id for each in self.request.recipients)
        return fill(self.in_language(self.wording.page[name]), {**self.common, "names": names, **values})

    def phrase(self, name: str, **values: str) -> str:
        """Words of the page that stand inside a sentence."""
        return _filled(self.in_language(self.wording.page[name]), values)

    def day(self, day: date) -> str:
        """A day in words."""
        return day_in_words(day, self.language)

    def list_of(self, things: Iterable[str]) -> str:
        """Several things as one."""
        found = list(dict.fromkeys(things))
        return listed(found, "and") if self.language == "en" else welsh_list(found)

    # ---- who and what ----------------------------------------------------------------------------------------------

    def provider(self) -> str:
        """The holder's name."""
        return as_name(self.request.provider.id)

    def recipients(self, ids: Iterable[str]) -> str:
        """Those who would receive it; “you” where that is the reader. A long list is named once, on top."""
        ids = set(ids)
        if self.to_you:
            return self.in_language(self.wording.page["you"])
        if len(ids) <= _MOST_NAMED:
            return self.all_of(ids)
        everybody = len(ids) == len(self.request.recipients)
        return self.phrase("those_named") if everybody else self.phrase("some_named", number=str(len(ids)))

    def all_of(self, ids: Iterable[str]) -> str:
        """Those recipients, each named."""
        ids = set(ids)
        return self.list_of(self._recipient(each) for each in self.request.recipients if each.id in ids)

    def _recipient(self, body: Body) -> str:
        """An organisation by its name; a person by what they are to the subject, never by a name."""
        if body.klass != "individual":
            return as_name(body.id)
        kinds = [each.kind for each in self.circumstances.relationships if each.party == body.id]
        names = [self.in_language(self.wording.relationships[kind]) for kind in kinds]
        said = names[0] if names else self.in_language(self.wording.page["a_person"])
        several = sum(each.klass == "individual" for each in self.request.recipients) > 1
        return f"{said} ({body.id})" if several else said

    def items(self, ids: Iterable[str]) -> str:
        """Those items."""
        chosen = set(ids)
        return self.list_of(self._item(each) for each in self.request.items if each.id in chosen)

    def released(self, several: Iterable[Released]) -> str:
        """What is released, each item with the time it is cut to."""
        return self.list_of(self._cut(each) for each in several)

    def _cut(self, released: Released) -> str:
        said = self.items([released.item])
        for name, day in (("from_day", released.starts), ("to_day", released.ends)):
            said = self.phrase(name, item=said, day=self.day(day)) if day is not None else said
        return said

    def _item(self, item: Item) -> str:
        """An item by its id in English, where that holds words; otherwise by the kind of information."""
        said = self.in_language(self.wording.categories[item.categories[0]])
        words = as_thing(item.id)
        if words is not None:
            said = words if self.language == "en" else f"{said} ({words})"
        if self.resident and not item.third_party:
            return self.phrase("your", item=said)
        return self.phrase("the", item=said) if words is not None else said

    def agreement(self) -> str:
        """The agreement that the request cites."""
        cited = self.request.agreement
        if cited is None:
            return self.phrase("an_agreement")
        version = self.phrase("version", agreement=cited.id, version=str(cited.version))
        return self.phrase("agreement", agreement=version)

    def law_called(self, code: str) -> str | None:
        """What a law or the cited agreement is called in a sentence. None: nothing has this code."""
        cited = self.decision.agreement
        if cited is not None and cited.id == code:
            return self.agreement()
        name = self.wording.laws.get(code)
        added = next((each for each in self._gateways() if each.code == code), None)
        if name is not None:
            return self.in_language(name.words)
        return added.citation if added is not None else None

    def _gateways(self) -> Iterable[Gateway]:
        return (each for several in self.law.by_purpose.values() for each in several)

    def role(self, code: str) -> str:
        """A role with its article."""
        return self.in_language(self.wording.roles[code])

    # ---- sentences -------------------------------------------------------------------------------------------------

    @cached_property
    def common(self) -> Mapping[str, str]:
        """What is the same in every sentence."""
        request, page = self.request, self.wording.page
        decided = next((each.name for each in self.circumstances.decisions if each.name), None)
        return {
            "provider": self.provider(),
            "recipient": self.recipients(each.id for each in request.recipients),
            "items": self.items(each.id for each in request.items),
            "subject": self.in_language(page["this_person"]),
            "asker": self.role(request.asker.role),
            "purpose": self.in_language(self.wording.purposes[request.purpose]),
            "law": self.in_language(page["the_law"]),
            "agreement": self.agreement(),
            "who": self.role("ig_lead"),
            "decider": decided or self.in_language(page["somebody"]),
        }

    def reason(self, code: str, **values: str) -> str:
        """The sentence of a reason."""
        said = self.said_of(code)
        return fill(self.in_language(said.resident if self.resident else said.staff), {**self._of(said), **values})

    def instead(self, code: str, **values: str) -> str | None:
        """What staff can do where that reason keeps something back."""
        said = self.said_of(code)
        return fill(self.in_language(said.instead), {**self._of(said), **values}) if said.instead is not None else None

    def said_of(self, code: str) -> Reason:
        """What a reason says on the day."""
        return of_the_day(self.wording.reasons[code], self.on)

    def _of(self, said: Reason) -> Mapping[str, str]:
        return {**self.common, **({"who": self.role(said.asks)} if said.asks else {})}

    def obligation(self, owed: Owed) -> str:
        """The sentence of an obligation."""
        said = of_the_day(self.wording.obligations[owed.code], self.on)
        law = self.law_called(owed.under) if owed.under else None
        values = {
            **self.common,
            "day": self.day(owed.on or self.on),
            "hours": str(owed.hours or self.law.emergency_review_hours),
            **({"law": law} if law else {}),
        }
        return fill(self.in_language(said.resident if self.resident else said.staff), values)


def of_the_day(entries: tuple[_Entry, ...], on: date) -> _Entry:
    """The entry whose days have come; before all of them the first, so that there are always words."""
    come = [each for each in entries if each.dates.first is not None and each.dates.first <= on]
    return come[-1] if come else entries[0]


def fill(sentence: str, values: Mapping[str, str]) -> str:
    """The sentence with its particulars, each sentence of it beginning with a capital."""
    return _STARTS.sub(lambda found: found.group(1) + found.group(2).upper(), _filled(sentence, values))


def _filled(phrase: str, values: Mapping[str, str]) -> str:
    """With Welsh as it is written after small words: “i” and “y person hwn” are “i'r person hwn”.

    “i” and “eich nodiadau” are “i'ch nodiadau”, “i” and “perthynas” are “i berthynas”.
    """
    said = _BRACES.sub(lambda found: _MARK + values[found.group(1)], phrase)
    said = _YOURS.sub(r"\1'ch ", _ARTICLE.sub(r"\1'r ", said))
    return _AFTER_I.sub(lambda found: f"{found.group(1)} {softened(found.group(2))}", said).replace(_MARK, "")
