"""Groupings of communes by their short kinds: « la CC du Pays de X », « la CA du Grand Y », « CU de Z »."""

from __future__ import annotations

from graph.gazetteer import named
from ingest.extract.who.words import Word, joined

# « CC » is also a council, « CA » a board or a court: their name is then one of the gazetteer.
_ALWAYS = frozenset({"ComCom", "Comcom"})
SHORT_KINDS = _ALWAYS | {"CC", "CA", "CU", "CdC"}
_LINKS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})
# How the names of groupings that the gazetteer does not know (yet) begin.
_OPENINGS = frozenset("pays val vallee grand terres monts coteaux bassin rives plaine plateau portes coeur".split())
MAX_WORDS = 9


def grouping_end(label: str, words: tuple[Word, ...], at: int) -> int:
    """The end of the grouping that a short kind at word `at` opens; `at` where it opens none."""
    start = at + 1
    if words[at].text not in SHORT_KINDS:
        return at
    while start < len(words) and words[start].folded in _LINKS and joined(label, words[start - 1], words[start]):
        start += 1
    if start >= len(words) or not words[start].capital or not joined(label, words[start - 1], words[start]):
        return at
    known = _known_end(label, words, start)
    if known > start:
        return known
    fits = words[at].text in _ALWAYS or words[start].folded in _OPENINGS
    return _proper_end(label, words, start) if fits else at


def _known_end(label: str, words: tuple[Word, ...], start: int) -> int:
    """The end of the longest name of the gazetteer's groupings that begins here; `start` where none does."""
    best, end = start, start
    while end < len(words) and end - start < MAX_WORDS and (end == start or joined(label, words[end - 1], words[end])):
        end += 1
        if named(label[words[start].start : words[end - 1].end], "grouping"):
            best = end
    return best


def _proper_end(label: str, words: tuple[Word, ...], start: int) -> int:
    """« Pays d’Orsanne », « Val de Brenne »: capitalised words, with the small words between them."""
    end = index = start + 1
    while index < len(words) and index - start < MAX_WORDS and joined(label, words[index - 1], words[index]):
        if words[index].capital:
            end = index + 1
        elif words[index].folded not in _LINKS and not _and_one_more(words, index):
            break
        index += 1
    return end


def _and_one_more(words: tuple[Word, ...], at: int) -> bool:
    """« Val de Brenne et Gâtine », not « Val de Brenne et la CA »"""
    return words[at].folded == "et" and at + 1 < len(words) and words[at + 1].capital and not words[at + 1].upper
