"""The pieces that statements are made of: sentences of a block, and their clauses between semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Block, BlockKind, Document
from ingest.extract.reading import Reading
from ingest.extract.said.cells import cell_pieces, prose_rows
from ingest.extract.said.wording import has_verb, plain
from ingest.sentences import split

MAX_BLOCK = 40_000  # a paragraph longer than this is not read, and the ledger says so
MAX_SENTENCE = 4_000  # what is longer is no statement that anyone could read, and is not searched
MIN_CLAUSE = 18  # shorter pieces between semicolons are items of an enumeration
_TO = re.compile(r"(?<!\w)[àÀ](?!\w)")
_SEMICOLON = re.compile(r"\s?;\s+")
# « Barrière - la commune doit la réparer », « Hedge - still not cut back - the clerk to write »: label, state, task.
_DASH = re.compile(
    r"\s[-–—]\s+(?=(?:the|to be|still|it was|this|these|not|no|at present|for the time|once|report|arrange|"
    r"il|ils|elles?|on|nous|ce|cela|ca|a|à|voir|prévoir|prevoir|reste|restent|pas|toujours|encore|faire|demander)\b\s)"
)
_OPEN, _CLOSE = "(«“[", ")»”]"
_TABLE_PIECE = re.compile(r"^\W*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """``block.label[first:last]``, with its plain form."""

    block: Block
    first: int
    last: int
    plain: str

    @property
    def text(self) -> str:
        return self.block.label[self.first : self.last]

    def span(self) -> tuple[int, int]:
        """Source offsets."""
        return self.block.span(self.first, self.last)

    def has_verb(self, language: str) -> bool:
        """Whether a finite verb is likely: « à » is none, though it looks like « a » without its accent."""
        return has_verb(plain(_TO.sub("-", self.text)), language)

    def part(self, first: int, last: int | None = None) -> Clause:
        """A narrower clause; indices count from this one's beginning."""
        end = self.last if last is None else self.first + last
        return trimmed(self.block, self.first + first, end)


def trimmed(block: Block, first: int, last: int) -> Clause:
    """The clause without the spaces around it, nor the sign that breaks a line of Markdown."""
    while first < last and block.label[first].isspace():
        first += 1
    while last > first and (block.label[last - 1].isspace() or block.label[last - 1] == "\\"):
        last -= 1
    return Clause(block, first, last, plain(block.label[first:last]))


def sentences(block: Block) -> list[Clause]:
    """The sentences of a block; a sentence block is one, unless a question ends within it."""
    if len(block.label) > MAX_BLOCK:
        return []
    pieces = (trimmed(block, a, b) for a, b in split(block.label) if b - a <= MAX_SENTENCE)
    return [c for c in pieces if not _TABLE_PIECE.match(c.plain)]


def in_cells(block: Block, language: str) -> list[Clause]:
    """The sentences of the cells of prose of a row; a long item of a cell is not read, as a long block is not."""
    spans = [(a, b) for a, b in cell_pieces(block, language) if b - a <= MAX_BLOCK]
    cut = [(first + a, first + b) for first, last in spans for a, b in split(block.label[first:last])]
    pieces = (trimmed(block, a, b) for a, b in cut if b - a <= MAX_SENTENCE)
    return [c for c in pieces if not _TABLE_PIECE.match(c.plain)]


def clauses(sentence: Clause) -> list[Clause]:
    """The parts between semicolons, outside brackets and quotations; enumerations stay whole."""
    if ";" not in sentence.plain:
        return (
            _dashed(sentence.part(0, len(sentence.text.rstrip(" ;"))))
            if len(sentence.text) >= MIN_CLAUSE
            else [sentence]
        )
    cuts, depth, at = [0], 0, 0
    marks = {m.start(): m.end() for m in _SEMICOLON.finditer(sentence.text)}
    for at, character in enumerate(sentence.text):
        depth += (character in _OPEN) - (character in _CLOSE)
        if at in marks and depth <= 0:
            cuts.append(marks[at])
    edges = [*cuts, at + 1]
    if any(b - a < MIN_CLAUSE for a, b in pairwise(edges)):
        return [sentence]
    return [sentence.part(a, a + len(sentence.text[a:b].rstrip(" ;"))) for a, b in pairwise(edges)]


def pieces(reading: Reading, block: Block) -> list[tuple[Clause, list[Clause]]]:
    """The sentences of a block, each with its clauses: worked out for the first rule that asks."""
    made: dict[int, list[tuple[Clause, list[Clause]]]] = reading.once("pieces", dict)
    if block.order not in made:
        found = in_cells(block, reading.document.language) if block.kind is BlockKind.ROW else sentences(block)
        made[block.order] = [(sentence, clauses(sentence)) for sentence in found]
    return made[block.order]


def _dashed(clause: Clause) -> list[Clause]:
    """The parts of a line of minutes between dashes; a remark between two dashes stays in its sentence."""
    cuts = [0, *(m.end() for m in _DASH.finditer(clause.text))]
    if len(cuts) == 1 or len(re.findall(r"\s[–—]\s", clause.text)) > 1:
        return [clause]
    pieces = pairwise([*cuts, len(clause.text) + 3])
    return [clause.part(a, min(len(clause.text), len(clause.text[:b].rstrip(" -–—")))) for a, b in pieces]


def readable(document: Document) -> Iterator[Block]:
    """The leaves that may say something: no furniture, of the rows of tables those with a cell of prose."""
    rows = {b.order for b in prose_rows(document)}
    leaves = (b for b in document.leaves() if b.kind is not BlockKind.ROW or b.order in rows)
    return (b for b in leaves if b.label.strip())


def is_ticked(document: Document, block: Block) -> bool:
    """Whether a block is, or belongs to, a task that is done: ``- [x] …``."""
    own = block.attributes.get("task")
    above = document.blocks[block.parent].attributes.get("task") if block.parent is not None else None
    task = own or (above if block.kind is BlockKind.SENTENCE else None)
    return isinstance(task, str) and "x" in task.lower()
