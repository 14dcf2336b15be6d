"""The index rows of the embedded store: what is written for a thing or a passage that can be found."""

from __future__ import annotations

from graph.text import search_words, words

INSERT_ENTRY = (
    "INSERT INTO entry(id, kind, source, label, folded, evidence, stems, forms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def prepared_words(text: str) -> tuple[str, str]:
    """What the index holds of a text: its stems, and its words as typed for the prefix of a query."""
    return " ".join(search_words(text)), " ".join(dict.fromkeys(words(text)))
