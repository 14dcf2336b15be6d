"""Notes as a whole: text in, blocks out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.blocks import DocumentBuilder
from ingest.document import Block, BlockKind
from ingest.notes.headings import mark_headings
from ingest.notes.lines import Profile, split_lines
from ingest.notes.pieces import Piece, PieceKind
from ingest.notes.scan import Scanner
from ingest.notes.tree import TreeBuilder, set_levels

_KEY = re.compile(r"[^\W\d_]{4,20}\s?:\s")  # « présents : Lou, Enzo » under a title
_LONGEST_JOIN = 20_000  # a longer paragraph is no sentence cut by a page


def read_notes(text: str, *, markup: bool, titles: Mapping[int, int] | None = None) -> list[Block]:
    """The blocks of a text written as notes. `markup`: undo inline Markdown in labels.

    `titles`: the level of the lines that are known to be titles, by their offset (a PDF's fonts tell).
    """
    pieces = scan_notes(text, titles or {})
    builder = DocumentBuilder(text, markup=markup)
    TreeBuilder(builder).run(pieces)
    return builder.blocks


def scan_notes(text: str, titles: Mapping[int, int]) -> list[Piece]:
    """The pieces of a text: lists, tables, paragraphs, headings with their levels."""
    pieces = Scanner(text, Profile(split_lines(text)), titles).run()
    pieces = _rejoin(pieces)
    mark_headings(pieces)
    set_levels(pieces)
    return pieces


def _rejoin(pieces: list[Piece]) -> list[Piece]:
    """Join what a blank line or a page break cut in the middle of a sentence: the rest begins in lower case."""
    joined: list[Piece] = []
    before: Piece | None = None  # the last piece that is no furniture
    between: list[Piece] = []
    for piece in pieces:
        if before is not None and _goes_on(before, piece):
            before.skip += [(f.start, f.end) for f in between]
            before.end, before.last = piece.end, piece.last
            before.text = f"{before.text}\n{piece.text}"
            before.lines += piece.lines
            before.gap_after = piece.gap_after
            between.clear()
            continue
        joined.append(piece)
        if piece.kind is PieceKind.FURNITURE and piece.style != "rule":
            between.append(piece)
        else:
            before = piece
            between.clear()
    return joined


def _goes_on(before: Piece, piece: Piece) -> bool:
    if piece.kind is not PieceKind.TEXT or before.kind is not PieceKind.TEXT:
        return False
    if piece.first == before.last + 1:
        return False  # lines of a list without marks: what goes on the next line was joined already
    if len(before.text) > _LONGEST_JOIN or before.bold:
        return False
    end, start = before.text.strip(), piece.text.strip()
    if not start[:1].islower() or _KEY.match(start) or not end or end[-1] in '.!?…:;»"”' or end.endswith("..."):
        return False
    return "\t" not in end and piece.indent <= before.indent + 1


def has_content(blocks: list[Block]) -> bool:
    """Whether anything but furniture was read."""
    return any(b.kind is not BlockKind.FURNITURE for b in blocks)
