"""What the full-text index of a Neo4j store holds, and how it is asked: words of graph.text, never a user's text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from graph.questions.ranking import FIRST_MARK, Query

# The whitespace analyser cuts a word at 255 characters; ours are cut before it does, a stem with its own mark.
LONGEST_WORD = 200
# A standing is cut into ever finer parts: words of a name, then evidence twice, then the beginning of the id.
_PARTS = (("g", 40), ("h", 36), ("i", 32), ("j", 25))
_TOP = 46  # bits of a standing
DEEPEST = len(_PARTS) - 1
START_LENGTH = 200  # characters of a folded label in the key that keeps things in order


def indexed_stems(stems: str) -> str:
    return _each(stems, _stem)


def indexed_forms(forms: str) -> str:
    return _each(forms, _form)


def _each(text: str, cut: Callable[[str], str]) -> str:
    if len(text) <= LONGEST_WORD:
        return text
    return " ".join(cut(word) for word in text.split())


def _stem(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return word[:LONGEST_WORD] + hashlib.blake2b(word.encode(), digest_size=8).hexdigest()


def _form(word: str) -> str:
    return word[:LONGEST_WORD]


def ranks(kind: str, standing: int) -> str:
    """The kind and the parts of a standing, as words: a search can go from part to part, and stop early."""
    return " ".join((f"k{kind}", *(f"{mark}{standing >> bits:x}" for mark, bits in _PARTS)))


def parts(level: int, of: str = "") -> list[str]:
    """The parts of a level, in the order of standings: all of the first level, else those that are in a part `of`."""
    mark, bits = _PARTS[level]
    width = (_PARTS[level - 1][1] if level else _TOP) - bits
    first = int(of[1:], 16) << width if of else 0
    return [f"{mark}{first + n:x}" for n in range(1 << width)]


def match(query: Query, kinds: Sequence[str] = ()) -> str:
    """The Lucene expression: every stem, the last one also as the beginning of a word as typed."""
    found = [f'stems:"{_stem(stem)}"' for stem in query.stems[:-1]]
    found.append(f'(stems:"{_stem(query.stems[-1])}" OR forms:{_form(query.prefix)}*)')
    if kinds:
        found.append(f"ranks:({' OR '.join(f'k{kind}' for kind in kinds)})")
    return " AND ".join(found)


def starting(query: Query) -> str:
    """That a label may begin with the query: its first word is that of the query."""
    first, *more = query.folded.split()
    word = _form(FIRST_MARK + first)
    return f'forms:"{word}"' if more else f"forms:\\{word}*"


def of_few_words(most: int) -> str:
    """That a name has at most so many words."""
    return f"ranks:({' OR '.join(parts(0)[: most + 1])})"


def is_cut(query: Query) -> bool:
    """Whether the index may answer more than what begins with the last word, which is then looked at again."""
    return len(query.prefix) > LONGEST_WORD
