"""Guessing the parent of each topic of a flat map; every one is a guess with a confidence."""

from __future__ import annotations

from ingest.document import Block
from ingest.flatmap.tree_model import model

SURE = 0.9  # right at least as often, on maps that were not learnt from: the others are shown to be confirmed
_ASKED = 0.59  # the most that is told of those: what is under 0.6 is asked about
_MOST = 0.99  # a guess is never certain


def guess_parents(blocks: list[Block]) -> None:
    """Set parent and confidence of every topic, in place. Topics come depth first."""
    for block, (parent, confidence) in zip(blocks, model().guess([b.label for b in blocks]), strict=True):
        block.parent = blocks[parent].order if parent >= 0 else None
        block.parent_confidence = round(min(confidence, _MOST if confidence >= SURE else _ASKED), 3)
