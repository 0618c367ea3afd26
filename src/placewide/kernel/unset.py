"""What an operator sets before people can use a node, and what is so until then."""

from __future__ import annotations

from collections.abc import Mapping

_UNTIL_THEN = {
    "PLACEWIDE_ADDRESS": "links begin with {address}, which opens on this computer only",
    "SMTP_URL": "no email is sent, and no resident can sign in",
    "PLACEWIDE_MAIL_FROM": "email comes from an address that does not exist, which mail servers refuse",
}


def unset(environment: Mapping[str, str], address: str) -> dict[str, str]:
    """Each setting that is missing, with what that means: for whoever starts a node or makes one.

    ``address``: where this node says it is.
    """
    missing = [name for name in _UNTIL_THEN if not environment.get(name, "").strip()]
    return {name: f"{name} is not set: {_UNTIL_THEN[name].format(address=address)}" for name in missing}
