"""What changed from one version of a document to the next: passages added, removed, moved, reworded. Pure.

Passages are paired by native id, by their text, by likeness within what stands around them; what is left over on one
side was added or removed. A file in another format is compared by its text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Passage
from graph.versions.reattach import native_id
from graph.versions.similar import ALIKE, WORTH, Alike, ratio, spelled

ADDED, REMOVED, MOVED, REWORDED = "added", "removed", "moved", "reworded"
KINDS = (ADDED, REMOVED, MOVED, REWORDED)
_LONGEST_GAP = 60  # passages between two that were found again, compared each with each
_NOT_READ = ("furniture",)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a passage: `what` is one of KINDS, or "moved" and "reworded" both."""

    what: tuple[str, ...]
    old: Passage | None
    new: Passage | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions: how many passages are as they were, and the changes in the order of the newer text."""

    same: int
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each of KINDS."""
        found = Counter(what for change in self.changes for what in change.what)
        return {kind: found[kind] for kind in KINDS}


class _Side:
    """The passages of a version that are compared: those that hold text of their own, in order."""

    def __init__(self, passages: Sequence[Passage], form: str) -> None:
        every = {p.id: p for p in passages}
        split = {p.parent for p in passages if p.kind == "sentence"}
        self.passages = [p for p in passages if p.kind not in _NOT_READ and p.id not in split and p.label.strip()]
        self.texts = [spelled(p.label) or p.label.strip() for p in self.passages]
        number = {p.id: n for n, p in enumerate(self.passages)}
        self.parents = [_above(p, every, number) for p in self.passages]
        # A topic and its note have one native id.
        self.native = [f"{id_} {p.kind}" if (id_ := native_id(form, p.place)) else "" for p in self.passages]

    @cached_property
    def children(self) -> Mapping[int, list[int]]:
        out: dict[int, list[int]] = defaultdict(list)
        for child, parent in enumerate(self.parents):
            out[parent].append(child)
        return out


def _above(passage: Passage, every: Mapping[str, Passage], number: Mapping[str, int]) -> int:
    """The number of the nearest passage above that is compared, or -1."""
    up = passage.parent
    while up is not None and up not in number:
        up = every[up].parent if up in every else None
    return -1 if up is None else number[up]


def compare(old: Sequence[Passage], new: Sequence[Passage], forms: tuple[str, str] = ("", "")) -> Comparison:
    """What changed between two versions, given by their passages in reading order and the formats of their files."""
    one, other = _Side(old, forms[0]), _Side(new, forms[1])
    to = _Pairing(one, other).run()
    moved = _moved(one, other, to)
    back = {there: here for here, there in to.items()}
    changes: list[tuple[float, Change]] = []
    for here, passage in enumerate(one.passages):
        if here not in to:
            changes.append((_place_of_gone(here, to), Change((REMOVED,), passage, None)))
    for there, passage in enumerate(other.passages):
        if there not in back:
            changes.append((there, Change((ADDED,), None, passage)))
            continue
        here = back[there]
        what = (MOVED,) * (here in moved) + (REWORDED,) * (one.texts[here] != other.texts[there])
        if what:
            changes.append((there, Change(what, one.passages[here], passage)))
    ordered = tuple(change for _, change in sorted(changes, key=lambda c: c[0]))
    return Comparison(len(to) - sum(bool(c.old and c.new) for c in ordered), ordered)


def _place_of_gone(here: int, to: Mapping[int, int]) -> float:
    """What is gone is told after what stood before it."""
    before = next((to[n] for n in range(here - 1, max(-1, here - _LONGEST_GAP), -1) if n in to), -1)
    return before + 0.5


