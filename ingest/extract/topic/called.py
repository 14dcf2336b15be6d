"""The topics that proposals call for: what is proposed is talked about, however seldom the text names it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from ingest.document import Block
from ingest.extract.reading import Reading, Statement
from ingest.extract.topic.thesaurus import thesaurus

MOST = 12  # further topics that only proposals name
# Set on the practice documents: of those named later in a proposal, or scored less (in a name), few were themes.
FIRST_PART, LEAST = 0.5, 1.0
LEAST_HEADED = 1.5  # where the heading names a chosen topic already


class Gathered(Protocol):
    """What is known of a topic: `spans` in the text; `telling`: some place names it by words that say much."""

    label: str
    concept: bool
    telling: bool
    spans: list[tuple[int, int]]

    @property
    def score(self) -> float: ...


T = TypeVar("T", bound=Gathered)


def called_for(reading: Reading, known: Sequence[T], chosen: Sequence[T]) -> list[T]:
    """The concepts that proposals name first, where they name no chosen topic; under a heading that does, the surer.

    Where the broader concept is chosen, what names the narrower one names it too.
    """
    places = _Places(known)
    first = {id(t) for t in chosen}
    covered = set(first)
    by_label = {t.label: t for t in chosen}
    broader = thesaurus(reading.document.language).broader
    called: list[T] = []
    for proposal in reading.of_kind("proposal"):
        start, end = proposal.at.start, proposal.at.end
        if places.any_of(covered, start, end):
            continue
        least = LEAST_HEADED if places.any_of(first, *_heading(reading, proposal)) else LEAST
        early = places.within(start, start + int(FIRST_PART * (end - start)))
        telling = [t for t in early if t.concept and t.telling and t.score >= least]
        if not telling:
            continue
        best = max(telling, key=lambda t: (t.score, t.label))
        covered.add(id(best))
        whole = by_label.get(broader.get(best.label, ""))
        if whole is None:
            called.append(best)
        else:
            whole.spans += best.spans
    return called[:MOST]


class _Places(Generic[T]):
    """The topics by the places that name them."""

    def __init__(self, known: Sequence[T]) -> None:
        self.known = known
        self.rows = sorted((s, n) for n, t in enumerate(known) for s, _ in t.spans)
        self.starts = [s for s, _ in self.rows]

    def within(self, start: int, end: int) -> list[T]:
        return [self.known[n] for _, n in self.rows[bisect_left(self.starts, start) : bisect_left(self.starts, end)]]

    def any_of(self, ids: set[int], start: int, end: int) -> bool:
        return any(id(t) in ids for t in self.within(start, end))


def headings_of_proposals(reading: Reading) -> list[Block]:
    """The nearest heading of every proposal, in the order of the text."""
    found: dict[int, Block] = {}
    for proposal in reading.of_kind("proposal"):
        block = reading.document.block_at(proposal.at.start, proposal.at.end)
        heading = reading.document.heading_of(block) if block is not None else None
        if heading is not None:
            found[heading.order] = heading
    return [found[order] for order in sorted(found)]


def _heading(reading: Reading, proposal: Statement) -> tuple[int, int]:
    block = reading.document.block_at(proposal.at.start, proposal.at.end)
    heading = reading.document.heading_of(block) if block is not None else None
    return (heading.start, heading.end) if heading is not None else (0, 0)
