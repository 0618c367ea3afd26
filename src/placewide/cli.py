"""``placewide``: one command, its verbs gathered from the rooms."""

from __future__ import annotations

import os

import click


@click.group()
@click.version_option(package_name="placewide")
def main() -> None:
    """Join up the public services of a place."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewide.web.settings")
    import django

    django.setup()