class _Pairing:
    """Pairs the passages of two versions, the surest signs first; `to` leads from numbers of one to the other."""

    def __init__(self, one: _Side, other: _Side) -> None:
        self.one, self.other = one, other
        self.to: dict[int, int] = {}
        self.taken: set[int] = set()

    def run(self) -> dict[int, int]:
        self._by_key(lambda side, n: (side.native[n], side.texts[n]) if side.native[n] else None)
        self._by_native(WORTH)
        self._by_key(lambda side, n: side.texts[n], alone=True)
        self._by_key(lambda side, n: (side.texts[n], self._text(side, n - 1)), alone=True)
        self._by_key(lambda side, n: (side.texts[n], self._text(side, n + 1)), alone=True)
        self._by_key(lambda side, n: (side.texts[n], self._text(side, side.parents[n])))
        self._by_key(lambda side, n: side.texts[n])
        self._by_native(0.0)
        self._alike()
        self._by_children()
        self._in_gaps()
        return self.to

    @staticmethod
    def _text(side: _Side, n: int) -> str:
        return side.texts[n] if 0 <= n < len(side.texts) else ""

    def _pair(self, here: int, there: int) -> None:
        self.to[here] = there
        self.taken.add(there)

    def _left(self) -> tuple[list[int], list[int]]:
        return (
            [n for n in range(len(self.one.texts)) if n not in self.to],
            [n for n in range(len(self.other.texts)) if n not in self.taken],
        )

    def _by_key(self, key: Callable[[_Side, int], Hashable], *, alone: bool = False) -> None:
        """Pair what has the same key, in order; only where it is `alone` on both sides if asked."""
        here, there = (
            _groups(side, left, key) for side, left in zip((self.one, self.other), self._left(), strict=True)
        )
        for shared, olds in here.items():
            news = there.get(shared, [])
            if not alone or len(olds) == len(news) == 1:
                for pair in zip(olds, news, strict=False):
                    self._pair(*pair)

    def _by_native(self, least: float) -> None:
        """Pair what kept its native id and, where that is asked, enough of its text."""
        olds, news = self._left()
        here = _groups(self.one, olds, lambda side, n: side.native[n] or None)
        there = _groups(self.other, news, lambda side, n: side.native[n] or None)
        for id_, first in here.items():
            second = there.get(id_, [])
            if len(first) == len(second) == 1:
                share = ratio(self.one.texts[first[0]], self.other.texts[second[0]]) if least else 0.0
                if share >= least:
                    self._pair(first[0], second[0])

    def _alike(self) -> None:
        """Pair what was hardly reworded, wherever it went, the most alike first and then the nearest in order."""
        olds, news = self._left()
        index = Alike([self.other.texts[n] for n in news])
        found = [(-share, h, news[t]) for h in olds for share, t in index.to(self.one.texts[h], ALIKE)]
        for _, here, there in sorted(found):
            if here not in self.to and there not in self.taken:
                self._pair(here, there)

    def _by_children(self) -> None:
        """Pair a heading or topic in other words with the one under which most of its own are now."""
        for here in reversed(self._left()[0]):
            went = Counter(self.other.parents[self.to[c]] for c in self.one.children.get(here, ()) if c in self.to)
            there, votes = went.most_common(1)[0] if went else (-1, 0)
            own = len(self.one.children.get(here, ()))
            if there >= 0 and there not in self.taken and 2 * votes > max(own, len(self.other.children[there])):
                self._pair(here, there)

    def _in_gaps(self) -> None:
        """Pair what was reworded in its place: under the same parent, between the same neighbours, in order."""
        olds, news = self._left()
        here = _groups(self.one, olds, lambda side, n: self._gap(side, n, self.to))
        back = {there: n for n, there in self.to.items()}
        there = _groups(self.other, news, lambda side, n: self._gap(side, n, back, given_back=True))
        for gap, first in here.items():
            for pair in _in_order(self.one, first[:_LONGEST_GAP], self.other, there.get(gap, [])[:_LONGEST_GAP]):
                self._pair(*pair)

    def _gap(
        self, side: _Side, n: int, known: Mapping[int, int], *, given_back: bool = False
    ) -> tuple[int, int] | None:
        """The parent and the sibling before, by their numbers in the older version; None under an unknown parent."""
        parent = side.parents[n]
        if parent >= 0 and parent not in known:
            return None
        siblings = side.children[parent]
        at = bisect_left(siblings, n)
        before = next((s for s in reversed(siblings[max(0, at - _LONGEST_GAP) : at]) if s in known), -1)
        if given_back:
            return known.get(parent, -1), known.get(before, -1)
        return parent, before


def _groups(side: _Side, numbers: Iterable[int], key: Callable[[_Side, int], Hashable]) -> dict[Hashable, list[int]]:
    out: dict[Hashable, list[int]] = defaultdict(list)
    for n in numbers:
        out[key(side, n)].append(n)
    out.pop(None, None)
    return dict(out)


def _in_order(one: _Side, olds: Sequence[int], other: _Side, news: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs that do not cross, each of at least half the same text, taken from the first on."""
    start = 0
    for here in olds:
        shares = [(ratio(one.texts[here], other.texts[t]), -at) for at, t in enumerate(news) if at >= start]
        share, at = max(shares, default=(0.0, 0))
        if share >= WORTH:
            start = 1 - at
            yield here, news[-at]


def _moved(one: _Side, other: _Side, to: Mapping[int, int]) -> set[int]:
    """What stands under another parent, or in another order among those that stayed; a branch counts once."""
    moved: set[int] = set()
    for parent, children in one.children.items():
        there = to.get(parent, -1) if parent >= 0 else -1
        kept = [c for c in children if c in to]
        if parent >= 0 and parent not in to:  # the parent is gone: only what went elsewhere than its own place moved
            there = _nearest(one, parent, to)
        stayed = [c for c in kept if other.parents[to[c]] == there]
        moved.update(set(kept) - set(stayed))
        moved.update(set(stayed) - _longest_rise(stayed, to))
    return moved


def _nearest(side: _Side, n: int, to: Mapping[int, int]) -> int:
    """Where the nearest passage above that is still there is now, or -1."""
    while n >= 0 and n not in to:
        n = side.parents[n]
    return to[n] if n >= 0 else -1


def _longest_rise(numbers: Sequence[int], to: Mapping[int, int]) -> set[int]:
    """The most of these that keep their order."""
    ends: list[int] = []  # the smallest end of a rise of each length
    whose: list[int] = []
    before: dict[int, int | None] = {}
    for n in numbers:
        at = bisect_left(ends, to[n])
        before[n] = whose[at - 1] if at else None
        ends[at : at + 1], whose[at : at + 1] = [to[n]], [n]
    kept: set[int] = set()
    last = whose[-1] if whose else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
