"""``placewide sharing agreement`` and ``simulate``: agreements read, checked, printed, and what they open."""

from __future__ import annotations

import itertools
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placewide.services.format.reading import read_file
from placewide.sharing.commands import answer, sharing
from placewide.sharing.differences import differences
from placewide.sharing.format.agreements import read_agreement
from placewide.sharing.format.case import agreement_from
from placewide.sharing.format.files import read_case
from placewide.sharing.format.told import as_values
from placewide.studio.commands import schema

ROOT = Path(__file__).resolve().parents[2]
MODELS = sorted((ROOT / "agreements").glob("*.yaml"))
OURS = sorted((ROOT / "tests" / "decisions" / "ours").glob("model-*.yaml"))
BADGE = ROOT / "agreements" / "blue-badge.yaml"


def run(*words: object) -> Result:
    """What a verb of ``placewide sharing`` prints."""
    return CliRunner().invoke(sharing, [str(word) for word in words])


def broken(folder: Path, was: str, now: str) -> Path:
    """The Blue Badge agreement with one thing changed."""
    text = BADGE.read_text(encoding="utf-8")
    assert was in text
    file = folder / "broken.yaml"
    file.write_text(text.replace(was, now, 1), encoding="utf-8")
    return file


def test_the_six_models_stop_nobody_from_signing() -> None:
    result = run("agreement", *MODELS, "--check", "--on", "2026-06-01")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == len(MODELS) == 6


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.stem)
def test_a_request_under_a_model_is_decided(file: Path) -> None:
    case = read_case(file, file.name)
    assert list(differences(case.expect, as_values(answer(case)))) == []


def test_every_model_is_decided_covered_and_just_outside() -> None:
    under: dict[str, set[str]] = {}
    for file in OURS:
        case = read_case(file, file.name)
        (agreement,) = case.agreements.by_citation.values()
        assert agreement in {read_agreement(model, model.name).document.runs for model in MODELS}
        under.setdefault(agreement.id, set()).add(case.expect["outcome"])
    assert len(under) == 6
    assert all(outcomes == {"MAY_SHARE", "MUST_NOT"} for outcomes in under.values())


def test_the_part_that_runs_is_the_agreement_of_a_decision_case() -> None:
    file = read_agreement(BADGE, BADGE.name)
    assert agreement_from(file.runs) == file.document.runs


def test_a_finding_names_clause_line_law_and_remedy(tmp_path: Path) -> None:
    file = broken(tmp_path, "art6: UKGDPR.6.1.e,", "art6: UKGDPR.6.1.ea,")
    line = next(n for n, text in enumerate(file.read_text("utf-8").splitlines(), 1) if "art6" in text)
    result = run("agreement", file, "--check", "--on", "2026-06-01")
    assert result.exit_code == 1
    assert f"{file}:{line}: STOPS: Calder Vale District Council is a public authority" in result.output
    assert "agreement: law 1: art6" in result.output
    assert "Law: UK GDPR Art 6(1)" in result.output
    assert "relies on its task" in result.output


def test_what_is_worth_a_look_stops_nobody(tmp_path: Path) -> None:
    file = broken(tmp_path, "  end: 2029-03-31", "  end: null")
    result = run("agreement", file, "--check", "--on", "2026-06-01")
    assert result.exit_code == 0
    assert "look: It has no last day." in result.output


def test_one_version_in_two_files_is_found() -> None:
    result = run("agreement", BADGE, BADGE, "--check", "--on", "2026-06-01")
    assert result.exit_code == 1
    assert result.output.count("is there twice") == 1


def test_a_summary_says_who_what_and_how_long() -> None:
    result = run("agreement", BADGE, "--on", "2026-06-01")
    assert result.exit_code == 0
    for said in ("Checking entitlement to a Blue Badge", "Calder Vale District Council → ", "Kept: 90 days"):
        assert said in result.output


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("controller: separate", "controller: own", "broken.yaml:41: “controller” of 1. of “parties” is “own”"),
        ("dpo: dpo@caldervale.example", "dpo: Jo", "is “Jo”"),
        (
            "dpo: dpo@caldervale.example",
            "dpo: null",
            "is empty. Write it after the colon. The mailbox",
        ),
        ("art6: UKGDPR.6.1.e", "art6: UKGDPR.6.1.z", "See: placewide schema agreement"),
        ("format: placewide.agreement/1", "format: placewide.agreement/2", "placewide.agreement/1"),
        ("start: 2026-04-01", "start: 2026-04-31", "not a date that the calendar has"),
        ("incident_hours: 24", "incident_hours: 100", "is more than 72"),
        ("end: 2029-03-31", "end: 9999-12-31", "A day from 1900 to 2199"),
        ("start: 2026-04-01", "start: 0001-01-01", "A day from 1900 to 2199"),
        ("retain_days: 90", "retain_days: 99999999999", "a hundred years at most"),
        ("relationship_max_age_days: 90", "relationship_max_age_days: 9999999", "a hundred years at most"),
    ],
)
def test_a_faulty_file_says_where_and_what_mends_it(tmp_path: Path, was: str, now: str, said: str) -> None:
    result = run("agreement", broken(tmp_path, was, now))
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize("text", ["", "- 1\n", "a: [", "{}"])
def test_what_is_no_agreement_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "none.yaml"
    file.write_text(text, encoding="utf-8")
    result = run("simulate", file)
    assert result.exit_code == 1
    assert "none.yaml:1: " in result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_the_schema_is_printed_whole() -> None:
    printed = json.loads(CliRunner().invoke(schema, ["agreement"]).output)
    assert printed["title"] == "Data-sharing agreement"
    assert printed["$defs"]["decision_case"]["title"] == "Decision case"


