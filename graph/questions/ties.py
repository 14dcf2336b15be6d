"""What ties things together, summed so that a source can be added or taken off: pure, shared by every store.

Two things are tied by each relation that is stated between them and by each passage that mentions both. A store keeps
one tally per pair; a passage is of one source, so the tallies of sources add up.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from graph.decided.identity import canonical_json
from graph.model import Link

Pair: TypeAlias = tuple[str, str]  # ids of things as they answer, the first the smaller
Said: TypeAlias = tuple[str, str, float]  # thing, passage, confidence
Stated: TypeAlias = tuple[str, str, str, str, str, float]  # from, type, to, passage, label, confidence


@dataclass(slots=True)
class Tally:
    """Why two things are linked: passages, and how often each type (seen from the first), label and confidence."""

    passages: int = 0
    types: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    confidences: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally, times: int = 1) -> None:
        """Add another one, or take it off with -1."""
        self.passages += times * other.passages
        for own, more in zip(self._counts(), other._counts(), strict=True):
            for name, n in more.items():
                own[name] += times * n
                if not own[name]:
                    del own[name]

    def _counts(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        return self.types, self.labels, self.confidences

    def text(self) -> str:
        """One spelling per tally; the number of passages is kept apart."""
        return canonical_json([dict(counts) for counts in self._counts()])

    @classmethod
    def read(cls, passages: int, text: str) -> Tally:
        return cls(passages, *map(Counter, json.loads(text)))


def link_of(a: str, b: str, passages: int, text: str, *, turned: bool) -> Link:
    """The link from `a` to `b` that a tally gives; `turned` where `b` is the first of its pair."""
    types, confidence, label = _summed(text, turned)
    return Link(a, b, types, passages, confidence, label)


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
    seen: dict[Pair, set[str]] = defaultdict(set)
    for passage, things in _by_passage(said).items():
        for pair in _pairs(things, of):
            found[pair].confidences[_key(min(things[pair[0]], things[pair[1]]))] += 1
            seen[pair].add(passage)
    for one, type_, other, passage, label, confidence in stated:
        if one == other or (of is not None and one not in of and other not in of):
            continue
        pair = (one, other) if one < other else (other, one)
        tally = found[pair]
        tally.types[type_ if one < other else f"-{type_}"] += 1
        tally.confidences[_key(confidence)] += 1
        if label:
            tally.labels[label] += 1
        seen[pair].add(passage)
    for pair, tally in found.items():
        tally.passages = len(seen[pair])
    return dict(found)


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


def _key(confidence: float) -> str:
    return repr(float(confidence))


def changes(minus: Iterable[Mapping[Pair, Tally]], plus: Mapping[Pair, Tally]) -> dict[Pair, Tally]:
    """What is to be added to each pair when the first are taken off and the last is added."""
    out: dict[Pair, Tally] = {}
    for times, part in [*((-1, m) for m in minus), (1, plus)]:
        for pair, tally in part.items():
            out.setdefault(pair, Tally()).add(tally, times)
    return {pair: tally for pair, tally in out.items() if tally.passages or any(tally._counts())}
