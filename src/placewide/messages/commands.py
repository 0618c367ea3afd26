"""Command-line verbs of messages."""

from __future__ import annotations

import signal

import click

from placewide.messages.channels.email.relay import parse_relay

_PORT = 2525


@click.command("mailbox")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=None, help="The port of SMTP_URL unless given; 2525 without either.")
@click.option("--held", is_flag=True, hidden=True, help="Whoever starts this holds the port.")
def mailbox(host: str, port: int | None, held: bool) -> None:
    """Run a local mail server that keeps all mail under VAR/mailbox: for demo and tests."""
    from django.conf import settings

    from placewide.messages.mailbox.server import serve

    port = port or (parse_relay(settings.SMTP_URL).port if settings.SMTP_URL else _PORT)
    server = serve(settings.MAILBOX_ROOT, host=host, port=port, beside=held)
    print(f"Mail for everybody is taken at {host}:{server.port} and kept in {settings.MAILBOX_ROOT}")
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: None)
    signal.pause()
    server.stop()


COMMANDS = (mailbox,)
