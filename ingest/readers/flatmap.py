"""A mind map as text: indented or bulleted outlines (parents certain), or the flat text of a PDF (parents guessed)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from graph.errors import InputRefused
from ingest.blocks import DocumentBuilder
from ingest.bounds.limits import check_depth, check_nodes
from ingest.decoding import decode, looks_binary
from ingest.document import Block, BlockKind, Document, Ledger, LeftOut, RawFile
from ingest.flatmap.lines import FlatTopic, flat_topics, looks_flat
from ingest.flatmap.outline import looks_outlined, outline_topics
from ingest.flatmap.parents import guess_parents
from ingest.language import detect
from ingest.notes.lines import Line, split_lines
from ingest.registry import Rank
from ingest.sniff import foreign

_SAMPLE_BYTES = 2_000_000


def _sample(raw: RawFile) -> list[Line]:
    try:
        return split_lines(decode(RawFile(raw.name, raw.data[:_SAMPLE_BYTES])).text)
    except InputRefused:
        return []


@dataclass(frozen=True)
class FlatMapReader:
    """Told from notes by shape alone: short lines, few full stops, indentation or a blank line after each line."""

    name: str = "flatmap"
    label: str = "Carte mentale en texte (.txt)"
    extensions: tuple[str, ...] = (".txt", ".text")
    carries: tuple[str, ...] = ("topics", "tree (certain when indented, guessed when flat)")
    loses: tuple[str, ...] = ("notes", "links", "icons", "relations", "positions")
    rank: Rank = Rank.FLAT

    def accepts(self, raw: RawFile) -> bool:
        if not raw.data.strip() or looks_binary(raw.data) or foreign(raw):
            return False
        lines = _sample(raw)
        return looks_outlined(lines) or looks_flat(lines)

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        lines = split_lines(decoded.text)
        outlined = looks_outlined(lines)
        topics = outline_topics(lines) if outlined else flat_topics(lines)
        check_nodes(raw.name, len(topics))
        if not topics:
            raise InputRefused(raw.name, "no topic found")
        builder = DocumentBuilder(decoded.text)
        _add_topics(raw.name, builder, topics)
        if not outlined:
            guess_parents(builder.blocks)
        _set_levels(raw.name, builder.blocks)
        ledger = _ledger(lines, topics, list(decoded.losses))
        if not outlined:
            ledger.left_out.append(
                LeftOut("tree", "text", len(topics), "flat text has no tree: every parent is a guess")
            )
        return Document(
            raw, "flatmap", "flatmap@1", decoded.text, builder.blocks,
            title=builder.blocks[0].label[:200], language=detect(decoded.text),
            options={"encoding": decoded.encoding, "outlined": outlined}, ledger=ledger,
        )  # fmt: skip


def _ledger(lines: list[Line], topics: list[FlatTopic], losses: list[LeftOut]) -> Ledger:
    """Lines with something on them, and those that a topic holds: a topic may take several."""
    filled = [line for line in lines if not line.blank]
    ends = [line.end for line in filled]
    starts = [line.start for line in filled]
    kept = sum(bisect_left(starts, t.end) - bisect_right(ends, t.start) for t in topics)
    ledger = Ledger({"lines": len(filled)}, {"lines": kept, "topics": len(topics)}, losses)
    if kept != len(filled):
        why = "signs that stay in the text and are not read"
        ledger.left_out.append(LeftOut("lines", "text", len(filled) - kept, why))
    return ledger


def _add_topics(name: str, builder: DocumentBuilder, topics: list[FlatTopic]) -> None:
    open_topics: list[tuple[int, int]] = []  # depth, order
    for topic in topics:
        while open_topics and open_topics[-1][0] >= topic.depth:
            open_topics.pop()
        parent = open_topics[-1][1] if open_topics else None
        block = builder.add(BlockKind.TOPIC, topic.start, topic.end, parent=parent, place=f"line {topic.line + 1}")
        open_topics.append((topic.depth, block.order))
        check_depth(name, len(open_topics))


def _set_levels(name: str, blocks: list[Block]) -> None:
    for block in blocks:
        block.level = 1 if block.parent is None else blocks[block.parent].level + 1
        check_depth(name, block.level)


READER = FlatMapReader()
