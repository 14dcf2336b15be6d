"""The names of a list of people: where an entry may begin, and which words there are the name of a person."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from graph.text import fold
from ingest.extract.who import territories
from ingest.extract.who.names import PersonName, function_words, is_first_name, person_at, surname_at
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word

_PLURAL_TITLES = frozenset("mm mrs mmes messieurs mesdames".split())
MIN_LONE = 2  # first names that stand alone in a list, before an unknown word alone is taken for one more


def listed_names(label: str, words: tuple[Word, ...], language: str) -> list[PersonName]:
    """The names that stand where an entry may begin: at the start, after a separator, after « et »."""
    found: list[PersonName] = []
    index, depth_end = 0, -1
    among_first_names = _lone_first_names(label, words, language) >= MIN_LONE
    while index < len(words):
        word = words[index]
        if word.start < depth_end or not _may_begin(label, words, index, bool(found)):
            index += 1
            continue
        name = person_at(label, words, index, language, listed=True)
        if (name is None or not name.last) and found and fold(found[-1].title) in _PLURAL_TITLES:
            name = _one_more_surname(label, words, index, found[-1]) or name
        if name is None and among_first_names:
            name = _lone_name(label, words, index, language)
        if (
            name is None
            or not _ends_well(label, words, name, language)
            or _is_institution(label, words, name, language)
        ):
            index += 1
            continue
        found.append(name)
        index = name.end
        depth_end = _bracket_end(label, words[name.end - 1].end)
    return found


def _one_more_surname(label: str, words: tuple[Word, ...], at: int, before: PersonName) -> PersonName | None:
    """« Mmes DURAND, PETIT et LE GOFF »: what follows a plural title is one surname more, until another title."""
    name = surname_at(label, words, at, "fr")
    if name is None or label[words[before.end - 1].end : words[at].start].strip() not in {",", "et", ", et"}:
        return None
    return replace(name, title=before.title)


def _lone_first_names(label: str, words: tuple[Word, ...], language: str) -> int:
    """How many known first names stand alone between separators."""
    alone = (_lone_name(label, words, at, language) for at in range(len(words)))
    return sum(n is not None and is_first_name(n.first) for n in alone)


def _lone_name(label: str, words: tuple[Word, ...], at: int, language: str) -> PersonName | None:
    """A capitalised word by itself between separators: among first names, it is one more."""
    word = words[at]
    before = label[: word.start].rstrip()
    after = label[word.end :].lstrip()
    bound = (not before or before[-1] in ",;·•|\n:/" or before.endswith((" et", " and"))) and (
        not after or after[0] in ",;.(|/!" or after.startswith(("et ", "and "))
    )
    plain = word.capital and not word.upper and not word.initials and len(word.text) > 2
    if not bound or not plain or word.folded in body_heads(language) or word.folded in function_words(language):
        return None
    if territories.is_area(word.text) and not is_first_name(word.text):
        return None
    return PersonName(at, at + 1, word.text, "", "", sure=is_first_name(word.text))


def _is_institution(label: str, words: tuple[Word, ...], name: PersonName, language: str) -> bool:
    """« France Travail » has the shape of a name and is none."""
    own = " ".join(w.folded for w in words[name.begin : name.end])
    return not name.title and own in phrases(language, "bodies", "institutions")


def _may_begin(label: str, words: tuple[Word, ...], index: int, later: bool) -> bool:
    before = label[: words[index].start].rstrip()
    if not before or before[-1] in ",;•·|\n:✓/":
        return True
    if before[-1] in "-–—" and (len(before) == 1 or before[-2].isspace() or before[-2] in ".)"):
        return not later or _titled_or_new(label, words, index)
    if before[-1] in ").":
        return True
    if index > 1 and words[index - 1].folded in function_words("fr") and words[index - 2].folded in {"le", "la", "l"}:
        return True  # « la capitaine Claire Dupont »
    return (
        words[index - 1].folded in {"et", "and", "ainsi", "que", "puis", "par", "de", "by", "avec"} if index else True
    )


def _titled_or_new(label: str, words: tuple[Word, ...], index: int) -> bool:
    """After a dash the descriptor of the person before begins, or another person where a full name follows."""
    name = person_at(label, words, index, "fr")
    return name is not None and name.sure and bool(name.last)


def _ends_well(label: str, words: tuple[Word, ...], name: PersonName, language: str) -> bool:
    """An unproven name must be followed by a separator, and no name by more words of a body."""
    if name.end >= len(words):
        return True
    after = label[words[name.end - 1].end : words[name.end].start].strip()
    if after:
        return True
    follower = words[name.end]
    if follower.folded in function_words(language):
        return True
    return bool(name.last and name.sure) or follower.folded in {"et", "and", "pour", "de", "du"}


def _bracket_end(label: str, at: int) -> int:
    """The end of the bracket that opens right after `at`; `at` where none does."""
    opened = re.match(r"\s*\(", label[at : at + 4])
    if not opened:
        return at
    close = label.find(")", at)
    return close if 0 < close - at < 300 else at


@cache
def body_heads(language: str) -> frozenset[str]:
    return (
        phrases(language, "bodies", "heads")
        | phrases(language, "bodies", "institutions")
        | single_words(language, "bodies", "acronyms")
    )
