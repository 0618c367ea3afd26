"""Takes mail over real SMTP and keeps it in a Maildir; can misbehave as mail servers do."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import mailbox
import re
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

_SLOW_SECONDS = 5
_KEY = re.compile(r"(\d+)\.M(\d+)P\d+Q(\d+)\.")


class Behaviour(StrEnum):
    """How the server treats a recipient. Switched by ``behaviour.json`` beside the Maildir, read anew for each mail.

    ``{"default": "take", "gone@example.org": "refuse"}``
    """

    TAKE = "take"
    LATER = "later"  # 451, as greylisting does
    REFUSE = "refuse"  # 550, no such mailbox
    REFUSE_WORDS = "refuse-words"  # 554 after the mail was sent
    SLOW = "slow"  # keeps the mail, answers after five seconds
    DROP = "drop"  # keeps the mail, then breaks the line without an answer


class Mailbox:
    """The mails of one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._maildir = mailbox.Maildir(folder / "maildir", create=True)

    def behave(self, behaviours: dict[str, Behaviour]) -> None:
        """How to treat recipients from the next mail on; "default" for all others."""
        text = json.dumps({to: behaviour.value for to, behaviour in behaviours.items()})
        (self._folder / "behaviour.json").write_text(text, encoding="utf-8")

    def behaviour(self, recipient: str) -> Behaviour:
        """How to treat this recipient now."""
        file = self._folder / "behaviour.json"
        wanted = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        return Behaviour(wanted.get(recipient.lower(), wanted.get("default", Behaviour.TAKE)))

    def keep(self, content: bytes) -> None:
        """Add a mail, with line ends as files have them."""
        self._maildir.add(content.replace(b"\r\n", b"\n"))

    def mails(self, limit: int = 1000) -> list[tuple[str, EmailMessage]]:
        """Key and mail, newest first. Keys begin with the second and microsecond in which a mail came."""
        keys = sorted(self._maildir.keys(), key=_arrival, reverse=True)
        return [(key, _read(self._maildir.get_bytes(key))) for key in keys[:limit]]

    def mail(self, key: str) -> EmailMessage | None:
        """One mail."""
        return _read(self._maildir.get_bytes(key)) if key in self._maildir else None


def _read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def _arrival(key: str) -> tuple[int, int, int]:
    """``<seconds>.M<microseconds>P<process>Q<number>.<host>``, as the standard library names mails."""
    seconds, micro, number = _KEY.match(key).groups()  # type: ignore[union-attr]
    return int(seconds), int(micro), int(number)


class _Handler:
    """What aiosmtpd calls, see its documentation on handler hooks."""

    def __init__(self, kept: Mailbox) -> None:
        self._kept = kept

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        match self._kept.behaviour(address):
            case Behaviour.LATER:
                return "451 4.7.1 Try again later"
            case Behaviour.REFUSE:
                return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        behaviours = {self._kept.behaviour(address) for address in envelope.rcpt_tos}
        if Behaviour.REFUSE_WORDS in behaviours:
            return "554 5.6.0 Not accepted"
        self._kept.keep(envelope.original_content)
        if Behaviour.SLOW in behaviours:
            await asyncio.sleep(_SLOW_SECONDS)
        if Behaviour.DROP in behaviours:
            server.transport.abort()
        return "250 OK"


class Server(Controller):
    """A mail server in a thread of its own. Port 0: one that is free; ``port`` then says which."""

    def __init__(self, handler: _Handler, *, host: str, port: int, beside: bool) -> None:
        super().__init__(handler, hostname=host, port=port, enable_SMTPUTF8=True)
        self._beside = beside

    def _create_server(self) -> Any:
        return self.loop.create_server(
            self._factory_invoker, host=self.hostname, port=self.port, reuse_port=self._beside or None
        )

    def _trigger_server(self) -> None:
        if self.server:
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def serve(folder: Path, *, host: str, port: int, beside: bool = False) -> Server:
    """A running server; ``.stop()`` ends it. Raises OSError where the port is taken.

    ``beside``: whoever starts it holds the port (SO_REUSEPORT), so that nobody else takes it meanwhile.
    """
    controller = Server(_Handler(Mailbox(folder)), host=host, port=port, beside=beside)
    controller.start()
    return controller
