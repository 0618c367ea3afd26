"""A small place for tests of messages: an organisation, and a mail server that keeps what it gets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from placewide.kernel.ids import new_id
from placewide.kernel.terms import SYSTEM
from placewide.messages.mailbox.server import Mailbox, serve
from placewide.messages.terms import Channel, NewMessage
from placewide.places.actions import NewOrganisation, add_organisation
from placewide.places.models import Organisation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def council(slug: str = "calder-vale", **known: str) -> Organisation:
    """An organisation to write in the name of."""
    name = known.pop("name", "Calder Vale District Council")
    return add_organisation(NewOrganisation(slug=slug, name=name, **known), actor=SYSTEM, now=NOW)  # type: ignore[arg-type]


def words(organisation: Organisation, **changes: object) -> NewMessage:
    """A message like those about a missed bin."""
    usual: dict[str, object] = {
        "organisation_id": organisation.id,
        "key": f"test:{new_id()}",
        "channel": Channel.EMAIL,
        "to": "ruth@example.org",
        "subject": "We have your report",
        "body": "We will collect your bin by Tuesday 24 November.\n\nFollow it here:\nhttps://calder.example/c/7K2P",
    }
    return NewMessage(**(usual | changes))  # type: ignore[arg-type]


@contextmanager
def mail_server(folder: Path) -> Iterator[tuple[str, Mailbox]]:
    """A real SMTP server on a free port: its SMTP_URL and its mailbox."""
    server = serve(folder, host="127.0.0.1", port=0)
    try:
        yield f"smtp://127.0.0.1:{server.port}", Mailbox(folder)
    finally:
        server.stop()
