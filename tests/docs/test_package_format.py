"""The reference of the package format does not lag behind the format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from placewide.services.check.keys import keys
from placewide.services.format.schema import schema
from placewide.services.kinds import KINDS
from placewide.studio.commands import schema as schema_command
from placewide.studio.commands import service
from placewide.studio.guide import guide
from support.packages import PACKAGES, copied, shipped

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "package-format.md"


def test_the_reference_is_what_the_schemas_say() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == guide(), "placewide schema guide > docs/reference/package-format.md"


@pytest.mark.parametrize("package_id", ["missed-bin", "care-needs"])
def test_every_sentence_that_a_package_needs_is_in_the_reference(package_id: str) -> None:
    described = [re.sub(r"<\w+>", "[^.]+", re.escape(key)) for key in schema("words")["x-keys"]]
    own = {word for kind in KINDS.values() for word in kind.words}
    missing = [
        key
        for key, must in keys(shipped(package_id))
        if must and key.rpartition(".")[2] not in own and not any(re.fullmatch(row, key) for row in described)
    ]
    assert missing == []


def test_the_schema_is_printed_as_json() -> None:
    printed = CliRunner().invoke(schema_command, ["package"])
    assert printed.exit_code == 0
    assert '"title": "placewide.package/1"' in printed.output


def test_check_and_test_end_with_nothing_when_all_is_well() -> None:
    folder = str(PACKAGES / "missed-bin")
    assert CliRunner().invoke(service, ["check", folder]).output.endswith("no faults\n")
    tested = CliRunner().invoke(service, ["test", folder])
    assert tested.exit_code == 0
    assert "FAILS" not in tested.output


def test_check_and_test_say_where_and_end_with_one_when_something_is_wrong(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    example = folder / "examples" / "too-late.yaml"
    example.write_text(
        example.read_text(encoding="utf-8").replace("too_late: true", "too_late: false"), encoding="utf-8"
    )
    tested = CliRunner().invoke(service, ["test", str(folder)])
    assert tested.exit_code == 1
    assert f"{example}:" in tested.output and "expected: too-late" in tested.output
    example.write_bytes(b"\xff\xfe")
    checked = CliRunner().invoke(service, ["check", str(folder), str(tmp_path / "none")])
    assert checked.exit_code == 1
    assert "UTF-8" in checked.output and "no such folder" in checked.output
