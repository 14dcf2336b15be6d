"""Organisations in English: « Whitby Town Council » closes with its head, « University of Hull » opens with it."""

from __future__ import annotations

from functools import cache

from ingest.extract.who.body_words import Body, heads, institution_end, is_acronym, made
from ingest.extract.who.name_words import is_first_name
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, joined


def english_at(label: str, words: tuple[Word, ...], at: int, shouting: bool) -> tuple[Body | None, int]:
    """« Whitby Town Council » closes with its head, « University of Hull » opens with it."""
    word = words[at]
    if shouting or not word.capital:
        return None, at + 1
    if is_acronym(word, "en", shouting):
        end = at + 1 + _of_a_place(label, words, at + 1)
        return made(label, words, at, end, named=True), end
    known = institution_end(label, words, at, "en")
    if known > at and all(w.capital for w in words[at:known]) and not _english_follows(label, words, known):
        return made(label, words, at, known, named=True), known
    end = at + 1
    while end < len(words) and end - at < 8 and _english_goes_on(label, words, end):
        end += 1
    while end > at + 1 and not words[end - 1].capital:
        end -= 1
    last_head = next((i for i in range(end - 1, at, -1) if words[i].folded in heads("en")), -1)
    start = at + 1 if word.folded in single_words("en", "bodies", "not_openers") | _calendar() else at
    while start > at and start < last_head and not _opens_english(words[start]):
        start += 1
    if last_head > start:
        after = end if end > last_head + 2 and words[last_head + 1].folded in {"of", "for"} else last_head + 1
        return made(label, words, start, after, named=True), after
    opener = word.folded in single_words("en", "bodies", "openers") | phrases("en", "bodies", "openers")
    if opener and end > at + 2 and words[at + 1].folded in {"of", "for"}:
        return made(label, words, at, end, named=True), end
    return None, at + 1


def _of_a_place(label: str, words: tuple[Word, ...], at: int) -> bool:
    """« NHS Highland », « RSPB Cymru »: one word with a capital behind an acronym, no first name, no further word."""
    if at >= len(words) or not joined(label, words[at - 1], words[at]) or not words[at].capital or words[at].upper:
        return False
    more = at + 1 < len(words) and joined(label, words[at], words[at + 1]) and words[at + 1].capital
    named = is_first_name(words[at].text) or words[at].folded in _calendar() | heads("en")
    return not more and not named and not words[at].initials and len(words[at].text) > 3


def _opens_english(word: Word) -> bool:
    """Whether a name may begin here, once « Minutes of the Ordinary … » stands before it."""
    empty = {"of", "the", "and", "for", "ordinary", "extraordinary", "virtual", "annual", "general"}
    return word.capital and word.folded not in empty


@cache
def _calendar() -> frozenset[str]:
    return single_words("en", "people", "calendar")


def _english_follows(label: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether a longer name goes on after the words before `at`."""
    return at < len(words) and words[at].capital and joined(label, words[at - 1], words[at])


def _next(words: tuple[Word, ...], at: int) -> str:
    return words[at + 1].folded if at + 1 < len(words) else ""


def _english_goes_on(label: str, words: tuple[Word, ...], at: int) -> bool:
    if not joined(label, words[at - 1], words[at]):
        return False
    if words[at].capital:
        return True
    if words[at].folded == "and" and (words[at - 1].folded in heads("en") or _next(words, at) == "the"):
        return False  # « Anglian Water and the Borough Council » are two
    return (
        words[at].folded in {"of", "and", "for", "the"}
        and at + 1 < len(words)
        and (words[at + 1].capital or words[at + 1].folded == "the")
    )
