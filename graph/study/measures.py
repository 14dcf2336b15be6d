"""Where themes and statements stand in the whole: how central each is, and which ones hold together.

References: V. Blondel and others, Fast unfolding of communities in large networks (2008); U. Brandes, On variants of
shortest-path betweenness centrality and their generic computation (2008), whose pivots are drawn under the seed.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.model import Thing
from graph.study.ties import Progress, Ties, no_progress

SEED = 20
# Visits of a thing or tie that betweenness may cost, about 3 s of processor; a small graph is taken from every one.
WORK = 1_500_000
FEWEST_PIVOTS = 20
CHUNK = 5  # pivots between two reports of progress


@dataclass(frozen=True, slots=True)
class Place:
    """One theme or statement: how many it is tied to, in how many passages, the share of the shortest ways between two
    others that go through it (0-1), and the number of the community that it is in."""

    thing: Thing
    degree: int
    passages: int
    between: float
    community: int


@dataclass(frozen=True, slots=True)
class Measured:
    """`places` by passages, most first; `communities` by size, each with the ids in it; `pivots` of `tied` things."""

    places: tuple[Place, ...]
    communities: tuple[tuple[str, ...], ...]
    tied: int
    ties: int
    pivots: int
    seed: int

    def community_of(self) -> dict[str, int]:
        return {id_: number for number, ids in enumerate(self.communities) for id_ in ids}


def measure(ties: Ties, *, seed: int = SEED, progress: Progress = no_progress) -> Measured:
    """All measures; the same ties and seed give the same answer. `progress` may raise to cancel."""
    near = ties.near()
    found = communities(near, seed=seed, progress=lambda share: progress(0.5 * share))
    between, pivots = betweenness(near, seed=seed, progress=lambda share: progress(0.5 + 0.5 * share))
    progress(1.0)
    return placed(ties, near, found, between, pivots, seed)


def placed(
    ties: Ties,
    near: Mapping[str, Mapping[str, int]],
    found: Sequence[tuple[str, ...]],
    between: Mapping[str, float],
    pivots: int,
    seed: int,
) -> Measured:
    """What was measured of ties, put together by theme and statement; what `between` does not hold is 0."""
    number = {id_: n for n, ids in enumerate(found) for id_ in ids}
    places = [
        Place(ties.things[id_], len(others), sum(others.values()), between.get(id_, 0.0), number[id_])
        for id_, others in near.items()
    ]
    places.sort(key=lambda p: (-p.passages, -p.degree, p.thing.id))
    return Measured(tuple(places), tuple(found), len(near), len(ties.all), pivots, seed)


def communities(
    near: Mapping[str, Mapping[str, int]], *, seed: int = SEED, progress: Progress = no_progress
) -> list[tuple[str, ...]]:
    """What holds together (Louvain), the largest first, each in order of ids."""
    if not near:
        return []
    best: Sequence[set[str]] = []
    for level, partition in enumerate(nx.community.louvain_partitions(_graph(near), weight="weight", seed=seed), 1):
        progress(1 - 0.5**level)
        best = partition
    return sorted((tuple(sorted(ids)) for ids in best), key=lambda ids: (-len(ids), ids))


def betweenness(
    near: Mapping[str, Mapping[str, int]], *, seed: int = SEED, progress: Progress = no_progress
) -> tuple[dict[str, float], int]:
    """The share of shortest ways through each, and from how many things they were followed (all of a small graph)."""
    count = min(len(near), max(FEWEST_PIVOTS, WORK // cost(near)))
    pivots = random.Random(seed).sample(list(near), count)  # noqa: S311  drawn again by whoever has the seed
    return ways_through(near, pivots, progress=progress), count


def cost(near: Mapping[str, Mapping[str, int]]) -> int:
    """Visits of a thing or tie that following the ways from one of them takes, at least 1."""
    return max(len(near) + sum(map(len, near.values())), 1)


def ways_through(
    near: Mapping[str, Mapping[str, int]], pivots: Sequence[str], *, progress: Progress = no_progress
) -> dict[str, float]:
    """For each thing, the share (0-1) of the shortest ways from the pivots to all others that go through it."""
    graph, targets = _graph(near), list(near)
    total = dict.fromkeys(near, 0.0)
    for done, chunk in enumerate(_batched(pivots, CHUNK)):
        progress(done * CHUNK / len(pivots))
        for id_, value in nx.betweenness_centrality_subset(graph, chunk, targets).items():
            total[id_] += value
    # Each way is followed from one of its ends: networkx halves what it counts from both.
    ways = max(len(pivots), 1) * max(len(near) - 2, 1) / 2
    return {id_: value / ways for id_, value in total.items()}


def _graph(near: Mapping[str, Mapping[str, int]]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(near)
    graph.add_weighted_edges_from((a, b, n) for a, others in near.items() for b, n in others.items() if a < b)
    return graph


def _batched(items: Sequence[str], size: int) -> list[Sequence[str]]:
    return [items[at : at + size] for at in range(0, len(items), size)]
