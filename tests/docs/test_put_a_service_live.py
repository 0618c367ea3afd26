"""docs/how/put-a-service-live.md, followed to the letter."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from house.code import ROOT
from placewide.cli import gathered
from placewide.places import reads as places

PAGE = (ROOT / "docs" / "how" / "put-a-service-live.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    placewide (.+)$", PAGE, re.MULTILINE)
FILES = re.findall(r"`([a-z-]+\.csv)`:\n\n```csv\n(.+?)```", PAGE, re.DOTALL)

pytestmark = pytest.mark.django_db


def placewide(*words: str) -> Result:
    return CliRunner().invoke(gathered(), words)


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Every command of the page but ``run`` and ``stop``, in order; what each printed, by its first words."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "packages").symlink_to(ROOT / "packages")
    for name, text in FILES:
        Path(name).write_text(text, encoding="utf-8")
    printed = {}
    for command in COMMANDS:
        words = shlex.split(command)
        if words[0] == "run" or words[1] == "stop":
            continue
        result = placewide(*words)
        assert result.exit_code == 0, f"{command}: {result.output}"
        printed[" ".join(words[:2])] = result.output
    return printed


def test_the_page_leads_from_nothing_to_a_live_service(followed: dict[str, str], client: Client) -> None:
    assert followed["service list"] == "leeds\tmissed-bin\t1.0.0\tReport a missed bin\n"
    assert "/staff/set-up/" in followed["staff add"]
    page = client.get("/services/leeds/missed-bin").content.decode()
    assert all(words in page for words in ("Report a missed bin", "Leeds City Council", "0113 496 0123", "It is free."))
    assert "/services/leeds/missed-bin" in client.get("/").content.decode()
    assert [found.uprn for found in places.find_addresses("alder hill")] == [72000000001, 72000000002]


def test_a_node_without_a_name_is_called_after_its_organisation(
    followed: dict[str, str], settings: Any, client: Client
) -> None:
    settings.PLACE_NAME = ""
    places._first_name.cache_clear()
    assert "Leeds City Council" in re.findall("<title>(.+?)</title>", client.get("/").content.decode(), re.DOTALL)[0]
    with CaptureQueriesContext(connection) as caught:
        assert places.place_name() == "Leeds City Council"
    assert len(caught) == 0
    places._first_name.cache_clear()


def test_adopted_again_it_keeps_what_was_set(followed: dict[str, str], client: Client) -> None:
    again = ("service", "adopt", "packages/missed-bin", "--organisation", "leeds")
    assert placewide(*again).exit_code == 0
    assert "0113 496 0123" in client.get("/services/leeds/missed-bin").content.decode()
    assert placewide(*again, "--setting", "phone=0113 496 0999").exit_code == 0
    assert "0113 496 0999" in client.get("/services/leeds/missed-bin").content.decode()


def test_a_number_that_pages_show_is_asked_for_at_first(followed: dict[str, str]) -> None:
    assert placewide("service", "stop", "missed-bin", "--organisation", "leeds").exit_code == 0
    refused = placewide("service", "adopt", "packages/missed-bin", "--organisation", "leeds")
    assert refused.exit_code == 1
    assert "the package needs the setting phone: --setting phone=" in refused.output


def test_what_is_stopped_begins_nothing_new(followed: dict[str, str], client: Client) -> None:
    (stop,) = [command for command in COMMANDS if command.startswith("service stop")]
    assert placewide(*shlex.split(stop)).exit_code == 0
    assert client.get("/services/leeds/missed-bin").status_code == 404
    again = placewide(*shlex.split(stop))
    assert (again.exit_code, "leeds runs no service missed-bin" in again.output) == (1, True)


ADOPT = ("service", "adopt", str(ROOT / "packages" / "care-needs"), "--organisation")
PHONE = ("--setting", "phone=0113 496 0123")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*ADOPT, "leeds", *PHONE, "--setting", "urgent_phone=0113 496 0124"), 'placewide team add leeds adult-care "'),
        ((*ADOPT, "leeds", *PHONE), "the package needs the setting urgent_phone"),
        ((*ADOPT, "leeds"), "the package needs the settings phone, urgent_phone: --setting phone=… --setting urgent_"),
        ((*ADOPT, "leeds", "--setting", "urgnt_phone=1"), "no setting urgnt_phone; there are: phone, urgent_phone"),
        ((*ADOPT, "leed"), "no organisation leed; there are: leeds"),
        (("service", "adopt", "nowhere", "--organisation", "leeds"), "There is no such folder"),
        (("team", "add", "leeds", "waste", "Waste"), "leeds has a team waste already"),
        (("team", "add", "leeds", "The Team", "Waste"), "The Team is no slug"),
        (("team", "add", "leeds", "parks", "Parks", "--email", "parks"), "parks is no email address"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(followed: dict[str, str], words: tuple[str, ...], said: str) -> None:
    result = placewide(*words)
    assert (result.exit_code, said in result.output) == (1, True), result.output
    assert placewide("service", "list").output == followed["service list"]
