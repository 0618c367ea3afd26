"""What goes live is what was shown to work, newer than what it replaces, and this organisation's to provide."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner

from placewide.cli import gathered
from placewide.identity import actions as identity
from placewide.kernel.terms import SYSTEM
from placewide.places import actions as places
from placewide.places import reads as where
from placewide.places.actions.organisations import NewOrganisation
from placewide.services import actions, reads
from placewide.services.actions import PackageRefused
from placewide.services.terms import LiveService
from support.packages import PACKAGES, copied

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def council(code: str) -> UUID:
    """The council of the published list, with the teams that both packages need."""
    authority = where.authority(code)
    assert authority is not None
    return staffed(places.new_organisation_of(authority))


def staffed(new: NewOrganisation) -> UUID:
    body = places.add_organisation(new, actor=SYSTEM, now=NOW)
    for team in ("waste", "adult-care"):
        identity.add_team(body.id, team, team, actor=SYSTEM, now=NOW)
    return body.id


def said(organisation: UUID, folder: Path, *, older: bool = False) -> str:
    """Why it is refused: where, what, and what to do."""
    with pytest.raises(PackageRefused) as refused:
        actions.adopt(organisation, folder, {}, actor=SYSTEM, now=NOW, older=older)
    (fault,) = refused.value.faults
    return str(fault)


@pytest.fixture
def leeds() -> UUID:
    """With the missed bin live, in version 1.0.0."""
    leeds = council("LDS")
    actions.adopt(leeds, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    return leeds


def live(leeds: UUID) -> LiveService:
    return reads.live(leeds, "missed-bin")


def changed(into: Path, *, version: str = "1.0.0", file: str = "", before: str = "", after: str = "") -> Path:
    folder = copied(into)
    service = folder / "service.yaml"
    service.write_text(service.read_text(encoding="utf-8").replace("1.0.0", version), encoding="utf-8")
    if file:
        text = (folder / file).read_text(encoding="utf-8")
        assert before in text
        (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


def test_a_package_whose_example_fails_leaves_what_is_live(leeds: UUID, tmp_path: Path) -> None:
    before = live(leeds)
    wrong = {"before": "when: missed_before >= 2", "after": "when: missed_before >= 1"}
    folder = changed(tmp_path, version="1.1.0", file="rules.yaml", **wrong)
    example = folder / "examples" / "crew-comes-back.yaml"
    text = example.read_text(encoding="utf-8").replace("missed_before: 0", "missed_before: 1")
    assert "missed_before: 1" in text
    example.write_text(text, encoding="utf-8")
    refused = said(leeds, folder)
    assert refused.startswith("examples/crew-comes-back.yaml:")
    assert "notes: expected nothing, came missed-again" in refused
    assert live(leeds) == before


OTHER_WORDS = {"file": "words/en.yaml", "before": "the crew", "after": "the lorry"}


@pytest.mark.parametrize("older", [False, True])
def test_other_words_under_the_same_number_are_refused(leeds: UUID, tmp_path: Path, older: bool) -> None:
    before = live(leeds)
    refused = said(leeds, changed(tmp_path, **OTHER_WORDS), older=older)
    assert refused.startswith("service.yaml:4: Version 1.0.0 of “missed-bin” was adopted with other contents.")
    assert "Raise the version: 1.0.1." in refused
    assert live(leeds) == before


def test_the_same_package_may_be_adopted_again_and_after_a_stop(leeds: UUID) -> None:
    before = live(leeds)
    for _ in range(2):
        assert actions.adopt(leeds, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW) == before.adoption_id
        actions.stop(before.adoption_id, actor=SYSTEM, now=NOW)


def test_a_version_goes_up_and_down_only_on_purpose(leeds: UUID, tmp_path: Path) -> None:
    actions.adopt(leeds, changed(tmp_path, version="1.10.0", **OTHER_WORDS), {}, actor=SYSTEM, now=NOW)
    folder = changed(tmp_path, version="1.9.0", **OTHER_WORDS)
    refused = said(leeds, folder)
    assert "Version 1.9.0 is older than 1.10.0, which was adopted before." in refused
    assert "--older" in refused
    assert live(leeds).package.version == "1.10.0"
    actions.adopt(leeds, folder, {}, actor=SYSTEM, now=NOW, older=True)
    assert live(leeds).package.version == "1.9.0"


def test_the_command_goes_back_to_an_older_version_when_told_to(leeds: UUID, tmp_path: Path) -> None:
    actions.adopt(leeds, changed(tmp_path, version="1.1.0", **OTHER_WORDS), {}, actor=SYSTEM, now=NOW)
    words = ("service", "adopt", str(PACKAGES / "missed-bin"), "--organisation", "leeds")
    number = ("--setting", "phone=0113 496 0123")
    assert CliRunner().invoke(gathered(), (*words, *number)).exit_code == 1
    assert CliRunner().invoke(gathered(), (*words, *number, "--older")).exit_code == 0
    assert live(leeds).package.version == "1.0.0"


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("CRF", "“Ask for help with care” is for England; City of Cardiff Council is in Wales."),
        ("GLG", "is for England; Glasgow City Council is in Scotland."),
        ("BFS", "is for England; Belfast City Council is in Northern Ireland."),
        ("ADU", "is provided by West Sussex County Council, not by Adur District Council."),
    ],
)
def test_what_is_not_theirs_to_provide_is_refused(code: str, what: str) -> None:
    refused = said(council(code), PACKAGES / "care-needs")
    assert what in refused
    assert refused.startswith("service.yaml:")


@pytest.mark.parametrize("code", ["LDS", "WSX"])
def test_what_is_theirs_goes_live(code: str) -> None:
    assert actions.adopt(council(code), PACKAGES / "care-needs", {}, actor=SYSTEM, now=NOW)


@pytest.mark.parametrize("nation", ["England", "Wales"])
def test_a_body_that_is_no_council_has_a_nation_and_no_tier(nation: str) -> None:
    charity = staffed(NewOrganisation(slug="carers", name="Carers", kind="charity", nation=nation))
    if nation == "England":
        assert actions.adopt(charity, PACKAGES / "care-needs", {}, actor=SYSTEM, now=NOW)
    else:
        assert "is for England; Carers is in Wales." in said(charity, PACKAGES / "care-needs")
