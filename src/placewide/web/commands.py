"""``placewide run``: a whole node from one command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import nullcontext

import click

from placewide.kernel import clock
from placewide.kernel.unset import unset
from placewide.web.demo_commands import demo
from placewide.web.supervisor import Part, Supervisor, answers, claim_port

_PROGRAM = (sys.executable, "-m", "placewide")
_MAIL_PORT = 8025


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="The next free one is taken if somebody has it.")
@click.option("--workers", default=2, show_default=True, help="Processes that answer requests.")
@click.option("--until-parent-ends", is_flag=True, help="Stop when the process that started this one is gone.")
def run(host: str, port: int, workers: int, until_parent_ends: bool) -> None:
    """Run a node: web server, worker and ledger sealer; in a demo (PLACEWIDE_DEMO=1) a mailbox and a place too."""
    from django.conf import settings

    claim = _claim(host, port)  # held until this ends: making the demo takes a while, and another node may start
    chosen = int(claim.getsockname()[1])
    _prepare(_environment(host, chosen, None))  # the demo's making sends no mail
    mail_claim = _claim(host, _MAIL_PORT) if settings.DEMO else None
    mail_port = int(mail_claim.getsockname()[1]) if mail_claim else None
    environment = _environment(host, chosen, mail_port)
    supervisor = Supervisor(
        parts=_parts(host, chosen, workers, mail_port),
        environment=environment,
        log_folder=settings.VAR / "log" if settings.DEMO else None,
        say=_say,
        ready=lambda: answers(host, chosen),
        when_ready=lambda: _welcome(environment),
        until_parent_ends=until_parent_ends,
    )
    with claim, mail_claim or nullcontext():
        supervisor.run()
    _say("stopped")


def _say(text: str) -> None:
    click.echo(f"placewide: {text}")


def _claim(host: str, wanted: int) -> socket.socket:
    try:
        claim = claim_port(host, wanted)
    except (OSError, OverflowError) as fault:
        raise click.ClickException(f"cannot listen at {host}: {fault}") from fault
    found = claim.getsockname()[1]
    if found != wanted:
        _say(f"port {wanted} is taken, using {found}")
    return claim


def _environment(host: str, port: int, mail_port: int | None) -> dict[str, str]:
    """What the parts are told. What the operator set stays as set."""
    own = {
        "DJANGO_SETTINGS_MODULE": "placewide.web.settings",
        "PLACEWIDE_ADDRESS": f"http://{host}:{port}",
        "PYTHONUNBUFFERED": "1",  # a part's last words must reach its log
        # Where requests are logged: no address, which may hold a link's secret or whatever somebody typed there.
        "GRANIAN_LOG_ACCESS_FMT": "[%(time)s] %(method)s %(status)d %(dt_ms).0f ms",
    }
    if mail_port:
        own["SMTP_URL"] = f"smtp://{host}:{mail_port}"
    return own | {name: value for name, value in os.environ.items() if value or name not in own}


def _prepare(environment: dict[str, str]) -> None:
    """Bring the database up to date; in a demo, fill it."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    if settings.DEMO and _knows("demo"):
        done = subprocess.run([*_PROGRAM, "demo", "seed"], env=environment, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise click.ClickException("the demo place could not be made; the lines above say why")


def _parts(host: str, port: int, workers: int, mail_port: int | None) -> list[Part]:
    """The processes of a node, in the order in which they are started."""
    from django.db import connection

    threads = 1 if connection.vendor == "sqlite" else 4  # blocking threads a worker: SQLite has one writer
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    server += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)]
    server += [
        "--respawn-failed-workers",
        "--respawn-interval",
        "0.5",
        "--workers-kill-timeout",
        "5",
    ]
    server += ["placewide.web.wsgi:application"]
    parts = [Part("web server", server)]
    if mail_port and _knows("mailbox"):
        parts.append(Part("mailbox", [*_PROGRAM, "mailbox", "--host", host, "--port", str(mail_port), "--held"]))
    if _knows("work"):
        parts.append(Part("worker", [*_PROGRAM, "work"]))
    return parts


def _knows(command: str) -> bool:
    root = click.get_current_context().find_root().command
    return isinstance(root, click.Group) and command in root.commands


def _welcome(environment: dict[str, str]) -> None:
    """Where the node is, and in a demo who may sign in."""
    from django.conf import settings
    from django.db import connections

    from placewide.kernel.clock import legal_date
    from placewide.services import reads as services

    _say(f"ready at {environment['PLACEWIDE_ADDRESS']}")
    if settings.DEMO:
        from placewide.web.welcome import demo_lines

        for line in demo_lines(environment["PLACEWIDE_ADDRESS"], clock.now()):
            click.echo(line)
        connections.close_all()
    else:
        for line in unset(os.environ, environment["PLACEWIDE_ADDRESS"]).values():
            _say(line)
        for line in services.unheard(services.live_services(), on=legal_date(clock.now())):
            _say(line)
        connections.close_all()
    _say("Ctrl-C stops all of it")


COMMANDS = (run, demo)
