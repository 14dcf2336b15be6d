"""A text without case and accents, of the same length, so that patterns stay simple and offsets hold."""

from __future__ import annotations

import unicodedata

from graph.text import CharacterTable
from ingest.memory import remembered

_TYPOGRAPHY = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
}


def _flat_character(character: str) -> str:
    known = _TYPOGRAPHY.get(character)
    if known is not None:
        return known
    base = unicodedata.normalize("NFD", character.lower())
    return base[0] if base else character


_FLAT = CharacterTable(_flat_character)


@remembered
def flat(text: str) -> str:
    """Lower case, no accents, plain apostrophes, dashes and spaces; one character for one.

    >>> flat("L’Été – 3 000 élus")
    "l'ete - 3 000 elus"
    """
    return text.translate(_FLAT)
