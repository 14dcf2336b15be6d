"""Persons named in plain prose."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.extract.who import territories
from ingest.extract.who.body_words import acronyms, heads, is_shouting
from ingest.extract.who.descriptions import is_function
from ingest.extract.who.name_words import function_words, is_first_name, is_title
from ingest.extract.who.named import ARTICLES, Named, after_landmark, calendar, inside
from ingest.extract.who.names import PersonName, person_at
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import Word, joined, words_of
from ingest.parse import Parse

_STREETS = frozenset(
    "rd road street st lane close avenue ave drive way crescent grove terrace gardens court hill green".split()
)

_ABBREVIATIONS = frozenset({"PJ", "NB", "PS", "OJ", "RDV"})  # « P.J. Présentation »: what is joined, nobody


def persons_in(
    label: str, language: str, taken: list[tuple[int, int]], parse: Parse | None = None
) -> list[tuple[Named, PersonName]]:
    """Names proven by a title, a first name or an initial, outside the spans already taken."""
    words, found, index = words_of(label), [], 0
    shouting = is_shouting(label)
    while index < len(words):
        word = words[index]
        if shouting or not word.capital or inside(word.start, taken) or after_landmark(words, index, language):
            index += 1
            continue
        name = person_at(label, words, index, language) or _acting(label, words, index, language)
        if name is None or not _holds(label, words, name, language):
            index += 1
            continue
        last = words[name.end - 1].end
        found.append(
            (
                Named(
                    name.display,
                    words[name.begin].start,
                    last,
                    0.9 if name.title or is_first_name(name.first) else 0.75,
                ),
                name,
            )
        )
        index = name.end
    return found + _parsed_persons(label, parse, taken + [(n.first, n.last) for n, _ in found], language)


def _acting(label: str, words: tuple[Word, ...], at: int, language: str) -> PersonName | None:
    """« Margery Holt (Friends of …) offered »: two unknown capitalised words that speak or stand before a bracket."""
    if at + 1 == len(words) or not words[at + 1].capital:
        return None
    name = person_at(label, words, at, language, listed=True)
    if name is None or not name.last or name.end - name.begin != 2 or any(w.upper for w in words[at : name.end]):
        return None
    if (
        any(_names_body(w.folded, language) for w in words[at : name.end])
        or territories.longest_place(label, words, at, language) > at
    ):
        return None
    verb = (
        words[name.end].folded if name.end < len(words) and joined(label, words[name.end - 1], words[name.end]) else ""
    )
    speaks = verb in single_words(language, "people", "reporting", "verbs")
    return name if speaks or _bracket_of_person(label, words[name.end - 1].end, language) else None


def _names_body(folded: str, language: str) -> bool:
    return folded in heads(language) or folded in acronyms(language)


def _bracket_of_person(label: str, at: int, language: str) -> bool:
    """« Margery Holt (treasurer) », « … (Friends of X) »: a bracket that says what somebody does, or is of.

    In French two capitalised words before a bracket are as often a place or a venture: only a function proves a person.
    """
    bracket = re.match(r"\s?\(([^()]{2,120})\)", label[at : at + 130])
    return bracket is not None and (language == "en" or is_function(bracket.group(1), language))


def _holds(label: str, words: tuple[Word, ...], name: PersonName, language: str) -> bool:
    """No name where a place or body is spelled: « Claire-Fontaine », « Martin Luther King » after « rue »."""
    own = [w for w in words[name.begin : name.end] if not is_title(w, language)]
    if not own or (not name.last and not name.title):
        return False
    if not name.first and all(w.folded in function_words(language) or w.folded in ARTICLES for w in own):
        return False  # « Monsieur le Maire »: a function, whose holder is not named
    if language == "en" and own[-1].folded in _STREETS and len(own) > 1:
        return False
    text = label[own[0].start : own[-1].end]
    if (
        territories.is_area(text, language)
        or territories.looks_like_place(text)
        or (territories.is_commune(text) and not name.title)
    ):
        return False
    if any(w.folded in heads(language) for w in own[1:]) or (own[-1].folded in acronyms(language) and own[-1].upper):
        return False
    dated = len(own) > 1 and own[1].folded in calendar(language)
    return not (own[0].initials and (dated or own[0].text.replace(".", "") in _ABBREVIATIONS))


def _parsed_persons(
    label: str, parse: Parse | None, taken: list[tuple[int, int]], language: str
) -> list[tuple[Named, PersonName]]:
    """spaCy's persons of two capitalised words and more, one signal among others: none that a body explains."""
    out = []
    for ent in parse.names() if parse is not None and _may_name(words_of(label)) else ():
        if ent.kind != "PER" or inside(ent.first, taken):
            continue
        own = words_of(ent.text)
        if not 2 <= len(own) <= 3 or not all(map(_is_proper, own)):
            continue
        functions = single_words(language, "people", "functions", "heads")
        if any(w.folded in functions or _names_body(w.folded, language) for w in own):
            continue
        if territories.is_commune(ent.text):
            continue
        name = PersonName(0, len(own), own[0].text, " ".join(w.text for w in own[1:]), "", sure=False)
        before = words_of(label[max(0, ent.first - 40) : ent.first])
        if is_first_name(own[0].text) and not after_landmark((*before, own[0]), len(before), language):
            out.append((Named(ent.text, ent.first, ent.last, 0.6), name))
    return out


def _is_proper(word: Word) -> bool:
    return word.capital and not word.upper and len(word.text) > 2 and word.text.isalpha()


def _may_name(words: tuple[Word, ...]) -> bool:
    """Whether a known first name stands before another capitalised word: no other label is asked for its names."""
    return any(_is_proper(a) and _is_proper(b) and is_first_name(a.text) for a, b in pairwise(words))
