"""The rules of sharing, one file for each step of the thought. ``decide.decide`` is the way in."""
