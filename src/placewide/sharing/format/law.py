"""The law's data file as terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from placewide.sharing.format.values import Values, day, maybe_words, words
from placewide.sharing.terms import law
from placewide.sharing.terms.decided import STRENGTH, Fault, Kind

_Value = TypeVar("_Value")


def law_from(values: Values, added: Iterable[Values] = ()) -> law.Law:
    """The whole law of a file. ``added``: more gateways; the same code replaces."""
    listed = _replaced(values["gateways"], tuple(added))
    gateways = sorted((gateway_from(each) for each in listed), key=lambda each: STRENGTH[each.kind])
    purposes = {purpose for each in gateways for purpose in each.purposes or ()}
    limits = values["limits"]
    return law.Law(
        match_for_machine=float(limits["match_for_machine"]),
        emergency_review_hours=int(limits["emergency_review_hours"]),
        confidential_holders=words(values["confidential_holders"]["functions"]),
        categories={n: law.Category(c["class"], c["confidential"]) for n, c in values["categories"].items()},
        needed={name: words(found["needs"]) for name, found in values["purposes"].items()},
        bases={each["code"]: _basis(each) for each in values["bases"]},
        conditions={each["code"]: _condition(each) for each in values["conditions"]},
        exemptions=tuple(law.Exemption(e["code"], _dates(e), e["if_telling"]) for e in values["exemptions"]),
        prohibitions=tuple(_prohibition(each) for each in values["prohibitions"]),
        by_purpose={p: tuple(g for g in gateways if g.purposes is None or p in g.purposes) for p in sorted(purposes)},
        for_any=tuple(gateway for gateway in gateways if gateway.purposes is None),
        ages=_measures((each["code"], _dates(each), int(each["years"])) for each in values["ages"]),
        groups=_measures((each["code"], _dates(each), words(each["words"])) for each in values["groups"]),
        questions=_measures((reason, *entry) for entry, reasons in _questions(values) for reason in reasons),
        acts=tuple(_act(each) for each in values["acts"]),
    )


def _measures(entries: Iterable[tuple[str, law.Dates, _Value]]) -> dict[str, tuple[law.Measure[_Value], ...]]:
    """The entries of each code, in the order of their days."""
    found: dict[str, list[law.Measure[_Value]]] = {}
    for code, dates, value in entries:
        found.setdefault(code, []).append(law.Measure(dates, value))
    return {code: tuple(sorted(several, key=_first_day)) for code, several in found.items()}


def _first_day(measure: law.Measure[_Value]) -> date:
    return measure.dates.first or date.max


def _questions(values: Values) -> Iterator[tuple[tuple[law.Dates, law.Question], list[str]]]:
    for each in values["questions"]:
        question = law.Question(each["code"], each["asked"], words(each["may_decide"]))
        yield (_dates(each), question), each["reasons"]


def _act(values: Values) -> law.Act:
    return law.Act(values["code"], words(values["nation"]), _dates(values), words(values.get("lifts_for")))


def _replaced(gateways: Iterable[Values], added: tuple[Values, ...]) -> Iterator[Values]:
    """The added ones stand where the first of their code stood, or at the end. A changed law has several entries."""
    codes, done = {each["code"] for each in added}, set[str]()
    for each in (*gateways, *added):
        code = each["code"]
        if code not in codes:
            yield each
        elif code not in done:
            done.add(code)
            yield from (one for one in added if one["code"] == code)


def _dates(values: Values) -> law.Dates:
    return law.Dates(day(values.get("from")), day(values.get("to")))


def _basis(values: Values) -> law.Basis:
    return law.Basis(values["code"], _dates(values), words(values["not_open_to"]), values["citation"])


def _condition(values: Values) -> law.Condition:
    return law.Condition(values["code"], words(values["for"]), bool(values["policy_document"]))


def _prohibition(values: Values) -> law.Prohibition:
    return law.Prohibition(
        code=values["code"],
        nations=words(values["nation"]),
        dates=_dates(values),
        reason=values["reason"],
        purposes=words(values.get("purposes")),
        categories=words(values.get("categories")),
        marks=words(values.get("marks")),
        opted_out=bool(values.get("subject", {}).get("national_opt_out")),
        except_lifts=words(values.get("except_lift")),
        except_kinds=words(values.get("except_kind")),
        except_purposes=words(values.get("except_purposes")),
        except_gateways=words(values.get("except_gateways")),
        except_functions=words(values.get("except_recipient_functions")),
    )


def gateway_from(values: Values) -> law.Gateway:
    """One gateway."""
    categories = maybe_words(values.get("categories"))
    return law.Gateway(
        code=values["code"],
        nations=words(values["nation"]),
        dates=_dates(values),
        kind=Kind.CONSENT if values["lifts"] == "consent" else Kind(values["kind"]),
        reason=values["reason"],
        purposes=None if values["purposes"] == "any" else words(values["purposes"]),
        provider=_whom(values.get("provider", {})),
        recipient=_whom(values.get("recipient", {})),
        subject=values.get("subject"),
        needs=tuple(_need(_filled(each, values["code"])) for each in values.get("needs", ())),
        bars=tuple(_bar(_filled(each, values["code"])) for each in values.get("bars", ())),
        categories=categories,
        categories_of=values.get("categories_of"),
        named_in_document=values.get("items") == "named_in_document",
        lifts=values["lifts"],
        unasked=values.get("unasked", "ask"),
        hear_before=values.get("hear") == "before",
        third_party_released=values.get("third_party") == "released",
        capacity_matters=bool(values.get("capacity_matters")),
        safeguards=words(values["safeguards"]),
        basis={klass: tuple(codes) for klass, codes in values["basis"].items()},
        art9=tuple(values.get("art9", ())),
        art10=tuple(values.get("art10", ())),
        obligations=tuple(values.get("obligations", ())),
        citation=values["citation"],
        source=values["source"],
        reviewed_by=values["reviewed_by"],
    )


def _whom(values: Values) -> law.Whom:
    return law.Whom(
        classes=maybe_words(values.get("classes")),
        functions=maybe_words(values.get("functions")),
        not_functions=maybe_words(values.get("not_functions")),
        relationships=maybe_words(values.get("relationships")),
        publicly_commissioned=values.get("publicly_commissioned"),
    )


def _filled(said: Any, code: str) -> Any:
    """The same with the gateway's own code where the file says ``$code``."""
    if isinstance(said, dict):
        return {name: _filled(value, code) for name, value in said.items()}
    if isinstance(said, list):
        return [_filled(each, code) for each in said]
    return code if said == "$code" else said


def _need(values: Values) -> law.Need:
    return law.Need(_test(values), _consequence(values.get("else", "na")), bool(values.get("unless_urgent")))


def _bar(values: Values) -> law.Bar:
    return law.Bar(
        _test(values), _consequence(values.get("then", "na")), tuple(_test(each) for each in values.get("unless", ()))
    )


def _consequence(said: Any) -> Fault | None:
    if said == "na":
        return None
    return Fault(said["ask"], asks=True) if "ask" in said else Fault(said["refuse"], asks=False)


def _test(values: Values) -> law.Test:
    if "some" in values:
        return law.Some(values["some"], _fields(values.get("where", {})))
    if "request" in values:
        return law.OfRequest(_fields(values["request"]))
    if "capacity" in values:
        return law.Capacity(words(values["capacity"]))
    if "mark" in values:
        return law.Marked(values["mark"])
    if "fewer_than" in values:
        return law.FewerThan(int(values["fewer_than"]), words(values["of"]))
    return law.Worse() if "worse" in values else law.Always()


def _fields(values: Values) -> law.Fields:
    return tuple((name, words(wanted)) for name, wanted in values.items())
