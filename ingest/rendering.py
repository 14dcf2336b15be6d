"""For formats that are no text files: pieces go in, one text and its blocks come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.text import fold
from ingest.blocks import DocumentBuilder
from ingest.document import Block, BlockKind
from ingest.notes.tables import HEADER_WORDS


@dataclass(slots=True)
class _Piece:
    kind: BlockKind
    text: str
    level: int = 0
    place: str = ""
    cells: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    header: bool = False
    inside: bool = False  # of the list item above it
    title: bool = False  # of the whole document
    closes: int = 0  # headings of this level and below end before it; 0: none
    attributes: dict[str, Any] = field(default_factory=dict)


class Rendering:
    """Collects headings, paragraphs, bullets and table rows in reading order."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []
        self.place = ""
        self._closes = 0

    def heading(self, text: str, level: int, *, title: bool = False) -> None:
        """A heading; `title` for that of the whole document, which stands above every other where it comes first."""
        self._add(BlockKind.HEADING, text, level)
        if title and text.strip():
            self.pieces[-1].title = True

    def close(self, level: int) -> None:
        """What comes next stands under no heading of this level or a lower one: a slide without a title."""
        self._closes = level

    def paragraph(self, text: str) -> None:
        self._add(BlockKind.PARAGRAPH, text)

    def more(self, text: str) -> None:
        """A paragraph inside the last list item, which goes on below it."""
        self._add(BlockKind.PARAGRAPH, text)
        if text.strip():
            self.pieces[-1].inside = True

    def carry(self, name: str, value: Any) -> None:
        """An attribute of the piece added last."""
        if self.pieces:
            self.pieces[-1].attributes[name] = value

    def bullet(self, text: str, depth: int) -> None:
        self._add(BlockKind.BULLET, text, depth)

    def furniture(self, text: str) -> None:
        self._add(BlockKind.FURNITURE, text)

    def note(self, text: str, place: str) -> None:
        """A footnote: under no heading, read for meaning."""
        self.pieces.append(_Piece(BlockKind.NOTE, text.strip(), place=place))

    def table(
        self,
        rows: list[list[str]],
        *,
        header: bool | None = None,
        names: Sequence[str] = (),
        levels: Sequence[int] = (),
        places: Sequence[str] = (),
    ) -> None:
        """Rows of cells. `header` None: guessed from the first row; `names`: of the columns, whatever it says.

        `levels` (1 for the outermost) hang a row under the one above it with a lower level.
        """
        flat = [[" ".join(cell.split()) for cell in row] for row in rows]
        headed = len(rows) > 1 and (_names_columns(flat[0]) if header is None else header)
        columns = list(names) or (flat[0] if headed else [])
        for n, row in enumerate(flat):
            piece = _Piece(BlockKind.ROW, "\t".join(row), place=self.place, cells=row, names=columns)
            piece.header = headed and n == 0
            piece.level = levels[n] if levels else 0
            piece.place = places[n] if places else self.place
            self._append(piece)

    def _add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        if text.strip():
            self._append(_Piece(kind, text.strip(), level, self.place))

    def _append(self, piece: _Piece) -> None:
        piece.closes, self._closes = self._closes, 0
        self.pieces.append(piece)

    def finish(self) -> tuple[str, list[Block]]:
        """The text (a line per piece, a blank line between pieces that are no neighbours) and its blocks."""
        self._put_below_title()
        text, starts = self._text()
        builder = DocumentBuilder(text)
        headings: list[Block] = []
        items: list[Block] = []
        rows: list[Block] = []
        previous: Block | None = None
        for piece, start in zip(self.pieces, starts, strict=True):
            parent = self._parent(piece, headings, items, rows, previous)
            block = builder.add(
                piece.kind, start, start + len(piece.text), level=piece.level, parent=parent, place=piece.place,
                attributes=_attributes(piece, start),
            )  # fmt: skip
            if piece.kind is BlockKind.HEADING:
                headings.append(block)
            elif piece.kind is BlockKind.BULLET:
                items.append(block)
            elif piece.kind is BlockKind.ROW and piece.level:
                rows.append(block)
            if piece.kind is not BlockKind.FURNITURE:
                previous = block
        return text, builder.blocks

    def _put_below_title(self) -> None:
        """Headings go one level down under the only title, unless one of them stands before it."""
        headings = [piece for piece in self.pieces if piece.kind is BlockKind.HEADING]
        if len(headings) > 1 and headings[0].title and not any(piece.title for piece in headings[1:]):
            highest = min(piece.level for piece in headings[1:])
            for piece in headings[1:] if highest <= headings[0].level else ():
                piece.level += 1

    def _text(self) -> tuple[str, list[int]]:
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        for n, piece in enumerate(self.pieces):
            close = n > 0 and piece.kind is self.pieces[n - 1].kind and piece.kind in {BlockKind.BULLET, BlockKind.ROW}
            gap = "" if n == 0 else "\n" if close else "\n\n"
            parts += [gap, piece.text]
            starts.append(length + len(gap))
            length += len(gap) + len(piece.text)
        return "".join(parts) + "\n", starts

    @staticmethod
    def _parent(
        piece: _Piece, headings: list[Block], items: list[Block], rows: list[Block], previous: Block | None
    ) -> int | None:
        most = piece.level if piece.kind is BlockKind.HEADING else piece.closes
        while most and headings and headings[-1].level >= most:
            headings.pop()
        while rows and (piece.kind is not BlockKind.ROW or rows[-1].level >= piece.level):
            rows.pop()
        if rows:
            return rows[-1].order
        if piece.inside and items:
            return items[-1].order
        if piece.kind is BlockKind.BULLET:
            while items and items[-1].level >= piece.level:
                items.pop()
            if items:
                return items[-1].order
            if previous is not None and previous.kind is BlockKind.PARAGRAPH and previous.label.endswith(":"):
                return previous.order
        else:
            items.clear()
        return None if piece.kind is BlockKind.NOTE or not headings else headings[-1].order


def _attributes(piece: _Piece, start: int) -> dict[str, Any]:
    if piece.kind is not BlockKind.ROW:
        return dict(piece.attributes)
    cells, at = [], start
    for n, cell in enumerate(piece.cells):
        cells.append((piece.names[n] if n < len(piece.names) else "", at, at + len(cell)))
        at += len(cell) + 1
    return {**piece.attributes, "cells": cells} | ({"header": True} if piece.header else {})


def _names_columns(cells: list[str]) -> bool:
    known = sum(any(w in HEADER_WORDS for w in fold(c).replace(".", " ").split()) for c in cells)
    filled = sum(bool(c) for c in cells)
    return filled > 0 and all(len(c) <= 60 for c in cells) and known * 2 >= filled