class Outline(HTMLParser):
    """Headings, tables, languages and scripts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.stem)
def test_a_model_reads_as_a_document(model: Path) -> None:
    result = run("agreement", model, "--html", "--on", "2026-06-01")
    assert result.exit_code == 0
    page = Outline(result.output)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert page.named("html") == [{"lang": "en"}]
    assert any(attributes.get("lang") == "cy" for _, attributes in page.tags)
    assert len(page.named("caption")) == len(page.named("table")) > 0
    assert all(each.get("scope") in ("col", "row") for each in page.named("th"))
    assert not page.named("script") and not page.named("link") and not page.named("img")
    assert "awaits a native reader" in result.output
    for each in read_file(model, model.name).content["document"]["law"]:
        assert each["source"] in result.output


def test_what_is_written_in_an_agreement_is_text_on_its_page(tmp_path: Path) -> None:
    file = broken(tmp_path, "contact: Blue Badge Team Manager", "contact: '<script>alert(1)</script>'")
    assert "<script>" not in run("agreement", file, "--html").output


def test_a_page_says_who_has_not_signed(tmp_path: Path) -> None:
    file = broken(tmp_path, "signed: 2026-03-05", "signed: null")
    assert "Awaits the signature of Calder Vale District Council" in run("agreement", file, "--html").output


def test_a_page_is_made_of_one_file() -> None:
    assert run("agreement", BADGE, BADGE, "--html").exit_code == 2


def test_simulate_says_who_could_see_what() -> None:
    result = run("simulate", BADGE, "--on", "2026-06-01")
    assert result.exit_code == 0
    for said in (
        "Calder Vale District Council → Calderbrook County Council, for checking whether somebody is entitled",
        "Asked by: administrators; sign-in in two steps, at least basic vetting and training in date",
        "About: people for whom there is an open case, at most 90 days old",
        "Goes: identity details; benefits",
        "Days: 1 April 2026 to 31 March 2029",
    ):
        assert said in result.output


def test_simulate_before_the_first_day_says_why_nothing_goes() -> None:
    result = run("simulate", BADGE, "--on", "2026-03-31")
    assert "Nothing goes on this day: agreement not in force" in result.output


def test_simulate_as_if_a_draft_were_signed(tmp_path: Path) -> None:
    file = broken(tmp_path, "status: signed", "status: draft")
    assert "Would go:" in run("simulate", file, "--on", "2026-06-01").output
    assert "Would go:" not in run("simulate", file, "--on", "2026-06-01", "--as-signed").output


def test_simulate_against_another_set_says_what_differs(tmp_path: Path) -> None:
    file = broken(tmp_path, "categories: [identity, benefits]", "categories: [identity, address]")
    lines = run("simulate", file, "--against", BADGE, "--on", "2026-06-01").output.splitlines()
    assert any(line.startswith("Opens: ") and line.endswith(": home address") for line in lines)
    assert any(line.startswith("Closes: ") and line.endswith(": benefits") for line in lines)
    same = run("simulate", BADGE, "--against", BADGE, "--on", "2026-06-01").output
    assert same.startswith("Nothing differs")


def test_simulate_against_other_conditions_says_before_and_now(tmp_path: Path) -> None:
    file = broken(tmp_path, "relationship_max_age_days: 90", "relationship_max_age_days: 30")
    lines = run("simulate", file, "--against", BADGE, "--on", "2026-06-01").output.splitlines()
    assert [line.strip() for line in lines[1:]] == [
        "before: About: people for whom there is an open case, at most 90 days old",
        "now: About: people for whom there is an open case, at most 30 days old",
    ]


def test_simulate_knows_four_nations() -> None:
    refused = run("simulate", BADGE, "--nation", "narnia")
    assert refused.exit_code == 2
    assert "'narnia' is not one of 'england', 'wales'," in refused.output
    assert run("simulate", BADGE, "--nation", "wales", "--on", "2026-06-01").exit_code == 0


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        ("retain_days: 90", "retain_days: 400", ["before: Kept: 90 days", "now: Kept: 400 days"]),
        (
            "onward: not_allowed",
            "onward: with_permission",
            ["before: Passing on: not allowed", "now: Passing on: with permission"],
        ),
        ("corrections: true", "corrections: false", ["before: Corrections: sent on", "now: Corrections: not sent on"]),
        (
            "opt_outs: {national: not_applicable}",
            "opt_outs: {national: applies}",
            ["before: The national data opt-out: does not apply", "now: The national data opt-out: applies"],
        ),
        (
            "incompatible: [",
            "incompatible: [outbreak_control, ",
            ["before: Against its purpose: ", "now: Against its purpose: "],
        ),
    ],
)
def test_simulate_against_says_what_holds_otherwise_afterwards(
    tmp_path: Path, was: str, now: str, moved: list[str]
) -> None:
    file = broken(tmp_path, was, now)
    heading, *lines = run("simulate", file, "--against", BADGE, "--on", "2026-06-01").output.splitlines()
    assert heading.startswith("Afterwards: Calder Vale District Council → Calderbrook County Council, for checking ")
    assert [line.strip()[: len(said)] for line, said in zip(lines, moved, strict=True)] == moved
