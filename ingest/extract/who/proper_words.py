"""Words that a document writes with a capital inside a sentence: names, though no list knows them."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.extract.reading import Reading


def proper_words(reading: Reading) -> frozenset[str]:
    """Folded words written with a capital in the middle of a sentence somewhere in the document."""
    found: frozenset[str] = reading.once("proper words", lambda: _proper_words(reading.document.text))
    return found


def _proper_words(text: str) -> frozenset[str]:
    found = re.findall(r"(?<=[a-zà-ÿ,’'] )[A-ZÀ-Ý][\w-]{3,}|(?<=[’'])[A-ZÀ-Ý][\w-]{3,}", text)
    return frozenset(fold(w) for w in found)
