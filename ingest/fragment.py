"""From a reading to a fragment: the graph's ids are made here, from content alone.

Passages and statements: source bytes and span (text formats) or native place (others). Themes: the folded key of one
phrase. Stakeholders and initiatives: kind, folded name and document. Resources: their address where they have one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.model import Fragment, Node, Passage, Source, Visibility, make_id
from graph.text import key
from graph.versions.lineage import AFTER
from ingest.document import Block, Document
from ingest.extract.reading import (
    Event,
    Figure,
    Initiative,
    Reading,
    Resource,
    Stakeholder,
    Statement,
    Theme,
)
from ingest.fragment_builder import Builder, known
from ingest.fragment_relations import cross_links_of, stated, unique
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

    @classmethod
    def like(cls, source: Source) -> ImportMeta:
        """For what takes the place of a source: of the same meeting, seen by the same people."""
        return cls(meeting=source.meeting, date=source.date, place=source.place, visibility=source.visibility)


def to_fragment(reading: Reading, meta: ImportMeta, ledger: Mapping[str, Any] | None = None) -> Fragment:
    """Everything the reading found, with graph ids and checked-to-be evidence."""
    document = reading.document
    sha = document.raw.sha256
    builder = Builder(reading, meta.document or make_id("document", sha))
    passages = _passages(builder)
    nodes = _nodes(builder)
    kept = {n.id for n in nodes}
    relations = [r for r in stated(builder) if r.from_id in kept and r.to_id in kept]
    source = Source(
        id=make_id("source", sha), document=builder.document_id, name=document.raw.name, sha256=sha,
        format=document.format, text=document.text, data=document.raw.data, title=document.title,
        language=document.language, reader=document.reader, options=_options(document, meta), meeting=meta.meeting,
        date=meta.date, place=meta.place, visibility=meta.visibility,
        ledger=ledger if ledger is not None else document.ledger.to_json(),
    )  # fmt: skip
    return Fragment(source, tuple(passages), tuple(nodes), tuple(unique(relations + cross_links_of(builder))))


def _options(document: Document, meta: ImportMeta) -> dict[str, Any]:
    """How the file was read, with what a person chose for it: it is read so again when it is exported."""
    chosen = known({"chosen_reader": document.raw.reader, "chosen_columns": dict(document.raw.columns) or None})
    chosen |= {AFTER: sorted(meta.after)} if meta.after else {}
    return {**document.options, **chosen}


def _passages(b: Builder) -> list[Passage]:
    document, seen = b.document, dict[tuple[object, ...], int]()
    for block in document.blocks:
        stands = (block.start, block.end) if document.text_is_file else (block.place,)
        parts = (document.raw.sha256, block.kind.value, *stands)
        seen[parts] = seen.get(parts, 0) + 1  # several notes at one native place: counted in reading order
        b.passage_ids[block.order] = make_id("passage", *parts, *([seen[parts]] if seen[parts] > 1 else []))
    return [_passage(b, block) for block in document.blocks]


def _passage(b: Builder, block: Block) -> Passage:
    parent = b.passage_ids.get(block.parent) if block.parent is not None else None
    return Passage(
        id=b.passage_ids[block.order], order=block.order, kind=block.kind.value, start=block.start, end=block.end,
        label=block.label, level=block.level, parent=parent, place=block.place,
        parent_confidence=block.parent_confidence, attributes=block.attributes,
    )  # fmt: skip


def _nodes(b: Builder) -> list[Node]:
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
    """One node per id: findings that come to the same id join their evidence and names, the first said first."""
    same: dict[str, list[Node]] = {}
    for node in nodes:
        same.setdefault(node.id, []).append(node)
    return [_one(found) if len(found) > 1 else found[0] for found in same.values()]


def _one(found: Sequence[Node]) -> Node:
    """Nodes of one id, which may be thousands, joined at once."""
    first = found[0]
    names = dict.fromkeys((*first.aliases, *(name for node in found[1:] for name in (node.label, *node.aliases))))
    attributes = {name: value for node in reversed(found) for name, value in node.attributes.items()}
    return Node(
        first.id, first.kind, first.label, tuple(dict.fromkeys(e for node in found for e in node.evidence)),
        tuple(name for name in names if name != first.label), attributes, first.merge_key,
    )  # fmt: skip


def _stakeholder(b: Builder, x: Stakeholder) -> Node:
    b.ids[x.id] = make_id(x.kind, key(x.name), b.document_id)
    aliases = tuple(dict.fromkeys(a for a in x.aliases if a != x.name))
    merge = merge_key(x.kind, x.name, b.document.language)
    return Node(b.ids[x.id], x.kind, x.name, b.evidence(x.mentions), aliases, dict(x.attributes), merge)


def _theme(b: Builder, x: Theme) -> Node:
    b.ids[x.id] = make_id("theme", key(x.label))
    aliases = tuple(dict.fromkeys(a for a in x.aliases if a != x.label))
    return Node(b.ids[x.id], "theme", x.label, b.evidence(x.mentions), aliases)


def _statement(b: Builder, x: Statement) -> Node:
    b.ids[x.id] = make_id(x.kind, *b.place(x.at))
    attributes = known({"kind": x.subkind, "strength": x.strength, **x.attributes})
    return Node(b.ids[x.id], x.kind, x.text, b.evidence([x.at]), (), attributes)


def _figure(b: Builder, x: Figure) -> Node:
    b.ids[x.id] = make_id("figure", *b.place(x.at))
    attributes = known({"value": x.value, "statement": x.statement, "source": x.source, "year": x.year, "unit": x.unit})
    label = x.statement if x.value in x.statement else f"{x.value} {x.statement}".strip()
    return Node(b.ids[x.id], "figure", label, b.evidence([x.at]), (), attributes)


def _resource(b: Builder, x: Resource) -> Node:
    b.ids[x.id] = make_id("resource", x.url) if x.url else make_id("resource", *b.place(x.at))
    attributes = known({"url": x.url, "title": x.title, "author": x.author, "date": x.date})
    return Node(b.ids[x.id], "resource", x.title or x.url or "", b.evidence([x.at]), (), attributes)


def _event(b: Builder, x: Event) -> Node:
    b.ids[x.id] = make_id("event", b.document_id, x.date or key(x.name))
    places = " ; ".join(place for place, _ in x.places() if place)
    attributes = known({"date": x.date, "place": places, "main": "yes" if x.main else None})
    return Node(b.ids[x.id], "event", x.name or x.date, b.evidence(at for _, at in x.places()), (), attributes)


def _initiative(b: Builder, x: Initiative, *, again: bool) -> Node:
    """A name that stands once in a document is known by it alone; « Permanence » in six communes is six initiatives."""
    where = [x.where or "", *(x.attributes.get(name, "") for name in ("address", "latitude", "longitude"))]
    b.ids[x.id] = make_id("initiative", key(x.name), b.document_id, *(map(key, where) if again else ()))
    attributes = known({"type": x.type, "where": x.where, "by": x.by, **x.attributes})
    return Node(b.ids[x.id], "initiative", x.name, b.evidence([x.at]), (), attributes)


def _persons(b: Builder) -> dict[str, str]:
    """Persons by the keys of their names: relations on an attendee lead to the person that was made of the row."""
    out: dict[str, str] = {}
    for person in b.reading.stakeholders:
        if person.kind == "person":
            for name in (person.name, *person.aliases):
                out.setdefault(key(name), b.ids[person.id])
    return out
