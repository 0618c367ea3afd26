"""Sharing: whether information about a person may go from one organisation to another, and why."""
