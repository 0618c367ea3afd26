"""One folder per way of reaching people; each offers ``deliver`` (docs/how/write-a-message-channel.md)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from placewide.messages.channels.email import open_email
from placewide.messages.channels.letter import open_letter
from placewide.messages.terms import Channel, Deliverer

# Each opens the channel as this node's settings say.
OPENERS: dict[Channel, Callable[[datetime], Deliverer]] = {
    Channel.EMAIL: open_email,
    Channel.LETTER: open_letter,
}
