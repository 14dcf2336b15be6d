"""Who says a piece of text: the name that its paragraph begins with (« X : … »), or who a statement is made by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Filter, Mention, Passage
from graph.store.base import NO_FILTER, Store
from graph.study.tables import ACROSS
from ontology import load

LONGEST_NAME = 60  # characters before the colon
ACTORS = ACROSS["stakeholder"]
_TURN = re.compile(rf"[\W_]*(?P<name>[^\W_][^:\n]{{0,{LONGEST_NAME}}}?)\s*:\s")


@dataclass(frozen=True, slots=True)
class _Opened:
    """What one source says, by position: its outermost blocks, the names in it, its statements."""

    text: str
    starts: Sequence[int]
    blocks: Sequence[Passage]
    names: dict[int, Mention]
    statements: Sequence[Mention]


class Speakers:
    """Answers for any number of places; each source and each statement is read once."""

    def __init__(self, store: Store, where: Filter = NO_FILTER) -> None:
        self._store, self._where = store, where
        self._sources: dict[str, _Opened] = {}
        self._makers: dict[str, str] = {}

    def __call__(self, source: str, start: int, end: int) -> str:
        """The label of who says the span, empty where nothing tells."""
        opened = self._opened(source)
        return self._turn(opened, start) or self._maker(opened, start, end)

    def turn(self, source: str, start: int) -> str:
        """Who the paragraph around this place names as its speaker, empty where none is."""
        return self._turn(self._opened(source), start)

    def _turn(self, opened: _Opened, start: int) -> str:
        """The stakeholder named at the head of the paragraph, where a colon follows the name."""
        at = bisect_right(opened.starts, start) - 1
        if at < 0 or opened.blocks[at].end <= start:
            return ""
        block = opened.blocks[at]
        head = _TURN.match(opened.text, block.start, block.end)
        if head is None or head.end() > start:
            return ""
        named = opened.names.get(head.start("name"))
        if named is None or named.end > head.end():
            return ""
        thing = self._store.get(named.node)
        return thing.label if thing else ""

    def _maker(self, opened: _Opened, start: int, end: int) -> str:
        around = [m for m in opened.statements if m.start <= start and end <= m.end]
        for statement in sorted(around, key=lambda m: (m.end - m.start, m.node)):
            if who := self._made_by(statement.node):
                return who
        return ""

    def _made_by(self, statement: str) -> str:
        if statement not in self._makers:
            links = self._store.neighbours(statement, ACTORS, self._where, limit=20, stated_only=True)
            makers = self._store.things(link.b for link in links if "made_by" in link.types)
            self._makers[statement] = ", ".join(makers[link.b].label for link in links if link.b in makers)
        return self._makers[statement]

    def _opened(self, source: str) -> _Opened:
        if source not in self._sources:
            self._sources[source] = self._read(source)
        return self._sources[source]

    def _read(self, source: str) -> _Opened:
        said = self._store.mentions(source)
        passages = self._store.passages(source)
        parted = {p.id for p in passages if p.kind != "sentence"}
        # A sentence belongs to its paragraph, whose head tells who speaks.
        blocks = [p for p in passages if p.kind != "sentence" or p.parent not in parted]
        blocks.sort(key=lambda p: (p.start, -p.end))
        statements = load().of_role("statement")
        return _Opened(
            self._store.source(source).text,
            [p.start for p in blocks],
            blocks,
            {m.start: m for m in reversed(said) if _first_kind(m) in ACTORS},
            [m for m in said if _first_kind(m) in statements],
        )


def _first_kind(mention: Mention) -> str:
    """The kind that the thing was read as: to ask what each of thousands is now would cost more than it tells."""
    return mention.node.partition(":")[0]
