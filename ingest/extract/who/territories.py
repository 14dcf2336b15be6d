"""Territories by name: communes, departments, regions, and what their names look like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from graph.text import fold
from ingest.extract.who.wordlists import phrases
from ingest.extract.who.words import Word, joined

MAX_PLACE_WORDS = 6
_SHAPE = re.compile(
    r"^(?:(?:st|ste|saint|sainte)-[a-z][a-z-]+|[a-z][a-z'-]+-(?:sur|sous|en|les|les|le|la|aux|au|lez|les|du|de|des|d|l)-[a-z][a-z'-]+|"
    r"(?:le|la|les)-[a-z]{4,}-[a-z-]+)$"
)
_DASHES = str.maketrans({"-": " ", "'": " ", "’": " ", "‑": " "})
_SAINTS = {"st": "saint", "ste": "sainte"}
MAX_NAME_CHARS = 60  # longer slices are no names, and are not remembered


def place_key(text: str) -> str:
    """Folded, hyphens and apostrophes as spaces, « st » as « saint »."""
    return _place_key(text) if len(text) <= MAX_NAME_CHARS else _spelled(text)


def _spelled(text: str) -> str:
    words = fold(text).translate(_DASHES).split()
    return " ".join(_SAINTS.get(w, w) for w in words)


_place_key = lru_cache(maxsize=16_384)(_spelled)


def openings(names: Iterable[str]) -> frozenset[str]:
    """The first word of each place key."""
    return frozenset(name.split(" ", 1)[0].strip('",«»()') for name in names)


@lru_cache(maxsize=16_384)
def may_open(word: str, first_words: frozenset[str]) -> bool:
    """Whether a name that begins with one of the words may begin so: « St » opens « Saint-Loup », « L’ » « L’Isle ».

    A dotted word may be glued to the next one (« M.Roy »): only the whole name tells.
    """
    opening = _spelled(word).split(" ", 1)[0]
    return opening in first_words or not opening.isalnum()


@cache
def _communes() -> tuple[frozenset[str], frozenset[str]]:
    large = frozenset(place_key(n) for n in phrases("fr", "communes", "large"))
    return large, frozenset(place_key(n) for n in phrases("fr", "communes", "small"))


@cache
def _areas(language: str) -> frozenset[str]:
    lists = ("regions", "departments")
    return frozenset(place_key(n) for part in lists for n in phrases(language, "places", part))


@cache
def _openings(language: str) -> frozenset[str]:
    communes = frozenset[str]().union(*_communes()) if language == "fr" else frozenset[str]()
    return openings(communes | _areas(language))


@cache
def _ambiguous(language: str) -> frozenset[str]:
    return frozenset(place_key(n) for n in phrases(language, "places", "ambiguous"))


def is_commune(text: str) -> bool:
    """Whether a text is a commune's name and nothing else."""
    key = place_key(text.strip())
    return any(key in names for names in _communes()) and text[:1].isupper()


def is_area(text: str, language: str = "fr") -> bool:
    """Whether a text names a region, department, country or like area."""
    found = place_key(text.strip())
    return found in _areas(language) or found in _areas("fr")


def is_ambiguous(text: str, language: str = "fr") -> bool:
    return place_key(text) in _ambiguous(language)


def is_large(text: str) -> bool:
    return place_key(text) in _communes()[0]


def looks_like_place(text: str) -> bool:
    """« X-sur-Y », « Saint-X »: a shape only places (and some streets) have.

    >>> looks_like_place("Mérignac-sur-Vire"), looks_like_place("Saint-Loup"), looks_like_place("porte-parole")
    (True, True, False)
    """
    return bool(_SHAPE.match(fold(text))) and text[:1].isupper()


def longest_place(label: str, words: tuple[Word, ...], at: int, language: str) -> int:
    """The end (exclusive) of the longest place name of the lists that begins at word `at`; `at` where none does."""
    large, small = _communes() if language == "fr" else (frozenset[str](), frozenset[str]())
    areas = _areas(language)
    if not may_open(words[at].text, _openings(language)):
        return at
    best, end = at, at
    while end < len(words) and end - at < MAX_PLACE_WORDS and (end == at or joined(label, words[end - 1], words[end])):
        end += 1
        key = place_key(label[words[at].start : words[end - 1].end])
        if words[end - 1].capital and (key in large or key in small or key in areas):
            best = end
    return best


@cache
def heads(language: str, kind: str) -> frozenset[str]:
    """What a place ("territory") or a street, building, plan ("landmark") is called by its kind, with plurals."""
    entries = phrases(language, "places", "heads", kind)
    return frozenset(form for e in entries for form in (e, e + "s"))
