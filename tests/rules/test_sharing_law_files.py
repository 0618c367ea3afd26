"""A broken file of law names its file, the line and the remedy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from placewide.services.format.reading import read_text
from placewide.sharing.format.files import Unreadable, law_of, read_case
from placewide.sharing.format.law import law_from
from placewide.sharing.format.lawfiles import checked, standard_law, wording
from placewide.sharing.format.schemas import LAW
from placewide.sharing.rules.matter import is_child

TEXTS = {
    kind: (LAW / f"{kind}.yaml").read_text(encoding="utf-8") for kind in ("gateways", "reasons", "obligations", "names")
}
DECISIONS = Path(__file__).resolve().parents[1] / "decisions"


def _without(start: str) -> tuple[str, str]:
    """A line of the gateways' file, found by how it begins, and nothing in its place."""
    return next(line for line in TEXTS["gateways"].splitlines(keepends=True) if line.startswith(start)), ""


BROKEN = [
    (
        "gateways",
        "  lifts: statute\n  third_party: released",
        "  lifst: statute\n  third_party: released",
        "“lifst” is not known here. Did you mean “lifts”?",
    ),
    ("gateways", "reason: DUTY_251B_CARE", "reason: DUTY_252_CARE", "which is not one of: DUTY_16LA_CHILD,"),
    (
        "gateways",
        "purposes: [identify_driver]",
        "purposes: [identify_drivers]",
        "“identify_drivers”, which is not one of",
    ),
    (
        "gateways",
        "where: {kind: [parole_review]}",
        "where: {kinds: [parole_review]}",
        "An entry of “proceedings” has no “kinds”. There are: kind, day.",
    ),
    (
        "gateways",
        "where: {kind: [parole_review]}",
        "where: {kind: [parole_hearing]}",
        "“parole_hearing” is no value of “kind”. There are: childrens_first_contact,",
    ),
    (
        "gateways",
        "from: 2005-11-14\n  to: null",
        "from: 2005-11-14\n  to: 2004-01-01",
        "It ends on 2004-01-01, before it begins on 2005-11-14. Put the days in order.",
    ),
    (
        "gateways",
        "from: 2005-11-14\n  to: null",
        "from: 2005-11-31\n  to: null",
        "which is not a date that the calendar has",
    ),
    (
        "gateways",
        "art9: [DPA2018.Sch1.11]",
        "art9: [DPA2018.Sch1.99]",
        "No condition is called “DPA2018.Sch1.99”. Name one of “conditions”",
    ),
    (
        "gateways",
        "art10: [DPA2018.Sch1.11]",
        "art10: [UKGDPR.9.2.f]",
        "“UKGDPR.9.2.f” does not cover criminal information. Name a condition that does.",
    ),
    ("gateways", "{default: [UKGDPR.6.1.d]}", "{default: [UKGDPR.6.1.z]}", "“UKGDPR.6.1.z”, which is not one of"),
    (
        "gateways",
        "- code: CARE.REFERRAL",
        "- code: CARE.IMPLIED",
        "“CARE.IMPLIED” is there twice for the same days. Give each its own code,",
    ),
    (
        "gateways",
        "except_gateways: [COURT.ORDER], except_recipient",
        "except_gateways: [COURT.ORDERS], except_recipient",
        "No gateway is called “COURT.ORDERS”. Name one of this file, or leave it out.",
    ),
    ("gateways", "{fewer_than: 3, of: [identity, address],", "{fewer_than: 3,", "“fewer_than” does not say of what."),
    ("gateways", "{request: {urgency: [emergency]}, else: na}", "{else: na}", "It is not clear what this asks."),
    (
        "gateways",
        "  words: {en: 'an order of a court', cy: 'gorchymyn llys'}\n",
        "",
        "lacks “words”. Give it in English and in Welsh",
    ),
    (
        "gateways",
        "source: https://www.legislation.gov.uk/ukpga/1984/60",
        "source: www.legislation.gov.uk/ukpga/1984/60",
        "Give the address of the law or guidance it comes from, with https://.",
    ),
    ("gateways", *_without("  publication:"), "“purposes” lacks “publication”. Add what the law says"),
    ("gateways", *_without("  - {code: adult,"), "“ages” lacks “adult”. Add what the law says of “adult”."),
    ("gateways", *_without("  - {code: enforcement,"), "“groups” lacks “enforcement”. Add what the law says"),
    ("gateways", "reasons: [any_other]", "reasons: [NO_AGREEMENT]", "No question is for any other reason."),
    (
        "gateways",
        "reasons: [ADDRESS_PROTECTED]",
        "reasons: [NEEDS_CALDICOTT]",
        "Two questions are for “NEEDS_CALDICOTT”",
    ),
    ("gateways", "may_decide: [caldicott_guardian]", "may_decide: [caldicot]", "“caldicot”, which is not one of"),
    ("gateways", "words: [household, relative,", "words: [household, cousin,", "“cousin” is no word of this list."),
    ("gateways", "to: 2007-09-30, years: 16", "to: 2008-09-30, years: 16", "“competent” is there twice for the same"),
    ("gateways", "safeguards: [court_oversight]\n", "safeguards: [court_oversight\n", "A bracket is not closed"),
    ("reasons", "- code: EMERGENCY_CIVIL", "- code: EMERGENCY_CIVILS", "which is not one of: DUTY_16LA_CHILD,"),
    (
        "reasons",
        "- code: EMERGENCY_CIVIL",
        "- code: EMERGENCY_LIFE",
        "“EMERGENCY_LIFE” is there twice for the same days.",
    ),
    ("reasons", "says: ask\n  asks: caldicott_guardian", "says: ask", "“NEEDS_CALDICOTT” asks, but not whom."),
    (
        "reasons",
        'to keep people safe in a major incident."',
        'to keep {people} safe in a major incident."',
        "“{people}” cannot be filled in here. Known: agreement, items,",
    ),
    (
        "reasons",
        "{provider} may give you {items}",
        "{provider} may give {subject} {items}",
        "“{subject}” cannot be filled in here.",
    ),
    (
        "reasons",
        "oherwydd bod bywyd mewn perygl neu y gallai rhywun gael",
        "{law} perygl",
        "English and Welsh do not name the same particulars. Name the same particulars in both.",
    ),
    (
        "reasons",
        "  source: https://www.legislation.gov.uk/ukpga/2004/36\n",
        "",
        "lacks “source”. Give the address of the law",
    ),
    (
        "obligations",
        "  owes: recipient\n",
        "  owes: everybody\n",
        "“everybody”, which is not one of: provider, recipient, both",
    ),
    ("obligations", "- code: NO_ONWARD", "- code: DELETE_BY", "“NO_ONWARD” has no sentences. Add “- code: NO_ONWARD”"),
    (
        "names",
        '  outbreak_control: {en: "stop an illness from spreading", cy: "atal salwch rhag lledaenu"}\n',
        "",
        "“purposes” lacks “outbreak_control”. Add it in English and in Welsh.",
    ),
    ("names", ', cy: "dadansoddwr"', "", "“roles analyst” lacks “cy”. Add the Welsh"),
]


