"""What stores count for pages, so that no page walks everything: the first of many, links by kind, what is unread."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from graph.model import Passage

T = TypeVar("T")
UNSURE_BELOW = 0.6  # confidence under which a reading, or a parent, is asked about
DIGITS = 9  # of a weight: the logarithms of two stores may differ after them

# They name or frame what follows: that nothing was read from one tells little, so they are counted apart.
HEADING, FURNITURE, SENTENCE = "heading", "furniture", "sentence"
HEADER = '"header":true'  # in the attributes of the heading row of a table, as they are stored
BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace())  # what str.strip takes off


@dataclass(frozen=True, slots=True)
class First(Generic[T]):
    """The first of many, in the order of the question, and how many there are in all."""

    rows: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Unsure:
    """A block of a source whose parent was guessed."""

    source: str
    block: Passage
    parent: Passage


@dataclass(frozen=True, slots=True)
class Linked:
    """How many things of one kind something is linked to, and the id of the one that it is linked to most."""

    number: int
    first: str


@dataclass(frozen=True, slots=True)
class Unread:
    """How many passages of a source could say something, and how many of them no mention overlaps."""

    source: str
    passages: int
    silent: int

    @property
    def share(self) -> float:
        """Of the passages, 0-1; 0 where there are none."""
        return self.silent / self.passages if self.passages else 0.0


def weight(confidence: float, reach: int) -> float:
    """What a doubt weighs: how unsure it is, times (the logarithm of) how many sentences hang on it."""
    return round((1 - confidence) * math.log(2 + reach), DIGITS)


def unsure(source: str, passages: Sequence[Passage], below: float = UNSURE_BELOW) -> list[Unsure]:
    """The blocks of one source whose place in its tree was guessed, in reading order."""
    by_id = {p.id: p for p in passages}
    return [Unsure(source, p, by_id[p.parent]) for p in passages if p.parent in by_id and p.parent_confidence < below]


def leaves(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that are not blank; a paragraph parted into sentences counts as its sentences."""
    parted = {p.parent for p in passages if p.kind == SENTENCE}
    return [p for p in passages if p.id not in parted and p.label.strip()]


def frames(passage: Passage) -> bool:
    """Whether it names what follows: a heading, the heading row of a table."""
    return passage.kind == HEADING or bool(passage.attributes.get("header"))


def says(passage: Passage) -> bool:
    """Whether it could say something."""
    return passage.kind != FURNITURE and not frames(passage)


def unread(source: str, passages: Sequence[Passage], said: Iterable[tuple[int, int]]) -> Unread:
    """What is unread of one source; `said` are the spans of its mentions."""
    saying = [(p.start, p.end) for p in leaves(passages) if says(p)]
    return Unread(source, len(saying), silent(saying, said))


def silent(passages: Iterable[tuple[int, int]], said: Iterable[tuple[int, int]]) -> int:
    """How many of these spans nothing that was said overlaps."""
    covered = Covered(said)
    return sum(not covered.touches(*span) for span in passages)


class Covered:
    """Where mentions stand: whether any of them overlaps a span, in time that does not grow with their number."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self.reach = list(accumulate((end for _, end in ordered), max))  # the furthest end so far

    def touches(self, start: int, end: int) -> bool:
        before = bisect_left(self.starts, end)
        return before > 0 and self.reach[before - 1] > start
