"""What ties things together, summed so that a source can be added or taken off: pure, shared by every store.

Two things are tied by each relation that is stated between them and by each passage that mentions both. A store keeps
one tally per pair; a passage is of one source, so the tallies of sources add up.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from graph.decided.identity import canonical_json
from graph.model import Link, Tied

Pair: TypeAlias = tuple[str, str]  # ids of things as they answer, the first the smaller
Said: TypeAlias = tuple[str, str, float]  # thing, passage, confidence
Stated: TypeAlias = tuple[str, str, str, str, str, float]  # from, type, to, passage, label, confidence


Counts: TypeAlias = dict[str, int]
Reason: TypeAlias = tuple[int, str, str, str]  # passages, type seen from the first, label, confidence; "" for none


class Tally:
    """Why two things are linked: passages, and how often each type (seen from the first), label and confidence.

    It never changes. Most pairs of a source are linked for the same few reasons: from one tally each further reason
    leads to one other, so that a source has few of them, and each is spelled once.
    """

    __slots__ = ("_after", "_text", "confidences", "labels", "passages", "types")

    def __init__(
        self,
        passages: int = 0,
        types: Counts | None = None,
        labels: Counts | None = None,
        confidences: Counts | None = None,
    ) -> None:
        self.passages, self.types, self.labels, self.confidences = (
            passages,
            types or {},
            labels or {},
            confidences or {},
        )
        self._after: dict[Reason, Tally] = {}
        self._text = ""

    def after(self, reason: Reason) -> Tally:
        """This one with one more reason."""
        found = self._after.get(reason)
        if found is None:
            passages, *names = reason
            counts = (
                _plus(own, {name: 1}, 1) if name else own for own, name in zip(self._counts(), names, strict=True)
            )
            found = self._after[reason] = Tally(self.passages + passages, *counts)
        return found

    def plus(self, other: Tally, times: int = 1) -> Tally:
        """This one with another one, or without it with -1."""
        both = zip(self._counts(), other._counts(), strict=True)
        return Tally(self.passages + times * other.passages, *(_plus(own, more, times) for own, more in both))

    def __bool__(self) -> bool:
        """Whether it counts anything."""
        return bool(self.passages or self.confidences or self.types or self.labels)

    def _counts(self) -> tuple[Counts, Counts, Counts]:
        return self.types, self.labels, self.confidences

    def text(self) -> str:
        """One spelling per tally; the number of passages is kept apart."""
        self._text = self._text or canonical_json(self._counts())
        return self._text

    @classmethod
    def read(cls, passages: int, text: str) -> Tally:
        return cls(passages, *_read(text))


def _plus(own: Counts, more: Counts, times: int) -> Counts:
    """The sum of two counts, without what is counted no more; neither is changed."""
    if not more:
        return own
    summed = {**own, **{name: own.get(name, 0) + times * n for name, n in more.items()}}
    return {name: n for name, n in summed.items() if n}


@lru_cache(maxsize=4_096)  # most links are alike but for their ends
def _read(text: str) -> tuple[Counts, Counts, Counts]:
    types, labels, confidences = json.loads(text)
    return types, labels, confidences


def link_of(a: str, b: str, passages: int, text: str, *, turned: bool) -> Link:
    """The link from `a` to `b` that a tally gives; `turned` where `b` is the first of its pair."""
    types, confidence, label = _summed(text, turned)
    return Link(a, b, types, passages, confidence, label)


def tied(links: Iterable[tuple[str, int, bool]]) -> dict[str, Tied]:
    """What several things are linked to, from their links: what each leads to, its passages, whether it is stated."""
    out: dict[str, tuple[int, int, bool]] = {}
    for other, passages, stated in links:
        things, before, was = out.get(other, (0, 0, False))
        out[other] = (things + 1, before + passages, was or stated)
    return {other: Tied(*summed) for other, summed in out.items()}


@lru_cache(maxsize=4_096)  # most links are alike but for their ends
def _summed(text: str, turned: bool) -> tuple[tuple[str, ...], float, str]:
    types, labels, confidences = json.loads(text)
    seen = (_turned(t) for t in types) if turned else types
    ordered = tuple(sorted(seen, key=lambda t: (t.lstrip("-"), t)))
    return ordered, max(map(float, confidences)), max(labels, default="")


def _turned(type_: str) -> str:
    return type_[1:] if type_.startswith("-") else f"-{type_}"


def tallies(said: Iterable[Said], stated: Iterable[Stated], of: Collection[str] | None = None) -> dict[Pair, Tally]:
    """What these mentions and relations tie, things by two; with `of`, only what has one of these as an end.

    A thing is counted once per passage, with its best confidence there, however often the passage names it.
    """
    found: dict[Pair, Tally] = {}
    none = Tally()
    passages = _by_passage(said)
    for things in passages.values():
        for pair in _pairs(things, of):
            one, other = pair
            found[pair] = found.get(pair, none).after(_shared(min(things[one], things[other])))
    counted: set[tuple[Pair, str]] = set()
    for one, type_, other, passage, label, confidence in stated:
        if one == other or (of is not None and one not in of and other not in of):
            continue
        pair, seen = ((one, other), type_) if one < other else ((other, one), f"-{type_}")
        named = passages.get(passage, {})
        is_new = not (one in named and other in named) and (pair, passage) not in counted
        if is_new:
            counted.add((pair, passage))
        found[pair] = found.get(pair, none).after((int(is_new), seen, label, _key(confidence)))
    return found


def _by_passage(said: Iterable[Said]) -> dict[str, dict[str, float]]:
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for thing, passage, confidence in said:
        things = out[passage]
        if confidence > things.get(thing, -1.0):  # a confidence is at least 0
            things[thing] = confidence
    return out


def _pairs(things: Mapping[str, float], of: Collection[str] | None) -> Iterable[Pair]:
    if of is None:
        return combinations(sorted(things), 2)
    ends = [thing for thing in things if thing in of]
    return {(min(a, b), max(a, b)) for a in ends for b in things if a != b}


@lru_cache(maxsize=4_096)
def _key(confidence: float) -> str:
    return repr(float(confidence))


@lru_cache(maxsize=4_096)
def _shared(confidence: float) -> Reason:
    """The reason that a passage which names both is."""
    return 1, "", "", _key(confidence)


def changes(minus: Iterable[Mapping[Pair, Tally]], plus: Mapping[Pair, Tally]) -> dict[Pair, Tally]:
    """What is to be added to each pair when the first are taken off and the last is added."""
    taken = [part for part in minus if part]
    if not taken:
        return dict(plus)
    none = Tally()
    out: dict[Pair, Tally] = {}
    for times, part in [*((-1, part) for part in taken), (1, plus)]:
        for pair, tally in part.items():
            out[pair] = out.get(pair, none).plus(tally, times)
    return {pair: tally for pair, tally in out.items() if tally}
