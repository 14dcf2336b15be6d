"""A file read again, with the tree that people gave it in a store: what is exported is what they put right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.decided.tree import FUSED, of_document
from graph.model import Filter, Passage
from graph.outline import Boundary, CrossLink, LeftOut
from graph.store.base import Store
from ingest.document import Block, BlockKind, Document, Ledger, Shape

COUNTED = "blocks corrected by people"
_FROM_TEXT = (Shape.MARKDOWN, Shape.ROWS)  # trees that are read from the text, not from the blocks


def corrected(document: Document, store: Store, source: str) -> Document:
    """The document with the tree of this source in the store. Raises NotFound.

    The ledger counts the blocks that people changed, and tells the corrections that could not be laid.
    """
    read, shown = store.fragment(source).passages, store.passages(source)
    changed = _changed(read, shown)
    left_out = _waiting(store, source)
    if not changed and not left_out:
        return document
    if changed and [(p.kind, p.label, p.start) for p in read] != [(b.kind, b.label, b.start) for b in document.blocks]:
        left_out.append(_told(changed, "this file reads otherwise by now: import it again"))
        changed = 0
    ledger = _counted(document.ledger, changed, left_out)
    if not changed:
        return document.changed(ledger=ledger)
    laid = _laid(document, read, shown)
    lost = len(document.cross_links) - len(laid.cross_links)
    if lost:
        ledger.left_out.append(LeftOut("relations", "the store", lost, "between blocks that are one now"))
    return laid.changed(ledger=ledger)


def _changed(read: Sequence[Passage], shown: Sequence[Passage]) -> int:
    """How many blocks stand elsewhere, say something else, came or went."""
    before, now = ({p.id: (p.parent, p.label) for p in some} for some in (read, shown))
    kept = [p.id for p in read if p.id in now]
    order = {id_: n for n, id_ in enumerate(kept)}
    moved = {p.id for n, p in enumerate(q for q in shown if q.id in before) if order[p.id] != n}
    same = {id_ for id_ in before.keys() & now.keys() if before[id_] == now[id_]}
    return len(before.keys() | now.keys()) - len(same) or len(moved)


def _waiting(store: Store, source: str) -> list[LeftOut]:
    infos = store.sources(Filter(source=source))
    of_tree = of_document(store.decisions(), infos[0].id, infos[0].document) if infos else []
    waiting = sum(d.state == "waiting" for d in of_tree)
    return [_told(waiting, "their blocks are not found in this version")] if waiting else []


def _told(count: int, why: str) -> LeftOut:
    return LeftOut("corrections of the tree", "the store", count, why)


def _counted(ledger: Ledger, changed: int, left_out: Iterable[LeftOut]) -> Ledger:
    own = {COUNTED: changed} if changed else {}
    return Ledger({**ledger.found, **own}, {**ledger.kept, **own}, [*ledger.left_out, *left_out])


def _laid(document: Document, read: Sequence[Passage], shown: Sequence[Passage]) -> Document:
    by_id = {p.id: block for p, block in zip(read, document.blocks, strict=True)}
    order = {p.id: n for n, p in enumerate(shown)}
    blocks = [_block(p, n, by_id, document.blocks, order) for n, p in enumerate(shown)]
    places = {by_id[old].place: by_id[p.id].place for p in shown for old in _taken(p) if old in by_id and p.id in by_id}
    shape = Shape.ITEMS if document.shape in _FROM_TEXT else document.shape
    return document.changed(
        blocks=blocks,
        shape=shape,
        cross_links=list(_relinked(document.cross_links, places)),
        boundaries=[Boundary(tuple(places.get(t, t) for t in b.topics), b.label) for b in document.boundaries],
    )


def _taken(p: Passage) -> tuple[str, ...]:
    return tuple(p.attributes.get(FUSED, ()))


def _relinked(links: Iterable[CrossLink], places: Mapping[str, str]) -> Iterator[CrossLink]:
    """The relations with the ends that were taken in as what took them, those between both ends of one left out."""
    for link in links:
        moved = replace(link, from_id=places.get(link.from_id, link.from_id), to_id=places.get(link.to_id, link.to_id))
        if moved.from_id != moved.to_id or link.from_id == link.to_id:
            yield moved


def _block(p: Passage, n: int, by_id: Mapping[str, Block], read: Sequence[Block], order: Mapping[str, int]) -> Block:
    """The block of a passage at its place; one that was cut off carries nothing but its words."""
    own = by_id.get(p.id)
    block = own or next(b for b in read if b.kind == p.kind and b.start <= p.start and p.end <= b.end)
    carried: dict[str, Any] = dict(own.attributes) if own else {}
    for old in _taken(p):
        carried = _together(carried, by_id[old].attributes if old in by_id else {})
    return replace(
        block,
        order=n,
        label=p.label,
        level=p.level,
        parent=order.get(p.parent) if p.parent else None,
        place=block.place if own else "",
        parent_confidence=p.parent_confidence,
        kind=BlockKind(p.kind),
        attributes=carried,
    )


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What two blocks carry: lists one after the other, tables joined; of the rest what the first has."""
    out = {**other, **one}
    for name in one.keys() & other.keys():
        if isinstance(one[name], list) and isinstance(other[name], list):
            out[name] = [*one[name], *(value for value in other[name] if value not in one[name])]
        elif isinstance(one[name], dict) and isinstance(other[name], dict):
            out[name] = {**other[name], **one[name]}
    return out
