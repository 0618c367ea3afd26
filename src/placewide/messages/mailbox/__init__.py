"""A mail server on this machine, so that a demo or a test needs no account anywhere. Never in production."""
