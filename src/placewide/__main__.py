"""``python -m placewide``: the same as the command ``placewide``."""

from placewide.cli import main

main()
