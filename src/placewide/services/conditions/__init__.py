"""Conditions of packages: a small, named part of CEL. See :mod:`.evaluate`, :mod:`.parse` and :mod:`.types`."""

from placewide.services.conditions.evaluate import Known, evaluate, holds, names_in

__all__ = ["Known", "evaluate", "holds", "names_in"]
