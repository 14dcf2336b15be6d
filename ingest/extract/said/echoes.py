"""Where a document speaks of what an item takes up: « Publier la carte », of « la carte des zones blanches ».

Lists of decisions and of next steps repeat in short what was discussed above. The rare words that an item shares with
one earlier place say which: two of them, or half of all it says; one among others may be a season or a street.
"""

from __future__ import annotations

from collections import defaultdict
from math import log

from ingest.document import Block
from ingest.extract.said.leaves import Leaves
from ingest.extract.topic.phrases import filters
from ingest.extract.topic.thesaurus import tokens

MIN_LETTERS = 4
MAX_PLACES = 4  # a word that stands in more places tells none of them
MOST_BLOCKS = 4_000
MAX_WORDS = 60  # of one place
MIN_SHARED = 2  # words, or half of those of the item


class Echoes:
    """The places of one document by their telling words."""

    def __init__(self, leaves: Leaves, language: str) -> None:
        words = filters(language)
        self._empty = words.not_topics | words.stop | words.light
        self._leaves = leaves.blocks[:MOST_BLOCKS]
        self._places: dict[str, list[int]] = defaultdict(list)
        for n, block in enumerate(self._leaves):
            for word in self._words(block):
                self._places[word].append(n)

    def of(self, block: Block) -> list[Block]:
        """The earlier places that share rare words with a block, the one that shares most first."""
        shared: dict[int, list[float]] = defaultdict(list)
        words = sorted(self._words(block))  # sums of floats follow their order
        least = min(MIN_SHARED, (len(words) + 1) // 2)
        for word in words:
            places = self._places.get(word, [])
            if 2 <= len(places) <= MAX_PLACES:
                for n in places:
                    shared[n].append(log(1 + len(self._leaves) / len(places)))
        ranked = sorted((-sum(weights), n) for n, weights in shared.items() if len(weights) >= least)
        return [self._leaves[n] for _, n in ranked if self._leaves[n].order < block.order]

    def _words(self, block: Block) -> set[str]:
        found = (t.word for t in tokens(block.label)[:MAX_WORDS])
        return {w for w in found if len(w) >= MIN_LETTERS and w.isalpha() and w not in self._empty}
