"""What a node installs: one wheel that carries pages, styles, translations, packages and the demo."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from house.code import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("placewide-*.whl")
    return built


def kept(folder: str) -> set[str]:
    """Files in version control under a folder."""
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(listed.stdout.split("\n")) - {""}


def test_the_wheel_carries_everything_a_node_needs(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    source = {name.removeprefix("src/") for name in kept("src/placewide")}
    shipped = {f"placewide/shipped/{name}" for folder in ("packages", "demo") for name in kept(folder)}
    assert source | shipped <= inside
    assert "placewide/ui/static/built/manifest.json" in inside
    words = {name.removesuffix(".po") + ".mo" for name in source if name.endswith("django.po")}
    assert words <= inside


def test_the_wheel_names_what_it_needs(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
    assert "Requires-Python: >=3.11" in metadata
    assert re.search(r"^Requires-Dist: django", metadata, re.MULTILINE | re.IGNORECASE)
    assert "pytest" not in metadata


def test_a_node_starts_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(site), "PLACEWIDE_VAR": str(tmp_path / "var"), "PLACEWIDE_DEMO": ""}
    environment.pop("DATABASE_URL", None)
    asked = [sys.executable, "-c", "import placewide; print(placewide.__file__)"]
    found = subprocess.run(asked, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(site))
    node = subprocess.Popen(
        [sys.executable, "-m", "placewide", "run", "--port", str(port)], env=environment, cwd=tmp_path
    )
    try:
        home = answer(f"http://127.0.0.1:{port}/")
        styles = re.findall(r'href="(/static/[^"]+\.css)"', home)
        assert styles
        assert "{" in answer(f"http://127.0.0.1:{port}{styles[0]}")
    finally:
        node.terminate()
        assert node.wait(30) == 0


def answer(address: str) -> str:
    """The page at an address, whatever its status, once somebody answers."""
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=10) as found:
                return str(found.read().decode())
        except HTTPError as page:
            return page.read().decode()
        except URLError:
            assert time.monotonic() < until, "the node did not come up"
            time.sleep(0.2)
