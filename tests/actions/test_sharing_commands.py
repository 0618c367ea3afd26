"""``placewide sharing decide`` and ``placewide schema decision-case``, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from placewide.services.format.reading import read_file
from placewide.sharing.commands import sharing
from placewide.studio.commands import schema

GIVEN = Path(__file__).resolve().parents[1] / "decisions" / "given"


def run(*words: str) -> tuple[int, list[dict[str, object]], str]:
    """Exit code, the objects printed, what was said beside them."""
    result = CliRunner().invoke(sharing, ["decide", *words])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_cases_are_decided_in_their_order_one_object_a_line() -> None:
    code, lines, _ = run(*(str(GIVEN / f"{name}.yaml") for name in ("ex11", "ex01", "agreement-13")))
    assert code == 0
    assert [line["outcome"] for line in lines] == ["MUST_NOT", "MAY_SHARE", "CANNOT_CONFIRM"]


def test_a_case_that_comes_out_otherwise_is_named_with_every_difference(tmp_path: Path) -> None:
    text = (GIVEN / "ex01.yaml").read_text(encoding="utf-8")
    changed = text.replace("outcome: MAY_SHARE", "outcome: ASK").replace(
        "reasons_include: [CRIME_NECESSARY]", "reasons_include: [COURT_ORDER]"
    )
    (tmp_path / "wrong.yaml").write_text(changed, encoding="utf-8")
    code, lines, said = run("--check", str(tmp_path / "wrong.yaml"), str(GIVEN / "ex11.yaml"))
    assert code == 1 and len(lines) == 2
    assert "outcome is MAY_SHARE, expected ASK" in said
    assert "reasons lack COURT_ORDER" in said
    assert "2 cases, 1 otherwise than expected" in said


def test_a_case_that_cannot_be_read_names_file_line_and_remedy(tmp_path: Path) -> None:
    text = (GIVEN / "ex01.yaml").read_text(encoding="utf-8")
    (tmp_path / "odd.yaml").write_text(text.replace("urgency: routine", "urgency: soon"), encoding="utf-8")
    (tmp_path / "who.yaml").write_text(text.replace("subject: p1, category", "subject: p9, category"), encoding="utf-8")
    (tmp_path / "none.yaml").write_text("", encoding="utf-8")
    code, lines, said = run(*(str(tmp_path / name) for name in ("odd.yaml", "who.yaml", "none.yaml", "gone.yaml")))
    assert code == 1 and lines == []
    assert f"{tmp_path}/odd.yaml:{_line(text, 'urgency')}: " in said and "routine, urgent" in said
    assert "No subject is called “p9”" in said
    assert "holds no decision case" in said and "There is no " in said


@pytest.mark.parametrize("score", [".nan", ".inf", "high"])
def test_a_score_that_is_no_number_says_how_one_is_written(tmp_path: Path, score: str) -> None:
    text = (GIVEN / "ex17.yaml").read_text(encoding="utf-8")
    file = tmp_path / "score.yaml"
    file.write_text(text.replace("born:", f"match_score: {score}, born:", 1), encoding="utf-8")
    code, lines, said = run(str(file))
    assert (code, lines) == (1, [])
    assert "is text, but must be a number. Write a number in digits, such as 0.95." in said


def test_what_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    file = _changed(tmp_path, "from: 2026-01-10}", "from: 2026-01-10, until: 2025-12-31}")
    code, lines, told = run(str(file))
    assert (code, lines) == (1, [])
    assert told.startswith(f"{file}:28: It ends on 2025-12-31, before it begins on 2026-01-10. Put the days in order.")


def test_one_version_of_an_agreement_twice_is_refused(tmp_path: Path) -> None:
    case = read_file(GIVEN / "agreement-00.yaml", "agreement-00").content
    case["agreements"] *= 2
    file = tmp_path / "twice.yaml"
    file.write_text(json.dumps(case, indent=1), encoding="utf-8")
    code, lines, told = run(str(file))
    assert (code, lines) == (1, [])
    assert f"{file}:" in told and "is there twice. Give the newer text the next version, or leave one out." in told


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("party: calderbrook-adult-care", "party: calderbrook-adult-cares"),
        ("subject: p1, kind", "subject: p2, kind"),
    ],
)
def test_a_name_that_leads_nowhere_is_said_and_stops_nothing(tmp_path: Path, was: str, now: str) -> None:
    file = _changed(tmp_path, was, now)
    code, lines, told = run(str(file))
    assert code == 0 and len(lines) == 1
    name = now.partition(": ")[2].partition(",")[0]
    line = _line(file.read_text("utf-8"), now)
    assert told.startswith(
        f"{file}:{line}: Nothing in the request is called “{name}”; this counts for nothing. There are: "
    )


def test_no_case_of_ours_has_a_loose_end() -> None:
    code, lines, told = run(*map(str, sorted(GIVEN.parent.glob("*/*.yaml"))))
    assert code == 0 and lines
    assert told == ""


def _changed(folder: Path, was: str, now: str) -> Path:
    text = (GIVEN / "ex17.yaml").read_text(encoding="utf-8")
    assert was in text
    file = folder / "changed.yaml"
    file.write_text(text.replace(was, now, 1), encoding="utf-8")
    return file


def _line(text: str, word: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if word in line)


def test_the_schema_is_printed() -> None:
    printed = json.loads(CliRunner().invoke(schema, ["decision-case"]).output)
    assert printed["properties"]["format"] == {"const": "placewide.decision-case/1"}
    assert "MUST_SHARE" in printed["$defs"]["outcome"]["enum"]
