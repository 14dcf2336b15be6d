"""Who says a piece of text: the name that its paragraph begins with (« X : … »), or who a statement is made by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.model import Filter, Mention, Passage
from graph.store.base import NO_FILTER, Store
from graph.study.tables import ACROSS
from ontology import load

LONGEST_NAME = 60  # characters before the colon
_MAKERS = 20  # of one statement
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

    def head(self, start: int) -> re.Match[str] | None:
        """What the paragraph around this place begins with, where it may be a name and the place comes after it."""
        at = bisect_right(self.starts, start) - 1
        if at < 0 or self.blocks[at].end <= start:
            return None
        found = _TURN.match(self.text, self.blocks[at].start, self.blocks[at].end)
        return found if found and found.end() <= start else None


Place: TypeAlias = tuple[str, int, int]  # source, start, end


class Speakers:
    """Answers for any number of places; each source and each statement is read once.

    Where it is going to be asked for these `places` only, of their sources no more is read than what is said there.
    """

    def __init__(self, store: Store, where: Filter = NO_FILTER, places: Sequence[Place] = ()) -> None:
        self._store, self._where = store, where
        self._sources: dict[str, _Opened] = {}
        self._makers: dict[str, str] = {}
        if places:
            self._read_ahead(places)

    def __call__(self, source: str, start: int, end: int) -> str:
        """The label of who says the span, empty where nothing tells."""
        opened = self._opened(source)
        return self._turn(opened, start) or self._maker(opened, start, end)

    def turn(self, source: str, start: int) -> str:
        """Who the paragraph around this place names as its speaker, empty where none is."""
        return self._turn(self._opened(source), start)

    def _turn(self, opened: _Opened, start: int) -> str:
        """The stakeholder named at the head of the paragraph, where a colon follows the name."""
        head = opened.head(start)
        if head is None:
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
            self._read_makers([statement])
        return self._makers[statement]

    def _opened(self, source: str) -> _Opened:
        if source not in self._sources:
            self._sources[source] = self._read(source)
        return self._sources[source]

    def _read_ahead(self, places: Sequence[Place]) -> None:
        """Read the sources of these places, with what is said in the blocks that hold one, or its paragraph's head."""
        asked: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for source, start, end in places:
            asked[source].append((start, end))
        texts = self._store.texts(sorted(asked))
        spans = {source: found for source, found in asked.items() if source in texts}  # others were removed meanwhile
        passages = {source: self._store.passages(source) for source in spans}
        silent = {source: _opened(texts[source], passages[source], ()) for source in spans}
        holding = {p.id for source in spans for p in _holding(silent[source], passages[source], spans[source])}
        said: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._store.said_in(sorted(holding)):
            said[mention.source].append(mention)
        self._sources = {source: _opened(texts[source], passages[source], said[source]) for source in spans}
        self._read_makers({m.node for source in spans for m in self._sources[source].statements})

    def _read_makers(self, statements: Collection[str]) -> None:
        links = self._store.strongest(sorted(statements), ACTORS, self._where, limit=_MAKERS, stated_only=True)
        made = {id_: [link.b for link in own if "made_by" in link.types] for id_, own in links.items()}
        things = self._store.things({id_ for ids in made.values() for id_ in ids})
        for statement in statements:
            self._makers[statement] = ", ".join(things[id_].label for id_ in made.get(statement, ()) if id_ in things)

    def _read(self, source: str) -> _Opened:
        text = self._store.source(source).text
        return _opened(text, self._store.passages(source), self._store.mentions(source))


def _opened(text: str, passages: Sequence[Passage], said: Sequence[Mention]) -> _Opened:
    """A source as it is asked: its text, its blocks and what is said in it."""
    parted = {p.id for p in passages if p.kind != "sentence"}
    # A sentence belongs to its paragraph, whose head tells who speaks.
    blocks = [p for p in passages if p.kind != "sentence" or p.parent not in parted]
    blocks.sort(key=lambda p: (p.start, -p.end))
    statements = load().of_role("statement")
    return _Opened(
        text,
        [p.start for p in blocks],
        blocks,
        {m.start: m for m in reversed(said) if _first_kind(m) in ACTORS},
        [m for m in said if _first_kind(m) in statements],
    )


def _holding(opened: _Opened, passages: Sequence[Passage], spans: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """The passages that hold one of these spans, or the name that begins the block which one stands in."""
    for start, end in spans:
        head = opened.head(start)
        at = head.start("name") if head else start
        for p in passages:
            if (p.start <= start and end <= p.end) or p.start <= at < p.end:
                yield p


def _first_kind(mention: Mention) -> str:
    """The kind that the thing was read as: to ask what each of thousands is now would cost more than it tells."""
    return mention.node.partition(":")[0]
