"""What every reading of organisations shares: their word lists, acronyms, institutions, and the finding itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, by_first_word, run_end, words_of
from ingest.memory import remembered

_CLOSING = re.compile(r"[»”\"]|\s[»”\"](?!\w)")  # « l’association "La Balade". »


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation at label[first:last]; `acronym` where the text defines one; `named` by a proper name or place."""

    name: str
    first: int
    last: int
    acronym: str = ""
    named: bool = True
    head: str = ""


@cache
def _institutions(language: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Institution phrases as folded words, by their first word, longest first."""
    listed = phrases(language, "bodies", "institutions") | phrases(language, "bodies", "services")
    return by_first_word(tuple(w.folded for w in words_of(phrase)) for phrase in listed)


@cache
def heads(language: str) -> frozenset[str]:
    return phrases(language, "bodies", "heads")


@cache
def opening_words(language: str) -> frozenset[str]:
    """What the name of a body may begin with in lower case."""
    return heads(language).union(_institutions(language))


@cache
def adjectives(language: str) -> frozenset[str]:
    return single_words(language, "bodies", "adjectives")


@cache
def acronyms(language: str) -> frozenset[str]:
    return single_words(language, "bodies", "acronyms") | single_words(
        "fr" if language == "en" else "en", "bodies", "acronyms"
    )


@cache
def not_bodies(language: str) -> frozenset[str]:
    return single_words(language, "bodies", "not_bodies")


@remembered
def is_shouting(label: str) -> bool:
    """A label mostly in capitals tells nothing by them."""
    letters = "".join(filter(str.isalpha, label))
    return len(letters) > 12 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def is_acronym(word: Word, language: str, shouting: bool) -> bool:
    """A known acronym of a body, written as one (« CAF », « Safer », « Insee »)."""
    if word.folded not in acronyms(language) or word.folded in not_bodies(language):
        return False
    return (word.upper and not (shouting and len(word.text) < 3)) or (word.capital and len(word.text) > 4)


def institution_end(label: str, words: tuple[Word, ...], at: int, language: str) -> int:
    return run_end(_institutions(language).get(words[at].folded, ()), label, words, at)


def made(label: str, words: tuple[Word, ...], at: int, end: int, *, named: bool) -> Body:
    first, last = words[at].start, words[end - 1].end
    closing = _CLOSING.match(label, last)
    if closing and any(c in label[first:last] for c in '«“"'):
        last = closing.end()
    return Body(" ".join(label[first:last].split()), first, last, "", named, words[at].folded)
