"""Short ways for the tests of readers of maps and graphs: what topics carry, what ties them, what was left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from ingest.document import Block, BlockKind, Document
from tests.reading import labels


def archive(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def _topics(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind is BlockKind.TOPIC]


def topics(document: Document) -> list[str]:
    """The labels of a graph, in which every node is a root."""
    assert all(b.parent is None for b in _topics(document))
    return labels(document, BlockKind.TOPIC)


def kinds(document: Document) -> dict[str, str]:
    return {b.label: b.attributes.get("kind", "topic") for b in _topics(document)}


def carried(document: Document, label: str) -> dict[str, object]:
    """What the first topic of this label carries."""
    return next(b.attributes for b in _topics(document) if b.label == label)


def notes(document: Document, role: str = "note") -> dict[str, str]:
    """Labels of topics with the text of their note or details."""
    return {
        document.blocks[b.parent or 0].label: document.text[b.start : b.end]
        for b in document.blocks
        if b.attributes.get("role") == role
    }


def links(document: Document) -> list[tuple[str, str, str, str]]:
    """From, to, label and direction of every cross link, the ends by their labels."""
    named = {b.place: b.label for b in _topics(document)}
    return [(named[x.from_id], named[x.to_id], x.label, x.direction) for x in document.cross_links]


def groups(document: Document) -> dict[str, list[str]]:
    """Titles of boundaries with the labels of what they are drawn around."""
    named = {b.place: b.label for b in _topics(document)}
    return {x.label: [named[t] for t in x.topics] for x in document.boundaries}


def left(document: Document) -> dict[str, int]:
    return {x.what: x.count for x in document.ledger.left_out}
