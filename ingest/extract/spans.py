"""Spans of a text in order: which of them overlap a place, and whether it is free, without asking each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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


class Taken:
    """Spans apart from each other, to which others are added only where they share no character with one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def take(self, start: int, end: int) -> bool:
        """Add a span that is not empty; False where it is not free.

        >>> taken = Taken([(0, 4), (2, 6)])
        >>> taken.take(5, 8), taken.take(6, 8), taken.take(7, 9)
        (False, True, False)
        """
        at = bisect_right(self.ends, start)
        if at < len(self.starts) and self.starts[at] < end:
            return False
        self.starts.insert(at, start)
        self.ends.insert(at, end)
        return True
