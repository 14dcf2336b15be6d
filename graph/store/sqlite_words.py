"""The index rows of the embedded store: what is written for a thing or a passage that can be found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from graph.derive import prepared_words
from graph.model import Passage
from graph.prepare import Placed
from graph.ranking import folded_label
from graph.text import words

INSERT_ENTRY = (
    "INSERT INTO entry(id, kind, source, label, folded, evidence, stems, forms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def passage_entries(
    source: str, passages: Iterable[Passage], mentions: Mapping[str, Sequence[Placed]]
) -> list[tuple[object, ...]]:
    """The index rows of the passages of one source; a passage without words has none."""
    said = Counter(p.passage for placed in mentions.values() for p in placed)
    return [
        (p.id, "passage", source, p.label, folded_label(p.label), said[p.id], *prepared_words(p.label))
        for p in passages
        if words(p.label)
    ]
