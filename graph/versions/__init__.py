"""Versions of a document: what changed, and corrections that follow it."""
