"""From pieces to blocks: heading levels, parents, nesting of lists."""

from __future__ import annotations

import re

from ingest.blocks import DocumentBuilder
from ingest.document import Block, BlockKind
from ingest.notes.pieces import STATED, Piece, PieceKind

_KINDS = {
    PieceKind.TEXT: BlockKind.PARAGRAPH,
    PieceKind.HEADING: BlockKind.HEADING,
    PieceKind.BULLET: BlockKind.BULLET,
    PieceKind.ROW: BlockKind.ROW,
    PieceKind.QUOTE: BlockKind.PARAGRAPH,
    PieceKind.CODE: BlockKind.FURNITURE,
    PieceKind.BOX: BlockKind.PARAGRAPH,
    PieceKind.FURNITURE: BlockKind.FURNITURE,
}


def set_levels(pieces: list[Piece]) -> None:
    """Give headings without a stated level one by their style, in order of first appearance."""
    known: dict[str, int] = {}
    last = stated = 0
    content = [p for p in pieces if p.kind is not PieceKind.FURNITURE]
    for piece in content:
        if piece.kind is not PieceKind.HEADING:
            continue
        if piece.style in STATED:
            stated = last = piece.level
            known.clear()
        elif piece is content[0] and not piece.marker:
            piece.level = last = 1  # the title of the document: its look is not a level
        else:
            style = _style_key(piece)
            piece.level = last = known.setdefault(style, _new_level(style, known, last, stated))
            known = {s: level for s, level in known.items() if level <= last}


def _new_level(style: str, known: dict[str, int], last: int, stated: int) -> int:
    if style == "labelled" and known:
        return min(known.values())  # "Atelier 2 : …" is never a part of a plain title
    return max(min(last + 1, 6), stated + 1 if stated else 1)


def _style_key(piece: Piece) -> str:
    """What tells one level of headings from another."""
    number = str(piece.attributes.get("number", ""))
    if re.match(r"\d+\.\d", number):
        return f"number {number.rstrip('.)').count('.')}"
    if piece.style == "title" and piece.text.rstrip().endswith("?"):
        return "question"
    return piece.style


class TreeBuilder:
    """Adds pieces to a DocumentBuilder under the heading, list item or introducing paragraph above them."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self.builder = builder
        self.headings: list[Block] = []
        self.items: list[tuple[int, str, Block]] = []  # indentation, family, block
        self.introduction: Block | None = None
        self.list_style = ""  # a list interrupted by text goes on under the same introduction
        self.table_header: Block | None = None
        self.previous: Block | None = None

    def run(self, pieces: list[Piece]) -> None:
        """Add every piece, in order."""
        for piece in pieces:
            block = self._add(piece)
            if piece.kind is PieceKind.HEADING:
                self.headings.append(block)
            if piece.kind is PieceKind.BULLET:
                self.items.append((piece.indent, piece.style, block))
            if block.kind is not BlockKind.FURNITURE:
                self.previous = block

    def _add(self, piece: Piece) -> Block:
        parent = self._parent(piece)
        start = piece.start
        if piece.kind is PieceKind.HEADING and piece.marker:
            start = self.builder.text.rfind(piece.marker, 0, piece.start + 1)
        attributes = dict(piece.attributes)
        if piece.kind in {PieceKind.QUOTE, PieceKind.BOX, PieceKind.CODE}:
            attributes[str(piece.kind)] = True
        if piece.kind is PieceKind.HEADING:
            attributes["style"] = piece.style
        level = piece.level if piece.kind is PieceKind.HEADING else 0
        if piece.kind is PieceKind.BULLET:
            level = len(self.items) + 1
        return self.builder.add(
            _KINDS[piece.kind], start, piece.end, level=level, parent=parent, attributes=attributes, skip=piece.skip
        )

    def _parent(self, piece: Piece) -> int | None:
        if piece.kind is PieceKind.HEADING:
            while self.headings and self.headings[-1].level >= piece.level:
                self.headings.pop()
            self._leave_list()
            return self._heading()
        if piece.kind is PieceKind.BULLET:
            return self._item_parent(piece)
        if piece.kind is PieceKind.TEXT:
            return self._text_parent(piece)
        return self._heading()

    def _heading(self) -> int | None:
        return self.headings[-1].order if self.headings else None

    def _leave_list(self) -> None:
        self.items.clear()
        self.list_style = ""

    def _text_parent(self, piece: Piece) -> int | None:
        """Text indented under a list item belongs to it; other text ends the list."""
        if self.items and piece.indent > self.items[0][0]:
            while len(self.items) > 1 and self.items[-1][0] >= piece.indent:
                self.items.pop()
            return self.items[-1][2].order
        self.items.clear()
        return self._heading()

    def _item_parent(self, piece: Piece) -> int | None:
        if not self.items and (self.list_style != piece.style or self._introduces(self.previous)):
            self.introduction = self.previous if self._introduces(self.previous) else None
            self.list_style = piece.style
        while self.items and self.items[-1][0] > piece.indent:
            self.items.pop()
        self._same_indent(piece)
        if self.items:
            return self.items[-1][2].order
        return self.introduction.order if self.introduction else self._heading()

    def _same_indent(self, piece: Piece) -> None:
        """At one indentation, a mark of another family opens a list under a number, and a known one closes it."""
        level = [(family, block) for indent, family, block in self.items if indent == piece.indent]
        families = [family for family, _ in level]
        if piece.style in families:
            keep = len(self.items) - len(level) + families.index(piece.style)
            del self.items[keep:]
        elif level and not self._opens_under(families[-1], piece.style):
            del self.items[len(self.items) - len(level) :]

    @staticmethod
    def _opens_under(above: str, family: str) -> bool:
        symbols_after_number = above.startswith("n") and not family.startswith("n")
        letters_after_digits = (above.startswith("n1") and family[:2] in {"na", "nA"}) or (
            above[:2] == "nA" and family == "n1."
        )
        return symbols_after_number or letters_after_digits or (above in "•●✓➢■" and family in "-–o○▪")

    @staticmethod
    def _introduces(block: Block | None) -> bool:
        return (
            block is not None and block.kind in {BlockKind.PARAGRAPH, BlockKind.SENTENCE} and block.label.endswith(":")
        )
