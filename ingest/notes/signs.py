"""Titles behind a sign: « ► Mobilité », « >> Lecture »: list marks, or quotes, that each head a text of their own."""

from __future__ import annotations

from ingest.extract.said.wording import is_infinitive, plain
from ingest.notes.cues import FIELD, TERMINAL
from ingest.notes.persons import is_person
from ingest.notes.pieces import Piece, PieceKind
from ingest.notes.wording import CAPITAL, has_verb

_POINTERS = frozenset("►▶‣▸➢❖◆■□▪▹❑❒")  # an arrow concludes what stands above it
_LIST_MARKS = frozenset("*•-–+")  # a title only where no item of a list has the same mark
_QUOTED = ">>"
_LONGEST = 80
_MIN_TITLES = 2


def sign_titles(content: list[Piece]) -> None:
    """Turn the pieces behind one pointing sign into HEADING where there are several and all head something."""
    series: dict[str, list[int]] = {}
    for n, piece in enumerate(content):
        if sign := _sign(piece):
            series.setdefault(sign, []).append(n)
    for sign, numbers in series.items():
        if sign in _POINTERS and _are_items(content, numbers):
            continue
        if len(numbers) >= _MIN_TITLES and all(_heads(content, n) for n in numbers) and _owns(content, sign, numbers):
            for n in numbers:
                _promote(content[n])


def _are_items(content: list[Piece], numbers: list[int]) -> bool:
    """Whether what a pointing sign leads concludes the text above it, or says what is to be done: items, no titles."""
    announced = any(n and content[n - 1].plain.endswith(":") for n in numbers)
    concluding = sum(content[n].gap_after and not content[n].gap_before for n in numbers)
    tasks = sum(is_infinitive(plain(content[n].plain.split(" ", 1)[0])) for n in numbers)
    return announced or 2 * max(concluding, tasks) >= len(numbers)


def _sign(piece: Piece) -> str:
    if piece.kind is PieceKind.BULLET and piece.style in _POINTERS and not piece.indent:
        return piece.style
    if piece.kind is PieceKind.BULLET and piece.style in _LIST_MARKS and not piece.indent and piece.gap_before:
        return piece.style
    return _QUOTED if piece.kind is PieceKind.QUOTE and piece.text.startswith(_QUOTED) else ""


def _owns(content: list[Piece], sign: str, numbers: list[int]) -> bool:
    """Whether a sign is one of titles: with a list mark, every item is one, flush over what it heads."""
    if sign not in _LIST_MARKS:
        return sign == _QUOTED or all(CAPITAL.match(content[n].plain) for n in numbers)
    same = sum(p.kind is PieceKind.BULLET and p.style == sign for p in content)
    over_list = any(content[n + 1].kind is PieceKind.BULLET for n in numbers)
    return same == len(numbers) and over_list and all(_flush(content[n], content[n + 1]) for n in numbers)


def _flush(piece: Piece, below: Piece) -> bool:
    """Whether a line stands right over something that is no part of it; an item set apart is one of a loose list."""
    return not piece.gap_after and below.indent <= piece.indent


def _heads(content: list[Piece], n: int) -> bool:
    """A short line, no sentence, over a paragraph or over a list with other marks."""
    piece, plain = content[n], content[n].plain
    if n + 1 >= len(content) or piece.lines > 1 or len(plain) > _LONGEST or TERMINAL.search(plain):
        return False
    if has_verb(plain) or FIELD.match(plain) or is_person(plain):
        return False
    below = content[n + 1]
    if below.kind is PieceKind.TEXT:
        return below.indent <= piece.indent
    return below.kind is PieceKind.ROW or (below.kind is PieceKind.BULLET and _sign(below) != _sign(piece))


def _promote(piece: Piece) -> None:
    for name in ("marker", "indent"):
        piece.attributes.pop(name, None)
    piece.text, piece.skip = piece.text.lstrip("> "), []  # a quote's span begins behind its sign
    piece.kind, piece.style, piece.marker = PieceKind.HEADING, f"sign {piece.style}", ""
