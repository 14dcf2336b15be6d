"""Things that have an attribute: what a store looks for in the text it holds, and what decides."""

from __future__ import annotations

from collections.abc import Iterable

from graph.decided.identity import canonical_json
from graph.model import Thing


def written(name: str, value: str) -> str:
    """The attribute as it stands in the canonical text of any that hold it.

    >>> written("kind", "need")
    '"kind":"need"'
    """
    return canonical_json({name: value})[1:-1]


def having(things: Iterable[Thing], attribute: tuple[str, str] | None) -> list[Thing]:
    """Those that have it, or all: the same text may stand deeper in an attribute of another name."""
    if attribute is None:
        return list(things)
    name, value = attribute
    return [thing for thing in things if thing.attributes.get(name) == value]
