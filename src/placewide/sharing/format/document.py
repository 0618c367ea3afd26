"""The values of an agreement file as terms."""

from __future__ import annotations

from placewide.sharing.format.case import agreement_from
from placewide.sharing.format.values import Values, day, words
from placewide.sharing.terms import document
from placewide.sharing.terms.asked import Cited


def document_from(values: Values) -> document.Document:
    """The agreement that a file says, with its words."""
    said = values["document"]
    before = said["supersedes"]
    return document.Document(
        runs=agreement_from(values["agreement"]),
        title=_said(said["title"]),
        summary=_said(said["summary"]),
        supersedes=Cited(before["id"], before["version"]) if before else None,
        parties=tuple(_party(each) for each in said["parties"]),
        purposes=tuple(_purpose(each) for each in said["purposes"]),
        flows=tuple(_flow(each) for each in said["flows"]),
        law=tuple(_law(each) for each in said["law"]),
        transparency=_transparency(said["transparency"]),
        opt_outs=_opt_outs(said["opt_outs"]),
        emergency=_emergency(said["emergency"]),
        keeping=document.Keeping(**said["keeping"]),
        running=document.Running(**said["running"]),
        reviewed_by=said["reviewed_by"],
    )


def _said(values: Values) -> document.Said:
    return document.Said(values["en"], values["cy"])


def _maybe_said(values: Values | None) -> document.Said | None:
    return None if values is None else _said(values)


def _party(values: Values) -> document.NamedParty:
    return document.NamedParty(
        org=values["org"],
        name=_said(values["name"]),
        controller=values["controller"],
        contact=values["contact"],
        dpo=values["dpo"],
        joined=day(values["joined"]),
        left=day(values["left"]),
    )


def _purpose(values: Values) -> document.PurposeInWords:
    return document.PurposeInWords(
        values["code"], _said(values["plain"]), values["necessary"], _said(values["benefit"])
    )


def _flow(values: Values) -> document.FlowInWords:
    return document.FlowInWords(
        giver=values["from"],
        receiver=values["to"],
        what=values["what"],
        whose=tuple(values["whose"]),
        third_parties=values["third_parties"],
        trigger=values["trigger"],
        how=values["how"],
    )


def _law(values: Values) -> document.LawInWords:
    return document.LawInWords(
        values["from"], values["to"], values["kind"], values["says"], values["source"], values["reviewed_by"]
    )


def _transparency(values: Values) -> document.Transparency:
    return document.Transparency(_said(values["notice"]), values["tell"], values["who_tells"], values["exemption"])


def _opt_outs(values: Values) -> document.OptOuts:
    objection, withdraw = _maybe_said(values["objection"]), _maybe_said(values["withdraw"])
    return document.OptOuts(values["national_why"], objection, withdraw)


def _emergency(values: Values) -> document.EmergencyClause:
    return document.EmergencyClause(
        allowed=values["allowed"],
        roles=words(values["roles"]),
        categories=words(values["categories"]),
        review_hours=values["review_hours"],
        notify=values["notify"],
    )
