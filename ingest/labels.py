"""From a slice of the text to its label: wraps, hyphenation, inline markup and repeated spaces undone.

A label is a list of characters with the offset each comes from, so that any part of it leads back to an exact span.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A hyphen at the end of a line stays where it belongs to the word: after these first parts of French compounds …
COMPOUND_PREFIXES = frozenset(
    """télé visio co inter non vice ex sous sur demi mi semi anti auto contre entre avant après arrière post pré
    pro multi
    micro macro mini méga éco bio agro socio psycho pluri trans ultra extra intra infra néo pseudo quasi grand grande
    haut haute bas basse petit petite moyen moyenne porte rendez savoir tiers peut quelques celui celle ceux celles
    lui elle eux elles soi moi toi nous vous presqu quelqu jusqu lorsqu puisqu aujourd chef bien mal mieux plus moins
    tout toute vis court moyen long centre nord sud est ouest saint sainte dix vingt trente quarante cinquante soixante
    quatre mille self well re e start follow long short high low cross""".split()
)
# … and before these last parts (inverted pronouns and particles).
_AFTER_HYPHEN = frozenset(
    "il elle ils elles on je tu nous vous ce t là ci même mêmes moi toi lui leur leurs y en vis être".split()
)
# « Beaumont-/sur-Arce »: the small words between two hyphens of a name.
_WITHIN_NAME = frozenset("sur sous en les lès le la l de du des d et au aux près devant".split())
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_JOINERS = "\u200c\u200d"
_LAST_LATIN = "\u024f"
_HYPHENS = "-\u2010\u2011\u00ad"
_LINE_BREAK = re.compile(rf"(?<=\w)(?P<hyphen>[{_HYPHENS}])[^\S\r\n]*(?:(?:\r\n|\n|\r)[^\S\r\n]*+)++(?=\w)")
_SLASH_BREAK = re.compile(r"(?<=[^\W\d]/)(?:\r\n|\n|\r)(?=(?!https?:|www\.)[^\W\d])")
_LAST_WORD = re.compile(r"[\w\u2019'-]+$")
_FIRST_WORD = re.compile(r"\w+")
_UNCLEAN = r"\s\s|[^\S ]|[\u2500-\u257f\u200b-\u200d\u2060\ufeff\u00ad\x00]"
_ODD = re.compile(r"[\u2500-\u257f\u200b-\u200d\u2060\ufeff\u00ad\x00]")
_WORDS = re.compile(r"\S+")
_TO_UNDO = re.compile(_UNCLEAN)
_MARKS = re.compile(r"[*_`~\[<\\]")
_TO_UNDO_MARKUP = re.compile(f"{_UNCLEAN}|{_MARKS.pattern}")

# Inline markup, in order; group "keep" is what stays. None of them can backtrack over more than one line's delimiters.
_MARKUP = (
    re.compile(
        r"!\[[^\]\n]{0,500}\]"
        r"\((?:\{\{[^{}\n]{0,200}\}\})?[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?(?:\s+\"[^\"\n]{0,300}\")?\)(?P<keep>)"
    ),
    re.compile(
        r"\[(?P<keep>(?:[^\[\]]|!\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)){1,1000})\]"
        r"\((?:\(\([^()\s]{1,200}\)\)|\[\[[^\[\]\n]{1,500}\]\]"  # of Logseq
        r"|<?(?:\{\{[^{}\n]{0,200}\}\})?[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?>?)"
        r"(?:\s+\"[^\"\n]{0,300}\")?\)"
    ),
    re.compile(r"<(?P<keep>(?:https?://|mailto:)[^<>\s]{1,2000})>"),
    re.compile(r"`(?P<keep>[^`\n]{1,1000})`"),
    re.compile(r"\*\*(?=\S)(?P<keep>[^*]{1,3000}(?<=\S)|[^*]{1,1000}\*[^*]{1,1000}\*[^*]{0,1000})\*\*"),
    re.compile(r"(?<!\w)__(?=\S)(?P<keep>[^_]{1,3000})(?<=\S)__(?!\w)"),
    re.compile(r"~~(?=\S)(?P<keep>[^~]{1,3000})(?<=\S)~~"),
    re.compile(r"(?<![\w*])\*(?=[^\s*])(?P<keep>[^*]{1,3000})(?<=\S)\*(?![\w*])"),
    re.compile(r"(?<!\w)_(?=[^\s_])(?P<keep>[^_]{1,3000})(?<=\S)_(?!\w)"),
    re.compile(
        r"</?(?:br|u|b|i|em|strong|mark|sup|sub|small|del|ins|s|a|span|font|center|kbd|abbr|time)"
        r"(?:\s[^<>]{0,1000})?/?>(?P<keep>)",
        re.I,
    ),
)
_ESCAPED = re.compile(r"\\[*_`~#\[\](){}<>|.!\\-]")


@dataclass(frozen=True, slots=True)
class Label:
    """Clean text, and for each of its characters the offset it comes from (a range where nothing was undone)."""

    text: str
    offsets: Sequence[int]

    def part(self, first: int, last: int) -> Label:
        return Label(self.text[first:last], self.offsets[first:last])


def make_label(text: str, start: int, end: int, *, markup: bool = False, skip: Iterable[tuple[int, int]] = ()) -> Label:
    """The label of ``text[start:end]``. `skip` are spans left out (furniture in the middle); `markup` undoes Markdown.

    >>> make_label("les démarches administra-\\ntives de  demain", 4, 43).text
    'démarches administratives de demain'
    """
    piece = text[start:end]
    skip = tuple(skip)
    if not skip and _is_clean(piece, markup=markup):
        first = start + len(piece) - len(piece.lstrip())
        clean = piece.strip()
        return Label(clean, range(first, first + len(clean)))
    dropped = bytearray(len(piece))
    for first, last in skip:
        for i in range(max(first - start, 0), min(last - start, len(piece))):
            dropped[i] = 1
    if markup:
        _drop_markup(piece, dropped)
    _drop_breaks(piece, dropped)
    return _collapse(piece, dropped, start)


def _is_clean(piece: str, *, markup: bool) -> bool:
    """Whether nothing is to undo; told of most pieces without looking at each character by a pattern."""
    if "  " in piece:
        return False
    if not piece.isprintable():  # a space is the one kind of white space that is
        return not (_TO_UNDO_MARKUP if markup else _TO_UNDO).search(piece)
    return (piece.isascii() or not _ODD.search(piece)) and not (markup and _MARKS.search(piece))


def _drop_markup(piece: str, dropped: bytearray) -> None:
    for escape in _ESCAPED.finditer(piece):
        dropped[escape.start()] = 1
    bare = _ESCAPED.sub("\x01\x01", piece)  # what is escaped is no mark
    for pattern in _MARKUP:
        for found in pattern.finditer(bare):
            keep = found.span("keep")
            if dropped[found.start()]:
                continue
            for i in (*range(found.start(), keep[0]), *range(keep[1], found.end())):
                dropped[i] = 1


def _drop_breaks(piece: str, dropped: bytearray) -> None:
    for found in _LINE_BREAK.finditer(piece):
        first = found.start("hyphen") + (1 if keeps_hyphen(piece, found.start(), found.end()) else 0)
        for i in range(first, found.end()):
            dropped[i] = 1
    for found in _SLASH_BREAK.finditer(piece):
        for i in range(found.start(), found.end()):
            dropped[i] = 1


def keeps_hyphen(piece: str, hyphen: int, rest: int) -> bool:
    """Whether the hyphen at ``piece[hyphen]``, last on its line, belongs to the word that goes on at `rest`."""
    if piece[hyphen] == "\u00ad":
        return False
    before = _LAST_WORD.search(piece[max(0, hyphen - 40) : hyphen])
    after = _FIRST_WORD.match(piece[rest : rest + 40])
    head, tail = (before.group() if before else ""), (after.group() if after else "")
    if not tail or not tail[0].islower() or not head or head[-1].isdigit() or head.isupper():
        return True
    if tail in _WITHIN_NAME and piece[rest + len(tail) : rest + len(tail) + 1] in _HYPHENS:
        return True
    head = re.split(r"[\u2019']", head)[-1].lower()
    return "-" in head or head in COMPOUND_PREFIXES or tail in _AFTER_HYPHEN


def _spaced(piece: str, start: int) -> Label:
    """The words of a piece with one space between them: nothing but white space to undo."""
    words: list[str] = []
    offsets: list[int] = []
    last = 0
    for word in _WORDS.finditer(piece):
        if words:
            offsets.append(start + last)
        words.append(word.group())
        offsets.extend(range(start + word.start(), start + word.end()))
        last = word.end()
    return Label(" ".join(words), tuple(offsets))


def _joins(piece: str, i: int) -> bool:
    """Whether a character without width spells: it makes one emoji of several, or a letter of another script."""
    around = piece[i - 1 : i], piece[i + 1 : i + 2]
    return piece[i] in _JOINERS and any(sign > _LAST_LATIN for sign in around)


def _collapse(piece: str, dropped: bytearray, start: int) -> Label:
    if not any(dropped) and not _ODD.search(piece):
        return _spaced(piece, start)
    chars: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(piece):
        if dropped[i] or (char in _ZERO_WIDTH and not _joins(piece, i)):
            continue
        if char.isspace() or "\u2500" <= char <= "\u257f" or char == "\x00":
            if not chars or chars[-1] == " ":
                continue
            char = " "  # noqa: PLW2901 - the same character, as labels write it
        chars.append(char)
        offsets.append(start + i)
    if chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    return Label("".join(chars), tuple(offsets))
