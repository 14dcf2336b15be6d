"""Which sentences tell best what ties two things: those in which both are named, then one of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Hop, Thing
from graph.text import search_words

LOOKED_AT = 200  # sentences among which the most telling are chosen


def telling(hops: Sequence[Hop], things: Sequence[Thing], most: int) -> list[Hop]:
    """The first `most` hops, those whose sentence names more of the things before the others, else in their order.

    A passage can be about a theme by its heading alone: such a sentence holds no word of it, and explains nothing.
    """
    names = [[set(search_words(name)) for name in (thing.label, *thing.aliases)] for thing in things]

    def unnamed(hop: Hop) -> int:
        said = set(search_words(hop.quote))
        return sum(not any(name and name <= said for name in own) for own in names)

    return sorted(hops, key=unnamed)[:most]
