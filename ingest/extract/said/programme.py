"""Headings that are proposals themselves: those of a programme, of which most begin with an infinitive."""

from __future__ import annotations

from collections import defaultdict

from ingest.document import Block, BlockKind, Document
from ingest.extract.said.modes import NUMBER
from ingest.extract.said.wording import begins_with_verb, plain

FEWEST = 3  # headings with an infinitive: fewer may be the steps of a method, or turns of phrase
LEAST_SHARE = 0.4  # of the headings of their level


def programme(document: Document) -> frozenset[int]:
    """The orders of the headings of one level that say what to do, where that is how the level is worded.

    « 1. Créer une salle », « 2. Valoriser les associations ». In English the same form gives instructions.
    """
    if document.language != "fr":
        return frozenset()
    by_level: dict[int, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            by_level[block.level].append(block)
    return frozenset(block.order for own in by_level.values() for block in _worded(own))


def _worded(headings: list[Block]) -> list[Block]:
    found = [b for b in headings if begins_with_verb(NUMBER.sub("", plain(b.label)), "fr") and "?" not in b.label]
    return found if len(found) >= FEWEST and len(found) > LEAST_SHARE * len(headings) else []
