"""Beginnings: a project that builds at once, a new pack, a new question."""
