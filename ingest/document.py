"""A file once read: one text, and a tree of blocks that each know their span in it.

Offsets count code points of `Document.text`. A block's `text` is the slice; its `label` is the slice with wraps,
hyphenation and inline markup undone, and `offsets` leads each label character back to the text, so that a rule may
work on clean labels and still give spans that hold.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any

from graph.outline import Boundary, CrossLink, LeftOut

__all__ = ["Block", "BlockKind", "Document", "Ledger", "LeftOut", "RawFile", "Shape"]

_JSON_START = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*[{\[]")


@dataclass(frozen=True)
class RawFile:
    """Bytes as they came, with the name they came under. Nothing in the name is trusted as a path.

    `reader`, `columns`: what a person chose against the guess: the name of a reader, the role of a column by its name.
    """

    name: str
    data: bytes
    reader: str = ""
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def read_as(self, options: Mapping[str, Any]) -> RawFile:
        """The file with what a person chose when it was imported, from the options of its source."""
        return replace(self, reader=options.get("chosen_reader", ""), columns=options.get("chosen_columns", {}))

    @property
    def extension(self) -> str:
        """Lower case, with the dot; empty where there is none."""
        base = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return f".{base.rsplit('.', 1)[-1].lower()}" if "." in base else ""

    @property
    def json(self) -> Any:
        """The value of a JSON file, parsed once for all readers; None where it is no JSON, or too much of it."""
        return self._parsed_json[0]

    @property
    def json_losses(self) -> list[LeftOut]:
        """What had to be repaired for that."""
        return self._parsed_json[1]

    @cached_property
    def _parsed_json(self) -> tuple[Any, list[LeftOut]]:
        from graph.errors import InputRefused
        from ingest.jsontree import parse_repaired_json

        try:
            return parse_repaired_json(self.name, self.data) if _JSON_START.match(self.data) else (None, [])
        except InputRefused:
            return None, []


# A sentence this long is a list or a table that lost its shape; the longest of real minutes have some 2,000.
MAX_READ_CHARS = 20_000
# A year of weekly minutes has some 10,000 sentences; more in one file is an export of something else. Beside what it
# takes to keep 100,000 passages, so many are read in 10 s of processor where each is short.
MAX_READ_BLOCKS = 12_000


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"  # child of a paragraph, bullet, note or quotation of several sentences
    BULLET = "bullet"
    ROW = "row"  # one row of a table; `attributes["cells"]` holds (column, start, end) triples
    TOPIC = "topic"  # a node of a map
    NOTE = "note"  # note or details of a topic; its parent is the topic
    FURNITURE = "furniture"  # running headers, page numbers, image links: kept, never read for meaning


class Shape(StrEnum):
    """What counts as a node in the outline of a document; a reader declares it on what it gives."""

    TOPICS = "topics"  # the topics of a map, with their notes and details
    NOTES = "notes"  # headings, paragraphs, list items, rows
    ITEMS = "items"  # headings and list items; what stands under one is its note
    MARKDOWN = "markdown"  # the headings and items that Markdown marks, read from the text by its own grammar
    ROWS = "rows"  # one node per row of a table, answers under what they answer


@dataclass(slots=True)
class Block:
    """One piece of the text. `parent` is the order of another block, or None; `level` is 1 for the highest.

    `place` is the native place (map node id, "page 3", "A12"); `parent_confidence` is under 1 where the parent was
    guessed. `attributes` carries what the format gave: links, icons, tags, cells …
    """

    order: int
    kind: BlockKind
    start: int
    end: int
    label: str
    offsets: Sequence[int]
    level: int = 0
    parent: int | None = None
    place: str = ""
    parent_confidence: float = 1.0
    attributes: dict[str, Any] = field(default_factory=dict)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The source span of ``label[first:last]`` (a non-empty slice)."""
        return self.offsets[first], self.offsets[last - 1] + 1


@dataclass(slots=True)
class Ledger:
    """What a file holds (counted apart from the reader's own result), what was kept, what was left out and why."""

    found: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        rows = [{"what": x.what, "where": x.where, "count": x.count, "why": x.why} for x in self.left_out]
        return {"found": self.found, "kept": self.kept, "left_out": rows}


