"""Bodies by a name of their own: intercommunal ones by the list, « X Agglomération » and « X Habitat » by their end."""

from __future__ import annotations

from functools import cache

from ingest.extract.who import territories
from ingest.extract.who.body_words import (
    heads,
)
from ingest.extract.who.wordlists import phrases
from ingest.extract.who.words import Word, joined

_OF = {"de", "du", "des", "d"}
_ARTICLES = {"la", "le", "les", "l"}
# « X Agglomération », « X Habitat »: words that close the name of a body in French.
_CLOSERS = frozenset("agglomeration agglo metropole communaute intercommunalite habitat".split())


@cache
def _own_names() -> frozenset[str]:
    return frozenset(territories.place_key(n) for n in phrases("fr", "intercommunal", "names"))


@cache
def _own_openings() -> frozenset[str]:
    return territories.openings(_own_names())


def closed_end(label: str, words: tuple[Word, ...], at: int) -> int:
    """The end of « X Agglomération », « X Habitat »: proper words closed by the kind of body; else `at`."""
    if words[at].folded in _no_proper_opening():
        return at
    end = at
    while end < len(words) and end - at < 4 and (end == at or joined(label, words[end - 1], words[end])):
        word = words[end]
        if end > at and word.capital and word.folded in _CLOSERS:
            return end + 1
        if not word.capital or word.initials:
            return at
        end += 1
    return at


@cache
def _no_proper_opening() -> frozenset[str]:
    return heads("fr") | phrases("fr", "people", "titles") | _OF | _ARTICLES | {"en", "a"}


def own_name_end(label: str, words: tuple[Word, ...], at: int) -> int:
    """The end of the name of an intercommunal body that begins here."""
    if not words[at].capital or not territories.may_open(words[at].text, _own_openings()):
        return at
    best, end = at, at
    while end < len(words) and end - at < 8 and (end == at or joined(label, words[end - 1], words[end])):
        end += 1
        if end - at > 1 or "-" in words[at].text:
            key = territories.place_key(label[words[at].start : words[end - 1].end])
            best = end if key in _own_names() else best
    return best
