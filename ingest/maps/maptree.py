"""A map's topics as a Document: one line per topic, indented by tabs, notes and details on the lines under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.collector import collection_paused
from graph.errors import InputRefused
from graph.export.htmltext import JOINER
from graph.outline import BARE, Outline, Topic
from ingest.blocks import DocumentBuilder
from ingest.bounds.limits import MAX_DEPTH, MAX_NODES, check_depth, check_nodes
from ingest.document import Block, BlockKind, Document, Ledger, RawFile
from ingest.html.markup import clean
from ingest.labels import make_label
from ingest.language import detect
from ingest.maps.carried import MAX_TEXT, check_ends, check_text, count_carried

_DEEPEST_TAB = 40  # deeper topics are not indented further: the text must stay proportional to the map
_INDENTED = tuple(min(depth, _DEEPEST_TAB) for depth in range(MAX_DEPTH + 1))
_INDENTS = tuple(map("\t".__mul__, _INDENTED))
_CARRIED = (
    "links", "icons", "tags", "attributes", "kind", "folded", "position", "dates", "style", "author", "sheet",
)  # fmt: skip
_WEIGHED = frozenset({"links", "icons", "tags", "attributes", "style", "sheet", "folded"})  # counted, or bounded
_TOPIC = BlockKind.TOPIC  # in a name of its own: looked up for every topic


@dataclass(slots=True)
class MapContent(Outline):
    """What a map reader found: trees of topics, the relations between them, and the ledger."""

    ledger: Ledger = field(default_factory=Ledger)
    written: dict[str, str] = field(default_factory=dict)


class MapDocument(Document):
    """A map once read: `tree` is what its reader found, and not to be changed; its blocks are made on first use.

    Whoever shows, previews or converts a map asks for its tree alone.
    """

    def __init__(self, raw: RawFile, form: str, reader: str, text: str, tree: list[Topic]) -> None:
        super().__init__(raw, form, reader, text, blocks=[], text_is_file=False)
        del self.blocks
        self.tree = tree

    @cached_property
    def blocks(self) -> list[Block]:  # type: ignore[override]  # it can be set, which mypy does not see
        with collection_paused():
            return _blocks_of(self.text, self.tree)

    @property
    def is_map(self) -> bool:
        return True


def map_document(raw: RawFile, form: str, reader: str, content: MapContent) -> Document:
    """Render the topics as a document. Raises InputRefused for an empty, too deep or too large map."""
    if not content.roots:
        raise InputRefused(raw.name, "the map holds no topic")
    text, topics, told = _rendered(raw.name, content.roots)
    check_ends(raw.name, topics, content.cross_links, content.boundaries)
    content.ledger.kept |= _kept(raw.name, content, len(topics), told)
    document = MapDocument(raw, form, reader, text, content.roots)
    document.title = (content.title or next((t.label for t in topics if t.label), ""))[:200]
    document.language = detect(text)
    document.options = {"kind": content.kind} if content.kind != "tree" else {}
    document.cross_links, document.boundaries = content.cross_links, content.boundaries
    document.ledger, document.written = content.ledger, content.written
    return document


def _rendered(name: str, roots: Sequence[Topic]) -> tuple[str, list[Topic], list[Topic]]:
    """The text of a map, its topics in order, and those of them that carry more than a label.

    A topic is its own label: white space is collapsed already, and what else stands there (joined emoji, drawn lines,
    soft hyphens) is the author's.
    """
    lines: list[str] = []
    topics: list[Topic] = []
    told: list[Topic] = []
    length = 0
    stack = [(topic, 1) for topic in reversed(roots)]
    while stack:
        topic, level = stack.pop()
        if level > MAX_DEPTH or len(lines) > MAX_NODES or length > MAX_TEXT:
            check_depth(name, level)
            check_nodes(name, len(lines))
            check_text(name, length)
        label = topic.label
        line = f"{_INDENTS[level - 1]}{label if label.isprintable() else _shown(topic)}\n"
        lines.append(line)
        length += len(line)
        topics.append(topic)
        if len(topic.__dict__) != BARE:  # what `is_bare` asks, in half of its time
            told.append(topic)
            for note in _settled_notes(topic):
                line = f"{_INDENTS[level]}{note}\n"
                lines.append(line)
                length += len(line)
        if topic.children:
            level += 1
            stack += [(child, level) for child in reversed(topic.children)]
    return "".join(lines), topics, told


def _shown(topic: Topic) -> str:
    """What the text shows of a topic with signs that do not print; its label is made to be the same."""
    shown = topic.label = topic.label.replace(JOINER, "")  # our own writers put it where a sign would become a mark
    if "\x00" in shown:
        topic.label = make_label(shown, 0, len(shown)).text
    return shown


def _settled_notes(topic: Topic) -> list[str]:
    """The details and the note of a topic, where it has them, which it has from here on as the text shows them."""
    topic.position = topic.position or None
    if not topic.details and not topic.note:
        return []
    topic.details, topic.note = _note(topic.details), _note(topic.note)
    return [note for note in (topic.details, topic.note) if note]


def _note(text: str) -> str:
    return "\n".join(line for line in map(clean, text.splitlines()) if line)


def _blocks_of(text: str, roots: Sequence[Topic]) -> list[Block]:
    """The blocks of the topics, and of their notes, in a text that was rendered of them."""
    blocks: list[Block] = []
    start = 0
    stack: list[tuple[Topic, int, int | None]] = [(topic, 1, None) for topic in reversed(roots)]
    while stack:
        topic, level, parent = stack.pop()
        own = len(blocks)
        is_bare = len(topic.__dict__) == BARE
        told = {} if is_bare and topic.kind == "topic" else _attributes(topic)
        start += _INDENTED[level - 1]
        label = topic.label
        end = start + len(label)
        if text[end] == "\n":
            span = range(start, end)
            blocks.append(Block(own, _TOPIC, start, end, label, span, level, parent, topic.id, topic.confidence, told))
        else:  # its label is not all that the text shows
            end = text.index("\n", start)
            blocks += _built(_TOPIC, text[start:end], start, own, level, parent, topic.id, told)
            blocks[own].parent_confidence = topic.confidence
        start = end + 1
        for role, note in () if is_bare else (("details", topic.details), ("note", topic.note)):
            if note:
                start += _INDENTED[level]
                blocks += _built(BlockKind.NOTE, note, start, len(blocks), level, own, topic.id, {"role": role})
                start += len(note) + 1
        if topic.children:
            level += 1
            stack += [(child, level, own) for child in reversed(topic.children)]
    return blocks


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


def _attributes(topic: Topic) -> dict[str, Any]:
    """What a topic carries beside its text; empty fields are left out."""
    own = vars(topic)
    carried = {name: own[name] for name in _CARRIED if own.get(name)}
    if topic.kind == "topic":
        del carried["kind"]
    return carried


def _kept(name: str, content: MapContent, topics: int, told: Sequence[Topic]) -> dict[str, int]:
    carried = [{what: n for what, n in vars(topic).items() if n and what in _WEIGHED} for topic in told]
    kept = {"topics": topics, "relations": len(content.cross_links), "boundaries": len(content.boundaries)}
    kept |= {"notes": sum(bool(t.note) for t in told), "details": sum(bool(t.details) for t in told)}
    kept |= count_carried(name, carried)
    kept["folded"] = sum("folded" in one for one in carried)
    return {what: n for what, n in kept.items() if n or what == "topics"}


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
