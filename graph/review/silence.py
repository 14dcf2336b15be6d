"""What a document says that nothing was read from: the share of its passages without a mention, and which they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import NotFound, StoreError
from graph.model import Passage, SourceInfo
from graph.questions.counted import FURNITURE, Covered, frames, leaves, says
from graph.store.base import Store


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
    read = leaves(store.passages(info.id))
    said = Covered((m.start, m.end) for m in store.mentions(info.id))
    framing, saying = [p for p in read if frames(p)], [p for p in read if says(p)]
    return Silence(
        source=info,
        passages=len(saying),
        characters=sum(p.end - p.start for p in saying),
        silent=tuple(p for p in saying if not said.touches(p.start, p.end)),
        headings=len(framing),
        silent_headings=tuple(p for p in framing if not said.touches(p.start, p.end)),
        furniture=sum(p.kind == FURNITURE for p in read),
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
