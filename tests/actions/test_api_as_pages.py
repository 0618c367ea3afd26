"""Whatever is typed: pages and API take it alike, refuse it alike, and keep the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from placewide.journeys import actions, asking
from placewide.journeys import reads as journeys
from placewide.journeys.models import Journey
from placewide.kernel import clock, ids
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.services import actions as services
from placewide.services import reads, rules
from placewide.services.terms import LiveService, Page, Question
from support.api import send
from support.packages import PACKAGES, shipped
from support.place import MILL_LANE_12

Form = dict[str, list[str]]

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")]


@dataclass(frozen=True)
class Came:
    """What one door made of the answers."""

    to: str  # "accepted", "stopped", "refused"
    with_: Any


def right_and_wrong(question: Question) -> tuple[some.SearchStrategy[Form], some.SearchStrategy[Form]]:
    """The fields a browser sends for a question, as they should be, and as they should not."""
    name, options = question.id, [option.id for option in question.options] or ["refuse", "recycling"]
    words = some.text("Aé ’-\n<&", min_size=1, max_size=9).map(lambda text: f"Ann {text}")
    typed = {"line_1": "1 High Street", "line_2": "", "town": "Calderford", "postcode": "zz1 2ab"}
    lines = {f"{name}-{part}": [text] for part, text in typed.items()}
    right: dict[str, some.SearchStrategy[Any]] = {
        "radios": some.sampled_from(options).map(lambda one: [one]),
        "checkboxes": some.sampled_from(options).map(lambda one: [one]),
        "yes-no": some.sampled_from([["yes"], ["no"]]),
        "email": some.sampled_from([["sam@example.org"], [" Sam@Example.ORG "]]),
        "telephone": some.just(["01632 960 001"]),
        "declaration": some.sampled_from([["true"], ["yes"], ["on"]]),
        "files": some.just([]),
    }
    wrong = some.sampled_from(
        [[""], [], ["nonsense"], ["x" * 9000], ["\0"], ["a", "b"], ["<b>"], ["\u202e"], ["9" * 400]]
    )
    if question.kind == "address":
        found = some.just({f"{name}-uprn": [str(MILL_LANE_12)]})
        lost = some.sampled_from(
            [{}, {f"{name}-uprn": ["999"]}, {f"{name}-uprn": ["x"]}, lines | {f"{name}-postcode": ["no"]}]
        )
        return found | some.just(lines), lost
    return right.get(question.kind, words.map(lambda one: [one])).map(lambda v: {name: v}), wrong.map(
        lambda v: {name: v}
    )


@some.composite
def forms(draw: Any, package_id: str) -> dict[str, Form]:
    """What would be typed on each page, were it shown: mostly right, else little would get past the first pages."""
    typed: dict[str, Form] = {}
    for page in shipped(package_id).pages:
        typed[page.id] = {}
        for question in page.questions:
            right, wrong = right_and_wrong(question)
            slips = draw(some.integers(0, 30)) == 0
            typed[page.id] |= draw(wrong if slips else right)
    return typed


def through_pages(live: LiveService, typed: Mapping[str, Form]) -> tuple[Came, dict[str, Any]]:
    """Go from page to page as a browser would; also gives the raw answers that were read from the forms."""
    now, raw = clock.now(), dict[str, Any]()
    journey_id = actions.begin(live, language="en", actor=GUEST, now=now)
    viewer = Viewer(grants=frozenset({journey_id}))
    while True:
        seen = journeys.circumstances(viewer, journey_id, now=now)
        assert seen is not None
        if seen.outcome.stop:
            return Came("stopped", seen.outcome.stop.id), raw
        if not seen.outcome.unanswered:
            return Came("accepted", dict(seen.walk.answers)), raw
        page = live.package.page(seen.outcome.unanswered[0])
        form = _posted(seen, page, typed[page.id])
        values = dict(form.raw)
        raw |= {rules.page_key(page): [values]} if page.repeat else values
        if form.problems:
            return Came("refused", {(p.question, p.key) for p in form.problems}), raw
        actions.keep_page(seen, page.id, form.values, actor=GUEST, now=now)


def _posted(seen: Any, page: Page, form: Form) -> asking.PageForm:
    post = QueryDict(mutable=True)
    for name, values in form.items():
        post.setlist(name, values)
    return asking.posted(seen, page, post, MultiValueDict(), actor=GUEST, now=seen.now)


def through_api(live: LiveService, raw: Mapping[str, Any]) -> Came:
    from django.core.cache import cache

    cache.clear()
    answer = send(live, raw, key=f"property-{ids.new_id()}")
    if answer.status_code == 201:
        return Came("accepted", Journey.objects.get(id=answer.json()["submission"]).answers)
    told = answer.json()
    if told["type"].endswith("#stopped"):
        return Came("stopped", told["rule"])
    assert answer.status_code in {400, 422}, answer.content
    return Came("refused", {(e["question"], e["key"]) for e in told.get("errors", ())})


def agree(live: LiveService, typed: Mapping[str, Form]) -> None:
    pages, raw = through_pages(live, typed)
    api = through_api(live, raw)
    assert api.to == pages.to, (pages, api, json.dumps(raw))
    if pages.to == "refused":
        assert not api.with_ or pages.with_ <= api.with_  # the API goes on to what a page would have asked next
    else:
        assert api.with_ == pages.with_


TIMES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def missed_bin() -> LiveService:
    from support.api import place_today

    return place_today().missed_bin


@pytest.fixture
def care_needs() -> LiveService:
    from support.api import place_today

    place = place_today()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    return reads.live(place.county.id, "care-needs")


@given(typed=forms("missed-bin"))
@TIMES
def test_a_missed_bin_is_the_same_through_both_doors(missed_bin: LiveService, typed: dict[str, Form]) -> None:
    agree(missed_bin, typed)


@given(typed=forms("care-needs"))
@TIMES
def test_care_needs_are_the_same_through_both_doors(care_needs: LiveService, typed: dict[str, Form]) -> None:
    agree(care_needs, typed)
