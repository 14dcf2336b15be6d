"""Not written yet."""

from __future__ import annotations

from ingest.extract.reading import Reading


def run(reading: Reading) -> None:
    """Nothing yet."""
