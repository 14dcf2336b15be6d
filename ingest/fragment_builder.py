"""Ids and proofs of one reading: what the nodes and the relations of a fragment are made with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.model import Evidence
from ingest.document import Document
from ingest.extract.reading import (
    Reading,
    Span,
)


@dataclass
class Builder:
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


def known(pairs: Mapping[str, object | None]) -> dict[str, Any]:
    return {k: v for k, v in pairs.items() if v not in (None, "")}
