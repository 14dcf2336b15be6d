"""How right merging by name is: pairs of names with homonyms in them, against the rules. What CI holds is in tests.

python tests/quality/identity.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[1])]

from graph.decided.identity import Candidate, canonical_ids  # noqa: E402
from graph.model import Thing  # noqa: E402
from graph.review.suggest import best  # noqa: E402
from ingest.resolve import merge_key  # noqa: E402


@dataclass(frozen=True)
class Pair:
    kind: str
    one: str
    other: str
    same: bool
    organisations: tuple[str, str]


@dataclass(frozen=True)
class Score:
    """`wrong`: pairs merged that are two things; `missed`: pairs that are one and neither merged nor offered."""

    pairs: int
    same: int
    merged: int
    offered: int
    wrong: tuple[Pair, ...]
    missed: tuple[Pair, ...]

    @property
    def precision(self) -> float:
        """Of the merges that were made by themselves."""
        return 1 - len(self.wrong) / self.merged

    @property
    def recall(self) -> float:
        """Share of the pairs that are one that are merged or offered."""
        return 1 - len(self.missed) / self.same


def pairs() -> Iterator[Pair]:
    for line in (HERE / "identity.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, one, other, same, *bodies = line.split("\t")
            first, second = (*bodies, "", "")[:2]
            yield Pair(kind, one, other, same == "yes", (first, second))


def merged(pair: Pair) -> bool:
    """Whether two documents that name these would have them as one by themselves."""
    keys = {merge_key(pair.kind, name) for name in (pair.one, pair.other)}
    rows = [Candidate(f"{n}", pair.kind, {"organisation": body}) for n, body in enumerate(pair.organisations)]
    return len(keys) == 1 and "" not in keys and len(set(canonical_ids(rows).values())) == 1


def offered(pair: Pair) -> bool:
    things = [Thing(f"{pair.kind}:{n}", pair.kind, name) for n, name in enumerate((pair.one, pair.other))]
    return bool(best(things, 10))


def score() -> Score:
    every = list(pairs())
    done = [p for p in every if merged(p)]
    left = [p for p in every if p.same and p not in done]
    missed = tuple(p for p in left if not offered(p))
    return Score(
        len(every), sum(p.same for p in every), len(done), len(left) - len(missed),
        tuple(p for p in done if not p.same), missed,
    )  # fmt: skip


def main() -> None:
    found = score()
    print(
        f"{found.pairs} pairs, {found.same} are one; {found.merged} merged by themselves, {found.offered} more offered"
    )
    print(f"precision of merges {found.precision:.3f}; merged or offered {found.recall:.3f}")
    for title, listed in (("wrong", found.wrong), ("missed", found.missed)):
        for pair in listed:
            print(f"  {title}: {pair.kind}: {pair.one} = {pair.other}")
    alone = sum(offered(p) for p in pairs() if not p.same and not merged(p))
    print(f"offered though they are two: {alone} of {found.pairs - found.same}")


if __name__ == "__main__":
    main()
