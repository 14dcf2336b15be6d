"""One pass over the lines: what each run of lines is. Headings without a mark are found later, among the pieces."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.notes.furniture import furniture_lines, is_image, is_rule
from ingest.notes.items import DEFINITION, QUOTE, Items
from ingest.notes.lines import Line, Profile
from ingest.notes.marked import hashed, heading_mark, outlined
from ingest.notes.paragraphs import group
from ingest.notes.pieces import Piece, PieceKind
from ingest.notes.tables import Row, Table, names_columns, table_at

_FENCE = re.compile(r"^(?:```|~~~)")
_SETEXT = re.compile(r"^(?P<mark>=|-|~|\^|\"|\+|#|\*)(?P=mark){2,}$")
_FRONT_MATTER = re.compile(r"^---\s*$")
_BOX_LINE = re.compile(r"[\u2500-\u257f]")
_LONGEST_TERM = 90
_SETEXT_LEVELS = '=-~^"+#*'


class Scanner:
    """Reads lines into pieces. `titles` gives the level of lines known to be titles, by offset."""

    def __init__(self, text: str, profile: Profile, titles: Mapping[int, int]) -> None:
        self.text, self.profile, self.lines, self.titles = text, profile, profile.lines, titles
        self.furniture = furniture_lines(self.lines)
        self.outlined = outlined(self.lines)
        self.pieces: list[Piece] = []
        self.items = Items(profile, self.furniture)
        self.at = 0

    def run(self) -> list[Piece]:
        """Every piece of the text, in order."""
        self._front_matter()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.blank:
                self.at += 1
            elif not self._special(line):
                self._text_run()
        self._gaps()
        return self.pieces

    def _special(self, line: Line) -> bool:
        return (
            self._fence(line)
            or self._drawn(line)
            or self._title(line)
            or self._marked(line)
            or self._underlined(line)
            or self._table()
            or self._term(line)
            or self._definition(line)
            or self._box(line)
            or self._quote(line)
            or self._bullet(line)
        )

    def _add(self, kind: PieceKind, first: int, last: int, start: int, end: int, **more: object) -> Piece:
        line = self.lines[first]
        piece = Piece(kind, first, last, start, end, self.text[start:end], line.indent, page=line.page)
        piece.lines = last - first + 1
        for name, value in more.items():
            setattr(piece, name, value)
        self.pieces.append(piece)
        self.at = max(self.at, last + 1)
        return piece

    def _whole(self, kind: PieceKind, first: int, last: int, **more: object) -> Piece:
        return self._add(kind, first, last, self.lines[first].start, self.lines[last].end, **more)

    def _front_matter(self) -> None:
        if not self.lines or not _FRONT_MATTER.match(self.lines[0].text):
            return
        for line in self.lines[1:60]:
            if _FRONT_MATTER.match(line.text):
                self._whole(PieceKind.FURNITURE, 0, line.index, style="front matter")
                return
            if not line.blank and ":" not in line.text and not line.text.startswith((" ", "-", "\t")):
                return

    def _fence(self, line: Line) -> bool:
        if not _FENCE.match(line.content):
            return False
        mark = line.content[:3]
        for other in self.lines[line.index + 1 : line.index + 5_000]:
            if other.content.startswith(mark):
                self._whole(PieceKind.CODE, line.index, other.index)
                return True
        return False

    def _drawn(self, line: Line) -> bool:
        content = line.content
        if line.index in self.furniture or is_image(content) or is_rule(content):
            self._whole(PieceKind.FURNITURE, line.index, line.index)
            return True
        return False

    def _title(self, line: Line) -> bool:
        """Lines known to be titles; those of one look that follow each other are one."""
        level = self.titles.get(line.start)
        if level is None or self.profile.lines[line.index].blank:
            return False
        last = line.index
        while last + 1 < len(self.lines) and last - line.index < 3:
            following = self.lines[last + 1]
            if self.titles.get(following.start) != level or following.page or following.index in self.furniture:
                break
            last += 1
        self._whole(PieceKind.HEADING, line.index, last, level=level, style="font")
        return True

    def _marked(self, line: Line) -> bool:
        found = heading_mark(line.content, other_marks=self.outlined) if line.indent <= 3 else None
        if found is None:
            return False
        begin = line.begins
        span = (begin + found.begins, begin + found.ends)
        self._add(PieceKind.HEADING, line.index, line.index, *span, level=found.level, style="hash")
        return True

    def _underlined(self, line: Line) -> bool:
        """A title with a line of ``===`` or ``---`` of about its length under it."""
        if self.at + 1 >= len(self.lines) or (self.items.mark(line.index) and line.content[:1] in "-*•"):
            return False
        under = _SETEXT.match(self.lines[self.at + 1].content)
        if not under or len(line.content) > 150 or line.indent > 3 or names_columns(line.content):
            return False
        alone = self.at == 0 or self.lines[self.at - 1].blank
        enough = 3 if under.group("mark") == "=" or (under.group("mark") == "-" and alone) else len(line.content) // 2
        if len(under.group()) < min(enough, 10) or (enough == 3 and len(line.content) > 100):
            return False
        level = 1 + _SETEXT_LEVELS.index(under.group("mark"))
        self._add(PieceKind.HEADING, self.at, self.at, line.start, line.end, level=level, style="setext")
        self._whole(PieceKind.FURNITURE, self.at, self.at, style="rule")
        return True

    def _term(self, line: Line) -> bool:
        """A short line over lines that open with a colon: the term of a definition list, which heads them."""
        below = next((n for n in self.lines[self.at + 1 : self.at + 3] if not n.blank), None)
        if below is None or not DEFINITION.match(below.content) or DEFINITION.match(line.content):
            return False
        if len(line.content) > _LONGEST_TERM or self.items.mark(line.index) or line.content.endswith((":", ".", ";")):
            return False
        self._whole(PieceKind.HEADING, self.at, self.at, style="term")
        return True

    def _definition(self, line: Line) -> bool:
        """« : text » under a term, with the lines that go on under it."""
        found = DEFINITION.match(line.content)
        if found is None:
            return False
        last = self.items.end(line)
        start = line.begins + found.end()
        self._add(
            PieceKind.BULLET, line.index, last, start, self.lines[last].end, marker=":", style=":",
            attributes={"marker": ":", "indent": line.indent},
        )  # fmt: skip
        return True

    def _table(self) -> bool:
        table = table_at(self.text, self.lines, self.at)
        if table is None:
            return False
        by_line = {row.line: row for row in table.rows}
        for n in range(table.first, table.last + 1):
            if n in table.rules:
                self._whole(PieceKind.FURNITURE, n, n, style="rule")
            elif n in by_line:
                self._row(table, by_line[n])
        self.at = table.last + 1
        return True

    def _row(self, table: Table, row: Row) -> None:
        n, cells, header = row.line, row.cells, row.header
        filled = [c for c in cells if c[1] > c[0]]
        if not filled:
            self._whole(PieceKind.FURNITURE, n, n, style="rule")
        elif len(filled) == 1 and len(cells) > 1 and n == table.first and not header:
            self._add(PieceKind.TEXT, n, n, *filled[0], style="table title")  # the table's own title
        else:
            names = [table.names[i] if i < len(table.names) else "" for i in range(len(cells))]
            named = [(name, a, b) for name, (a, b) in zip(names, cells, strict=True)]
            marks = {"header": header, "spaced": table.spaced}
            attributes: dict[str, object] = {"cells": named} | {name: True for name, is_so in marks.items() if is_so}
            self._whole(PieceKind.ROW, n, max(n, row.last), attributes=attributes)

    def _box(self, line: Line) -> bool:
        if not _BOX_LINE.search(line.content):
            return False
        inner = line.content.strip("─━═│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯ \t")
        if not inner:
            self._whole(PieceKind.FURNITURE, line.index, line.index, style="rule")
            return True
        last = line.index
        while last + 1 < len(self.lines) and _inside_box(self.lines[last + 1]):
            last += 1
        self._whole(PieceKind.BOX, line.index, last)
        return True

    def _quote(self, line: Line) -> bool:
        skip: list[tuple[int, int]] = []
        for n in range(line.index, len(self.lines)):
            other = self.lines[n]
            signs = QUOTE.match(other.content)
            if signs is None:
                break
            skip.append((other.start, other.begins + signs.end()))
        if not skip:
            return False
        piece = self._whole(PieceKind.QUOTE, line.index, line.index + len(skip) - 1, skip=skip)
        piece.start = skip[0][1]
        return True

    def _bullet(self, line: Line) -> bool:
        mark = self.items.mark(line.index)
        if mark is None or not self.items.is_item(line, mark):
            return False
        last = self.items.end(line)
        start = line.begins + mark.length
        attributes = {"task": mark.task} if mark.task else {}
        piece = self._add(
            PieceKind.BULLET, line.index, last, start, self.lines[last].end,
            marker=mark.text, style=mark.family, level=mark.number, attributes=attributes,
        )  # fmt: skip
        piece.attributes |= {"marker": mark.text, "indent": line.indent}
        return True

    def _text_run(self) -> None:
        first = self.at
        run = [self.lines[first]]
        for n in range(first + 1, len(self.lines)):
            if self.lines[n].blank or self._begins_special(self.lines[n]):
                break
            run.append(self.lines[n])
        for lines in group(self.profile, run):
            self._whole(PieceKind.TEXT, lines[0].index, lines[-1].index)

    def _begins_special(self, line: Line) -> bool:
        content = line.content
        if line.start in self.titles or line.index in self.furniture:
            return True
        if _FENCE.match(content) or QUOTE.match(content) or _BOX_LINE.search(content):
            return True
        headed = hashed(content) or heading_mark(content, other_marks=self.outlined) is not None
        if headed or is_image(content) or is_rule(content) or self._defines(line):
            return True
        mark = self.items.mark(line.index)
        if mark is not None and self.items.is_item(line, mark):
            return True
        if line.index + 1 < len(self.lines) and _SETEXT.match(self.lines[line.index + 1].content):
            return len(content) <= 150
        return ("\t" in content or "  " in content or "|" in content) and (
            table_at(self.text, self.lines, line.index) is not None
        )

    def _defines(self, line: Line) -> bool:
        """A line of a definition list: « : text », or the term right above it."""
        below = self.lines[line.index + 1].content if line.index + 1 < len(self.lines) else ""
        term = bool(DEFINITION.match(below)) and len(line.content) <= _LONGEST_TERM
        return term or bool(DEFINITION.match(line.content))

    def _gaps(self) -> None:
        """Mark the blank lines around each piece; rules and images count as a gap."""
        for before, after in zip(self.pieces, self.pieces[1:], strict=False):
            apart = after.first > before.last + 1 or after.page
            drawn = PieceKind.FURNITURE in (before.kind, after.kind)
            before.gap_after = after.gap_before = apart or drawn
        if self.pieces:
            self.pieces[0].gap_before = self.pieces[-1].gap_after = True


def _inside_box(line: Line) -> bool:
    content = line.content
    return bool(_BOX_LINE.search(content)) and bool(re.search(r"\w", content)) and not re.search("[┌└╔╚╭╰]", content)
