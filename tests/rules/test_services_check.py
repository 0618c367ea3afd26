"""``placewide service check``: every fault with its file, line and remedy; never a traceback (A7)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from placewide.services.check import CHECKS, faults_of
from placewide.services.check.places import Subject
from placewide.services.format import Fault, Place, read_folder
from placewide.studio.commands import service
from support.packages import PACKAGES, broken, copied

CASES = YAML(typ="safe", pure=True).load((Path(__file__).parent / "package_faults.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['file']} {case['what']}" for case in CASES])
def test_a_fault_is_named_with_its_place_and_remedy(tmp_path: Path, case: dict[str, str]) -> None:
    faults = faults_of(broken(case["package"], tmp_path, case["file"], case["before"], case["after"]))
    in_place = [fault for fault in faults if fault.place.file == case["said_of"]]
    found = [fault for fault in in_place if case["what"] in fault.what and case["remedy"] in fault.remedy]
    assert found, "\n".join(map(str, faults)) or "no faults at all"


@pytest.mark.parametrize("package", ["missed-bin", "care-needs"])
def test_the_shipped_packages_have_no_faults(package: str) -> None:
    assert faults_of(read_folder(PACKAGES / package)) == ()


def test_a_file_that_is_missing_is_named_with_what_it_holds(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "process.yaml").unlink()
    assert [str(fault) for fault in faults_of(read_folder(folder))] == [
        "process.yaml:1: There is no process.yaml. "
        "Write it. Whom it is about, which cases are opened, and how each goes on."
    ]


@pytest.mark.parametrize(
    ("file", "remedy"),
    [
        ("rule.yaml", "Did you mean “rules.yaml”?"),
        ("words/fr.yml", "Did you mean “words/fr.yaml”?"),
        ("examples/one.yml", "Did you mean “examples/one.yaml”?"),
        ("example/one.yaml", "examples/NAME.yaml"),
        ("notes.txt", "A package holds service.yaml"),
        ("README.md", ""),
        (".keep", ""),
        ("fees.yaml~", ""),
    ],
)
def test_a_file_that_nothing_reads_is_named(tmp_path: Path, file: str, remedy: str) -> None:
    folder = copied(tmp_path)
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text("title: Never read", encoding="utf-8")
    faults = faults_of(read_folder(folder))
    assert [(fault.place, fault.what) for fault in faults] == (
        [(Place(file), "Nothing reads this file.")] if remedy else []
    )
    assert all(remedy in fault.remedy for fault in faults)


def test_a_folder_that_is_no_package_is_told_from_one_that_is_not_there(tmp_path: Path) -> None:
    copied(tmp_path, "care-needs")
    folder = copied(tmp_path)
    told = {
        tmp_path / "nowhere": ("no such folder", "packages/missed-bin"),
        folder / "service.yaml": ("is a file", str(folder)),
        tmp_path: ("no service.yaml", f"{tmp_path / 'care-needs'}, {folder}"),
        folder / "words": ("no service.yaml", "put-a-service-live.md"),
    }
    for path, (what, remedy) in told.items():
        found = CliRunner().invoke(service, ["check", str(path)])
        lines = found.output.splitlines()
        assert lines[0].startswith(f"{path}: "), "no line number: nothing was read"
        assert what in lines[0]
        assert remedy in lines[1]
        assert found.exit_code == 1


HOSTILE = {
    "nothing": b"",
    "only a comment": b"# nothing\n",
    "not a mapping": b"- a\n- b\n",
    "text": b"hello",
    "a number": b"7",
    "broken": b"id: [1, 2\nfoo: }",
    "a tab": b"id: missed-bin\n\tversion: 1.0.0\n",
    "twice": b"id: a\nid: b\n",
    "latin-1": "id: caf\xe9".encode("latin-1"),
    "utf-16": "id: missed-bin".encode("utf-16"),
    "control characters": b"id: a\x07b",
    "an anchor": b"a: &a [1]\nb: *a\n",
    "a bomb": b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
    "a tag": b"a: !!python/object:os.system x\n",
    "deep": b"[" * 5000,
    "deep mapping": b"".join(b" " * n + b"a:\n" for n in range(1500)),
    "two documents": b"id: a\n---\nid: b\n",
    "huge": b"# x\n" * 200_000,
    "a date that is not": b"id: 2026-02-31\n",
    "null keys": b"? \n: 1\n? [a]\n: 2\n",
    "a directive": b"%YAML 9.9\n---\nid: a\n",
}


@pytest.mark.parametrize("file", ["service.yaml", "words/en.yaml"])
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_a_file_holds_the_answer_is_a_fault(tmp_path: Path, file: str, content: bytes) -> None:
    copied(tmp_path)
    (tmp_path / "missed-bin" / file).write_bytes(content)
    faults = faults_of(read_folder(tmp_path / "missed-bin"))
    assert faults
    assert all(fault.what and fault.remedy for fault in faults)


ONE_SLIP = {
    "a name in a condition": ("rules.yaml", "when: assisted", "when: asisted", 1),
    "a kind of a step's question": ("process.yaml", "{id: seen, kind: long-text}", "{id: seen, kind: longtext}", 1),
    "a kind of a page's question": ("questions.yaml", "kind: radios", "kind: radio", 1),
    "where options come from": ("questions.yaml", "options_from: collections", "options_from: colections", 1),
    "a fee that ends before it begins": (
        "fees.yaml",
        "fees: []",
        "fees: [{id: x, pence: 0, from: 2025-06-01, until: 2025-01-01, source: x}]",
        3,  # and its words, in two languages
    ),
    "a fact's name": ("service.yaml", "  - assisted ", "  - asisted ", 1),
    "a message": ("process.yaml", "message: crew-sent", "message: crew-gone", 1),
    "a date": (
        "fees.yaml",
        "fees: []",
        "fees: [{id: x, pence: 0, from: 1.4.2026, source: x}]",
        1,
    ),
    "a name that must be there": ("rules.yaml", "effect: stop", "efect: stop", 1),
    "a required kind's name": ("questions.yaml", "kind: radios", "knd: radios", 1),
    "an example's rule": ("examples/too-late.yaml", "stop: too-late", "stop: to-late", 1),
    "an example as YAML": ("examples/too-late.yaml", "expect:", "expect", 1),
}


@pytest.mark.parametrize(("file", "before", "after", "number"), ONE_SLIP.values(), ids=ONE_SLIP.keys())
def test_what_only_follows_from_one_slip_is_not_said_as_well(
    tmp_path: Path, file: str, before: str, after: str, number: int
) -> None:
    faults = faults_of(broken("missed-bin", tmp_path, file, before, after))
    assert len(faults) == number, "\n".join(map(str, faults))


def test_a_check_that_fails_itself_is_a_fault_and_the_others_go_on(tmp_path: Path) -> None:
    def stumbles(subject: Subject) -> Iterator[Fault]:
        raise KeyError("bins")
        yield

    source = broken("missed-bin", tmp_path, "rules.yaml", "after: which-bin", "after: whichbin")
    alone = faults_of(read_folder(PACKAGES / "missed-bin"), checks=(stumbles,))
    assert ["could not be finished" in fault.what and bool(fault.remedy) for fault in alone] == [True]
    assert [fault.what for fault in faults_of(source, checks=(stumbles, *CHECKS))] == [
        "There is no page “whichbin”."
    ], "what else is wrong is likely to be why"


ODD = ("bins", "7", "''", "null", "[]", "{}", "[a, a]", "2026-02-31", "true", "x.y", "a && ")


VALUE = re.compile(r"(?<=: )(?![>|]-)[^\s#{\[].*$")
EVERY = 6  # one line in so many: reading a folder takes a third of a second


def scalars(package: str) -> Iterator[tuple[str, int]]:
    """Lines that give a name a value, in all of a package's files but its words and examples."""
    for path in sorted((PACKAGES / package).glob("*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield from ((path.name, number) for number, line in enumerate(lines) if VALUE.search(line))


@pytest.mark.slow
@pytest.mark.parametrize("package", ["missed-bin", "care-needs"])
def test_whatever_stands_in_place_of_a_value_nothing_is_ever_raised(tmp_path: Path, package: str) -> None:
    folder = copied(tmp_path, package)
    for number, (file, line) in enumerate(list(scalars(package))[::EVERY]):
        lines = (PACKAGES / package / file).read_text(encoding="utf-8").splitlines()
        before, odd = lines[line], ODD[number % len(ODD)]
        lines[line] = VALUE.sub("", before) + odd
        (folder / file).write_text("\n".join(lines), encoding="utf-8")
        faults = faults_of(read_folder(folder))
        stumbled = [fault for fault in faults if not fault.remedy or "could not be finished" in fault.what]
        assert stumbled == [], f"{before} → {odd}"
        shutil.copy(PACKAGES / package / file, folder / file)


LINES = [
    ("service.yaml", "lgsl: 524", "lgsll: 524"),
    ("rules.yaml", "collection.status == 'delayed'", "collection.status == 'late'"),
    ("words/cy.yaml", "    label: Pa fin a gollwyd?", "    lable: Pa fin a gollwyd?"),
]


@pytest.mark.parametrize(("file", "before", "after"), LINES)
def test_the_line_is_the_one_to_mend(tmp_path: Path, file: str, before: str, after: str) -> None:
    source = broken("missed-bin", tmp_path, file, before, after)
    written = (tmp_path / "missed-bin" / file).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(written, start=1) if after.strip() in text)
    assert Place(file, line) in [fault.place for fault in faults_of(source)]


@pytest.mark.parametrize("package", ["missed-bin", "care-needs"])
def test_texts_hold_nothing_that_cannot_be_seen(package: str) -> None:
    read = read_folder(PACKAGES / package).package
    assert read is not None
    texts = [text for words in read.words.values() for text in words.texts.values()] + [read.lawful_basis]
    assert [text for text in texts if not text.replace("\n", "").isprintable()] == []


def test_a_folder_that_is_no_package_is_told_so(tmp_path: Path) -> None:
    assert "no service.yaml" in faults_of(read_folder(tmp_path))[0].what
    assert "no such folder" in faults_of(read_folder(tmp_path / "none"))[0].what


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    copied(tmp_path)
    (tmp_path / "missed-bin" / "fees.yaml").unlink()
    assert str(faults_of(read_folder(tmp_path / "missed-bin"))[0].place) == "fees.yaml:1"
