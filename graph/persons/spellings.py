"""The spellings of a name to forget, as digests, and the runs of words of a text that may be one. Pure."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.text import fold, words

MOST_PIECES = 12  # a name broken by hyphenation or points is found again over so many pieces
MOST_APART = 2_000  # characters between the two ends of one name
MOST_TURNED = 6  # words of a name that is looked for from each of its words on: « LE GOFF Jean-Pierre »
PIECE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Variant:
    """A forgotten spelling: the digest of its folded letters under a key, and how many letters it has."""

    digest: str
    key: str
    letters: int


def variants(names: Iterable[str], key: str = "") -> tuple[Variant, ...]:
    """The variants of these names: as written, and from each of their words on (NOM Prénom, Prénom NOM)."""
    key = key or secrets.token_hex(16)
    out = set()
    for name in names:
        found = letters_of(name)
        turns = [found[at:] + found[:at] for at in range(len(found))] if len(found) <= MOST_TURNED else [found]
        out |= {"".join(turn) for turn in turns if turn}
    return tuple(sorted((Variant(digest(key, v), key, len(v)) for v in out), key=lambda v: v.digest))


def digest(key: str, letters: str) -> str:
    return hashlib.blake2b(letters.encode(), key=bytes.fromhex(key), digest_size=16).hexdigest()


def pieces(text: str) -> list[tuple[int, int, str]]:
    """The words of a text in code points, each with its folded letters, of any script."""
    return [(m.start(), m.end(), "".join(words(m[0])) or fold(m[0])) for m in PIECE.finditer(text)]


def letters_of(name: str) -> list[str]:
    """The folded letters of each word of a name.

    >>> letters_of("Élise LE GOFF"), letters_of("Иван Петров")
    (['elise', 'le', 'goff'], ['иван', 'петров'])
    """
    return [letters for _, _, letters in pieces(name)]


def runs(text: str, longest: int) -> Iterator[tuple[int, int, str]]:
    """Words that follow each other, one, then two and so on from each, with their letters: at most `longest` of them.

    A name is found so whatever stands between its parts: two cells, a hyphen, the end of a line.
    """
    found = pieces(text)
    for at, (start, _, _) in enumerate(found):
        letters = ""
        for _, end, piece in found[at : at + MOST_PIECES]:
            letters += piece
            if len(letters) > longest or end - start > MOST_APART:
                break
            yield start, end, letters
