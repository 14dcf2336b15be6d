"""Markdown by its own marks alone."""
