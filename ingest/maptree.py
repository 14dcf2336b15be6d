"""A map's topics as a Document: one line per topic, indented by tabs, notes and details on the lines under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.errors import InputRefused
from graph.outline import Outline, Topic
from ingest.blocks import DocumentBuilder
from ingest.document import BlockKind, Document, Ledger, RawFile
from ingest.language import detect
from ingest.limits import check_depth, check_nodes
from ingest.markup import clean

_DEEPEST_TAB = 40  # deeper topics are not indented further: the text must stay proportional to the map


@dataclass(slots=True)
class MapContent(Outline):
    """What a map reader found: trees of topics, the relations between them, and the ledger."""

    ledger: Ledger = field(default_factory=Ledger)


@dataclass(frozen=True, slots=True)
class _Line:
    kind: BlockKind
    start: int
    end: int
    parent: int | None  # index among the lines
    level: int
    place: str
    attributes: dict[str, Any]


def map_document(raw: RawFile, form: str, reader: str, content: MapContent) -> Document:
    """Render the topics and make their blocks. Raises InputRefused for an empty, too deep or too large map."""
    if not content.roots:
        raise InputRefused(raw.name, "the map holds no topic")
    text, lines = _render(raw.name, content.roots)
    builder = DocumentBuilder(text)
    orders: list[int] = []
    for line in lines:
        parent = None if line.parent is None else orders[line.parent]
        block = builder.add(
            line.kind,
            line.start,
            line.end,
            level=line.level,
            parent=parent,
            place=line.place,
            attributes=line.attributes,
        )
        orders.append(block.order)
    _count(content, lines)
    title = content.title or next((b.label for b in builder.blocks if b.label), "")
    return Document(
        raw, form, reader, text, builder.blocks, title=title[:200], language=detect(text), text_is_file=False,
        options={"kind": content.kind} if content.kind != "tree" else {},
        cross_links=content.cross_links, boundaries=content.boundaries, ledger=content.ledger,
    )  # fmt: skip


def _render(name: str, roots: Sequence[Topic]) -> tuple[str, list[_Line]]:
    parts: list[str] = []
    lines: list[_Line] = []
    length = 0
    stack = [(topic, 1, None) for topic in reversed(roots)]  # type: list[tuple[Topic, int, int | None]]
    while stack:
        topic, level, parent = stack.pop()
        check_depth(name, level)
        check_nodes(name, len(lines))
        own = len(lines)
        for kind, body, attributes in _pieces(topic):
            topical = kind is BlockKind.TOPIC
            indent = "\t" * min(level - 1 if topical else level, _DEEPEST_TAB)
            start = length + len(indent)
            above = parent if topical else own
            lines.append(_Line(kind, start, start + len(body), above, level, topic.id, attributes))
            parts.append(f"{indent}{body}\n")
            length = start + len(body) + 1
        stack.extend((child, level + 1, own) for child in reversed(topic.children))
    return "".join(parts), lines


def _pieces(topic: Topic) -> list[tuple[BlockKind, str, dict[str, Any]]]:
    """The topic itself, then its details and its note where it has them."""
    pieces = [(BlockKind.TOPIC, clean(topic.label), topic_attributes(topic))]
    for role, body in (("details", topic.details), ("note", topic.note)):
        kept = "\n".join(line for line in (clean(x) for x in body.splitlines()) if line)
        if kept:
            pieces.append((BlockKind.NOTE, kept, {"role": role}))
    return pieces


def topic_attributes(topic: Topic) -> dict[str, Any]:
    """What a topic carries beside its text; empty fields are left out."""
    carried: dict[str, Any] = {
        "links": topic.links, "icons": topic.icons, "tags": topic.tags, "attributes": topic.attributes,
        "kind": topic.kind if topic.kind != "topic" else "", "folded": topic.folded, "position": topic.position,
        "dates": topic.dates, "style": topic.style, "author": topic.author, "sheet": topic.sheet,
    }  # fmt: skip
    return {key: value for key, value in carried.items() if value}


def _count(content: MapContent, lines: Sequence[_Line]) -> None:
    kept = {"topics": sum(x.kind is BlockKind.TOPIC for x in lines), "relations": len(content.cross_links)}
    kept["boundaries"] = len(content.boundaries)
    kept["notes"] = sum(x.attributes.get("role") == "note" for x in lines)
    kept["details"] = sum(x.attributes.get("role") == "details" for x in lines)
    for what in ("links", "icons", "tags", "attributes"):
        kept[what] = sum(len(x.attributes.get(what, ())) for x in lines if x.kind is BlockKind.TOPIC)
    kept["folded"] = sum(bool(x.attributes.get("folded")) for x in lines)
    content.ledger.kept = {what: n for what, n in kept.items() if n or what == "topics"}


class UniqueIds:
    """Native ids made unique: a missing one is numbered, a repeated one gets a suffix; links lead to the first."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}
        self.repeated = 0

    def take(self, native: str) -> str:
        own = native or f"#{len(self.seen) + 1}"
        while (count := self.seen.get(own, 0) + 1) > 1:  # a made id may be taken too: hostile files nest such ids
            self.seen[own] = count
            self.repeated += 1
            own = f"{own}~{count}"
        self.seen[own] = 1
        return own
