"""Sound model agreements, broken in one way each, and what a check of them finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Change = Callable[[dict[str, Any], dict[str, Any]], object]


def put(part: dict[str, Any], **changed: Any) -> None:
    part.update(changed)


def bulk(runs: dict[str, Any], most: int) -> None:
    put(runs["flows"][0], mode=["bulk"], most_people=most)


# finding → the sound model it breaks, and how: (the part that runs, the document)
BROKEN: dict[str, tuple[str, Change]] = {
    "START_AFTER_END": ("blue-badge", lambda a, _: put(a, start="2030-01-01", review="2027-03-31")),
    "NO_END": ("blue-badge", lambda a, _: put(a, end=None)),
    "ENDED": ("blue-badge", lambda a, _: put(a, end="2026-05-31", review="2026-05-31")),
    "REVIEW_MISSING": ("blue-badge", lambda a, _: put(a, review=None)),
    "REVIEW_PASSED": ("blue-badge", lambda a, _: put(a, review="2026-05-31")),
    "REVIEW_AFTER_END": ("blue-badge", lambda a, _: put(a, review="2029-04-01")),
    "SIGNED_LATER": ("blue-badge", lambda a, _: put(a["parties"][1], signed="2026-06-02")),
    "SPECIAL_BY_PASSWORD": ("hospital-discharge", lambda a, _: put(a["who"], sign_in="password")),
    "OPT_OUT_WITHOUT_CAUSE": (
        "hospital-discharge",
        lambda a, d: (put(a["opt_outs"], national="applies"), put(d["opt_outs"], national_why="It applies to this.")),
    ),
    "OPT_OUT_SAID_OTHERWISE": (
        "hospital-discharge",
        lambda _, d: put(d["opt_outs"], national_why="The opt-out applies. It is not care."),
    ),
    "PARTY_TWICE": ("blue-badge", lambda a, _: a["parties"].append(a["parties"][0])),
    "PARTY_WITHOUT_FLOW": ("duty-to-refer", lambda a, _: a["flows"].pop()),
    "PURPOSE_WITHOUT_FLOW": ("blue-badge", lambda a, _: put(a, flows=[])),
    "FLOW_WITHOUT_PURPOSE": ("blue-badge", lambda a, _: put(a, purposes=[])),
    "PURPOSE_INCOMPATIBLE": ("safeguarding", lambda a, _: a["purposes"][1]["incompatible"].append("safeguard_child")),
    "FLOW_TO_ITSELF": ("blue-badge", lambda a, _: put(a["flows"][0], to="calder-vale")),
    "FLOW_OF_STRANGER": ("blue-badge", lambda a, _: put(a["flows"][0], to="fenmarch")),
    "GIVER_MARKED_RECIPIENT": ("blue-badge", lambda a, _: put(a["parties"][0], role="recipient")),
    "RECEIVER_MARKED_PROVIDER": ("blue-badge", lambda a, _: put(a["parties"][1], role="provider")),
    "FLOW_EMPTY": ("blue-badge", lambda a, _: put(a["flows"][0], mode=[])),
    "BULK_FOR_FEW": ("blue-badge", lambda a, _: bulk(a, 9)),
    "CATEGORY_NOT_NEEDED": ("blue-badge", lambda a, _: a["flows"][0]["categories"].append("address")),
    "ROLES_EMPTY": ("blue-badge", lambda a, _: put(a["who"], roles=[])),
    "RELATIONSHIP_WITHOUT_AGE": ("blue-badge", lambda a, _: put(a["who"], relationship_max_age_days=None)),
    "NO_RELATIONSHIP_ASKED": ("blue-badge", lambda a, _: put(a["who"], relationship="none")),
    "TRAINING_NOT_ASKED": ("blue-badge", lambda a, _: put(a["who"], training=False)),
    "SENSITIVE_BY_PASSWORD": (
        "safeguarding",
        lambda a, _: (put(a["flows"][2], highest_sensitivity="very_restricted"), put(a["who"], sign_in="password")),
    ),
    "SENSITIVE_UNVETTED": (
        "safeguarding",
        lambda a, _: (put(a["flows"][2], highest_sensitivity="very_restricted"), put(a["who"], vetting="none")),
    ),
    "CRIMINAL_BY_PASSWORD": ("crime-and-disorder", lambda a, _: put(a["who"], sign_in="password")),
    "CRIMINAL_UNVETTED": ("crime-and-disorder", lambda a, _: put(a["who"], vetting="none")),
    "VERY_MANY_AT_ONCE": ("blue-badge", lambda a, _: bulk(a, 100_000)),
    "POWER_UNKNOWN": ("crime-and-disorder", lambda a, _: put(a["law"][0], power="CDA1998.17; HarmonyAct2019.4")),
    "CONFIDENCE_BY_HOLDER": (
        "blue-badge",
        lambda a, _: (put(a["flows"][0], categories=["housing"]), put(a["law"][0], confidentiality="none")),
    ),
    "STATUTE_LIFTS_NOTHING": ("blue-badge", lambda a, _: put(a["law"][0], power="WRA2012.130")),
    "BULK_WITHOUT_OBJECTION": ("blue-badge", lambda a, d: (bulk(a, 500), put(d["opt_outs"], objection=None))),
    "GIVER_WITHOUT_LAW": ("duty-to-refer", lambda a, _: a["law"].pop()),
    "LAW_TWICE": ("blue-badge", lambda a, _: a["law"].append(a["law"][0])),
    "LAW_FOR_NOBODY": ("blue-badge", lambda a, _: a["law"].append({**a["law"][0], "org": "calderbrook"})),
    "BASIS_NOT_IN_FORCE": ("safeguarding", lambda a, _: put(a, start="2026-02-04")),
    "BASIS_NOT_OPEN": ("safeguarding", lambda a, _: put(a["law"][0], art6="UKGDPR.6.1.ea")),
    "CONSENT_OF_AUTHORITY": ("supporting-families", lambda a, _: put(a["law"][0], art6="UKGDPR.6.1.a")),
    "NO_POWER": ("blue-badge", lambda a, _: put(a["law"][0], power=None)),
    "PART_3_EXPECTED": ("crime-and-disorder", lambda a, _: put(a["law"][0], art6="UKGDPR.6.1.e")),
    "PART_3_ELSEWHERE": ("safeguarding", lambda a, _: put(a["law"][2], art6="DPA2018.35")),
    "PART_3_MIXED": (
        "safeguarding",
        lambda a, _: a["purposes"].append({"code": "prevent_crime", "incompatible": []}),
    ),
    "CONDITION_UNKNOWN": ("safeguarding", lambda a, _: a["law"][0]["conditions"].append("DPA2018.Sch1.99")),
    "NO_ART9_CONDITION": ("hospital-discharge", lambda a, _: put(a["law"][0], conditions=[])),
    "NO_ART10_CONDITION": ("safeguarding", lambda a, _: put(a["law"][2], conditions=["UKGDPR.9.2.c"])),
    "NO_POLICY_DOCUMENT": ("safeguarding", lambda a, _: put(a["law"][3], policy_document=None)),
    "SCHEDULE_8_EXPECTED": (
        "crime-and-disorder",
        lambda a, _: (put(a["law"][0], conditions=["DPA2018.Sch1.10"]), a["flows"][0]["categories"].append("health")),
    ),
    "SCHEDULE_8_ELSEWHERE": ("safeguarding", lambda a, _: a["law"][2]["conditions"].append("DPA2018.Sch8")),
    "CONFIDENCE_NOT_LIFTED": ("blue-badge", lambda a, _: put(a["law"][0], confidentiality="none")),
    "IMPLIED_BEYOND_CARE": ("supporting-families", lambda a, _: put(a["law"][1], confidentiality="implied_consent")),
    "NO_WAY_TO_WITHDRAW": ("duty-to-refer", lambda _, d: put(d["opt_outs"], withdraw=None)),
    "OPT_OUT_APPLIES": (
        "hospital-discharge",
        lambda a, _: a["purposes"].append({"code": "service_planning", "incompatible": []}),
    ),
    "NOT_TOLD_WITHOUT_EXEMPTION": ("safeguarding", lambda _, d: put(d["transparency"], exemption=None)),
    "EMERGENCY_UNCLEAR": ("blue-badge", lambda _, d: put(d["emergency"], allowed=True)),
    "EMERGENCY_REVIEW_LATE": ("safeguarding", lambda _, d: put(d["emergency"], review_hours=73)),
    "NO_ASSESSMENT": ("hospital-discharge", lambda _, d: put(d["running"], dpia=None)),
    "NO_RETENTION": ("blue-badge", lambda a, _: put(a["after"], retain_days=None)),
    "ONWARD_BY_NOBODY": ("crime-and-disorder", lambda _, d: put(d["keeping"], onward_permission=None)),
    "WORDS_MISSING": ("blue-badge", lambda _, d: put(d, purposes=[])),
    "WORDS_FOR_NOTHING": ("duty-to-refer", lambda a, _: a["flows"].pop()),
}


# what is found then: each finding, its clause, its particulars
FINDS: dict[str, tuple[str, ...]] = {
    "START_AFTER_END": ("START_AFTER_END agreement.start 2030-01-01; 2029-03-31",),
    "NO_END": ("NO_END agreement.end",),
    "ENDED": (
        "ENDED agreement.end 2026-05-31",
        "REVIEW_PASSED agreement.review 2026-05-31",
    ),
    "REVIEW_MISSING": ("REVIEW_MISSING agreement.review",),
    "REVIEW_PASSED": ("REVIEW_PASSED agreement.review 2026-05-31",),
    "REVIEW_AFTER_END": ("REVIEW_AFTER_END agreement.review 2029-04-01; 2029-03-31",),
    "SIGNED_LATER": ("SIGNED_LATER agreement.parties.1.signed calderbrook; 2026-06-02; 2026-06-01",),
    "SPECIAL_BY_PASSWORD": ("SPECIAL_BY_PASSWORD agreement.who.sign_in health, mental_health, social_care",),
    "OPT_OUT_WITHOUT_CAUSE": ("OPT_OUT_WITHOUT_CAUSE agreement.opt_outs.national",),
    "OPT_OUT_SAID_OTHERWISE": ("OPT_OUT_SAID_OTHERWISE document.opt_outs.national_why",),
    "PARTY_TWICE": ("PARTY_TWICE agreement.parties.2.org calder-vale",),
    "PARTY_WITHOUT_FLOW": (
        "PARTY_WITHOUT_FLOW agreement.parties.2 hebble-homes",
        "LAW_FOR_NOBODY agreement.law.2.org hebble-homes",
        "WORDS_FOR_NOTHING document.flows.2 hebble-homes → calder-vale; flows",
        "WORDS_FOR_NOTHING document.law.2 hebble-homes → calder-vale; flows",
    ),
    "PURPOSE_WITHOUT_FLOW": (
        "PARTY_WITHOUT_FLOW agreement.parties.0 calder-vale",
        "PARTY_WITHOUT_FLOW agreement.parties.1 calderbrook",
        "PURPOSE_WITHOUT_FLOW agreement.purposes.0 eligibility_check",
        "LAW_FOR_NOBODY agreement.law.0.org calder-vale",
        "WORDS_FOR_NOTHING document.flows.0 calder-vale → calderbrook; flows",
        "WORDS_FOR_NOTHING document.law.0 calder-vale → calderbrook; flows",
    ),
    "FLOW_WITHOUT_PURPOSE": (
        "FLOW_WITHOUT_PURPOSE agreement.flows.0 calder-vale; calderbrook",
        "WORDS_FOR_NOTHING document.purposes.0 eligibility_check; purposes",
    ),
    "PURPOSE_INCOMPATIBLE": (
        "PURPOSE_INCOMPATIBLE agreement.purposes.1.incompatible safeguard_child; safeguard_adult",
    ),
    "FLOW_TO_ITSELF": (
        "PARTY_WITHOUT_FLOW agreement.parties.1 calderbrook",
        "FLOW_TO_ITSELF agreement.flows.0.to calder-vale",
        "RECEIVER_MARKED_PROVIDER agreement.flows.0.to calder-vale",
        "WORDS_MISSING agreement.flows.0 calder-vale → calder-vale; flows",
        "WORDS_FOR_NOTHING document.flows.0 calder-vale → calderbrook; flows",
        "WORDS_MISSING agreement.flows.0 calder-vale → calder-vale; law",
        "WORDS_FOR_NOTHING document.law.0 calder-vale → calderbrook; flows",
    ),
    "FLOW_OF_STRANGER": (
        "PARTY_WITHOUT_FLOW agreement.parties.1 calderbrook",
        "FLOW_OF_STRANGER agreement.flows.0.to fenmarch",
        "WORDS_MISSING agreement.flows.0 calder-vale → fenmarch; flows",
        "WORDS_FOR_NOTHING document.flows.0 calder-vale → calderbrook; flows",
        "WORDS_MISSING agreement.flows.0 calder-vale → fenmarch; law",
        "WORDS_FOR_NOTHING document.law.0 calder-vale → calderbrook; flows",
    ),
    "GIVER_MARKED_RECIPIENT": ("GIVER_MARKED_RECIPIENT agreement.flows.0.from calder-vale",),
    "RECEIVER_MARKED_PROVIDER": ("RECEIVER_MARKED_PROVIDER agreement.flows.0.to calderbrook",),
    "FLOW_EMPTY": ("FLOW_EMPTY agreement.flows.0 calder-vale; calderbrook",),
    "BULK_FOR_FEW": ("BULK_FOR_FEW agreement.flows.0.most_people 9",),
    "CATEGORY_NOT_NEEDED": ("CATEGORY_NOT_NEEDED agreement.flows.0.categories address; eligibility_check",),
    "ROLES_EMPTY": ("ROLES_EMPTY agreement.who.roles",),
    "RELATIONSHIP_WITHOUT_AGE": ("RELATIONSHIP_WITHOUT_AGE agreement.who.relationship_max_age_days case",),
    "NO_RELATIONSHIP_ASKED": ("NO_RELATIONSHIP_ASKED agreement.who.relationship",),
    "TRAINING_NOT_ASKED": ("TRAINING_NOT_ASKED agreement.who.training",),
    "SENSITIVE_BY_PASSWORD": (
        "SENSITIVE_BY_PASSWORD agreement.who.sign_in",
        "CRIMINAL_BY_PASSWORD agreement.who.sign_in",
        "SPECIAL_BY_PASSWORD agreement.who.sign_in health, mental_health, safeguarding, social_care",
    ),
    "SENSITIVE_UNVETTED": ("SENSITIVE_UNVETTED agreement.who.vetting", "CRIMINAL_UNVETTED agreement.who.vetting"),
    "CRIMINAL_BY_PASSWORD": ("CRIMINAL_BY_PASSWORD agreement.who.sign_in",),
    "CRIMINAL_UNVETTED": ("CRIMINAL_UNVETTED agreement.who.vetting",),
    "VERY_MANY_AT_ONCE": ("VERY_MANY_AT_ONCE agreement.flows.0.most_people 100,000",),
    "POWER_UNKNOWN": ("POWER_UNKNOWN agreement.law.0.power calder-police; HarmonyAct2019.4",),
    "CONFIDENCE_BY_HOLDER": (
        "CATEGORY_NOT_NEEDED agreement.flows.0.categories housing; eligibility_check",
        "CONFIDENCE_BY_HOLDER agreement.law.0.confidentiality calder-vale; housing",
    ),
    "STATUTE_LIFTS_NOTHING": ("STATUTE_LIFTS_NOTHING agreement.law.0.confidentiality calder-vale; eligibility_check",),
    "BULK_WITHOUT_OBJECTION": ("BULK_WITHOUT_OBJECTION document.opt_outs.objection",),
    "GIVER_WITHOUT_LAW": ("GIVER_WITHOUT_LAW agreement.flows.2.from hebble-homes",),
    "LAW_TWICE": ("LAW_TWICE agreement.law.1.org calder-vale",),
    "LAW_FOR_NOBODY": ("LAW_FOR_NOBODY agreement.law.1.org calderbrook",),
    "BASIS_NOT_IN_FORCE": ("BASIS_NOT_IN_FORCE agreement.law.3.art6 calderbrook-carers; UKGDPR.6.1.ea; 2026-02-04",),
    "BASIS_NOT_OPEN": ("BASIS_NOT_OPEN agreement.law.0.art6 calderbrook; UKGDPR.6.1.ea; public_authority",),
    "CONSENT_OF_AUTHORITY": ("CONSENT_OF_AUTHORITY agreement.law.0.art6 calderbrook",),
    "NO_POWER": (
        "NO_POWER agreement.law.0.power calder-vale; UKGDPR.6.1.e",
        "STATUTE_LIFTS_NOTHING agreement.law.0.confidentiality calder-vale; eligibility_check",
    ),
    "PART_3_EXPECTED": (
        "PART_3_EXPECTED agreement.law.0.art6 calder-police; prevent_crime",
        "SCHEDULE_8_ELSEWHERE agreement.law.0.conditions calder-police",
    ),
    "PART_3_ELSEWHERE": (
        "PART_3_ELSEWHERE agreement.law.2.art6 calder-police; safeguard_adult, safeguard_child",
        "SCHEDULE_8_EXPECTED agreement.law.2.conditions calder-police; safeguarding",
    ),
    "PART_3_MIXED": (
        "PART_3_MIXED agreement.law.2.art6 calder-police; prevent_crime",
        "WORDS_MISSING agreement.purposes.2 prevent_crime; purposes",
    ),
    "CONDITION_UNKNOWN": ("CONDITION_UNKNOWN agreement.law.0.conditions DPA2018.Sch1.99",),
    "NO_ART9_CONDITION": (
        "NO_ART9_CONDITION agreement.law.0.conditions calderbrook-trust; health, mental_health, social_care",
    ),
    "NO_ART10_CONDITION": (
        "NO_ART10_CONDITION agreement.law.2.conditions calder-police; criminal_offence, risk_marker",
    ),
    "NO_POLICY_DOCUMENT": ("NO_POLICY_DOCUMENT agreement.law.3.policy_document calderbrook-carers; DPA2018.Sch1.18",),
    "SCHEDULE_8_EXPECTED": (
        "CATEGORY_NOT_NEEDED agreement.flows.0.categories health; prevent_crime",
        "SCHEDULE_8_EXPECTED agreement.law.0.conditions calder-police; health",
    ),
    "SCHEDULE_8_ELSEWHERE": ("SCHEDULE_8_ELSEWHERE agreement.law.2.conditions calder-police",),
    "CONFIDENCE_NOT_LIFTED": ("CONFIDENCE_NOT_LIFTED agreement.law.0.confidentiality calder-vale; benefits",),
    "IMPLIED_BEYOND_CARE": (
        "IMPLIED_BEYOND_CARE agreement.law.1.confidentiality calderbrook-trust; wellbeing_support",
    ),
    "NO_WAY_TO_WITHDRAW": (
        "NO_WAY_TO_WITHDRAW document.opt_outs.withdraw calderbrook-trust",
        "NO_WAY_TO_WITHDRAW document.opt_outs.withdraw calderbrook",
        "NO_WAY_TO_WITHDRAW document.opt_outs.withdraw hebble-homes",
    ),
    "OPT_OUT_APPLIES": (
        "PURPOSE_INCOMPATIBLE agreement.purposes.0.incompatible service_planning; direct_care",
        "IMPLIED_BEYOND_CARE agreement.law.0.confidentiality calderbrook-trust; service_planning",
        "IMPLIED_BEYOND_CARE agreement.law.1.confidentiality calderbrook; service_planning",
        "OPT_OUT_APPLIES agreement.opt_outs.national service_planning",
        "WORDS_MISSING agreement.purposes.1 service_planning; purposes",
    ),
    "NOT_TOLD_WITHOUT_EXEMPTION": ("NOT_TOLD_WITHOUT_EXEMPTION document.transparency.exemption delayed",),
    "EMERGENCY_UNCLEAR": (
        "EMERGENCY_UNCLEAR document.emergency",
        "EMERGENCY_REVIEW_LATE document.emergency.review_hours 72",
    ),
    "EMERGENCY_REVIEW_LATE": ("EMERGENCY_REVIEW_LATE document.emergency.review_hours 72",),
    "NO_ASSESSMENT": ("NO_ASSESSMENT document.running.dpia",),
    "NO_RETENTION": ("NO_RETENTION agreement.after.retain_days",),
    "ONWARD_BY_NOBODY": ("ONWARD_BY_NOBODY document.keeping.onward_permission",),
    "WORDS_MISSING": ("WORDS_MISSING agreement.purposes.0 eligibility_check; purposes",),
    "WORDS_FOR_NOTHING": (
        "PARTY_WITHOUT_FLOW agreement.parties.2 hebble-homes",
        "LAW_FOR_NOBODY agreement.law.2.org hebble-homes",
        "WORDS_FOR_NOTHING document.flows.2 hebble-homes → calder-vale; flows",
        "WORDS_FOR_NOTHING document.law.2 hebble-homes → calder-vale; flows",
    ),
}

# close to the edge: a change, and exactly what is found
EDGES: tuple[tuple[str, Change, tuple[str, ...]], ...] = (
    ("blue-badge", lambda a, _: put(a, end="2026-06-01", review="2026-06-01"), ()),
    ("blue-badge", lambda a, _: put(a, start="2029-03-31"), ()),
    ("blue-badge", lambda a, _: put(a["after"], retain_days=1), ()),
    ("blue-badge", lambda a, _: put(a["after"], retain_days=0), ("NO_RETENTION agreement.after.retain_days",)),
    ("blue-badge", lambda _, d: put(d["running"], dpia=None), ()),
    (
        "duty-to-refer",
        lambda a, _: put(a["parties"][2], org="fenmarch"),
        (
            "PARTY_WITHOUT_FLOW agreement.parties.2 fenmarch",
            "FLOW_OF_STRANGER agreement.flows.2.from hebble-homes",
            "LAW_FOR_NOBODY agreement.law.2.org hebble-homes",
            "WORDS_MISSING agreement.parties.2 fenmarch; parties",
            "WORDS_FOR_NOTHING document.parties.2 hebble-homes; parties",
        ),
    ),
    (
        "blue-badge",
        lambda a, d: (bulk(a, 10), put(d["running"], dpia=None)),
        ("NO_ASSESSMENT document.running.dpia",),
    ),
    (
        "blue-badge",
        lambda _, d: put(d["transparency"], tell="not"),
        ("NOT_TOLD_WITHOUT_EXEMPTION document.transparency.exemption not",),
    ),
    ("safeguarding", lambda _, d: put(d["emergency"], review_hours=72), ()),
    (
        "safeguarding",
        lambda _, d: put(d["emergency"], review_hours=None),
        ("EMERGENCY_REVIEW_LATE document.emergency.review_hours 72",),
    ),
    ("safeguarding", lambda _, d: put(d["emergency"], roles=[]), ("EMERGENCY_UNCLEAR document.emergency",)),
    ("safeguarding", lambda _, d: put(d["emergency"], categories=[]), ("EMERGENCY_UNCLEAR document.emergency",)),
    ("safeguarding", lambda _, d: put(d["emergency"], notify=None), ("EMERGENCY_UNCLEAR document.emergency",)),
    ("blue-badge", lambda a, _: put(a["who"], sign_in="password", vetting="none"), ()),
    ("blue-badge", lambda a, _: bulk(a, 10_000), ()),
    ("blue-badge", lambda a, _: put(a["parties"][1], signed="2026-06-01"), ()),
    (
        "hospital-discharge",
        lambda a, _: put(a["opt_outs"], national="applies"),
        ("OPT_OUT_WITHOUT_CAUSE agreement.opt_outs.national", "OPT_OUT_SAID_OTHERWISE document.opt_outs.national_why"),
    ),
    (
        "blue-badge",
        lambda _, d: put(d["opt_outs"], national_why="Who has one applies nothing. It is not care."),
        ("OPT_OUT_SAID_OTHERWISE document.opt_outs.national_why",),
    ),
    ("blue-badge", lambda _, d: put(d["opt_outs"], national_why="This isn't patient information."), ()),
    (
        "safeguarding",
        lambda a, d: (
            put(a["law"][2], art6="UKGDPR.6.1.a"),
            put(d["opt_outs"], withdraw={"en": "Tell us.", "cy": None}),
        ),
        ("CONSENT_OF_AUTHORITY agreement.law.2.art6 calder-police",),
    ),
    ("blue-badge", lambda a, _: put(a["law"][0], power="WRA2012.131"), ()),
    ("safeguarding", lambda a, _: put(a, start="2026-02-05"), ()),
    (
        "crime-and-disorder",
        lambda a, _: a["purposes"].append({"code": "sentence_and_parole", "incompatible": []}),
        ("WORDS_MISSING agreement.purposes.1 sentence_and_parole; purposes",),
    ),
    (
        "hospital-discharge",
        lambda _, d: put(d, parties=d["parties"][:1], law=d["law"][:1]),
        (
            "WORDS_MISSING agreement.parties.1 calderbrook; parties",
            "WORDS_MISSING agreement.flows.1 calderbrook → calderbrook-trust; law",
        ),
    ),
    (
        "blue-badge",
        lambda a, _: put(a["flows"][0], categories=[]),
        ("FLOW_EMPTY agreement.flows.0 calder-vale; calderbrook",),
    ),
    (
        "duty-to-refer",
        lambda a, d: (
            put(a["law"][2], art6="UKGDPR.6.1.a", confidentiality="statute"),
            put(a["law"][0], confidentiality="statute"),
            put(a["law"][1], confidentiality="statute"),
            put(d["opt_outs"], withdraw=None),
        ),
        ("NO_WAY_TO_WITHDRAW document.opt_outs.withdraw hebble-homes",),
    ),
)
