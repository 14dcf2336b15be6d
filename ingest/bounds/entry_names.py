"""Names of an archive that do not say how they are written, as they were typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_OLDER = ("cp850", "cp1252")  # what western systems write without a mark: Windows' own archiver, then many others
_FRENCH = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ")
_ALONE = frozenset("àôÀÔ")  # letters that are words
_MARKS = frozenset("’«»“”–—…°")


def read_names(written: Sequence[str | bytes]) -> list[str]:
    """The names of one archive: UTF-8 where bytes are that, else all in the encoding that gives the fewest odd letters.

    They are judged together, since one program wrote them: alone, « Mairie – suivi » could be « Mairie û suivi ».

    >>> read_names(["réunion.md".encode("cp850"), "été.md".encode()])
    ['réunion.md', 'été.md']
    >>> read_names(["Réunion/idées.md".encode("latin-1"), "Mairie – suivi.md".encode("cp1252")])
    ['Réunion/idées.md', 'Mairie – suivi.md']
    """
    names = [_utf8(name) for name in written]
    older = [name for name in names if isinstance(name, bytes)]
    encoding = min(_OLDER, key=lambda e: sum(_odd(name.decode(e, "replace")) for name in older))
    return [name if isinstance(name, str) else name.decode(encoding, "replace") for name in names]


def _utf8(name: str | bytes) -> str | bytes:
    try:
        return name if isinstance(name, str) else name.decode()
    except UnicodeDecodeError:
        return name


def _odd(name: str) -> int:
    """How oddly a name is written: signs within words, capitals behind small letters, letters that French has not."""
    around = zip(f" {name}", name, f"{name[1:]} ", strict=False)
    return sum(_odd_letter(*three) for three in around if not three[1].isascii())


def _odd_letter(before: str, letter: str, after: str) -> int:
    kind = unicodedata.category(letter)
    if kind not in {"Ll", "Lu"}:
        within = before.isalpha() and after.isalpha()
        return 2 if letter not in _MARKS or within != (letter == "’") else 0
    if kind == "Lu" and before.islower():
        return 2
    if not before.isalnum() and not after.isalnum() and letter not in _ALONE:
        return 2
    return int(letter not in _FRENCH)
