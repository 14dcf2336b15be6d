"""What ties things together, summed so that a source can be added or taken off: pure, shared by every store.

Two things are tied by each relation that is stated between them and by each passage that mentions both. A store keeps
one tally per pair; a passage is of one source, so the tallies of sources add up.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from graph.decided.identity import canonical_json
from graph.model import Link, Tied

Pair: TypeAlias = tuple[str, str]  # ids of things as they answer, the first the smaller
Said: TypeAlias = tuple[str, str, float]  # thing, passage, confidence
Stated: TypeAlias = tuple[str, str, str, str, str, float]  # from, type, to, passage, label, confidence


Counts: TypeAlias = dict[str, int]


@dataclass(slots=True)
class Tally:
    """Why two things are linked: passages, and how often each type (seen from the first), label and confidence."""

    passages: int = 0
    types: Counts = field(default_factory=dict)
    labels: Counts = field(default_factory=dict)
    confidences: Counts = field(default_factory=dict)

    def add(self, other: Tally, times: int = 1) -> None:
        """Add another one, or take it off with -1."""
        self.passages += times * other.passages
        for own, more in zip(self._counts(), other._counts(), strict=True):
            for name, n in more.items():
                left = own.get(name, 0) + times * n
                if left:
                    own[name] = left
                else:
                    own.pop(name, None)

    def __bool__(self) -> bool:
        """Whether it counts anything."""
        return bool(self.passages or self.confidences or self.types or self.labels)

    def _counts(self) -> tuple[Counts, Counts, Counts]:
        return self.types, self.labels, self.confidences

    def text(self) -> str:
        """One spelling per tally; the number of passages is kept apart."""
        return _spelled(*map(_ordered, self._counts()))

    @classmethod
    def read(cls, passages: int, text: str) -> Tally:
        return cls(passages, *map(dict, json.loads(text)))


def _ordered(counts: Counts) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items()) if len(counts) > 1 else counts.items())


@lru_cache(maxsize=4_096)  # most tallies count one passage
def _spelled(*counts: tuple[tuple[str, int], ...]) -> str:
    return canonical_json([dict(one) for one in counts])


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
    found: dict[Pair, Tally] = defaultdict(Tally)
    passages = _by_passage(said)
    for things in passages.values():
        for pair in _pairs(things, of):
            tally = found[pair]
            tally.passages += 1
            _count(tally.confidences, _key(min(things[pair[0]], things[pair[1]])))
    counted: set[tuple[Pair, str]] = set()
    for one, type_, other, passage, label, confidence in stated:
        if one == other or (of is not None and one not in of and other not in of):
            continue
        pair = (one, other) if one < other else (other, one)
        tally = found[pair]
        _count(tally.types, type_ if one < other else f"-{type_}")
        _count(tally.confidences, _key(confidence))
        if label:
            _count(tally.labels, label)
        named = passages.get(passage, {})
        if not (one in named and other in named) and (pair, passage) not in counted:
            counted.add((pair, passage))
            tally.passages += 1
    return dict(found)


def _count(counts: Counts, name: str) -> None:
    counts[name] = counts.get(name, 0) + 1


def _by_passage(said: Iterable[Said]) -> dict[str, dict[str, float]]:
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for thing, passage, confidence in said:
        things = out[passage]
        things[thing] = max(confidence, things.get(thing, 0.0))
    return out


def _pairs(things: Mapping[str, float], of: Collection[str] | None) -> Iterable[Pair]:
    if of is None:
        return combinations(sorted(things), 2)
    ends = [thing for thing in things if thing in of]
    return {(min(a, b), max(a, b)) for a in ends for b in things if a != b}


@lru_cache(maxsize=4_096)
def _key(confidence: float) -> str:
    return repr(float(confidence))


def changes(minus: Iterable[Mapping[Pair, Tally]], plus: Mapping[Pair, Tally]) -> dict[Pair, Tally]:
    """What is to be added to each pair when the first are taken off and the last is added."""
    taken = [part for part in minus if part]
    if not taken:
        return dict(plus)
    out: dict[Pair, Tally] = {}
    for times, part in [*((-1, part) for part in taken), (1, plus)]:
        for pair, tally in part.items():
            out.setdefault(pair, Tally()).add(tally, times)
    return {pair: tally for pair, tally in out.items() if tally}
