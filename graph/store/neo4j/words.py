"""What the full-text index of a Neo4j store holds, and how it is asked: words of graph.text, never a user's text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from graph.questions.ranking import Query

# The whitespace analyser cuts a word at 255 characters; ours are cut before it does, a stem with its own mark.
LONGEST_WORD = 200
START_LENGTH = 200  # characters of a folded label in the key that keeps things in order


def indexed_stems(stems: str) -> str:
    return _each(stems, _stem)


def indexed_forms(forms: str) -> str:
    return _each(forms, _form)


def _each(text: str, cut: object) -> str:
    if len(text) <= LONGEST_WORD:
        return text
    assert callable(cut)
    return " ".join(cut(word) for word in text.split())


def _stem(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return word[:LONGEST_WORD] + hashlib.blake2b(word.encode(), digest_size=8).hexdigest()


def _form(word: str) -> str:
    return word[:LONGEST_WORD]


def match(query: Query) -> str:
    """The Lucene expression: every stem, the last one also as the beginning of a word as typed."""
    parts = [f'stems:"{_stem(stem)}"' for stem in query.stems[:-1]]
    parts.append(f'(stems:"{_stem(query.stems[-1])}" OR forms:{_form(query.prefix)}*)')
    return " AND ".join(parts)


def is_whole(stems: Sequence[str]) -> bool:
    """Whether these words of the index are those of the text, none cut."""
    return all(len(stem) <= LONGEST_WORD for stem in stems)


def is_cut(query: Query) -> bool:
    """Whether the index may answer more than what begins with the last word, which is then looked at again."""
    return len(query.prefix) > LONGEST_WORD
