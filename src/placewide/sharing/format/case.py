"""A decision case's request, circumstances and agreements as terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewide.services.format import Fault
from placewide.sharing.format.values import Values, day, the_day, words
from placewide.sharing.terms import agreed, asked, observed


@dataclass(frozen=True, slots=True)
class Case:
    """One decision case, ready to be decided. ``gateways``: those it adds to the standard ones.

    ``loose``: names in it that lead nowhere, which stop nothing.
    """

    id: str
    on: date
    request: asked.Request
    circumstances: observed.Circumstances
    agreements: agreed.Agreements
    gateways: tuple[Values, ...]
    expect: Values
    twin_of: str | None = None
    twin_must: str | None = None
    loose: tuple[Fault, ...] = ()


def case_from(values: Values) -> Case:
    """The case that a file says."""
    gateways = () if values["gateways"] == "standard" else tuple(values["gateways"])
    return Case(
        id=values["id"],
        on=the_day(values["date"]),
        request=request_from(values["request"], values["nation"]),
        circumstances=circumstances_from(values["circumstances"]),
        agreements=agreed.gather(tuple(agreement_from(each) for each in values["agreements"])),
        gateways=gateways,
        expect=values["expect"],
        twin_of=values.get("twin_of"),
        twin_must=values.get("twin_must"),
    )


def request_from(values: Values, nation: str) -> asked.Request:
    """The request."""
    cited = values["agreement"]
    asker = values["asker"]
    return asked.Request(
        nation=nation,
        provider=_body(values["provider"]),
        recipients=tuple(_body(each) for each in values["recipients"]),
        asker=asked.Asker(asker["role"], asker["sign_in"], asker["vetting"], day(asker["training_until"])),
        agreement=asked.Cited(cited["id"], cited["version"]) if cited else None,
        purpose=values["purpose"],
        urgency=values["urgency"],
        frequency=values["frequency"],
        people=values["people"],
        subjects=tuple(_subject(each) for each in values["subjects"]),
        items=tuple(_item(each) for each in values["items"]),
        claimed_basis=values["claims"].get("basis"),
    )


def _body(values: Values) -> asked.Body:
    delivery = values.get("delivery", {})
    return asked.Body(
        id=values["id"],
        klass=values["class"],
        functions=words(values["functions"]),
        nation=values["nation"],
        publicly_commissioned=bool(values.get("publicly_commissioned", values["class"] == "public_authority")),
        works_with=words(values.get("works_with")),
        channel=delivery.get("channel"),
        read_by_others=delivery.get("shared_with_others", "not_shared"),
    )


def _subject(values: Values) -> asked.Subject:
    return asked.Subject(
        id=values["id"],
        born=the_day(values["born"]),
        capacity=values.get("capacity", "presumed"),
        marks=words(values.get("marks")),
        match_score=float(values.get("match_score", 1)),
        match_confirmed_by=values.get("match_confirmed_by"),
        national_opt_out=day(values.get("national_opt_out")),
    )


def _item(values: Values) -> asked.Item:
    return asked.Item(
        id=values["id"],
        subject=values["subject"],
        categories=(values["category"], *values.get("also", ())),
        held=values["held"],
        starts=day(values.get("from")),
        ends=day(values.get("to")),
        third_party=bool(values.get("third_party")),
        sensitivity=values.get("sensitivity", "normal"),
        marks=words(values.get("marks")),
    )


def circumstances_from(values: Values) -> observed.Circumstances:
    """What was observed. A list that is left out has nothing recorded."""
    each = {name: values.get(name, ()) for name in values} | {"period": None}
    period = values.get("period")
    return observed.Circumstances(
        relationships=tuple(
            observed.Relationship(e["party"], e["subject"], e["kind"], the_day(e["from"]), day(e.get("until")))
            for e in each.get("relationships", ())
        ),
        statements=tuple(_statement(e) for e in each.get("statements", ())),
        risks=tuple(
            observed.Risk(
                e["to"], e["harm"], e["level"], e["timing"], e["arises"], e["assessed_by"], the_day(e["date"])
            )
            for e in each.get("risks", ())
        ),
        telling=tuple(
            observed.Telling(e["would"], e["said_by"], the_day(e["date"]), day(e.get("until")))
            for e in each.get("telling", ())
        ),
        told=tuple(observed.Told(e["who"], the_day(e["date"])) for e in each.get("told", ())),
        notices=tuple(
            observed.Notice(e["given"], the_day(e["date"]), tuple(e["purposes"])) for e in each.get("notices", ())
        ),
        consulted=tuple(observed.Consulted(e["who"], e["view"], the_day(e["date"])) for e in each.get("consulted", ())),
        documents=tuple(_document(e) for e in each.get("documents", ())),
        proceedings=tuple(observed.Proceeding(e["kind"], the_day(e["date"])) for e in each.get("proceedings", ())),
        links=tuple(observed.Link(e["subject"], e["link"], e["stated_by"]) for e in each.get("links", ())),
        decisions=tuple(_decision(e) for e in each.get("decisions", ())),
        period=observed.Period(the_day(period["from"]), the_day(period["to"]), period["stated_by"]) if period else None,
    )


def _statement(values: Values) -> observed.Statement:
    return observed.Statement(
        by=values["by"],
        subject=values["subject"],
        says=values["says"],
        day=the_day(values["date"]),
        kind=values.get("kind"),
        purposes=tuple(values.get("purposes", ())),
        to=values.get("to"),
    )


def _document(values: Values) -> observed.Document:
    return observed.Document(
        kind=values["kind"],
        day=day(values.get("date")),
        until=day(values.get("until")),
        under=values.get("under"),
        categories=words(values.get("categories")),
    )


def _decision(values: Values) -> observed.PersonDecided:
    return observed.PersonDecided(
        about=values["about"],
        by=values["by"],
        day=the_day(values["date"]),
        result=values["result"],
        subject=values["subject"],
        name=values.get("name"),
        recipient=values.get("recipient"),
        items=words(values.get("items")),
        until=day(values.get("until")),
    )


def agreement_from(values: Values) -> agreed.Agreement:
    """One agreement."""
    who, after = values["who"], values["after"]
    return agreed.Agreement(
        id=values["id"],
        version=values["version"],
        status=values["status"],
        start=the_day(values["start"]),
        end=day(values["end"]),
        review=day(values["review"]),
        parties=tuple(
            agreed.Party(e["org"], e["class"], e["role"], day(e["signed"]), day(e["revoked"]))
            for e in values["parties"]
        ),
        purposes=tuple(agreed.AgreedPurpose(e["code"], words(e["incompatible"])) for e in values["purposes"]),
        flows=tuple(_flow(each) for each in values["flows"]),
        who=agreed.Who(
            roles=words(who["roles"]),
            sign_in=who["sign_in"],
            vetting=who["vetting"],
            training=who["training"],
            relationship=who["relationship"],
            relationship_max_age_days=who["relationship_max_age_days"],
        ),
        law=tuple(_law(each) for each in values["law"]),
        national_opt_out=values["opt_outs"]["national"],
        after=agreed.After(after["retain_days"], after["onward"], after["corrections"]),
    )


def _flow(values: Values) -> agreed.Flow:
    return agreed.Flow(
        giver=values["from"],
        receiver=values["to"],
        categories=words(values["categories"]),
        highest_sensitivity=values["highest_sensitivity"],
        mode=words(values["mode"]),
        most_people=values["most_people"],
    )


def _law(values: Values) -> agreed.LawOfParty:
    return agreed.LawOfParty(
        org=values["org"],
        art6=values["art6"],
        conditions=tuple(values["conditions"]),
        power=values["power"],
        confidentiality=values["confidentiality"],
        policy_document=values["policy_document"],
    )
