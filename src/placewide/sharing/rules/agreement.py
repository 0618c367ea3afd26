"""A signed agreement as a ground: every condition it sets, and every one that fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from placewide.sharing.rules import confidence
from placewide.sharing.rules.grounds import Ground, classes_of, open_basis
from placewide.sharing.rules.guards import forbids
from placewide.sharing.rules.matter import Matter, later
from placewide.sharing.terms.agreed import Agreement, Flow, LawOfParty
from placewide.sharing.terms.decided import Fault, Kind, Owed

_VETTING = ("none", "basic", "enhanced", "police")
_SIGN_IN = ("password", "two_factor")
_SENSITIVITY = ("normal", "restricted", "very_restricted")
_CONSENT = "UKGDPR.6.1.a"
_NOT_COVERED = Fault("CATEGORY_NOT_COVERED", asks=False)
_MINIMUM, _NO_ONWARD, _CORRECTIONS = (Owed(code) for code in ("MINIMUM_ONLY", "NO_ONWARD", "PUSH_CORRECTIONS"))


def _refuse(reason: str) -> Fault:
    return Fault(reason, asks=False)


def _ask(reason: str) -> Fault:
    return Fault(reason, asks=True)


def between(agreement: Agreement, matter: Matter) -> bool:
    """True if both the holder and the recipient are named in the agreement."""
    orgs = {party.org for party in agreement.parties}
    return matter.request.provider.id in orgs and matter.recipient.id in orgs


def ground(agreement: Agreement, matter: Matter) -> Ground:
    """The agreement as a ground for this item and recipient."""
    law = next((each for each in agreement.law if each.org == matter.request.provider.id), None)
    basis, conditions, lawful = _lawful(law, matter)
    faults = (
        *_in_force(agreement, matter),
        *_purpose(agreement, matter),
        *_flows(agreement, matter),
        *_asker(agreement, matter),
        *_relationship(agreement, matter),
        *lawful,
        *(confidence.agreed_faults(law, matter) if law else ()),
        *_withdrawn(law, matter),
        *_opted_out(agreement, matter),
    )
    return Ground(
        code=agreement.id,
        kind=Kind.AGREEMENT,
        reason="AGREEMENT_COVERS",
        lifts=law.confidentiality if law else "none",
        basis=basis,
        faults=tuple(dict.fromkeys(faults)),
        cites=(agreement.id, *([basis] if basis else []), *conditions),
        obligations=() if faults else tuple(_owed(agreement, matter)),
    )


def _in_force(agreement: Agreement, matter: Matter) -> Iterator[Fault]:
    on = matter.on
    if agreement.status != "signed" or on < agreement.start or (agreement.end is not None and on > agreement.end):
        yield _ask("AGREEMENT_NOT_IN_FORCE")
    sides = ((matter.request.provider.id, "provider"), (matter.recipient.id, "recipient"))
    for org, role in sides:
        if not _has_signed(agreement, org, role, on):
            yield _ask("PARTY_NOT_SIGNED")


def _has_signed(agreement: Agreement, org: str, role: str, on: date) -> bool:
    for each in agreement.parties:
        if each.org == org and each.role in (role, "both"):
            revoked = each.revoked is not None and each.revoked <= on
            return each.signed is not None and each.signed <= on and not revoked
    return False


def _purpose(agreement: Agreement, matter: Matter) -> Iterator[Fault]:
    purpose = matter.request.purpose
    for each in agreement.purposes:
        if purpose in each.incompatible:
            yield _refuse("PURPOSE_INCOMPATIBLE")
            break
    if purpose not in [each.code for each in agreement.purposes]:
        yield _refuse("PURPOSE_NOT_COVERED")


def _flows(agreement: Agreement, matter: Matter) -> tuple[Fault, ...]:
    """What fails of the flow that fits best: what goes must fit one flow whole."""
    giver, receiver = matter.request.provider.id, matter.recipient.id
    ways = [tuple(_flow(each, matter)) for each in agreement.flows if each.giver == giver and each.receiver == receiver]
    return min(ways, key=_fit) if len(ways) > 1 else (ways[0] if ways else (_NOT_COVERED,))


def _fit(faults: tuple[Fault, ...]) -> tuple[bool, int, tuple[str, ...]]:
    """How badly a flow fits: one for what is asked first, then the fewest faults, whatever the order of the flows."""
    return _NOT_COVERED in faults, len(faults), tuple(each.reason for each in faults)


def _flow(flow: Flow, matter: Matter) -> Iterator[Fault]:
    item, request = matter.item, matter.request
    if not flow.categories.issuperset(item.categories):
        yield _NOT_COVERED
    if _SENSITIVITY.index(item.sensitivity) > _SENSITIVITY.index(flow.highest_sensitivity):
        yield _refuse("TOO_SENSITIVE")
    if request.people > flow.most_people:
        yield _refuse("TOO_MANY_PEOPLE")
    if request.frequency not in flow.mode:
        if request.frequency == "bulk":
            yield _refuse("TOO_MANY_PEOPLE")
        yield _refuse("MORE_THAN_NEEDED")


def _asker(agreement: Agreement, matter: Matter) -> Iterator[Fault]:
    who, asker = agreement.who, matter.request.asker
    if asker.role not in who.roles:
        yield _refuse("ROLE_NOT_COVERED")
    below_sign_in = _SIGN_IN.index(asker.sign_in) < _SIGN_IN.index(who.sign_in)
    if below_sign_in or _VETTING.index(asker.vetting) < _VETTING.index(who.vetting):
        yield _refuse("ASSURANCE_TOO_LOW")
    if who.training and (asker.training_until is None or asker.training_until < matter.on):
        yield _ask("TRAINING_EXPIRED")


def _relationship(agreement: Agreement, matter: Matter) -> Iterator[Fault]:
    who = agreement.who
    if who.relationship == "none":
        return
    oldest = None
    if who.relationship_max_age_days is not None:
        oldest = later(matter.on, -who.relationship_max_age_days)
    for each in matter.circumstances.relationships:
        ours = each.party in (matter.recipient.id, "asker") and each.subject == matter.subject.id
        if ours and each.kind == who.relationship and (oldest is None or each.starts >= oldest):
            return
    yield _refuse("NO_RELATIONSHIP")


def _lawful(law: LawOfParty | None, matter: Matter) -> tuple[str | None, tuple[str, ...], tuple[Fault, ...]]:
    """Basis, conditions relied on for this item, and what is lacking."""
    if law is None:
        return None, (), (_refuse("NO_LAWFUL_BASIS"),)
    basis, faults = open_basis((law.art6,), matter.request.provider.klass, matter.law, matter.on)
    if basis == _CONSENT and not any(s.says == "agrees" and s.kind == "uk_gdpr" for s in matter.said):
        faults = (_refuse("NO_LAWFUL_BASIS"),)
    used: list[str] = []
    for klass in classes_of(matter.item, matter.law):
        known = [matter.law.conditions[code] for code in law.conditions if code in matter.law.conditions]
        fitting = [condition for condition in known if klass in condition.covers]
        sound = [c for c in fitting if law.policy_document is not None or not c.policy_document]
        if sound:
            used.append(sound[0].code)
        else:
            faults = (*faults, _refuse("NO_POLICY_DOCUMENT" if fitting else "NO_ART9_CONDITION"))
    return basis, tuple(dict.fromkeys(used)), faults


def _withdrawn(law: LawOfParty | None, matter: Matter) -> Iterator[Fault]:
    rests = law is not None and (law.art6 == _CONSENT or law.confidentiality in ("consent", "implied_consent"))
    if rests and matter.heard("withdraws"):
        yield _refuse("CONSENT_WITHDRAWN")


def _opted_out(agreement: Agreement, matter: Matter) -> Iterator[Fault]:
    """The parties may honour the national opt-out where the law does not ask for it."""
    if agreement.national_opt_out == "applies" and not matter.heard("agrees"):
        for rule in matter.law.prohibitions:
            if rule.opted_out and forbids(rule, matter):
                yield _refuse(rule.reason)


def _owed(agreement: Agreement, matter: Matter) -> Iterator[Owed]:
    yield _MINIMUM
    if agreement.after.retain_days is not None:
        yield Owed("DELETE_BY", on=later(matter.on, agreement.after.retain_days))
    if agreement.after.onward == "not_allowed":
        yield _NO_ONWARD
    if agreement.after.corrections:
        yield _CORRECTIONS
    if agreement.review is not None and agreement.review < matter.on:
        yield Owed("REVIEW_AGREEMENT", on=agreement.review)
