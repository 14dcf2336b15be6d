"""The leaves of a document in the order of the text: which one holds a statement, which ones stand before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ingest.document import Block, BlockKind, Document


class Leaves:
    """Sentences, items, rows and headings, asked by their place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks = sorted(document.leaves(), key=lambda b: (b.start, -b.end))
        self.starts = [b.start for b in self.blocks]

    def at(self, start: int) -> int:
        """The number of the last leaf that begins there or before, -1 before the first."""
        return bisect_right(self.starts, start) - 1

    def holding(self, start: int) -> Block | None:
        """The leaf in which what starts there begins."""
        at = self.at(start)
        return self.blocks[at] if at >= 0 and self.blocks[at].end > start else None

    def before(self, block: Block, most: int) -> Iterator[Block]:
        """Those before a block, the nearest first, as far as its section reaches."""
        at = self.at(block.start)
        heading = self.document.heading_of(block)
        for before in reversed(self.blocks[max(0, at - most) : at]):
            if before.kind is BlockKind.HEADING or self.document.heading_of(before) is not heading:
                return
            yield before
