"""Making packages live: only without faults, at once for everybody, never for what has begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placewide.identity import actions as identity
from placewide.journeys.showing import start_page
from placewide.kernel.ids import new_id
from placewide.kernel.models import Event, LedgerEntry
from placewide.kernel.terms import SYSTEM
from placewide.places import actions as places
from placewide.places.actions.organisations import NewOrganisation
from placewide.places.reads import organisation_by_id
from placewide.services import actions, reads
from placewide.services.actions import PackageRefused
from placewide.services.format import read_folder
from placewide.services.models import PackageVersion
from placewide.services.reads import NoSuchService
from placewide.services.terms import Fee
from support.packages import PACKAGES, copied

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def council(*teams: str) -> UUID:
    """A council with the team that missed bins go to, or with these."""
    slug = f"council-{new_id()}"
    new = NewOrganisation(slug=slug, name=slug, kind="council", nation="England", tier="district")
    body = places.add_organisation(new, actor=SYSTEM, now=NOW)
    for team in teams or ("waste",):
        identity.add_team(body.id, team, team, actor=SYSTEM, now=NOW)
    return body.id


def test_an_adopted_package_is_live_with_the_places_settings() -> None:
    district = council()
    adoption = actions.adopt(district, PACKAGES / "missed-bin", {"phone": "01632 960 001"}, actor=SYSTEM, now=NOW)
    live = reads.live(district, "missed-bin")
    assert (live.adoption_id, live.package.id, live.settings) == (adoption, "missed-bin", {"phone": "01632 960 001"})
    assert reads.live_by_id(adoption) == live
    assert Event.objects.filter(type="service.adopted/1").count() == 1
    assert LedgerEntry.objects.filter(act="service.adopted").count() == 1


def test_a_broken_package_is_refused_and_what_is_live_stays_live(tmp_path: Path) -> None:
    district = council()
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
    district = council()
    folder = copied(tmp_path)
    first = actions.adopt(district, folder, {}, actor=SYSTEM, now=NOW)
    old = reads.live(district, "missed-bin")
    text = (folder / "service.yaml").read_text(encoding="utf-8")
    (folder / "service.yaml").write_text(text.replace("version: 1.0.0", "version: 1.0.1"), encoding="utf-8")
    assert actions.adopt(district, folder, {}, actor=SYSTEM, now=NOW) == first
    assert reads.live(district, "missed-bin").package.version == "1.0.1"
    assert reads.by_hash(old.content_hash).version == "1.0.0"


def test_a_service_taken_off_begins_nothing_new() -> None:
    district = council()
    adoption = actions.adopt(district, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    content_hash = reads.live(district, "missed-bin").content_hash
    actions.stop(adoption, actor=SYSTEM, now=NOW)
    with pytest.raises(NoSuchService):
        reads.live(district, "missed-bin")
    assert reads.by_hash(content_hash).id == "missed-bin"


def test_nobody_has_a_service_that_another_organisation_adopted() -> None:
    actions.adopt(council(), PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    with pytest.raises(NoSuchService):
        reads.live(new_id(), "missed-bin")


def test_a_live_service_costs_one_statement_once_its_package_was_read() -> None:
    district = council()
    actions.adopt(district, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    reads.live(district, "missed-bin")
    with CaptureQueriesContext(
        connection,
    ) as caught:
        reads.live(district, "missed-bin")
    assert len(caught) == 1


def test_all_services_cost_two_statements_however_many() -> None:
    from placewide.services.format import package_of

    organisations = [council() for _ in range(6)]
    actions.adopt(organisations[0], PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    content = PackageVersion.objects.get().content
    for number, organisation in enumerate(organisations[1:], start=1):
        package = package_of({**content, "version": f"1.0.{number}"})
        actions.adopt_package(organisation, package, {}, actor=SYSTEM, now=NOW)
    with CaptureQueriesContext(connection) as caught:
        assert len(reads.live_services()) == 6
    assert len(caught) <= 2
    assert len(reads.live_services(organisations[:2])) == 2


def with_fees(into: Path, *fees: str) -> Path:
    """The missed bin at a price."""
    folder = copied(into)
    rows = "".join(f"\n  - {{{fee}, from: 2026-04-01, source: Council}}" for fee in fees)
    (folder / "fees.yaml").write_text(f"fees:{rows}\n", encoding="utf-8")
    for language in ("en", "cy"):
        path = folder / "words" / f"{language}.yaml"
        texts = "".join(f"\n  {fee.partition(',')[0].removeprefix('id: ')}: Why." for fee in fees)
        path.write_text(f"{path.read_text(encoding='utf-8')}\nfees:{texts}\n", encoding="utf-8")
    return folder


def test_what_charges_cannot_go_live_while_nothing_takes_payments(tmp_path: Path) -> None:
    free, paid = "id: first, pence: 0, when: answered(contact_phone)", "id: second, pence: 4200"
    district = council()
    with pytest.raises(PackageRefused) as refused:
        actions.adopt(district, with_fees(tmp_path, free, paid), {}, actor=SYSTEM, now=NOW)
    (fault,) = refused.value.faults
    assert "charges £42" in fault.what and "cannot take payments" in fault.what
    assert (fault.place.file, fault.place.line) == ("fees.yaml", 3)
    assert reads.live_services() == ()


@pytest.mark.parametrize("fee", ["id: first, pence: 0", "id: first, pence: 2100, until: 2026-11-23"])
def test_what_charges_nothing_from_today_on_goes_live(tmp_path: Path, fee: str) -> None:
    package = read_folder(with_fees(tmp_path, fee)).package
    assert package is not None
    assert actions.adopt_package(council(), package, {}, actor=SYSTEM, now=NOW)


def test_a_package_whose_team_is_not_there_is_refused_with_the_command_that_adds_it() -> None:
    district = council("parks")
    with pytest.raises(PackageRefused) as refused:
        actions.adopt(district, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    (fault,) = refused.value.faults
    assert "“waste”" in fault.what and "placewide team add council-" in fault.remedy
    assert fault.place.file == "process.yaml" and fault.place.line > 1


def test_the_start_page_says_what_it_costs_today() -> None:
    district = council()
    actions.adopt(district, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=NOW)
    live, body = reads.live(district, "missed-bin"), organisation_by_id(district)
    dear = Fee("dear", 4200, date(2026, 4, 1))
    for fees, said in (
        ((), "It is free."),
        ((dear,), "£42"),
        ((Fee("less", 2100, dear.starts, when="assisted"), dear), "From £21 to £42."),
    ):
        priced = replace(live, package=replace(live.package, fees=fees))
        assert start_page(priced, body, "en", NOW)["cost"] == said