@pytest.mark.parametrize(("kind", "right", "wrong", "said"), BROKEN)
def test_a_broken_file_names_file_line_and_remedy(kind: str, right: str, wrong: str, said: str) -> None:
    text = TEXTS[kind]
    assert right in text
    with pytest.raises(Unreadable) as raised:
        checked(kind, text.replace(right, wrong, 1), f"{kind}.yaml")
    found = [str(fault) for fault in raised.value.faults]
    matching = [line for line in found if said in line]
    assert matching, found
    file, number, _ = matching[0].split(":", 2)
    assert file == f"{kind}.yaml"
    entry = text.replace(right, wrong, 1).splitlines()[int(number) - 1]
    assert number.isdigit() and (entry.strip() or "not YAML" in said)


def test_the_line_is_that_of_the_fault() -> None:
    text = TEXTS["gateways"].replace("where: {kind: [parole_review]}", "where: {kinds: [parole_review]}")
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if "{kinds: [parole_review]}" in each)
    with pytest.raises(Unreadable) as raised:
        checked("gateways", text, "gateways.yaml")
    assert [fault.place.line for fault in raised.value.faults] == [line]


@pytest.mark.parametrize("kind", TEXTS)
def test_what_comes_with_placewide_holds_together(kind: str) -> None:
    assert checked(kind, TEXTS[kind], kind)["format"].startswith("placewide.")


def test_a_law_that_changed_stands_twice_with_its_days() -> None:
    text = TEXTS["gateways"]
    start = text.index("- code: CA1989.17\n")
    entry = text[start : text.index("- code:", start + 1)]
    old = entry.replace("  to: null", "  to: 2026-05-31")
    new = entry.replace("from: 1991-10-14", "from: 2026-06-01").replace("unasked: refuse", "unasked: ask")
    content = checked("gateways", text.replace(entry, old + new), "gateways.yaml")
    found = [each for each in law_from(content).by_purpose["safeguard_child"] if each.code == "CA1989.17"]
    days = (date(2026, 5, 31), date(2026, 6, 1))
    assert [[each.unasked for each in found if each.dates.hold(day)] for day in days] == [["refuse"], ["ask"]]
    first = next(each for each in content["gateways"] if each["code"] == "CA1989.17")
    replaced = law_from(content, [first])  # what a decision case adds replaces every entry of its code
    assert [each.unasked for each in replaced.by_purpose["safeguard_child"] if each.code == "CA1989.17"] == ["refuse"]


