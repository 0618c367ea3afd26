"""What stands before every ground, and which signatures and flows of an agreement count: each at its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from placewide.sharing.format.case import Case
from placewide.sharing.terms.agreed import Agreement, Party
from placewide.sharing.terms.decided import Outcome
from placewide.sharing.terms.observed import PersonDecided, Relationship, Risk
from support.requests_to_share import (
    CASES,
    agreed,
    agreeing,
    agreement_of,
    answer,
    asked,
    first_item,
    first_subject,
    observed,
    reasons,
    saying,
)

DAY = timedelta(days=1)
BY_ID = {case.id: case for case in CASES}
COVERED = BY_ID["agreement-00"]  # everything the agreement asks for is there
OBJECTING = BY_ID["agreement-10-a"]  # an objection under UK GDPR Art 21 that nobody has weighed
OPTED_OUT = BY_ID["agreement-11"]  # planning, under an agreement, about somebody who opted out
CRIME, EMERGENCY, CONSENT = BY_ID["ex01"], BY_ID["ex06"], BY_ID["gateway-07"]


def agreement() -> Agreement:
    found = agreement_of(COVERED)
    assert found is not None
    return found


@pytest.mark.parametrize(("klass", "conflict"), [("charity", True), ("individual", False)])
def test_one_person_who_is_to_get_it_is_close_by_right(klass: str, conflict: bool) -> None:
    to = replace(COVERED.request.recipients[0], klass=klass)
    close = Relationship("asker", "p1", "neighbour", COVERED.on - DAY)
    assert ("CONFLICT_OF_INTEREST" in reasons(observed(asked(COVERED, recipients=(to,)), relationships=(close,)))) == (
        conflict
    )


def test_consent_cannot_pass_by_that_sharing_would_harm_a_child() -> None:
    case = agreeing(first_subject(CONSENT, born=date(2016, 1, 1)), kind="uk_gdpr", by="parent")
    assert answer(case).released
    worse = Risk("child", "abuse_or_neglect", "high", "imminent", "if_shared", "social_worker", case.on)
    assert reasons(observed(case, risks=(worse,))) >= {"MORE_DETRIMENTAL_TO_CHILD"}


@pytest.mark.parametrize(("case", "kept"), [(EMERGENCY, False), (CONSENT, False), (CRIME, False), (COVERED, True)])
def test_what_is_disputed_is_kept_back_but_for_what_the_law_allows(case: Case, kept: bool) -> None:
    found = answer(asked(case, items=(replace(case.request.items[0], marks=frozenset({"accuracy_disputed"})),)))
    assert ("ACCURACY_DISPUTED" in found.reasons) == kept
    assert (found.outcome is Outcome.MUST_NOT) == kept


@pytest.mark.parametrize(("days", "free"), [(-3, False), (-1, False), (0, True), (1, True)])
def test_only_what_was_weighed_after_the_last_objection_counts(days: int, free: bool) -> None:
    last = OBJECTING.on - 2 * DAY
    case = saying(OBJECTING, "objects_art21")
    said = (*case.circumstances.statements[:-1], replace(case.circumstances.statements[-1], day=last))
    case = replace(case, circumstances=replace(case.circumstances, statements=said))
    weighed = PersonDecided("art21_objection", "ig_lead", last + days * DAY, "overruled", "p1")
    assert bool(answer(observed(case, decisions=(weighed,))).released) == free


def test_who_opted_out_is_refused_and_nobody_is_asked_whatever_an_agreement_says() -> None:
    case = agreed(OPTED_OUT, national_opt_out="not_applicable")
    assert "OPTED_OUT_NATIONAL" in reasons(case)
    assert answer(case).outcome is Outcome.MUST_NOT


@pytest.mark.parametrize(
    ("case", "mark", "to", "purpose", "restricted"),
    [
        (CRIME, "gender_recognition_history", {}, "investigate_crime", False),
        (COVERED, "gender_recognition_history", {}, "wellbeing_support", True),
        (COVERED, "adoption_record", {}, "wellbeing_support", True),
        (COVERED, "adoption_record", {"functions": frozenset({"childrens_social_care"})}, "wellbeing_support", False),
    ],
)
def test_whom_and_what_a_prohibition_lets_through(
    case: Case, mark: str, to: dict[str, Any], purpose: str, restricted: bool
) -> None:
    recipient = replace(case.request.recipients[0], **to)
    marked = first_item(asked(case, recipients=(recipient,), purpose=purpose), marks=frozenset({mark}))
    assert ("RESTRICTED_BY_LAW" in reasons(marked)) == restricted


@pytest.mark.parametrize("spoken", [True, False])
def test_an_agreement_on_consent_is_an_exception_only_where_the_person_agreed(spoken: bool) -> None:
    law = (replace(agreement().law[0], confidentiality="consent"),)
    case = first_item(agreed(COVERED, law=law), marks=frozenset({"gender_recognition_history"}))
    found = reasons(agreeing(case) if spoken else case)
    assert ("RESTRICTED_BY_LAW" in found) != spoken


# ---- signatures and flows -------------------------------------------------------------------------------------------


def signing(**changed: Any) -> Case:
    first, *others = agreement().parties
    return agreed(COVERED, parties=(replace(first, **changed), *others))


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({"signed": COVERED.on}, True),
        ({"signed": COVERED.on + DAY}, False),
        ({"revoked": COVERED.on + DAY}, True),
        ({"revoked": COVERED.on}, False),
        ({"role": "both"}, True),
        ({"role": "recipient"}, False),  # it signed to get, and now gives
    ],
)
def test_a_signature_counts_in_its_role_from_its_day_until_it_is_revoked(changed: dict[str, Any], counts: bool) -> None:
    assert ("PARTY_NOT_SIGNED" not in reasons(signing(**changed))) == counts


def test_each_side_signs_for_itself() -> None:
    giver, receiver = agreement().parties
    both = replace(giver, role="both")
    unsigned = replace(receiver, signed=None)
    assert "PARTY_NOT_SIGNED" in reasons(agreed(COVERED, parties=(both, unsigned)))
    bystander = Party("somebody-else", "charity", "both", COVERED.on, None)
    assert "PARTY_NOT_SIGNED" in reasons(agreed(COVERED, parties=(bystander, both, unsigned)))


def test_the_law_of_who_gives_is_looked_at_and_not_the_first_of_all() -> None:
    ours = agreement().law[0]
    theirs = replace(ours, org="calderbrook-carers", art6="UKGDPR.6.1.f", conditions=())
    assert not reasons(agreed(COVERED, law=(theirs, ours)), 1)
    assert reasons(agreed(COVERED, law=(theirs,)), 1) >= {"NO_LAWFUL_BASIS"}


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_flows_the_one_that_fits_best_is_spoken_of(turned: bool) -> None:
    flow = agreement().flows[0]
    worst = replace(flow, highest_sensitivity="normal", most_people=0, mode=frozenset({"bulk"}))
    best = replace(flow, highest_sensitivity="normal")
    flows = (best, worst) if turned else (worst, best)
    assert reasons(first_item(agreed(COVERED, flows=flows), sensitivity="restricted")) == {"TOO_SENSITIVE"}


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_flows_that_fit_as_badly_always_the_same_is_spoken_of(turned: bool) -> None:
    flow = agreement().flows[0]
    few, plain = replace(flow, most_people=0), replace(flow, mode=frozenset({"regular"}))
    assert reasons(agreed(COVERED, flows=(few, plain) if turned else (plain, few))) == {"MORE_THAN_NEEDED"}
