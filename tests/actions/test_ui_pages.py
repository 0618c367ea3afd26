"""What a browser is given: fault pages, brand sheets, files that keep, nothing of another's brand."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import jinja2
import pytest
from django.conf import settings as node
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory

from placewide.ui import built, faults
from placewide.ui.examples import examples
from placewide.ui.pages import render
from placewide.ui.terms import Brand, Frame
from support.brand import another_brand

PAGES = sorted(examples())


@pytest.fixture
def shown(settings: Any) -> Client:
    settings.DEMO = True
    return Client(raise_request_exception=True)


@pytest.mark.parametrize("language", ["", "/cy"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_drawn_without_another_brand(shown: Client, name: str, language: str) -> None:
    answer = shown.get(f"{language}/ui/{name}")
    assert answer.status_code == examples()[name].status
    text = answer.content.decode()
    assert not another_brand(text)
    assert text.count("<h1") == 1
    assert "Macro" not in text and "style=" not in text and "<script>" not in text
    assert f'<html lang="{language.lstrip("/") or "en"}"' in text


def test_nothing_that_is_served_carries_another_brand() -> None:
    assert Path(node.STATIC_ROOT) == Path(node.BUILT)  # nothing else is served
    files = [path for path in Path(node.BUILT).rglob("*") if path.is_file()]
    kinds = {path.suffix for path in files}
    assert {".css", ".js", ".woff2"} <= kinds <= {".css", ".js", ".json", ".gz", ".woff2", ".txt"}  # and no picture
    assert all(path.name.startswith("atkinson-hyperlegible") for path in files if path.suffix == ".woff2")
    # A licence names its author: that is its duty, and no brand.
    texts = {path.name: served_text(path) for path in files if not path.name.startswith("licences-")}
    assert not {name: found for name, text in texts.items() if (found := another_brand(text))}


def served_text(path: Path) -> str:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return content.decode("utf-8", "replace")


def test_no_template_package_or_drawing_carries_another_brand() -> None:
    source = Path(node.BUILT).parents[2]
    kept = [*source.rglob("templates/**/*.*"), *source.rglob("assets/css/*"), *source.rglob("assets/js/*")]
    kept += (source.parents[1] / "packages").rglob("*.yaml")
    assert len(kept) > 100
    texts = {str(path.relative_to(source.parents[1])): path.read_text(encoding="utf-8") for path in kept}
    assert not {name: found for name, text in texts.items() if (found := another_brand(text))}


@pytest.mark.parametrize(
    "text",
    ['font-family:"GDS Transport"', "govuk-logo-crown.svg", '<svg class="govuk-header__logotype-crown">', "#1D70B8"],
)
def test_another_brand_is_seen(text: str) -> None:
    assert another_brand(text)


def test_the_style_page_is_for_demonstrations_only(settings: Any) -> None:
    settings.DEMO = False
    assert Client().get("/ui/").status_code == 404


def test_built_files_are_kept_for_ever_and_sent_small() -> None:
    answer = Client().get(built.static("placewide.css"), headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Encoding"] == "gzip"


def test_a_file_without_a_digest_is_not_kept_for_ever() -> None:
    assert "immutable" not in Client().get("/static/manifest.json")["Cache-Control"]


def test_a_colour_becomes_a_sheet_and_an_icon() -> None:
    sheet = Client().get("/brand/4b3a78.css")
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert b"--pw-colour:#4b3a78" in sheet.content and "immutable" in sheet["Cache-Control"]
    icon = Client().get("/brand/4b3a78-bridge.svg")
    assert icon["Content-Type"] == "image/svg+xml" and b"<path" in icon.content


@pytest.mark.parametrize(
    "address", ["/brand/red.css", "/brand/4B3A78.css", "/brand/4b3a78-<svg>.svg", "/brand/4b3a78-Hm.svg"]
)
def test_what_is_no_colour_has_no_sheet(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("status", sorted(faults.TEMPLATES))
def test_a_fault_page_says_what_happened_what_to_do_and_what_is_kept(status: int) -> None:
    answer = faults.problem(RequestFactory().get("/"), status)
    text = answer.content.decode()
    assert answer.status_code == status
    assert "What you can do" in text and re.search("lost|kept", text)


def test_a_fault_page_comes_even_where_its_frame_cannot() -> None:
    def broken() -> Frame:
        raise RuntimeError("no database")

    request = RequestFactory().get("/")
    request.frame = broken  # type: ignore[attr-defined]
    assert faults.server_error(request).status_code == 500


def test_a_form_that_was_open_too_long_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/brand/4b3a78.css")
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_an_unknown_address_is_a_page() -> None:
    answer = Client().get("/cy/nothing-here")
    assert answer.status_code == 404
    assert 'lang="cy"' in answer.content.decode()


def drawn(source: str, **context: Any) -> str:
    env = engines["jinja2"].env  # type: ignore[attr-defined]
    return str(env.from_string(source).render(**context))


def test_a_name_that_was_not_given_is_a_fault() -> None:
    for source in ("{{ absent }}", "{% if absent.part %}x{% endif %}", "{% for x in absent %}{% endfor %}"):
        with pytest.raises(jinja2.UndefinedError):
            drawn(source)


def test_the_design_systems_own_macros_may_leave_names_out() -> None:
    source = (
        '{% from "govuk_frontend_jinja/components/tag/macro.html" import govukTag %}{{ govukTag({"text": "New"}) }}'
    )
    assert "New" in drawn(source)
    absent = source.replace('"New"', "absent.text")
    with pytest.raises(jinja2.UndefinedError):
        drawn(absent)


def test_an_unknown_component_is_a_fault() -> None:
    source = '{% from "ui/question.html" import draw %}{{ draw(component) }}'
    with pytest.raises(jinja2.UndefinedError):
        drawn(source, component={"macro": "govukNothing", "parameters": {}, "parts": ()})


def test_what_a_person_wrote_is_shown_as_text() -> None:
    text = '{{ ask.text("a", label, value=value, error=label) }}'
    area = '{{ ask.textarea("b", label, value) }}'
    source = '{% import "ui/fields.html" as ask %}' + text + area
    shown = drawn(source, label="<b>label</b>", value='"><script>x</script>')
    assert "<script>" not in shown and "<b>" not in shown


def framed(frame: Frame) -> HttpResponse:
    request = HttpRequest()
    request.META |= {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
    return render(request, "ui/faults/404.html", {"reason": "", "reference": ""}, frame=frame)


@pytest.mark.parametrize("colour", ["", "teal", "#zzzzzz", '#1b5e57"><script>'])
def test_a_colour_that_is_none_falls_back(colour: str) -> None:
    assert "/brand/1b5e57.css" in framed(Frame(Brand("Fenmarch", colour, "hills"))).content.decode()


def test_a_place_may_be_named_anything() -> None:
    text = framed(Frame(Brand("<Fen> & March", "#4b3a78", "nothing"))).content.decode()
    assert "&lt;Fen&gt; &amp; March" in text
    assert "-nothing.svg" in text
