"""Saying a decision in sentences, after it was made and never as a part of it."""
