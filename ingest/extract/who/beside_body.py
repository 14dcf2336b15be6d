"""What somebody does and the body right beside it, with no word between: « Directrice CCAS », « SFRA Treasurer »."""

from __future__ import annotations

import re

from ingest.extract.who.own_names import closed_end, own_name_end
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import Word, joined, words_of

_ACRONYM = re.compile(r"[A-ZÀ-Ý]{3,6}")
Part = tuple[int, int]  # within the text


def body_beside(text: str, language: str) -> Part | None:
    """Where the name of a body begins and ends that closes a text, in English also one that opens it.

    >>> body_beside("Vice-Chairman SFRA", "en"), body_beside("SFRA Treasurer", "en")
    ((14, 18), (0, 4))
    >>> body_beside("Directrice CCAS", "fr"), body_beside("Chef de projet PLU", "fr")
    ((11, 15), None)
    """
    words = words_of(text)
    if len(words) < 2 or text.isupper():
        return None
    for at in range(1, len(words)):
        if _closes(text, words, at, language):
            return words[at].start, words[-1].end
    opens = language == "en" and _is_acronym(words[0], language) and joined(text, words[0], words[1])
    return (words[0].start, words[0].end) if opens else None


def _closes(text: str, words: tuple[Word, ...], at: int, language: str) -> bool:
    """« … des ressources | Grand Bourg Agglomération », « … | CCAS »."""
    if not words[at].capital or not joined(text, words[at - 1], words[at]):
        return False
    if at == len(words) - 1:
        return _is_acronym(words[at], language)
    low = not words[at - 1].capital and language == "fr"
    return low and len(words) in {closed_end(text, words, at), own_name_end(text, words, at)}


def _is_acronym(word: Word, language: str) -> bool:
    """Letters that name a body: in French those of a list, since functions are written in capitals too."""
    if not _ACRONYM.fullmatch(word.text) or word.folded in single_words(language, "bodies", "not_bodies"):
        return False
    return language == "en" or word.folded in single_words("fr", "bodies", "acronyms")
