"""Everything through which a row could reach somebody is classified, and closed pages are closed to a stranger."""

from __future__ import annotations

import ast
import re
from uuid import UUID

import pytest
from django.db import models
from django.test import Client

from house import openings
from house.code import example, house
from house.openings import CLOSED, Found, classified, everything, faults, pages, reads

SOMEBODY_ELSES = UUID("01890000-0000-7000-8000-000000000000")


def test_everything_is_classified() -> None:
    found = everything()
    assert {one.table for one in found} >= {"models", "reads", "pages"}
    wrong = list(faults(found, classified()))
    assert not wrong, "\n" + "\n".join(wrong)


def closed_pages() -> list[tuple[str, str]]:
    said = classified()
    shut = [one for one in pages() if said.get((one.room, "pages", one.name)) in CLOSED]
    return [(one.name, address(one.thing[1])) for one in shut]


def address(route: str) -> str:
    """An address of this route, about a row that is somebody else's."""
    route = re.sub(r"<uuid:\w+>", str(SOMEBODY_ELSES), route)
    route = re.sub(r"<int:\w+>", "1", route)
    route = re.sub(r"<(?:\w+:)?\w+>", "something", route)
    return "/" + re.sub(r"[\^$\\]|\(\?P<\w+>[^)]*\)", "", route)


@pytest.mark.django_db
def test_a_stranger_is_shown_no_closed_page() -> None:
    shown = []
    for name, where in closed_pages():
        for method in ("get", "post"):
            answer = getattr(Client(), method)(where)
            if answer.status_code < 300:
                shown.append(f"{method} {where} ({name}) answered {answer.status_code} to a stranger")
    assert not shown, "\n" + "\n".join(shown)


class Owned(models.Model):
    organisation_id = models.UUIDField()

    class Meta:
        app_label = "house"
        indexes = [models.Index(fields=["organisation_id", "id"], name="owned")]


class Homeless(models.Model):
    class Meta:
        app_label = "house"


class Unindexed(models.Model):
    organisation_id = models.UUIDField()

    class Meta:
        app_label = "house"


def table(model: type[models.Model]) -> Found:
    return Found("cases", "models", model.__name__, model)


def read(text: str) -> Found:
    return next(reads([example(text, door="reads")]))


@pytest.mark.parametrize(
    ("found", "kind", "fault"),
    [
        (table(Homeless), "owned", "no organisation"),
        (table(Unindexed), "owned", "no index begins"),
        (table(Homeless), "part", "no foreign key"),
        (table(Homeless), "hidden", "is none of"),
        (read("def inbox(limit): ..."), "viewer", "first argument is limit"),
        (read("def inbox(viewer): ..."), "public", "first argument is viewer"),
    ],
)
def test_what_is_not_what_it_is_called_is_found(found: Found, kind: str, fault: str) -> None:
    (said,) = faults([found], {(found.room, found.table, found.name): kind})
    assert fault in said


def test_what_is_not_classified_is_found_with_the_line_to_add() -> None:
    (said,) = faults([read("def inbox(viewer): ...")], {})
    assert 'tests/house/isolation/cases.toml: under [reads] add "inbox"' in said


def test_a_line_about_something_that_is_gone_is_found() -> None:
    (said,) = faults([], {("cases", "reads", "inbox"): "viewer"})
    assert "no longer there" in said


def test_a_sound_classification_is_left_alone() -> None:
    found = [table(Owned), read("def inbox(viewer): ..."), read("def tiers(): ...")]
    said = {
        ("cases", "models", "Owned"): "owned",
        ("cases", "reads", "inbox"): "viewer",
        ("cases", "reads", "tiers"): "public",
    }
    assert list(faults(found, said)) == []


def test_no_page_and_no_api_names_an_internal_read() -> None:
    assert list(openings.shown_unfiltered(house(), openings.classified())) == []


@pytest.mark.parametrize(
    "text",
    [
        "from placewide.cases import reads\nreads.timeline(1)",
        "from placewide.cases.reads import timeline as t\nt(1)",
    ],
)
def test_a_page_that_names_an_internal_read_is_found(text: str) -> None:
    said = {("cases", "reads", "timeline"): "internal"}
    assert len(list(openings.shown_unfiltered([example(text, door="views")], said))) == 1
    assert list(openings.shown_unfiltered([example(text, door="actions")], said)) == []


def test_private_functions_need_no_class() -> None:
    assert list(reads([example("def _visible(viewer): ...", door="reads")])) == []


def test_a_read_in_a_folder_is_found() -> None:
    module = example("def inbox(viewer): ...", door="reads/inbox")
    assert [one.name for one in reads([module])] == ["inbox"]
    assert isinstance(next(reads([module])).thing, ast.FunctionDef)


def test_an_address_is_made_for_every_kind_of_route() -> None:
    assert address("case/<uuid:case_id>/<slug:tab>/") == f"/case/{SOMEBODY_ELSES}/something/"
    assert openings.room_of("allauth.account.views") == "identity"
