"""Statements that say the same or nearly: words compared by their keys, found through their rarest words. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from graph.model import Thing
from graph.text import fold, key

NEAR = 0.7  # share of words in common, of all the words of both
CLOSE = 0.5  # share of the shorter one's words that the other has too
FEWEST_WORDS = 3
_LARGEST_BLOCK = 60  # things that have a word in common: more say nothing of any two


def words_of(text: str) -> frozenset[str]:
    return frozenset(key(text).split())


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Words in common, as a share of all the words of both.

    >>> alike(words_of("Ouvrir une ligne de car"), words_of("ouvrir des lignes de cars"))
    1.0
    """
    both = len(one & other)
    return both / (len(one) + len(other) - both) if one and other else 0.0


def close(one: frozenset[str], other: frozenset[str]) -> float:
    """Words in common, as a share of the words of the shorter one."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


@dataclass(slots=True)
class Index:
    """Labels by their words, to find those that share some with another in time that does not grow with all pairs."""

    labels: Sequence[str]
    words: list[frozenset[str]] = field(default_factory=list)
    _by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.words = [words_of(label) for label in self.labels]
        for place, own in enumerate(self.words):
            for word in own:
                self._by_word[word].append(place)

    def sharing(self, words: Iterable[str], least: int = 2) -> list[int]:
        """The places of the labels that share at least so many words, rare words only."""
        blocks = (self._by_word.get(word, ()) for word in words)
        met = Counter(chain.from_iterable(block for block in blocks if len(block) <= _LARGEST_BLOCK))
        return sorted(place for place, n in met.items() if n >= least)


def grouped(things: Sequence[Thing], near: float = NEAR) -> list[list[Thing]]:
    """The same things, those that say the same together; groups and things in the order given.

    Short statements go together only where they are written alike.
    """
    index = Index([thing.label for thing in things])
    same = {fold(thing.label).strip(" .;,"): place for place, thing in reversed(list(enumerate(things)))}
    leader = list(range(len(things)))
    for place, thing in enumerate(things):
        first = same[fold(thing.label).strip(" .;,")]
        own = index.words[place]
        if first == place and len(own) >= FEWEST_WORDS:
            others = (o for o in index.sharing(own) if o < place and len(index.words[o]) >= FEWEST_WORDS)
            first = next((o for o in others if alike(own, index.words[o]) >= near), place)
        leader[place] = leader[first]
    groups: dict[int, list[Thing]] = {}
    for place, thing in enumerate(things):
        groups.setdefault(leader[place], []).append(thing)
    return list(groups.values())
