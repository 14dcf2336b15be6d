"""What a document says that nothing was read from: the share of its passages without a mention, and which they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from graph.errors import NotFound, StoreError
from graph.model import Mention, Passage, SourceInfo
from graph.store.base import Store

# They name or frame what follows: that nothing was read from one tells little, so they are counted apart.
HEADING, FURNITURE, SENTENCE = "heading", "furniture", "sentence"


@dataclass(frozen=True, slots=True)
class Silence:
    """`passages` that could say something, in reading order `silent` those without any mention; the rest apart."""

    source: SourceInfo
    passages: int
    characters: int
    silent: tuple[Passage, ...]
    headings: int
    silent_headings: tuple[Passage, ...]
    furniture: int

    @property
    def share(self) -> float:
        """Of the passages, 0-1; 0 where there are none."""
        return len(self.silent) / self.passages if self.passages else 0.0

    @property
    def silent_characters(self) -> int:
        return sum(p.end - p.start for p in self.silent)


def silence(store: Store, source: str) -> Silence:
    """The silence of one source (id, unique beginning of an id, or file name).

    A paragraph parted into sentences counts as its sentences; the heading row of a table counts as a heading. A
    passage is silent when no mention of a thing overlaps it. Raises NotFound; StoreError for an ambiguous name.
    """
    info = named_source(store, source)
    passages = store.passages(info.id)
    parted = {p.parent for p in passages if p.kind == SENTENCE}
    leaves = [p for p in passages if p.id not in parted and p.label.strip()]
    said = _Covered(store.mentions(info.id))
    framing = [p for p in leaves if p.kind == HEADING or p.attributes.get("header")]
    saying = [p for p in leaves if p.kind not in {HEADING, FURNITURE} and not p.attributes.get("header")]
    return Silence(
        source=info,
        passages=len(saying),
        characters=sum(p.end - p.start for p in saying),
        silent=tuple(p for p in saying if not said.touches(p)),
        headings=len(framing),
        silent_headings=tuple(p for p in framing if not said.touches(p)),
        furniture=sum(p.kind == FURNITURE for p in leaves),
    )


def named_source(store: Store, asked: str) -> SourceInfo:
    """The source with this id, file name or unique beginning of an id."""
    known = store.sources()
    found = [s for s in known if asked in {s.id, s.sha256, s.name}]
    found = found or [s for s in known if asked and s.id.removeprefix("source:").startswith(asked)]
    if len(found) > 1:
        raise StoreError(f"{asked!r} names several sources: {', '.join(s.id for s in found[:6])}")
    if not found:
        raise NotFound(asked)
    return found[0]


class _Covered:
    """Where mentions stand: whether any of them overlaps a passage, in time that does not grow with their number."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        spans = sorted((m.start, m.end) for m in mentions)
        self.starts = [start for start, _ in spans]
        self.reach = list(accumulate((end for _, end in spans), max))  # the furthest end so far

    def touches(self, passage: Passage) -> bool:
        before = bisect_left(self.starts, passage.end)
        return before > 0 and self.reach[before - 1] > passage.start


def answer(found: Silence) -> dict[str, Any]:
    """As plain data, for ``python -m graph silence --json``."""
    return {
        "source": found.source.id,
        "name": found.source.name,
        "passages": found.passages,
        "silent": len(found.silent),
        "share": round(found.share, 4),
        "characters": found.characters,
        "silent_characters": found.silent_characters,
        "headings": found.headings,
        "silent_headings": len(found.silent_headings),
        "furniture": found.furniture,
        "silent_passages": _rows(found.silent),
    }


def _rows(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    return [
        {"id": p.id, "kind": p.kind, "start": p.start, "end": p.end, "place": p.place, "label": p.label}
        for p in passages
    ]
