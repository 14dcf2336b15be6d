"""What the commands of ``python -m graph`` answer, as plain data: the JSON of design.md, from any store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import NotFound
from graph.model import Decision, Hop, Path, Thing
from graph.questions.paths import explained_paths
from graph.questions.ranking import folded_label
from graph.store.base import Store
from ontology import load

MOST_SHOWN = 1_000  # pieces of evidence and neighbours of one thing

Answer = dict[str, Any]


def find(store: Store, asked: str) -> Thing:
    """The thing with this id, else with exactly this label, else the best match of a search. Raises NotFound."""
    if thing := store.get(asked):
        return thing
    spoken = [kind for kind, spec in load().kinds.items() if spec.role != "text"]
    hits = store.search(asked, spoken, limit=10)
    exact = [hit for hit in hits if folded_label(hit.label) == folded_label(asked)]
    if not hits:
        raise NotFound(asked)
    return store.things([hit.id for hit in hits])[(exact or hits)[0].id]


def search(store: Store, text: str, kinds: Sequence[str], limit: int) -> Answer:
    for kind in kinds:
        load().kind(kind)
    hits = store.search(text, kinds, limit=limit)
    return {
        "results": [{"id": h.id, "kind": h.kind, "label": h.label, "score": h.score, "quote": h.quote} for h in hits]
    }


def show(store: Store, asked: str) -> Answer:
    """A thing with its evidence and neighbours; a passage with its place and what is said in it. Raises NotFound."""
    if found := store.passage(asked):
        return _passage(store, *found)
    thing = find(store, asked)
    evidence = [
        {name: getattr(m, name) for name in ("source", "start", "end", "quote", "rule", "confidence")}
        for m in store.evidence(thing.id, limit=MOST_SHOWN)
    ]
    return {
        "id": thing.id,
        "kind": thing.kind,
        "label": thing.label,
        "aliases": list(thing.aliases),
        "attributes": dict(thing.attributes),
        "evidence": evidence,
        "neighbours": _neighbours(store, thing.id),
    }


def _neighbours(store: Store, thing: str) -> list[Answer]:
    links = store.neighbours(thing, limit=MOST_SHOWN)
    others = store.things(link.b for link in links)
    out = []
    for link in links:
        for type_ in link.types or ("mentions",):
            direction = "both" if type_ == "mentions" else "in" if type_.startswith("-") else "out"
            out.append({"type": type_.removeprefix("-"), "direction": direction, **_named(others[link.b])})
    return out


def _passage(store: Store, source: str, passage: Any) -> Answer:
    text = store.source(source).text
    said = [m.node for m in store.mentions(source) if m.passage == passage.id]
    things = store.things(said)
    span = {"source": source, "start": passage.start, "end": passage.end, "quote": text[passage.start : passage.end]}
    return {
        "id": passage.id,
        "kind": "passage",
        "label": passage.label,
        "aliases": [],
        "attributes": {"kind": passage.kind, "level": passage.level, "place": passage.place, **passage.attributes},
        "evidence": [{**span, "rule": "", "confidence": 1.0}],
        "neighbours": [{"type": "mentions", "direction": "out", **_named(t)} for t in things.values()],
    }


def _named(thing: Thing) -> Answer:
    return {"id": thing.id, "kind": thing.kind, "label": thing.label}


def paths(store: Store, a: str, b: str, k: int) -> Answer:
    """Raises NotFound where an end answers to nothing."""
    one, other = find(store, a), find(store, b)
    return {"paths": [_path(p) for p in explained_paths(store, one.id, other.id, k)]}


def _path(path: Path) -> Answer:
    return {"cost": path.cost, "nodes": [_named(n) for n in path.nodes], "hops": [_hop(h) for h in path.hops]}


def _hop(hop: Hop) -> Answer:
    ends = {"from": hop.from_id, "to": hop.to_id, "type": hop.type}
    return {**ends, "source": hop.source, "start": hop.start, "end": hop.end, "quote": hop.quote}


def decision(d: Decision) -> Answer:
    names = ("id", "kind", "target", "value", "anchor", "actor", "at", "reason", "state")
    return {name: dict(v) if isinstance(v := getattr(d, name), Mapping) else str(v) for name in names}
