"""What a format holds of a map, declared: what is not declared is taken out before writing, counted and told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# What a map may hold beside its topics and their tree; the words are those of the ledger.
PARTS = (
    "notes", "details", "links", "icons", "tags", "attributes", "floating topics", "summaries", "callouts",
    "folded state", "sides", "positions", "colours", "dates", "authors", "sheets", "relations", "relation labels",
    "relation directions", "boundaries", "confidence of parents",
)  # fmt: skip
# The field of a topic that each of these stands in.
FIELDS = {
    "notes": "note", "details": "details", "links": "links", "icons": "icons", "tags": "tags",
    "attributes": "attributes", "folded state": "folded", "dates": "dates", "authors": "author", "sheets": "sheet",
}  # fmt: skip
KINDS = {"floating": "floating topics", "summary": "summaries", "callout": "callouts"}


DIRECTIONS = frozenset({"none", "forward", "backward", "both"})


def keep_id(native: str, _number: int) -> str:
    """The id that a topic has already."""
    return native


def number_id(_native: str, number: int) -> str:
    """The place of the topic in the map, from 1: for formats whose ids are numbers."""
    return str(number)


@dataclass(frozen=True)
class Holds:
    """What one format holds.

    `parts`: of PARTS. `styles`: the keys of `Topic.style` it can show. `one_root`, `one_link`: no more than one in a
    map, on a topic. `floating_roots`: only a root can float, and the first cannot. `blank`: what stands for an empty
    label where there can be none. `directions`: those a relation may have. `ids`: the id to write, from the one a topic
    has and its place in the map.
    """

    parts: frozenset[str]
    styles: frozenset[str] = frozenset()
    one_root: bool = False
    one_link: bool = False
    floating_roots: bool = False
    blank: str = ""
    directions: frozenset[str] = DIRECTIONS
    ids: Callable[[str, int], str] = keep_id


def holds(*parts: str, **limits: object) -> Holds:
    """Holds of some PARTS. Raises ValueError for a word that is not one of them."""
    if unknown := set(parts) - set(PARTS):
        raise ValueError(f"not parts of a map: {', '.join(sorted(unknown))}")
    if "relation directions" not in parts:
        limits["directions"] = frozenset({"forward"})
    return Holds(frozenset(parts), **limits)  # type: ignore[arg-type]
