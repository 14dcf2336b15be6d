"""Which names are proper enough to be the same thing in several documents.

« La mairie », « le CCAS », a bare first name are different bodies in different documents: they get no merge key.
A full name, « Mairie de Valbrune », a defined acronym do; the store merges equal keys without rival (graph.identity).
"""

from __future__ import annotations

import re
from functools import cache

from graph.text import FUNCTION_WORDS, key, words
from ontology import lexicon

# An apostrophe separates: « l’Ambresle » holds a proper name behind its article.
_TOKEN = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")


@cache
def _generic(language: str) -> frozenset[str]:
    """Folded words that name a sort of body or place, never one of them."""
    listed = lexicon(language, "generic_names")
    return frozenset(w for entry in listed.get("words", ()) for w in words(entry))


def merge_key(kind: str, name: str, language: str = "fr") -> str:
    """The key under which a name is one thing across documents, or "" where it may not be merged by itself.

    >>> merge_key("organisation", "la mairie"), merge_key("organisation", "Mairie de Valbrune")
    ('', 'mairie valbrune')
    >>> merge_key("organisation", "Mission locale de l’Ambresle"), merge_key("organisation", "Agence de l’eau")
    ('mission locale ambresle', '')
    >>> merge_key("person", "Camille"), merge_key("person", "Camille Estève")
    ('', 'camille esteve')
    """
    if kind not in {"person", "organisation", "territory"}:
        return ""
    folded = key(name)
    if kind == "person":
        return folded if len(folded.split()) >= 2 and _capitals(name) >= 2 else ""
    return folded if _has_proper_part(name, language) else ""


def _capitals(name: str) -> int:
    return sum(token[:1].isupper() for token in _TOKEN.findall(name))


def _has_proper_part(name: str, language: str) -> bool:
    generic = _generic(language)
    for token in _TOKEN.findall(name):
        parts = [w for w in words(token) if w not in FUNCTION_WORDS]
        if token[:1].isupper() and parts and not all(w in generic for w in parts):
            return True
    return False
