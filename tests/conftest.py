"""What all tests share: a node's folder of their own, the database asked for, nothing skipped unseen.

pytest                          SQLite
pytest --database=postgresql    PostgreSQL: DATABASE_URL's, or a server started for this run
pytest --nothing-skipped        a skipped test is a fault
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from house.code import script

pytest_plugins = ["support.browser"]

_held = ExitStack()
_skipped: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], help="which database (default: DATABASE_URL's)")
    parser.addoption("--nothing-skipped", action="store_true", help="fail if any test is skipped")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle folder and database before Django reads its settings. xdist's workers inherit the database only:
    what one test counts in the cache, another would clear. So the process that only hands out tests reads no settings,
    and names none to its workers, who would read them before this is called.
    """
    if config.getoption("numprocesses", None):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
        _choose_database(config.getoption("--database"))
        return
    folder = tempfile.mkdtemp(prefix="placewide-test-")
    _held.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PLACEWIDE_VAR"] = folder
    os.environ["SMTP_URL"] = "smtp://127.0.0.1:2525"  # as a node in work has one; tests that read mail start their own
    os.environ["PLACEWIDE_NAME"] = "Placewide"  # else each process would be called after the first test's organisation
    _choose_database(config.getoption("--database"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewide.web.settings")
    import django

    django.setup()


def _choose_database(wanted: str | None) -> None:
    url = os.environ.get("DATABASE_URL", "")
    has_postgresql = url.startswith("postgres")
    if wanted == "postgresql" and not has_postgresql:
        os.environ["DATABASE_URL"] = _held.enter_context(script("with_postgresql").server())
    elif wanted == "sqlite" or not has_postgresql:
        os.environ.pop("DATABASE_URL", None)


def pytest_unconfigure() -> None:
    _held.close()


@pytest.fixture(autouse=True)
def _in_no_language_left_behind() -> Iterator[None]:
    """A page asked for in Welsh leaves its process speaking Welsh until the next page is asked for."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite's tests run on a file, as a node does, not in memory."""
    from django.db import connections

    connection = connections["default"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    connection.settings_dict["TEST"]["NAME"] = f"test_placewide_{os.getpid()}_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Before the test database is dropped, end what still holds it: PostgreSQL would not let it go.

    A thread of a test's own web server keeps its connection a moment longer than the test.
    """
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another run covers; skip, by name, what this machine cannot do."""
    other = "sqlite" if os.environ.get("DATABASE_URL") else "postgresql"
    if config.getoption("--nothing-skipped"):
        elsewhere = [item for item in items if item.get_closest_marker(other)]
        items[:] = [item for item in items if item not in elsewhere]
        config.hook.pytest_deselected(items=elsewhere)
    for item in items:
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"needs {other}: pytest --database={other}"))
        if item.get_closest_marker("browser") and not chromium():
            item.add_marker(pytest.mark.skip(reason="needs chromium: sudo apt install chromium"))


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium, without reaching for anything outside this computer."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield opened
        opened.close()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if _skipped and session.config.getoption("--nothing-skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if _skipped and config.getoption("--nothing-skipped"):
        terminalreporter.section("skipped, though nothing may be")
        for name in _skipped:
            terminalreporter.line(name)
