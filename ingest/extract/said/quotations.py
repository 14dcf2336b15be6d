"""Which quotation is open at a place of a paragraph, and who opens it; found in one pass over the paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.document import Block, BlockKind, Document
from ingest.extract.said import makers
from ingest.extract.said.mentioned import Naming
from ingest.extract.said.wording import plain

MAX_OPENER = 300  # characters of the sentence that opens a quotation
MAX_OPEN = 2_000  # characters that a quotation goes on; one open for longer was never closed
_MARK = re.compile('[«“»”"]')
_OPENS_AFTER = frozenset(" \u00a0\u202f\t\n:(")


class Quotations:
    """The quotations of one text, asked by a place in it."""

    def __init__(self, text: str) -> None:
        self.marks = list(_states(text))
        self.starts = [at for at, _ in self.marks]

    def open_at(self, place: int) -> int:
        """Where the quotation begins that is still open just before a place; -1 where none is."""
        n = bisect_left(self.starts, place) - 1
        opened = self.marks[n][1] if n >= 0 else -1
        return opened if opened >= 0 and place - opened <= MAX_OPEN else -1


def _states(text: str) -> Iterator[tuple[int, int]]:
    """Each mark with where the quotation begins that is open behind it; the same sign may open and close."""
    opened = -1
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark.group()
        if sign in "«“":
            opened = at
        elif sign in "»”" or opened >= 0:
            opened = -1 if sign in "»”" or text[opened] == '"' else opened
        elif not at or text[at - 1] in _OPENS_AFTER:
            opened = at  # a sign of inches follows its number
        yield at, opened


class Quoting:
    """Asks who is quoted: « X explique : « … … » » goes on over sentences."""

    def __init__(self, document: Document, naming: Naming) -> None:
        self.blocks, self.language, self.naming = document.blocks, document.language, naming
        self.quotations: dict[int, Quotations] = {}  # by their paragraph

    def opener_of(self, block: Block) -> list[str]:
        """Whoever opens the quotation that a later sentence of the paragraph stands in."""
        above = self.blocks[block.parent] if block.parent is not None else None
        if above is None or block.kind is not BlockKind.SENTENCE:
            return []
        if above.order not in self.quotations:
            self.quotations[above.order] = Quotations(above.label)
        opened = self.quotations[above.order].open_at(bisect_left(above.offsets, block.start))
        return self._opener(above, opened) if opened > 0 else []

    def _opener(self, above: Block, opened: int) -> list[str]:
        first = max(above.label.rfind(". ", 0, opened) + 1, opened - MAX_OPENER)
        head, names = plain(above.label[first:opened]), self.naming.between(above, first, opened)
        return makers.subject(head, names, self.language, acting=False) or makers.opening(head, names, self.language)
