"""Initiatives on a map: where they are, what they are, who runs them. Pure functions; no network, no page."""
