"""Words of names: first names, titles, particles, functions; how a name is written and displayed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from graph.text import fold
from ingest.extract.who.noun_forms import noun_forms
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, words_of
from ingest.memory import remembered

_TITLE_AS_WRITTEN = {
    "m": {"M", "M."},
    "me": {"Me"},
    "pr": {"Pr"},
    "mr": {"Mr", "MR"},
    "dr": {"Dr", "DR"},
    "fr": {"Fr"},
    "sir": {"Sir"},
}
_OF_MEN = frozenset("m mm mr monsieur messieurs messrs sir lord".split())
_OF_WOMEN = frozenset("mme mmes mlle mlles mrs ms miss madame mesdames mademoiselle lady".split())
_OPENING_PARTICLE = re.compile(r"^(?:De La |De |Du |Des |D['’])(?=\S)")
_CASE_PARTS = re.compile(r"[^\W_]+")


@cache
def first_names() -> frozenset[str]:
    return single_words("fr", "first_names", "names") | single_words("en", "first_names", "names")


@cache
def titles(language: str) -> frozenset[str]:
    return single_words(language, "people", "titles")


@cache
def particles(language: str) -> frozenset[str]:
    return frozenset(p.rstrip("'") for p in single_words(language, "people", "particles"))


@cache
def not_a_surname(language: str) -> frozenset[str]:
    """Capitalised words that end a name: heads of bodies, titles, function words."""
    heads = phrases(language, "bodies", "heads") | phrases(language, "places", "heads", "territory")
    small = set("le la les un une et ou the and of pour dans avec sur en a q r".split())
    return frozenset(h for h in heads if " " not in h) | titles(language) | small


@remembered
def is_first_name(text: str) -> bool:
    """Whether every part of a word is a known first name (« Jean-Pacôme » may have one unknown part).

    >>> is_first_name("Marie-Claire"), is_first_name("Mairie")
    (True, False)
    """
    parts = fold(text).split("-")
    known = [p in first_names() for p in parts]
    return all(known) or (len(parts) == 2 and known[0] and len(parts[1]) > 2)


def proper_case(text: str) -> str:
    """Capitals brought to a name's usual case; mixed case is left as written.

    >>> proper_case("DUPONT-MAÎTRE"), proper_case("d'ORNANO"), proper_case("Le Goff")
    ('Dupont-Maître', "d'Ornano", 'Le Goff')
    """
    cased = _CASE_PARTS.sub(
        lambda m: m.group().capitalize() if m.group().isupper() and len(m.group()) > 1 else m.group(), text
    )
    return _OPENING_PARTICLE.sub(lambda m: m.group().lower(), cased) if text.isupper() else cased


def untitled(text: str, language: str) -> str:
    """A name as written, without the titles before it: « Mme DUPONT Claire » is « DUPONT Claire »."""
    words = words_of(text)
    bare = next((w for w in words if not is_title(w, language)), None)
    return text[bare.start :] if bare else text


def is_title(word: Word, language: str) -> bool:
    key = word.folded.rstrip(".")
    if key not in titles(language):
        return False
    as_written = _TITLE_AS_WRITTEN.get(key)
    return word.text in as_written if as_written else word.text[:1].isupper() or len(key) > 3


def differ(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two people are addressed as a man and as a woman.

    >>> differ({"M"}, {"Mme", ""}), differ({"M"}, {"MM"}), differ({"Mrs"}, {"Dr"})
    (True, False, False)
    """
    one, other = ({_address(t) for t in titles} - {""} for titles in (some, others))
    return bool(one and other) and not one & other


def _address(title: str) -> str:
    key = fold(title).rstrip(".")
    return "man" if key in _OF_MEN else "woman" if key in _OF_WOMEN else ""


def is_acronym_word(word: Word) -> bool:
    return any(word.folded in single_words(language, "bodies", "acronyms") for language in ("fr", "en"))


@cache
def function_words(language: str) -> frozenset[str]:
    """First words of functions, with feminine and plural forms."""
    heads = single_words(language, "people", "functions", "heads")
    return frozenset(form for head in heads for form in (noun_forms(head) if language == "fr" else {head, head + "s"}))
