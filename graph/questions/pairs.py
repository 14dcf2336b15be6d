"""Which things share most passages, from links that any store keeps: those of many passages are read first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeAlias

Pair: TypeAlias = tuple[str, str, int]  # ids, and passages that mention both
Found: TypeAlias = tuple[str, str, str, str, int]  # a, its kind, b, its kind, passages
_MOST = 256  # passages from which on links are read first; then of a quarter of them, and so on


def most_shared(read: Callable[[int], Iterable[Pair]], limit: int) -> list[Pair]:
    """The first pairs, by passages, then ids; `read` gives the pairs whose link has so many passages at least.

    A link counts the passages that mention both ends and those that state a relation between them: it has at least as
    many passages as its ends share. So links of few passages are read only where those of more were not enough.
    """
    least = _MOST
    while limit > 0:
        found = sorted(read(least), key=lambda pair: (-pair[2], pair[0], pair[1]))
        if least == 1 or (len(found) >= limit and found[limit - 1][2] >= least):
            return found[:limit]
        least = max(1, least // 4)
    return []


def as_asked(found: Iterable[Found], kinds_a: Collection[str], kinds_b: Collection[str]) -> Iterator[Pair]:
    """Pairs of which one end is of the first kinds and one of the others, in that order; in their own where both are.

    Those that share nothing are left out.
    """
    for a, kind_a, b, kind_b, n in found:
        if n and kind_a in kinds_a and kind_b in kinds_b:
            yield a, b, n
        elif n and kind_b in kinds_a and kind_a in kinds_b:
            yield b, a, n
