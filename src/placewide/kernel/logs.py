"""What a node writes to its log: what failed and where, never what anybody sent.

Libraries put into their messages whatever they were given: an address somebody typed, the value a database refused. So
of a message that is not ours only its pattern is written, of a request its route, and of an exception its type and
where it was raised.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

OWN = "placewide"
_FRAMES = 25  # the innermost
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """``2026-11-23 09:00:00 ERROR placewide.ui: fault shown to a person, reference 7K2P-9QXM-T``, then where."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        shown = logging.makeLogRecord(record.__dict__ | {"exc_text": None, "stack_info": None})
        if not _is_ours(record):
            shown.msg, shown.args = _pattern(record), None
        return super().format(shown)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's own name
        return where_raised(ei[1])


def where_raised(fault: BaseException | None) -> str:
    """The types of an exception and of what led to it, each with its frames, innermost last; no message."""
    lines: list[str] = []
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        lines.append(f"  {type(fault).__module__}.{type(fault).__name__}")
        frames = traceback.extract_tb(fault.__traceback__)[-_FRAMES:]
        lines += [f"    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "\n".join(lines)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name == OWN or record.name.startswith(f"{OWN}.")


def _pattern(record: logging.LogRecord) -> str:
    request: Any = getattr(record, "request", None)
    if request is not None:
        found = getattr(request, "resolver_match", None)
        route = f"/{found.route}" if found else "an address that is not here"
        return f"{getattr(record, 'status_code', '')} {_method(request)} {route}".strip()
    if record.args and isinstance(record.msg, str):
        return record.msg
    return "(its words are left out)"


def _method(request: Any) -> str:
    method = str(getattr(request, "method", ""))
    return method if method.isascii() and method.isalpha() and len(method) < 10 else ""


def configured() -> dict[str, Any]:
    """For Django's LOGGING: everything from warnings up to the standard error, discreetly."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"discreet": {"()": f"{__name__}.Discreet"}},
        "handlers": {"log": {"class": "logging.StreamHandler", "formatter": "discreet"}},
        "root": {"handlers": ["log"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.security": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }
