"""Folding, splitting and stemming: the one way in which text and queries are prepared, for every store."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

WORD_CHARS = 24
LONGEST_STEMMED = 64
SHORT_TEXT = 300  # a sentence: its words are asked for several times in a row
KEPT_WORDS = 16_384  # those of some hundred documents; each use of so many is 4 MB
_STEMMING = threading.Lock()  # a compiled stemmer serves one thread at a time
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
_WORD = re.compile(r"[0-9a-z]+")
_NUMBERS = re.compile(r"([0-9]{1,18})")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"})
# Function words never carry identity: « la fabrique de la ville » and « fabrique des villes » are one key.
FUNCTION_WORDS = frozenset(
    """a à au aux avec ce ces cet cette chez d dans de des du en entre et l la le les leur leurs nos notre ou par pour
    qu que qui s sa sans se ses son sous sur un une vers vos votre y
    the of and to for in on with an at by from""".split()
)


class CharacterTable(dict[int, str]):
    """A table for `str.translate` that asks `spell` for a character when it first meets it."""

    KEPT = 8_192  # a text with more different characters than this is no text: they are spelled again each time

    def __init__(self, spell: Callable[[str], str]) -> None:
        super().__init__()
        self._spell = spell

    def __missing__(self, code: int) -> str:
        spelled = self._spell(chr(code))
        if len(self) < self.KEPT:
            self[code] = spelled
        return spelled


def fold(text: str) -> str:
    """Lower case without accents, ligatures or typographic apostrophes.

    >>> fold("L’Œuvre à Nîmes")
    "l'oeuvre a nimes"
    """
    if len(text) <= WORD_CHARS:  # a word: rules ask for the same few thousand again and again
        return _fold_word(text)
    return _fold(text)


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def _fold_character(character: str) -> str:
    """Folding looks at no neighbour: case, ligatures, then the decomposition without its combining marks."""
    plain = unicodedata.normalize("NFKD", character.casefold().translate(_LIGATURES))
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in _ACCENTS).translate(_LIGATURES)


_FOLDED = CharacterTable(_fold_character)


_fold_word = lru_cache(maxsize=KEPT_WORDS)(_fold)


def words(text: str) -> list[str]:
    """The folded words of a text, apostrophes and hyphens separating.

    >>> words("l’agir-citoyen : 3 pistes")
    ['l', 'agir', 'citoyen', '3', 'pistes']
    """
    return list(_kept_words(text)) if len(text) <= SHORT_TEXT else _WORD.findall(fold(text))


@lru_cache(maxsize=4_096)
def _kept_words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=KEPT_WORDS)
def singular(word: str) -> str:
    """A folded word without its plural ending; light on purpose, for identity and not for search.

    >>> [singular(w) for w in ("territoires", "lieux", "journaux", "pays", "bus")]
    ['territoire', 'lieu', 'journal', 'pays', 'bus']
    """
    if word in {"pays", "bus", "temps", "corps", "mois", "fois", "prix", "acces", "proces", "cours", "dans", "sens"}:
        return word
    if len(word) > 5 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-3] + "al"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def key(text: str) -> str:
    """The identity key of a name or phrase: folded, singular, without function words.

    >>> key("Les tiers-lieux du territoire")
    'tier lieu territoire'
    """
    return _kept_key(text) if len(text) <= SHORT_TEXT else _key(text)


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """What names are sorted by where numbers count as such.

    >>> sorted(["Table 10", "Table 2", "table 1"], key=natural)
    ['table 1', 'Table 2', 'Table 10']
    """
    # Both kinds of part are pairs: a name that begins with a number can be beside one that does not.
    parts = _NUMBERS.split(fold(name))
    return tuple((int(part), "") if n % 2 else (-1, part) for n, part in enumerate(parts))


def _key(text: str) -> str:
    found = words(text)
    kept = [singular(w) for w in found if w not in FUNCTION_WORDS]
    return " ".join(kept or found)


_kept_key = lru_cache(maxsize=4_096)(_key)


@cache
def _stemmer() -> Any:
    """The compiled stemmer of PyStemmer where it is installed, else the same in Python, twenty times slower."""
    import snowballstemmer  # loaded on first use: `graph stats` needs none

    return snowballstemmer.stemmer("french")


@lru_cache(maxsize=KEPT_WORDS)
def stem(word: str) -> str:
    """The search stem of one folded word; what is longer than any word stays as it is."""
    if len(word) > LONGEST_STEMMED:  # the stemmer takes minutes over a word of a million letters
        return word
    try:
        with _STEMMING:
            return str(_stemmer().stemWord(word))
    except UnicodeEncodeError:  # half a character: the compiled stemmer takes text that UTF-8 can hold
        return word


def search_words(text: str) -> list[str]:
    """What is indexed for a text, and what a query becomes: folded, split, stemmed; function words left out.

    A text made of function words only keeps them, so that it can still be found.
    """
    return list(_kept_stems(text)) if len(text) <= SHORT_TEXT else stems_of(words(text))


@lru_cache(maxsize=4_096)
def _kept_stems(text: str) -> tuple[str, ...]:
    return tuple(stems_of(words(text)))


def stems_of(found: list[str]) -> list[str]:
    """The same of the words of a text."""
    return [stem(w) for w in found if w not in FUNCTION_WORDS] or [stem(w) for w in found]
