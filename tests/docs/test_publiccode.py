"""publiccode.yml against its standard, version 0.4: https://yml.publiccode.tools/schema.core.html.

Written here because no validator of the standard can be had as a Python or npm package. Keys that are needed, forms of
values, and the controlled lists (categories-list.html and scope-list.html of the same site).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")}
TYPES |= {"addon", "library", "configurationFiles"}
MAINTAINED = {"internal": "contacts", "community": "contacts", "contract": "contractors", "none": ""}
NEEDED = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
NEEDED |= {"description", "legal", "maintenance", "localisation"}
OPTIONAL = {"applicationSuite", "landingURL", "isBasedOn", "softwareVersion", "releaseDate", "logo", "monochromeLogo"}
OPTIONAL |= {"inputTypes", "outputTypes", "categories", "usedBy", "roadmap", "intendedAudience", "dependsOn"}
SCOPES = {
    "agriculture",
    "culture",
    "defence",
    "education",
    "emergency-services",
    "employment",
    "energy",
    "environment",
    "finance-and-economic-development",
    "foreign-affairs",
    "government",
    "healthcare",
    "infrastructures",
    "justice",
    "local-authorities",
    "manufacturing",
    "research",
    "science-and-technology",
    "security",
    "society",
    "sport",
    "tourism",
    "transportation",
    "welfare",
}
CATEGORIES = {
    "accounting",
    "agile-project-management",
    "applicant-tracking",
    "application-development",
    "appointment-scheduling",
    "backup",
    "billing-and-invoicing",
    "blog",
    "budgeting",
    "business-intelligence",
    "business-process-management",
    "cad",
    "call-center-management",
    "cloud-management",
    "collaboration",
    "communications",
    "compliance-management",
    "contact-management",
    "content-management",
    "crm",
    "customer-service-and-support",
    "data-analytics",
    "data-collection",
    "data-visualization",
    "digital-asset-management",
    "digital-citizenship",
    "document-management",
    "donor-management",
    "e-commerce",
    "e-signature",
    "email-management",
    "email-marketing",
    "employee-management",
    "enterprise-project-management",
    "enterprise-social-networking",
    "erp",
    "event-management",
    "facility-management",
    "feedback-and-reviews-management",
    "financial-reporting",
    "fleet-management",
    "fundraising",
    "gamification",
    "geographic-information-systems",
    "grant-management",
    "graphic-design",
    "help-desk",
    "hr",
    "ide",
    "identity-management",
    "instant-messaging",
    "inventory-management",
    "it-asset-management",
    "it-development",
    "it-management",
    "it-security",
    "it-service-management",
    "knowledge-management",
    "learning-management-system",
    "marketing",
    "mind-mapping",
    "mobile-marketing",
    "mobile-payment",
    "network-management",
    "office",
    "online-booking",
    "online-community",
    "payment-gateway",
    "payroll",
    "predictive-analysis",
    "procurement",
    "productivity-suite",
    "project-collaboration",
    "project-management",
    "property-management",
    "real-estate-management",
    "remote-support",
    "resource-management",
    "sales-management",
    "seo",
    "service-desk",
    "social-media-management",
    "survey",
    "talent-management",
    "task-management",
    "taxes-management",
    "test-management",
    "time-management",
    "time-tracking",
    "translation",
    "video-conferencing",
    "video-editing",
    "visitor-management",
    "voip",
    "warehouse-management",
    "web-collaboration",
    "web-conferencing",
    "website-builder",
    "workflow-management",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as a tag here can be


def faults(code: dict[str, Any]) -> Iterator[str]:
    """What is not as the standard has it."""
    yield from (f"{name} is missing" for name in sorted(NEEDED - set(code)))
    yield from (f"{name} is no key" for name in sorted(set(code) - NEEDED - OPTIONAL))
    yield from _values(code)
    for language, words in (code.get("description") or {"": {}}).items():
        yield from _description(language, words)
    if not re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*", str(code.get("legal", {}).get("license"))):
        yield "legal/license is no SPDX expression"
    yield from _maintenance(code.get("maintenance", {}))
    localised = code.get("localisation", {})
    if not isinstance(localised.get("localisationReady"), bool):
        yield "localisation/localisationReady is true or false"
    spoken = localised.get("availableLanguages") or [""]
    yield from (f"{tag!r} is no language tag" for tag in spoken if not _LANGUAGE.fullmatch(tag))


def _values(code: dict[str, Any]) -> Iterator[str]:
    texts = ("publiccodeYmlVersion", "name", "url", "softwareVersion")
    yield from (f"{name} is text" for name in texts if name in code and not isinstance(code[name], str))
    if not re.fullmatch(r"https?://\S+", str(code.get("url"))):
        yield "url is an address"
    if "softwareVersion" in code and "releaseDate" not in code:
        yield "releaseDate goes with softwareVersion"
    if "releaseDate" in code and not _is_date(code["releaseDate"]):
        yield "releaseDate is YYYY-MM-DD"
    yield from (
        f"{one!r} is no platform" for one in code.get("platforms") or [""] if not isinstance(one, str) or not one
    )
    yield from (f"{one} is no category" for one in code.get("categories", ()) if one not in CATEGORIES)
    audience = code.get("intendedAudience", {})
    yield from (f"{one} is no scope" for one in audience.get("scope", ()) if one not in SCOPES)
    yield from (f"{one} is no country" for one in audience.get("countries", ()) if not re.fullmatch("[a-z]{2}", one))
    if code.get("developmentStatus") not in STATUSES:
        yield "developmentStatus is not in the list"
    if code.get("softwareType") not in TYPES:
        yield "softwareType is not in the list"


def _description(language: str, words: dict[str, Any]) -> Iterator[str]:
    if not _LANGUAGE.fullmatch(language):
        yield f"{language!r} is no language tag"
    short, long = str(words.get("shortDescription", "")), str(words.get("longDescription", ""))
    if not 1 <= len(short) <= 150 or "\n" in short:
        yield "shortDescription is one line of up to 150 characters"
    if not 150 <= len(long) <= 10_000:
        yield "longDescription has 150 to 10,000 characters"
    features = words.get("features") or [""]
    yield from (f"feature {one!r}" for one in features if not isinstance(one, str) or not 1 <= len(one) <= 100)


def _maintenance(kept: dict[str, Any]) -> Iterator[str]:
    if kept.get("type") not in MAINTAINED:
        yield "maintenance/type is not in the list"
        return
    who = MAINTAINED[kept["type"]]
    if who and not all(one.get("name") for one in kept.get(who) or [{}]):
        yield f"maintenance/{who} names somebody"
    yield from ("a contractor has an end" for one in kept.get("contractors", ()) if not _is_date(one.get("until")))


def _is_date(text: object) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", str(text))) and bool(date.fromisoformat(str(text)))
    except ValueError:
        return False


def _ours() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe", pure=True).load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    return found


def test_ours_is_as_the_standard_has_it() -> None:
    code = _ours()
    assert list(faults(code)) == []
    assert code["publiccodeYmlVersion"] == "0.4"


def test_ours_says_what_is_so() -> None:
    code = _ours()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{code["softwareVersion"]}"' in project
    assert code["legal"]["license"] == "Apache-2.0"
    catalogues = (ROOT / "src" / "placewide" / "ui" / "locale").iterdir()
    assert set(code["localisation"]["availableLanguages"]) == {
        "en",
        *(path.name for path in catalogues if path.is_dir()),
    }
    assert f'requires-python = ">={code["dependsOn"]["open"][0]["versionMin"]}' in project.replace(">= ", ">=")


BREAK: dict[str, Callable[[dict[str, Any]], object]] = {
    "url is missing": lambda code: code.pop("url"),
    "colour is no key": lambda code: code.update(colour="green"),
    "name is text": lambda code: code.update(name=7),
    "url is an address": lambda code: code.update(url="placewide"),
    "releaseDate goes with softwareVersion": lambda code: code.pop("releaseDate"),
    "releaseDate is YYYY-MM-DD": lambda code: code.update(releaseDate="2026-02-30"),
    "bins is no category": lambda code: code["categories"].append("bins"),
    "health is no scope": lambda code: code["intendedAudience"]["scope"].append("health"),
    "developmentStatus is not in the list": lambda code: code.update(developmentStatus="alpha"),
    "softwareType is not in the list": lambda code: code.update(softwareType="web"),
    "shortDescription is one line": lambda code: code["description"]["en"].update(shortDescription="x" * 151),
    "longDescription has 150": lambda code: code["description"]["en"].update(longDescription="x" * 149),
    "feature": lambda code: code["description"]["en"].update(features=[]),
    "legal/license": lambda code: code["legal"].update(license="Apache 2"),
    "maintenance/type": lambda code: code["maintenance"].update(type="friends"),
    "maintenance/contacts": lambda code: code["maintenance"].pop("contacts"),
    "maintenance/contractors": lambda code: code["maintenance"].update(type="contract"),
    "localisationReady": lambda code: code["localisation"].update(localisationReady="yes"),
    "is no language tag": lambda code: code["localisation"].update(availableLanguages=[]),
}


@pytest.mark.parametrize("fault", BREAK)
def test_whatever_departs_from_the_standard_is_found(fault: str) -> None:
    code = copy.deepcopy(_ours())
    BREAK[fault](code)
    assert any(fault in found for found in faults(code)), list(faults(code))
