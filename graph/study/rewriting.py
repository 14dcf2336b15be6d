"""A text in which spans were replaced, and where every other span went: what was a verbatim quotation stays one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

Replacement = tuple[int, int, str]  # start, end, what stands there instead


@dataclass(frozen=True)
class Rewritten:
    """`replacements` are in order and do not overlap; offsets are code points of `original`."""

    original: str
    replacements: tuple[Replacement, ...]

    @cached_property
    def text(self) -> str:
        """The new text.

        >>> Rewritten("de Zoé à Luc", ((3, 6, "P1"), (9, 12, "P2"))).text
        'de P1 à P2'
        """
        parts, at = [], 0
        for start, end, instead in self.replacements:
            parts += [self.original[at:start], instead]
            at = end
        return "".join((*parts, self.original[at:]))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span went; one that cuts through a replaced span is widened to hold all of it.

        >>> rewritten = Rewritten("de Zoé à Luc", ((3, 6, "P1"),))
        >>> rewritten.span(7, 8), rewritten.span(4, 8)
        ((6, 7), (3, 7))
        """
        return self._moved(start, ends=False), self._moved(end, ends=True)

    def _moved(self, offset: int, *, ends: bool) -> int:
        at = (bisect_left if ends else bisect_right)(self._starts, offset) - 1
        if at < 0:
            return offset
        start, end, instead = self.replacements[at]
        new = start + (self._shifts[at - 1] if at else 0)
        if offset >= end:
            return offset + self._shifts[at]
        return new + len(instead) if ends else new

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self.replacements]

    @cached_property
    def _shifts(self) -> list[int]:
        """How far what follows each replacement moved."""
        return list(accumulate(len(instead) - (end - start) for start, end, instead in self.replacements))


def apart(found: Iterable[Replacement]) -> tuple[Replacement, ...]:
    """The replacements in order; of those that overlap, the one that begins first, then the longest."""
    out: list[Replacement] = []
    for one in sorted(found, key=lambda r: (r[0], -r[1])):
        if not out or one[0] >= out[-1][1]:
            out.append(one)
    return tuple(out)
