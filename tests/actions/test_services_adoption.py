"""Making packages live: only without faults, at once for everybody, never for what has begun."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placewide.kernel.ids import new_id
from placewide.kernel.models import Event, LedgerEntry
from placewide.kernel.terms import SYSTEM
from placewide.services import actions, reads
from placewide.services.actions import PackageRefused
from placewide.services.models import PackageVersion
from placewide.services.reads import NoSuchService
from support.packages import PACKAGES, copied

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_an_adopted_package_is_live_with_the_places_settings() -> None:
    district = new_id()
    adoption = actions.adopt(district, PACKAGES / "missed-bin", {"phone": "01632 960 001"}, actor=SYSTEM, now=NOW)
    live = reads.live(district, "missed-bin")
    assert (live.adoption_id, live.package.id, live.settings) == (adoption, "missed-bin", {"phone": "01632 960 001"})
    assert reads.live_by_id(adoption) == live
    assert Event.objects.filter(type="service.adopted/1").count() == 1
    assert LedgerEntry.objects.filter(act="service.adopted").count() == 1


def test_a_broken_package_is_refused_and_what_is_live_stays_live(tmp_path: Path) -> None:
    district = new_id()
    folder = copied(tmp_path)
    actions.adopt(district, folder, {}, actor=SYSTEM, now=NOW)
    before = reads.live(district, "missed-bin")
    (folder / "rules.yaml").write_text("rules: [", encoding="utf-8")
    with pytest.raises(PackageRefused) as refused:
        actions.adopt(district, folder, {}, actor=SYSTEM, now=NOW)
    assert str(refused.value.faults[0].place).startswith("rules.yaml:")
    assert reads.live(district, "missed-bin") == before
    assert PackageVersion.objects.count() == 1


def test_a_new_version_is_live_at_once_and_the_old_one_can_still_be_read(tmp_path: Path) -> None:
    district = new_id()
    folder = copied(tmp_path)
    first = actions.adopt(district, folder, {}, actor=SYSTEM, now=NOW)
    old = reads.live(district, "missed-bin")
    text = (folder / "service.yaml").read_text(encoding="utf-8")
    (folder / "service.yaml").write_text(text.replace("version: 1.0.0", "version: 1.0.1"), encoding="utf-8")
    assert actions.adopt(district, folder, {}, actor=SYSTEM, now=NOW) == first
    assert reads.live(district, "missed-bin").package.version == "1.0.1"
    assert reads.by_hash(old.content_hash).version == "1.0.0"


def test_a_service_taken_off_begins_nothing_new() -> None:
    district = new_id()
    adoption = actions.adopt(district, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    content_hash = reads.live(district, "missed-bin").content_hash
    actions.stop(adoption, actor=SYSTEM, now=NOW)
    with pytest.raises(NoSuchService):
        reads.live(district, "missed-bin")
    assert reads.by_hash(content_hash).id == "missed-bin"


def test_nobody_has_a_service_that_another_organisation_adopted() -> None:
    actions.adopt(new_id(), PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    with pytest.raises(NoSuchService):
        reads.live(new_id(), "missed-bin")


def test_a_live_service_costs_one_statement_once_its_package_was_read() -> None:
    district = new_id()
    actions.adopt(district, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    reads.live(district, "missed-bin")
    with CaptureQueriesContext(
        connection,
    ) as caught:
        reads.live(district, "missed-bin")
    assert len(caught) == 1


def test_all_services_cost_two_statements_however_many() -> None:
    from placewide.services.format import package_of

    organisations = [new_id() for _ in range(6)]
    actions.adopt(organisations[0], PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    content = PackageVersion.objects.get().content
    for number, organisation in enumerate(organisations[1:], start=1):
        package = package_of({**content, "version": f"1.0.{number}"})
        actions.adopt_package(organisation, package, {}, actor=SYSTEM, now=NOW)
    with CaptureQueriesContext(connection) as caught:
        assert len(reads.live_services()) == 6
    assert len(caught) <= 2
    assert len(reads.live_services(organisations[:2])) == 2
