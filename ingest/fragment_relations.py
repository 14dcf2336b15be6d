"""The relations of a fragment, each with the span that states it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from graph.model import Relation
from ingest.document import Block, BlockKind, Document
from ingest.extract.reading import Span, Stakeholder, Statement, Theme
from ingest.fragment_builder import Builder, known

MAX_BESIDE = 4  # characters of a topic beside the name that it is known by: an article, a number


def stated(b: Builder) -> list[Relation]:
    out: list[Relation] = []
    for s in b.reading.statements:
        out += [r for t in s.themes if (r := _relation(b, s.id, "about", t, *_shown(s, t)))]
        for kind, targets in (("made_by", s.made_by), ("concerns", s.concerns), ("responds_to", s.responds_to)):
            out += [r for t in targets if (r := _relation(b, s.id, kind, t, s.at))]
    for figure in b.reading.figures:
        out += [r for t in figure.themes if (r := _relation(b, figure.id, "about", t, figure.at))]
    for link in b.reading.relations:
        made = _relation(b, link.source, link.type, link.target, link.at, attributes=dict(link.attributes))
        out += [made] if made else []
    return out + _broader(b)


def _shown(statement: Statement, theme: str) -> list[Span]:
    """What states that a statement is about a theme: its own words, and the line above that names the theme for it."""
    named = statement.named_in.get(theme)
    if named is None:
        return [statement.at]
    own = replace(statement.at, rule=named.rule, confidence=named.confidence)
    return [own] if own.start <= named.start and named.end <= own.end else [named, own]


def _relation(
    b: Builder, source: str, kind: str, target: str, *at: Span, attributes: Mapping[str, Any] | None = None
) -> Relation | None:
    ends = b.ids.get(source), b.ids.get(target)
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return None
    return Relation(ends[0], kind, ends[1], b.evidence(at), attributes or {})


def _broader(b: Builder) -> list[Relation]:
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


def cross_links_of(b: Builder) -> list[Relation]:
    """A map's own cross links join the things that its two topics state, or the topics themselves."""
    by_place = {x.place: x for x in b.document.blocks if x.kind is BlockKind.TOPIC and x.place}
    said = _Said.of(b)
    out: list[Relation] = []
    for link in b.document.cross_links:
        one, two = by_place.get(link.from_id), by_place.get(link.to_id)
        if one is None or two is None or one.start == one.end:
            continue
        evidence = b.evidence([Span(one.start, one.end, "map.cross_link@1")])
        ends = [said.by(topic) or b.passage_ids[topic.order] for topic in (one, two)]
        if ends[0] != ends[1]:
            attributes = known({"label": link.label, "direction": link.direction})
            out.append(Relation(ends[0], "related", ends[1], evidence, attributes))
    return out


@dataclass(frozen=True)
class _Said:
    """Where statements and things stand, in order: a map of ten thousand arrows does not go through all of them."""

    statements: list[tuple[int, int, int, str]]  # start, end, which of them it is, id
    things: list[tuple[int, int, int, str]]

    @classmethod
    def of(cls, b: Builder) -> _Said:
        statements = (
            (s.at.start, s.at.end, n, b.ids[s.id]) for n, s in enumerate(b.reading.statements) if s.id in b.ids
        )
        named: list[Theme | Stakeholder] = [*b.reading.themes, *b.reading.stakeholders]
        things = ((m.start, m.end, n, b.ids[t.id]) for n, t in enumerate(named) if t.id in b.ids for m in t.mentions)
        return cls(sorted(statements), sorted(things))

    def by(self, topic: Block) -> str:
        """The node a topic became: the statement it makes, the theme or stakeholder it is called by; or empty.

        A theme that it only names among other words is not what the author drew an arrow to.
        """
        statements = [(n, id_) for _, end, n, id_ in _from(self.statements, topic) if end <= topic.end]
        if statements:
            return min(statements)[1]
        things = [(n, id_) for start, end, n, id_ in _from(self.things, topic) if _is_all_of(topic, start, end)]
        return min(things)[1] if things else ""


def _from(rows: list[tuple[int, int, int, str]], topic: Block) -> list[tuple[int, int, int, str]]:
    """What begins within a topic."""
    first, last = (bisect_left(rows, at, key=itemgetter(0)) for at in (topic.start, topic.end + 1))
    return rows[first:last]


def _is_all_of(topic: Block, start: int, end: int) -> bool:
    """Whether nothing but an article or signs stand beside a mention in a topic: « Le vélo »."""
    beside = len(topic.label) - (bisect_left(topic.offsets, end) - bisect_left(topic.offsets, start))
    return topic.start <= start and end <= topic.end and beside <= MAX_BESIDE


def unique(relations: Iterable[Relation]) -> list[Relation]:
    """One relation per (from, type, to): evidence joined."""
    out: dict[tuple[str, str, str], Relation] = {}
    for r in relations:
        k = (r.from_id, r.type, r.to_id)
        old = out.get(k)
        merged = tuple(dict.fromkeys((*old.evidence, *r.evidence))) if old else r.evidence
        out[k] = Relation(*k, merged, {**r.attributes, **(old.attributes if old else {})})
    return list(out.values())
