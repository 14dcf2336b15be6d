"""What can be read and written, as a table: from the readers and the writers themselves."""

from __future__ import annotations

from typing import Any

from graph.export.registry import Writer, writers
from ingest.registry import Reader, readers


def rows() -> list[dict[str, Any]]:
    """One row per format: name, label, extensions, what it carries and loses, whether it is read and written.

    A reader and a writer of one name are one format. What only writing loses says so.
    """
    by_name = {writer.name: writer for writer in writers()}
    table = [_row(reader, by_name.pop(reader.name, None)) for reader in readers()]
    return table + [_row(None, writer) for writer in by_name.values()]


def _row(reader: Reader | None, writer: Writer | None) -> dict[str, Any]:
    both = [side for side in (reader, writer) if side is not None]
    loses = list(reader.loses) if reader else []
    loses += [
        f"in writing: {what}" if reader else what for what in (writer.loses if writer else ()) if what not in loses
    ]
    return {
        "name": both[0].name,
        "label": both[0].label,
        "extensions": list(dict.fromkeys(extension for side in both for extension in side.extensions)),
        "carries": list(both[0].carries),
        "loses": loses,
        "reads": reader is not None,
        "writes": writer is not None,
    }
