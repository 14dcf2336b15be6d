"""Names of the styles of word processors, French and English: what they say of a paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.text import fold

_HEADING = re.compile(r"(?:heading|titre|uberschrift|titulo|titolo|kop|en-tete de section)[ _-]?([1-9])(?:\D.*)?")
_TITLES = frozenset({"title", "titre", "titre principal", "document title", "titre du document"})
_SUBTITLES = frozenset({"subtitle", "sous-titre", "sous titre"})
_LIST = re.compile(
    r"(?:list (?:bullet|number)|liste? a (?:puces|numeros)|liste numerotee|listes? puces|puces?|numerotation|"
    r"listepuces|listenumeros|list ?(?:bullet|number))(?: ?([1-9]))?"
)
_CONTENTS = re.compile(r"(?:toc|tm|table des matieres|contents|index|sommaire)(?: ?(?:heading|titre|niveau)?\s?\d?)?")


@lru_cache(maxsize=4_096)
def _plain(name: str) -> str:
    """Folded; OpenDocument writes a space as _20_, and other letters by their code too."""
    return " ".join(fold(re.sub(r"_([0-9a-f]{2})_", lambda m: chr(int(m[1], 16)), name)).split())


def heading_level(name: str) -> int | None:
    """1 to 9 for the name of a heading style, 1 for a title, 2 for a subtitle, None for another.

    >>> [heading_level(x) for x in ("Titre 2", "Titre1", "heading 3", "Titre_20_1", "Corps de texte", "Sous-titre")]
    [2, 1, 3, 1, None, 2]
    """
    plain = _plain(name)
    if found := _HEADING.fullmatch(plain):
        return int(found[1])
    return 1 if plain in _TITLES else 2 if plain in _SUBTITLES else None


def is_title(name: str) -> bool:
    """Whether a style is that of the title of a document, above its headings."""
    return _plain(name) in _TITLES


def list_depth(name: str) -> int:
    """The depth that the name of a list style says, 0 where it is none.

    >>> [list_depth(x) for x in ("List Bullet", "Liste à puces 2", "Listepuces3", "Paragraphe de liste")]
    [1, 2, 3, 0]
    """
    found = _LIST.fullmatch(_plain(name))
    return 0 if found is None else int(found[1] or 1)


def is_contents(name: str) -> bool:
    """Whether a style is that of a line of a table of contents."""
    return _CONTENTS.fullmatch(_plain(name)) is not None
