"""From a reading to a fragment: the graph's ids are made here, from content alone.

Passages and statements: source bytes and span (text formats) or native place (others). Themes: the folded key of one
phrase. Stakeholders and initiatives: kind, folded name and document. Resources: their address where they have one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.model import Evidence, Fragment, Node, Passage, Relation, Source, Visibility, make_id
from graph.text import key
from graph.versions.lineage import AFTER
from ingest.document import Block, BlockKind, Document
from ingest.extract.reading import (
    Event,
    Figure,
    Initiative,
    Reading,
    Resource,
    Span,
    Stakeholder,
    Statement,
    Theme,
)
from ingest.resolve import merge_key


@dataclass(frozen=True, slots=True)
class ImportMeta:
    """What a person says of an import; empty fields are read from the text.

    `document`: this is a version of it, newer than those sources that are listed in `after`.
    """

    document: str = ""
    meeting: str = ""
    date: str = ""
    place: str = ""
    visibility: Visibility = Visibility.DRAFT
    after: tuple[str, ...] = ()


@dataclass
class _Builder:
    """Ids and evidence for one reading."""

    reading: Reading
    document_id: str
    ids: dict[str, str] = field(default_factory=dict)  # local id -> graph id
    passage_ids: dict[int, str] = field(default_factory=dict)  # block order -> passage id

    @property
    def document(self) -> Document:
        return self.reading.document

    def evidence(self, spans: Iterable[Span]) -> tuple[Evidence, ...]:
        """The spans as proofs; one that goes from a passage into the next becomes a proof in each of them."""
        text = self.document.text
        pieces = (piece for span in spans if span.start < span.end for piece in _pieces(self.document, span))
        unique = {(s.start, s.end, s.rule): s for s in pieces}
        return tuple(
            Evidence(s.start, s.end, text[s.start : s.end], s.rule, round(s.confidence, 3))
            for _, s in sorted(unique.items())
        )

    def place(self, span: Span) -> tuple[object, ...]:
        """What identifies a span for ever: offsets in a text format, native place and offsets within it in others."""
        sha = self.document.raw.sha256
        if self.document.text_is_file:
            return sha, span.start, span.end
        block = self.document.block_at(span.start, span.end)
        if block is None:
            return sha, span.start, span.end
        return sha, self.passage_ids[block.order], span.start - block.start, span.end - block.start


def _pieces(document: Document, span: Span) -> Iterator[Span]:
    """A key figure in its box, a title and its address: what is said runs over blocks that only the page joins."""
    if document.block_at(span.start, span.end) is not None:
        yield span
        return
    for block in document.leaves():
        start, end = max(span.start, block.start), min(span.end, block.end)
        shared = document.text[start:end]
        if shared.strip():
            start += len(shared) - len(shared.lstrip())
            yield replace(span, start=start, end=start + len(shared.strip()))


def to_fragment(reading: Reading, meta: ImportMeta, ledger: Mapping[str, Any] | None = None) -> Fragment:
    """Everything the reading found, with graph ids and checked-to-be evidence."""
    document = reading.document
    sha = document.raw.sha256
    builder = _Builder(reading, meta.document or make_id("document", sha))
    passages = _passages(builder)
    nodes = _nodes(builder)
    kept = {n.id for n in nodes}
    relations = [r for r in _relations(builder) if r.from_id in kept and r.to_id in kept]
    source = Source(
        id=make_id("source", sha), document=builder.document_id, name=document.raw.name, sha256=sha,
        format=document.format, text=document.text, data=document.raw.data, title=document.title,
        language=document.language, reader=document.reader, options=_options(document, meta), meeting=meta.meeting,
        date=meta.date, place=meta.place, visibility=meta.visibility,
        ledger=ledger if ledger is not None else document.ledger.to_json(),
    )  # fmt: skip
    return Fragment(source, tuple(passages), tuple(nodes), tuple(_unique(relations + _cross_links(builder))))


def _options(document: Document, meta: ImportMeta) -> dict[str, Any]:
    """How the file was read, with what a person chose for it: it is read so again when it is exported."""
    chosen = _known({"chosen_reader": document.raw.reader, "chosen_columns": dict(document.raw.columns) or None})
    chosen |= {AFTER: sorted(meta.after)} if meta.after else {}
    return {**document.options, **chosen}


def _passages(b: _Builder) -> list[Passage]:
    document, seen = b.document, dict[tuple[object, ...], int]()
    for block in document.blocks:
        stands = (block.start, block.end) if document.text_is_file else (block.place,)
        parts = (document.raw.sha256, block.kind.value, *stands)
        seen[parts] = seen.get(parts, 0) + 1  # several notes at one native place: counted in reading order
        b.passage_ids[block.order] = make_id("passage", *parts, *([seen[parts]] if seen[parts] > 1 else []))
    return [_passage(b, block) for block in document.blocks]


def _passage(b: _Builder, block: Block) -> Passage:
    parent = b.passage_ids.get(block.parent) if block.parent is not None else None
    return Passage(
        id=b.passage_ids[block.order], order=block.order, kind=block.kind.value, start=block.start, end=block.end,
        label=block.label, level=block.level, parent=parent, place=block.place,
        parent_confidence=block.parent_confidence, attributes=block.attributes,
    )  # fmt: skip


def _nodes(b: _Builder) -> list[Node]:
    r = b.reading
    made: list[Node] = []
    made += [_stakeholder(b, x) for x in r.stakeholders]
    made += [_theme(b, x) for x in r.themes]
    made += [_statement(b, x) for x in r.statements]
    made += [_figure(b, x) for x in r.figures]
    made += [_resource(b, x) for x in r.resources]
    made += [_event(b, x) for x in r.events]
    times = Counter(key(x.name) for x in r.initiatives)
    made += [_initiative(b, x, again=times[key(x.name)] > 1) for x in r.initiatives]
    persons = _persons(b)
    for attendee in r.attendees:
        if found := persons.get(key(attendee.name)):
            b.ids[attendee.id] = found
    return _joined(n for n in made if n.evidence)


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """One node per id: two findings that come to the same id join their evidence and names."""
    out: dict[str, Node] = {}
    for node in nodes:
        old = out.get(node.id)
        if old is None:
            out[node.id] = node
            continue
        names = dict.fromkeys((*old.aliases, node.label, *node.aliases))
        out[node.id] = Node(
            old.id, old.kind, old.label, tuple(dict.fromkeys((*old.evidence, *node.evidence))),
            tuple(a for a in names if a != old.label), {**node.attributes, **old.attributes}, old.merge_key,
        )  # fmt: skip
    return list(out.values())


def _known(pairs: Mapping[str, object | None]) -> dict[str, Any]:
    return {k: v for k, v in pairs.items() if v not in (None, "")}


def _stakeholder(b: _Builder, x: Stakeholder) -> Node:
    b.ids[x.id] = make_id(x.kind, key(x.name), b.document_id)
    aliases = tuple(dict.fromkeys(a for a in x.aliases if a != x.name))
    merge = merge_key(x.kind, x.name, b.document.language)
    return Node(b.ids[x.id], x.kind, x.name, b.evidence(x.mentions), aliases, dict(x.attributes), merge)


def _theme(b: _Builder, x: Theme) -> Node:
    b.ids[x.id] = make_id("theme", key(x.label))
    aliases = tuple(dict.fromkeys(a for a in x.aliases if a != x.label))
    return Node(b.ids[x.id], "theme", x.label, b.evidence(x.mentions), aliases)


def _statement(b: _Builder, x: Statement) -> Node:
    b.ids[x.id] = make_id(x.kind, *b.place(x.at))
    attributes = _known({"kind": x.subkind, "strength": x.strength, **x.attributes})
    return Node(b.ids[x.id], x.kind, x.text, b.evidence([x.at]), (), attributes)


def _figure(b: _Builder, x: Figure) -> Node:
    b.ids[x.id] = make_id("figure", *b.place(x.at))
    attributes = _known(
        {"value": x.value, "statement": x.statement, "source": x.source, "year": x.year, "unit": x.unit}
    )
    label = x.statement if x.value in x.statement else f"{x.value} {x.statement}".strip()
    return Node(b.ids[x.id], "figure", label, b.evidence([x.at]), (), attributes)


def _resource(b: _Builder, x: Resource) -> Node:
    b.ids[x.id] = make_id("resource", x.url) if x.url else make_id("resource", *b.place(x.at))
    attributes = _known({"url": x.url, "title": x.title, "author": x.author, "date": x.date})
    return Node(b.ids[x.id], "resource", x.title or x.url or "", b.evidence([x.at]), (), attributes)


def _event(b: _Builder, x: Event) -> Node:
    b.ids[x.id] = make_id("event", b.document_id, x.date or key(x.name))
    attributes = _known({"date": x.date, "place": x.place, "main": "yes" if x.main else None})
    return Node(b.ids[x.id], "event", x.name or x.date, b.evidence([x.at]), (), attributes)


def _initiative(b: _Builder, x: Initiative, *, again: bool) -> Node:
    """A name that stands once in a document is known by it alone; « Permanence » in six communes is six initiatives."""
    where = [x.where or "", *(x.attributes.get(name, "") for name in ("address", "latitude", "longitude"))]
    b.ids[x.id] = make_id("initiative", key(x.name), b.document_id, *(map(key, where) if again else ()))
    attributes = _known({"type": x.type, "where": x.where, "by": x.by, **x.attributes})
    return Node(b.ids[x.id], "initiative", x.name, b.evidence([x.at]), (), attributes)


def _persons(b: _Builder) -> dict[str, str]:
    """Persons by the keys of their names: relations on an attendee lead to the person that was made of the row."""
    out: dict[str, str] = {}
    for person in b.reading.stakeholders:
        if person.kind == "person":
            for name in (person.name, *person.aliases):
                out.setdefault(key(name), b.ids[person.id])
    return out


def _relations(b: _Builder) -> list[Relation]:
    out: list[Relation] = []
    for s in b.reading.statements:
        for kind, targets in (
            ("about", s.themes), ("made_by", s.made_by), ("concerns", s.concerns), ("responds_to", s.responds_to),
        ):  # fmt: skip
            out += [r for t in targets if (r := _relation(b, s.id, kind, t, s.at))]
    for figure in b.reading.figures:
        out += [r for t in figure.themes if (r := _relation(b, figure.id, "about", t, figure.at))]
    for link in b.reading.relations:
        made = _relation(b, link.source, link.type, link.target, link.at, dict(link.attributes))
        out += [made] if made else []
    return out + _broader(b)


def _relation(
    b: _Builder, source: str, kind: str, target: str, at: Span, attributes: Mapping[str, Any] | None = None
) -> Relation | None:
    ends = b.ids.get(source), b.ids.get(target)
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return None
    return Relation(ends[0], kind, ends[1], b.evidence([at]), attributes or {})


def _broader(b: _Builder) -> list[Relation]:
    """A broader theme is stated only where one passage speaks of both: a hop must have a sentence that shows it."""
    themes = {t.id: t for t in b.reading.themes}
    out: list[Relation] = []
    for theme in b.reading.themes:
        for other in (themes[i] for i in theme.broader if i in themes):
            block = _shared_block(b.document, theme.mentions, other.mentions)
            if block is not None:
                at = Span(block.start, block.end, "themes.thesaurus@1", 0.7)
                made = _relation(b, theme.id, "broader", other.id, at)
                out += [made] if made else []
    return out


def _shared_block(document: Document, one: list[Span], two: list[Span]) -> Block | None:
    blocks = {b.order: b for s in one if (b := document.block_at(s.start, s.end))}
    for span in two:
        block = document.block_at(span.start, span.end)
        if block is not None and block.order in blocks:
            return block
    return None


def _cross_links(b: _Builder) -> list[Relation]:
    """A map's own cross links join the things that its two topics state, or the topics themselves."""
    by_place = {x.place: x for x in b.document.blocks if x.kind is BlockKind.TOPIC and x.place}
    out: list[Relation] = []
    for link in b.document.cross_links:
        one, two = by_place.get(link.from_id), by_place.get(link.to_id)
        if one is None or two is None or one.start == one.end:
            continue
        evidence = b.evidence([Span(one.start, one.end, "map.cross_link@1")])
        ends = _stands_for(b, one), _stands_for(b, two)
        if ends[0] != ends[1]:
            attributes = _known({"label": link.label, "direction": link.direction})
            out.append(Relation(ends[0], "related", ends[1], evidence, attributes))
    return out


def _stands_for(b: _Builder, topic: Block) -> str:
    """The node a topic is known by: the statement it makes, else the theme it names, else its passage."""
    for statement in b.reading.statements:
        if topic.start <= statement.at.start and statement.at.end <= topic.end:
            return b.ids[statement.id]
    for theme in b.reading.themes:
        if any(topic.start <= m.start and m.end <= topic.end for m in theme.mentions):
            return b.ids[theme.id]
    return b.passage_ids[topic.order]


def _unique(relations: Iterable[Relation]) -> list[Relation]:
    """One relation per (from, type, to): evidence joined."""
    out: dict[tuple[str, str, str], Relation] = {}
    for r in relations:
        k = (r.from_id, r.type, r.to_id)
        old = out.get(k)
        merged = tuple(dict.fromkeys((*old.evidence, *r.evidence))) if old else r.evidence
        out[k] = Relation(*k, merged, {**r.attributes, **(old.attributes if old else {})})
    return list(out.values())
