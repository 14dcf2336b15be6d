"""A map's topics as a Document: one line per topic, indented by tabs, notes and details on the lines under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from graph.errors import InputRefused
from graph.export.htmltext import JOINER
from graph.outline import Outline, Topic
from ingest.blocks import DocumentBuilder
from ingest.bounds.limits import MAX_DEPTH, MAX_NODES, check_depth, check_nodes
from ingest.document import Block, BlockKind, Document, Ledger, RawFile
from ingest.html.markup import clean
from ingest.language import detect
from ingest.maps.carried import MAX_TEXT, check_ends, check_text, count_carried

_DEEPEST_TAB = 40  # deeper topics are not indented further: the text must stay proportional to the map
_INDENTS = tuple("\t" * depth for depth in range(_DEEPEST_TAB + 1))
_CARRIED = (
    "links", "icons", "tags", "attributes", "kind", "folded", "position", "dates", "style", "author", "sheet",
)  # fmt: skip
_TOPIC = BlockKind.TOPIC  # in a name of its own: looked up for every topic
_values = attrgetter(*_CARRIED)
_BARE = tuple(_values(Topic("", "")))


@dataclass(slots=True)
class MapContent(Outline):
    """What a map reader found: trees of topics, the relations between them, and the ledger."""

    ledger: Ledger = field(default_factory=Ledger)
    written: dict[str, str] = field(default_factory=dict)


def map_document(raw: RawFile, form: str, reader: str, content: MapContent) -> Document:
    """Render the topics and make their blocks. Raises InputRefused for an empty, too deep or too large map."""
    if not content.roots:
        raise InputRefused(raw.name, "the map holds no topic")
    text, blocks = _rendered(raw.name, content.roots)
    check_ends(raw.name, blocks, content.cross_links, content.boundaries)
    _count(raw.name, content, blocks)
    title = content.title or next((b.label for b in blocks if b.label), "")
    return Document(
        raw, form, reader, text, blocks, title=title[:200], language=detect(text), text_is_file=False,
        options={"kind": content.kind} if content.kind != "tree" else {},
        cross_links=content.cross_links, boundaries=content.boundaries, ledger=content.ledger,
        written=content.written,
    )  # fmt: skip


def _rendered(name: str, roots: Sequence[Topic]) -> tuple[str, list[Block]]:
    """The text and its blocks, each topic looked at once. A topic is its own label, offset by offset: white space is
    collapsed already, and what else stands there (joined emoji, drawn lines, soft hyphens) is the author's."""
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    stack: list[tuple[Topic, int, int | None]] = [(topic, 1, None) for topic in reversed(roots)]
    while stack:
        topic, level, parent = stack.pop()
        if level > MAX_DEPTH or len(parts) > MAX_NODES or length > MAX_TEXT:
            check_depth(name, level)
            check_nodes(name, len(parts))
            check_text(name, length)
        own = len(blocks)
        indent = _INDENTS[level - 1 if level <= _DEEPEST_TAB else _DEEPEST_TAB]
        body = clean(topic.label)
        plain = body.isprintable()  # as nearly every label: neither of the signs below is
        if not plain:
            body = body.replace(JOINER, "")  # our own writers put it where a sign would become a mark
        start = length + len(indent)
        end = start + len(body)
        told = topic_attributes(topic)
        if not plain and "\x00" in body:
            blocks += _built(_TOPIC, body, start, own, level, parent, topic.id, told)
            blocks[own].parent_confidence = topic.confidence
        else:
            span = range(start, end)
            blocks.append(Block(own, _TOPIC, start, end, body, span, level, parent, topic.id, topic.confidence, told))
        parts.append(f"{indent}{body}\n")
        length = end + 1
        for role, note in _notes(topic) if topic.details or topic.note else ():
            indent = _INDENTS[min(level, _DEEPEST_TAB)]
            start = length + len(indent)
            length = start + len(note) + 1
            blocks += _built(BlockKind.NOTE, note, start, len(blocks), level, own, topic.id, {"role": role})
            parts.append(f"{indent}{note}\n")
        if topic.children:
            stack += [(child, level + 1, own) for child in reversed(topic.children)]
    return "".join(parts), blocks


def _built(
    kind: BlockKind, text: str, start: int, order: int, level: int, parent: int | None, place: str, told: dict[str, Any]
) -> list[Block]:
    """The block of a text that stands at `start`, and those of its sentences, the first with this order."""
    builder = DocumentBuilder(text)
    builder.add(kind, 0, len(text), level=level, place=place, attributes=told)
    for n, block in enumerate(builder.blocks):
        block.order, block.parent = order + n, order if n else parent
        block.start, block.end = block.start + start, block.end + start
        spans = block.offsets
        block.offsets = (
            range(spans.start + start, spans.stop + start)
            if isinstance(spans, range)
            else tuple(o + start for o in spans)
        )
    return builder.blocks


def _notes(topic: Topic) -> list[tuple[str, str]]:
    """The details and the note of a topic where it has them, each with its role."""
    bodies = (("details", topic.details), ("note", topic.note))
    kept = ((role, "\n".join(line for line in map(clean, body.splitlines()) if line)) for role, body in bodies)
    return [(role, body) for role, body in kept if body]


def topic_attributes(topic: Topic) -> dict[str, Any]:
    """What a topic carries beside its text; empty fields are left out."""
    values = _values(topic)
    if values == _BARE:  # as most topics of most maps
        return {}
    carried = {name: value for name, value in zip(_CARRIED, values, strict=True) if value}
    if topic.kind == "topic":
        del carried["kind"]
    return carried


def _count(name: str, content: MapContent, blocks: Sequence[Block]) -> None:
    told = [block for block in blocks if block.attributes]
    topics = [block.attributes for block in told if block.kind is BlockKind.TOPIC]
    roles = [block.attributes["role"] for block in told if block.kind is BlockKind.NOTE]
    kept = {"topics": [block.kind for block in blocks].count(BlockKind.TOPIC)}
    kept |= {"relations": len(content.cross_links), "boundaries": len(content.boundaries)}
    kept |= {"notes": roles.count("note"), "details": roles.count("details")}
    kept |= count_carried(name, topics)
    kept["folded"] = sum("folded" in carried for carried in topics)
    content.ledger.kept = {what: n for what, n in kept.items() if n or what == "topics"}


class UniqueIds:
    """Native ids made unique: a missing one is numbered, a repeated one gets a suffix; links lead to the first."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}
        self.repeated = 0

    def take(self, native: str) -> str:
        own = native or f"#{len(self.seen) + 1}"
        if own not in self.seen:
            self.seen[own] = 1
            return own
        while (count := self.seen.get(own, 0) + 1) > 1:  # a made id may be taken too: hostile files nest such ids
            self.seen[own] = count
            self.repeated += 1
            own = f"{own}~{count}"
        self.seen[own] = 1
        return own
