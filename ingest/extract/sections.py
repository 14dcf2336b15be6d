"""The headings of a document as sections: a title as written, its level, its span. A map has none."""

from __future__ import annotations

from ingest.document import BlockKind
from ingest.extract.reading import Reading, Section


def run(reading: Reading) -> None:
    """Fill ``reading.sections`` from the heading blocks, in order."""
    if reading.document.is_map:
        return
    for block in reading.document.blocks:
        if block.kind is BlockKind.HEADING and block.label:
            reading.sections.append(Section(block.label, block.level, block.start, block.end))
