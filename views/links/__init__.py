"""Liens: why two things are linked, and which themes share passages."""