@dataclass
class Document:
    """A file once read. `text_is_file` is true where the text is the decoded file itself (.txt .md .rst .csv)."""

    raw: RawFile
    format: str
    reader: str
    text: str
    blocks: list[Block]
    title: str = ""
    language: str = "fr"
    text_is_file: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)
    shape: Shape | None = None  # None: topics where there are any, notes otherwise
    cross_links: list[CrossLink] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    written: dict[str, str] = field(
        default_factory=dict
    )  # of topics (id): the label as the file has it, signs included
    # Made on first use: blocks are complete by then.
    _nesting: tuple[list[int], list[Block], list[int]] | None = None
    _meant: tuple[Block, ...] | None = None
    _headings: dict[int, Block | None] = field(default_factory=dict, repr=False, compare=False)

    def changed(self, **changes: Any) -> Document:
        """A copy with these fields, and its blocks as they are; what was made of other blocks is not in it."""
        own = {each.name: getattr(self, each.name) for each in fields(Document) if not each.name.startswith("_")}
        return Document(**(own | changes))

    @property
    def is_map(self) -> bool:
        """A map has nodes and no sections."""
        return any(b.kind is BlockKind.TOPIC for b in self.blocks)

    def children(self, order: int | None) -> list[Block]:
        return [b for b in self.blocks if b.parent == order]

    def leaves(self) -> Iterator[Block]:
        """The blocks that are read for meaning: sentences, bullets, headings, topics, rows; no furniture.

        A paragraph, bullet or note split into sentences is not given, its sentences are. One sentence of more than
        MAX_READ_CHARS, or beyond the first MAX_READ_BLOCKS, is kept as a passage and not read: see `unread`.
        """
        return iter(self._read_leaves())

    def as_far_as_read(self) -> Sequence[Block]:
        """Every block down to the last leaf that is read for meaning: all of them but in a file of too many."""
        leaves = self._read_leaves()
        return self.blocks[: leaves[-1].order + 1] if len(leaves) == MAX_READ_BLOCKS else self.blocks

    def _read_leaves(self) -> tuple[Block, ...]:
        if self._meant is None:
            short = (b for b in self._leaves() if len(b.label) <= MAX_READ_CHARS)
            self._meant = tuple(islice(short, MAX_READ_BLOCKS))
        return self._meant

    def unread(self) -> int:
        """How many leaves are too long, or too many, to be read for meaning."""
        lengths = [len(b.label) for b in self._leaves()]
        short = sum(n <= MAX_READ_CHARS for n in lengths)
        return len(lengths) - min(short, MAX_READ_BLOCKS)

    def _leaves(self) -> Iterator[Block]:
        split = {b.parent for b in self.blocks if b.kind is BlockKind.SENTENCE}
        return (b for b in self.blocks if b.kind is not BlockKind.FURNITURE and b.order not in split)

    def heading_of(self, block: Block) -> Block | None:
        """The nearest heading above a block in the tree."""
        up, way = block.parent, []
        while up is not None and up not in self._headings and self.blocks[up].kind is not BlockKind.HEADING:
            way.append(up)
            up = self.blocks[up].parent
        found = None if up is None else self._headings.get(up, self.blocks[up])
        self._headings.update(dict.fromkeys(way, found))  # a chain of 2,000 levels is walked once, not for each of them
        return found

    def block_at(self, start: int, end: int) -> Block | None:
        """The innermost block that contains the span. Blocks nest or are apart; they never overlap in part."""
        if self._nesting is None:
            self._nesting = _nest(self.blocks)
        starts, ordered, around = self._nesting
        at = bisect_right(starts, start) - 1
        while at >= 0 and ordered[at].end < end:
            at = around[at]
        return ordered[at] if at >= 0 else None


def _nest(blocks: list[Block]) -> tuple[list[int], list[Block], list[int]]:
    """Blocks by position, with the index of the block around each (-1 for none): linear to build, quick to climb."""
    ordered = sorted(blocks, key=lambda b: (b.start, -b.end, b.order))
    around, open_blocks = [], list[int]()
    for i, block in enumerate(ordered):
        while open_blocks and ordered[open_blocks[-1]].end < block.end:
            open_blocks.pop()
        around.append(open_blocks[-1] if open_blocks else -1)
        open_blocks.append(i)
    return [b.start for b in ordered], ordered, around
