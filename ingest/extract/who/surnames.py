"""How far a surname goes in a run of words, and how it is displayed."""

from __future__ import annotations

from ingest.extract.who.name_words import function_words, not_a_surname, particles, proper_case
from ingest.extract.who.words import Word, joined

MAX_SURNAME_WORDS = 3


def surname_end(label: str, words: tuple[Word, ...], at: int, language: str, most: int = MAX_SURNAME_WORDS) -> int:
    """The end of the surname that begins at `at`; `at` itself where none does."""
    end, count, index = at, 0, at
    while index < len(words) and count < most:
        word = words[index]
        if index > at and not joined(label, words[index - 1], word):
            break
        if word.folded in particles(language) and _leads_on(words, index + 1):
            if count and not (word.capital or words[end - 1].upper):
                break  # « Joël Armand d’Aubier »: what he is of, after a surname that is whole
            index += 1
            continue
        if word.folded in particles(language) and len(word.text) < 4:
            break
        if not _surname_word(word, language) or (count and words[end - 1].upper != word.upper):
            break
        if count and word.folded in function_words(language):
            break
        index += 1
        end, count = index, count + 1
    return end


def _leads_on(words: tuple[Word, ...], at: int) -> bool:
    """Whether a particle stands before a capital, or before one more particle (« de la TOUR »)."""
    if at + 1 < len(words) and words[at].text in {"la", "l", "le"} and words[at + 1].text[:1].isupper():
        return True
    return at < len(words) and words[at].text[:1].isupper()


def _surname_word(word: Word, language: str) -> bool:
    if not word.capital or word.initials or any(c.isdigit() for c in word.text) or word.inclusive:
        return False
    return len(word.text) > 1 and (word.upper or word.folded not in not_a_surname(language))


def surname(label: str, words: tuple[Word, ...], begin: int, end: int) -> str:
    return proper_case(" ".join(label[words[begin].start : words[end - 1].end].split()))
