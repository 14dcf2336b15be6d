"""The parents of a map's topics by what their words say they are: for maps that name their branches as workshops do.

Topics come depth first; each stands under the nearest one above it whose wording is of a higher rank.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.text import fold, words
from ingest.flatmap.rank import rank

_CENTRE, _BRANCH, _SUB_HEADER, _STATEMENT, _REPLY = -1, 0, 2, 3, 4
_FEWEST_BRANCHES = 4
_COMMON = frozenset(
    "les des une dans pour avec sur par que qui pas plus tout tous toute toutes faire etre avoir the and".split()
)


def names_branches(labels: Sequence[str]) -> bool:
    """Whether a map begins with a main branch, its centre left out, and names others as plainly.

    >>> names_branches(["Constats", "Peu de bus", "Enjeux", "Se soigner", "Propositions", "Un minibus", "Freins"])
    True
    """
    if not labels or rank(labels[0]) != _BRANCH:
        return False
    return sum(rank(label) == _BRANCH for label in labels) >= _FEWEST_BRANCHES


def parents_by_rank(labels: Sequence[str]) -> list[int]:
    """The index of the parent of every topic, -1 where it has none."""
    parents: list[int] = []
    open_topics: list[tuple[int, int]] = []  # rank, topic
    for topic in range(len(labels)):
        height = _height(labels, topic)
        _close_questions(labels, topic, parents, open_topics)
        if height == _REPLY and topic:
            beside = rank(labels[topic - 1]) == _REPLY and parents[topic - 1] >= 0
            parents.append(parents[topic - 1] if beside else topic - 1)
            continue
        height = min(height, _STATEMENT)
        while open_topics and open_topics[-1][0] >= height:
            open_topics.pop()
        parents.append(open_topics[-1][1] if open_topics else -1)
        open_topics.append((height, topic))
    return parents


def _height(labels: Sequence[str], topic: int) -> int:
    height = rank(labels[topic])
    if topic == 0:  # a map that begins with a whole phrase begins with its centre
        return _CENTRE if height >= _SUB_HEADER else height
    return _REPLY if height == _STATEMENT and _takes_up(labels[topic], labels[topic - 1]) else height


def _takes_up(label: str, above: str) -> bool:
    """Whether a topic begins with a word that the statement above it has just used."""
    lead = [w for w in words(label)[:2] if len(w) > 2 and w not in _COMMON]
    said = words(above)
    if rank(above) < _SUB_HEADER or not lead:
        return False
    return lead[0] in said[:1] + said[2:] and said[0] != words(label)[0]


def _close_questions(
    labels: Sequence[str], topic: int, parents: Sequence[int], open_topics: list[tuple[int, int]]
) -> None:
    """A header that announces questions ends with the last of them."""
    if len(open_topics) < 2:
        return
    header = open_topics[-2][1]
    seen = parents[topic - 1] == header and _asks(labels[topic - 1])
    if seen and "question" in fold(labels[header])[:20] and not any(map(_asks, labels[topic : topic + 2])):
        del open_topics[-2:]


def _asks(label: str) -> bool:
    return label.rstrip().endswith("?")
