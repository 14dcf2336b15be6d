"""Spans of a text in order: which of them overlap a place, without asking each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """A fixed set of half-open spans; a question costs what it answers, where few spans hold others."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]
        self.reach = list(accumulate((end for _, end in self.spans), max))  # the furthest end so far

    def overlapping(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans that share a character with ``start:end``, in order.

        >>> Spans([(0, 4), (2, 9), (12, 15)]).overlapping(8, 13)
        [(2, 9), (12, 15)]
        """
        at = bisect_left(self.starts, end)
        found = []
        while at > 0 and self.reach[at - 1] > start:
            at -= 1
            if self.spans[at][1] > start:
                found.append(self.spans[at])
        return found[::-1]
