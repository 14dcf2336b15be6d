"""What can be read and written, as a table: from the readers themselves."""

from __future__ import annotations

from typing import Any

from ingest.registry import readers


def rows() -> list[dict[str, Any]]:
    """One row per format: name, label, extensions, what it carries and loses, whether it is read and written."""
    return [
        {
            "name": reader.name, "label": reader.label, "extensions": list(reader.extensions),
            "carries": list(reader.carries), "loses": list(reader.loses), "reads": True, "writes": False,
        }
        for reader in readers()
    ]  # fmt: skip