@pytest.mark.parametrize("text", ["", "[]", "a word"])
def test_a_file_without_law_says_so(text: str) -> None:
    with pytest.raises(Unreadable, match="The file holds no law"):
        checked("reasons", text, "reasons.yaml")


def test_the_law_is_read_and_indexed_once() -> None:
    assert standard_law() is standard_law()
    assert wording() is wording()
    first, again = (read_case(DECISIONS / "ours" / "our-16la.yaml", "our-16la") for _ in range(2))
    assert law_of(first) is law_of(again)
    assert law_of(first) is not standard_law()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{some: risks, where: {colour: [red]}, then: na}", "An entry of “risks” has no “colour”. There are: to, harm"),
        ("{some: [risks], then: na}", "is no list of the circumstances. There are: relationships"),
        ("{some: risks, where: high, then: na}", "“where” is not a list for each field."),
        ("{some: risks, where: {level: high}, then: na}", "“where” is not a list for each field."),
        ("{worse: risks, unless: [always], then: na}", "“unless” is not a list of tests."),
        ("{then: na}", "It is not clear what this asks."),
    ],
)
def test_a_gateway_that_a_case_adds_is_checked_too(tmp_path: Path, wrong: str, said: str) -> None:
    file = tmp_path / "case.yaml"
    text = (DECISIONS / "ours" / "our-16la.yaml").read_text(encoding="utf-8")
    right = "bars: [{worse: risks, then: {refuse: MORE_DETRIMENTAL_TO_CHILD}}]"
    file.write_text(text.replace(right, f"bars: [{wrong}]"), "utf-8")
    with pytest.raises(Unreadable) as raised:
        read_case(file, "case.yaml")
    assert [fault for fault in raised.value.faults if said in fault.what + " " + fault.remedy and fault.place.line > 1]


LINES_OF_LAW = {
    "gateways": ("bases", "conditions", "exemptions", "checks", "ages", "groups", "questions", "acts", "prohibitions"),
    "reasons": ("reasons",),
    "obligations": ("obligations",),
}


@pytest.mark.parametrize(("kind", "part"), [(kind, part) for kind, parts in LINES_OF_LAW.items() for part in parts])
def test_every_line_of_law_says_its_source_and_who_has_read_it(kind: str, part: str) -> None:
    for each in checked(kind, TEXTS[kind], kind)[part]:
        assert each["source"].startswith("https://")
        assert "reviewed_by" in each


def test_the_lines_of_law_that_stand_under_a_name_do_too() -> None:
    law = checked("gateways", TEXTS["gateways"], "gateways")
    findings = read_text((LAW / "findings.yaml").read_text(encoding="utf-8"), "findings.yaml").content["findings"]
    named = [*law["categories"].values(), *law["purposes"].values(), law["limits"], law["confidential_holders"]]
    for each in (*named, *findings.values(), *law["gateways"]):
        assert each["source"].startswith("https://")
        assert "reviewed_by" in each


@pytest.mark.parametrize(
    ("name", "earlier", "later"),
    [("objection", date(2026, 2, 4), date(2026, 2, 5)), ("adult", date(1900, 1, 1), date(2026, 6, 1))],
)
def test_what_the_rules_count_by_is_that_of_the_day(name: str, earlier: date, later: date) -> None:
    law = standard_law()
    if name in law.ages:
        assert law.years(name, earlier) == law.years(name, later) == 18  # before the first, the first
    else:
        assert law.group(name, later) - law.group(name, earlier) == {"UKGDPR.6.1.ea"}


def test_a_replay_counts_by_the_ages_and_answers_of_its_day() -> None:
    text = TEXTS["gateways"]
    line = next(each for each in text.splitlines() if each.startswith("  - {code: adult,"))
    older = line.replace("from: 1970-01-01, years: 18", "from: 1970-01-01, to: 2025-12-31, years: 21")
    law = law_from(checked("gateways", text.replace(line, f"{older}\n{line.replace('1970', '2026')}"), "gateways"))
    assert [law.years("adult", day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [21, 18]
    young = read_case(DECISIONS / "given" / "ex08-a.yaml", "ex08-a")
    born = replace(young.request.subjects[0], born=date(2007, 1, 1))
    assert [is_child(law, born, day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [True, False]
