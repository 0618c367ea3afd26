"""Processor time of decisions to share, beside Cedar deciding the same agreements in the same run.

    python -m benchmarks.sharing [--times 2000]

A whole decision: three items, all gateways, a request that cites its agreement. The agreement part alone: one item,
every failed condition named. Cedar is given the one policy made from the agreement that the request cites, and says yes
or no; both answers must be equal. Loading is from the JSON that a node keeps, not from YAML.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

from placewide.sharing.format.case import agreement_from
from placewide.sharing.format.files import standard_law
from placewide.sharing.rules import agreement as rule
from placewide.sharing.rules.decide import decide
from placewide.sharing.rules.matter import Matter, is_child, kinds_of, parent_speaks, said_about
from placewide.sharing.terms import agreed, asked, observed
from placewide.sharing.terms.law import Law

_ROLES = ("support_worker", "social_worker", "housing_officer", "health_professional", "analyst")
_CATEGORIES = ("identity", "contact", "address", "housing", "education", "conduct", "family", "involvement")
_VETTING = ("none", "basic", "enhanced", "police")
_REQUESTS = 200


def agreement_values(number: int) -> dict[str, Any]:
    """One agreement of many, as JSON: parties, roles and categories differ from one to the next."""
    giver, taker = f"holder-{number % 5}", f"taker-{number}"
    party = {"signed": "2025-12-15", "revoked": None, "role": "both"}
    return {
        "id": f"AG-{number}",
        "version": 1,
        "status": "signed",
        "start": "2026-01-01",
        "end": "2027-12-31",
        "review": "2026-12-31",
        "parties": [{"org": giver, "class": "public_authority"} | party, {"org": taker, "class": "charity"} | party],
        "purposes": [{"code": "wellbeing_support", "incompatible": ["credit_referencing"]}],
        "flows": [
            {
                "from": giver,
                "to": taker,
                "categories": [_CATEGORIES[(number + each) % 8] for each in range(5)],
                "highest_sensitivity": "restricted",
                "mode": ["one_off", "regular"],
                "most_people": 5,
            }
        ],
        "who": {
            "roles": [_ROLES[number % 5], _ROLES[(number + 1) % 5]],
            "sign_in": "two_factor",
            "vetting": _VETTING[number % 4],
            "training": True,
            "relationship": "referral",
            "relationship_max_age_days": 365,
        },
        "law": [
            {
                "org": giver,
                "art6": "UKGDPR.6.1.e",
                "conditions": ["DPA2018.Sch1.2"],
                "power": "NHSA2006.1",
                "confidentiality": "implied_consent",
                "policy_document": None,
            }
        ],
        "opt_outs": {"national": "not_applicable"},
        "after": {"retain_days": 365, "onward": "not_allowed", "corrections": True},
    }


def matters(agreements: list[agreed.Agreement], law: Law) -> list[tuple[agreed.Agreement, Matter]]:
    """Requests under some of the agreements: about half of them fit in every way."""
    found = []
    on = agreements[0].start.replace(month=6)
    for number in range(_REQUESTS):
        agreement = agreements[number * 7919 % len(agreements)]
        request, circumstances = _request(agreement, number), _circumstances(agreement)
        subject, item, recipient = request.subjects[0], request.items[0], request.recipients[0]
        child = is_child(law, subject, on)
        said = said_about(subject, recipient, request.purpose, parent_speaks(law, subject, on), circumstances)
        kinds = kinds_of(recipient, subject, child, circumstances)
        found.append((agreement, Matter(law, request, circumstances, on, item, subject, recipient, child, kinds, said)))
    return found


def _request(agreement: agreed.Agreement, number: int) -> asked.Request:
    flow = agreement.flows[0]
    covered = sorted(flow.categories)
    categories = [covered[number % 5], covered[(number + 1) % 5], _CATEGORIES[number % 8]]
    return asked.Request(
        nation="england",
        provider=asked.Body(flow.giver, "public_authority", frozenset({"health_care"}), "england", True),
        recipients=(asked.Body(flow.receiver, "charity", frozenset({"advice_and_support"}), "england"),),
        asker=asked.Asker(_ROLES[number % 4], "two_factor", _VETTING[number % 3 + 1], agreement.end),
        agreement=asked.Cited(agreement.id, agreement.version),
        purpose="wellbeing_support",
        urgency="routine",
        frequency="one_off",
        people=1 + number % 6,
        subjects=(asked.Subject("p1", agreement.start.replace(year=1979)),),
        items=tuple(asked.Item(f"item-{n}", "p1", (each,), True) for n, each in enumerate(categories)),
    )


def _circumstances(agreement: agreed.Agreement) -> observed.Circumstances:
    taker = agreement.flows[0].receiver
    return observed.Circumstances(relationships=(observed.Relationship(taker, "p1", "referral", agreement.start),))


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Microseconds of processor time of each of so many acts, after a warm-up."""
    found = []
    for number in range(times + times // 10):
        began = time.process_time_ns()
        act()
        took = (time.process_time_ns() - began) / 1000
        if number >= times // 10:
            found.append(took)
    return found


def per_second(act: Callable[[], object], times: int) -> float:
    """How often an act can be done in a second of processor time: the best of nine rounds."""
    rounds = []
    for _ in range(9):
        began = time.process_time()
        for _ in range(times):
            act()
        rounds.append(times / (time.process_time() - began))
    return max(rounds)


def cedar_policy(agreement: agreed.Agreement) -> str:
    """The agreement's conditions as one Cedar policy."""
    flow, who = agreement.flows[0], agreement.who
    roles, categories = sorted(who.roles), sorted(flow.categories)
    return f"""permit(principal == Org::"{flow.receiver}", action == Action::"read", resource == Org::"{flow.giver}")
    when {{ {json.dumps(roles)}.contains(context.role) && {json.dumps(categories)}.contains(context.category)
    && context.purpose == "wellbeing_support" && context.people <= {flow.most_people}
    && {json.dumps(sorted(flow.mode))}.contains(context.frequency) && context.sensitivity <= 1
    && context.on >= {agreement.start.toordinal()} && context.on <= {_last(agreement)}
    && context.two_factor && context.vetting >= {_VETTING.index(who.vetting)} && context.training >= context.on
    && context.referral && context.on - context.referred <= 365 }};"""


def _last(agreement: agreed.Agreement) -> int:
    return agreement.end.toordinal() if agreement.end else 10**7


def cedar_request(matter: Matter) -> dict[str, Any]:
    """The same request for Cedar."""
    request, asker = matter.request, matter.request.asker
    return {
        "principal": f'Org::"{matter.recipient.id}"',
        "action": 'Action::"read"',
        "resource": f'Org::"{request.provider.id}"',
        "context": {
            "role": asker.role,
            "category": matter.item.categories[0],
            "purpose": request.purpose,
            "people": request.people,
            "frequency": request.frequency,
            "sensitivity": 0,
            "on": matter.on.toordinal(),
            "two_factor": asker.sign_in == "two_factor",
            "vetting": _VETTING.index(asker.vetting),
            "training": asker.training_until.toordinal() if asker.training_until else 0,
            "referral": True,
            "referred": matter.circumstances.relationships[0].starts.toordinal(),
        },
    }


def answers(found: list[tuple[agreed.Agreement, Matter]]) -> list[tuple[bool, bool]]:
    """Whether each request may go under its agreement: by our rules, and by Cedar."""
    from cedarpy import is_authorized

    return [
        (
            not rule.ground(agreement, matter).faults,
            is_authorized(cedar_request(matter), cedar_policy(agreement), []).allowed,
        )
        for agreement, matter in found
    ]


def compare(found: list[tuple[agreed.Agreement, Matter]]) -> tuple[float, float]:
    """Ours and Cedar's decisions per second of processor time."""
    from cedarpy import is_authorized

    prepared = [(cedar_policy(agreement), cedar_request(matter)) for agreement, matter in found]
    ours, theirs = cycle(found), cycle(prepared)

    def cedar() -> object:
        policy, request = next(theirs)
        return is_authorized(request, policy, [])

    return per_second(lambda: rule.ground(*next(ours)), len(found)), per_second(cedar, len(found))


def load(lines: list[str]) -> tuple[list[agreed.Agreement], agreed.Agreements]:
    """Agreements from the JSON that a node keeps."""
    made = [agreement_from(json.loads(line)) for line in lines]
    return made, agreed.gather(tuple(made))


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.sharing", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=2000, help="whole decisions measured (default: 2000)")
    times = parser.parse_args().times
    law = standard_law()
    print(f"Python {sys.version.split()[0]}, microseconds of processor time\n")
    for size in (10, 100, 1_000, 10_000):
        lines = [json.dumps(agreement_values(number)) for number in range(size)]
        began = time.process_time()
        made, gathered = load(lines)
        loading = time.process_time() - began
        found = cycle(matters(made, law))

        def whole(found: Any = found, gathered: agreed.Agreements = gathered) -> object:
            matter = next(found)[1]
            return decide(gathered, law, matter.request, matter.circumstances, matter.on)

        took = timed(whole, times)
        slow = statistics.quantiles(took, n=100)[98]
        median = statistics.median(took)
        print(f"{size:>6} agreements: whole decision {median:5.0f}, 99 % {slow:5.0f}; loaded in {loading:.2f} s")
    chosen = matters(load([json.dumps(agreement_values(n)) for n in range(1_000)])[0], law)
    ours, cedar = compare(chosen)
    alike = sum(one == other for one, other in answers(chosen))
    print(f"\nagreement part: {ours:,.0f} a second, cedarpy {cedar:,.0f}: × {ours / cedar:.1f}")
    print(f"the same answer to {alike} of {_REQUESTS} requests")
    return 0 if alike == _REQUESTS else 1


if __name__ == "__main__":
    sys.exit(main())
