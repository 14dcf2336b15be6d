"""Plain text notes: minutes, syntheses, transcripts pasted or taken out of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import InputRefused
from ingest.decoding import Decoded, decode, looks_binary
from ingest.document import Block, BlockKind, Document, Ledger, LeftOut, RawFile, Shape
from ingest.language import detect
from ingest.notes.front_matter import front_matter
from ingest.notes.read import has_content, read_notes
from ingest.registry import Rank
from ingest.sniff import foreign

_MARKUP = re.compile(
    r"^#{1,6}\s|\*\*\S[^*\n]{0,300}\*\*|^>\s|\[[^\[\]\n]{1,300}\]\(\S{1,500}\)|^\|[^\n]*\|[^\S\n]*$|^```", re.M
)
_MIN_MARKS = 2
_LONGEST_MARK = 12
_WORDY = re.compile(r"(?![IVXivx]{1,5}(?!\w))[^\W\d_]{2}|\d{4}")
_TITLE_LONGEST = 200
VERSION = "1"


def has_markup(text: str) -> bool:
    """Whether a text uses Markdown marks, whatever its name says."""
    return len(_MARKUP.findall(text[:200_000])) >= _MIN_MARKS


def title_of(blocks: list[Block]) -> str:
    """The first heading of the highest level among the first ones, or the first line of text."""
    headings = [b for b in blocks if b.kind is BlockKind.HEADING][:5]
    if headings:
        return min(headings, key=lambda b: (b.level, b.order)).label[:_TITLE_LONGEST]
    first = next((b for b in blocks if b.kind in {BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.TOPIC}), None)
    return first.label[:_TITLE_LONGEST] if first else ""


def _front_title(text: str) -> str:
    """What the front matter of a page calls it."""
    values = front_matter(text).get("title", [])
    return values[0].text[:_TITLE_LONGEST] if values else ""


def notes_document(raw: RawFile, *, name: str, markup: bool, form: str, shape: Shape | None = None) -> Document:
    """Decode and read a text file as notes. Raises InputRefused."""
    decoded = decode(raw)
    blocks = read_notes(decoded.text, markup=markup)
    if not has_content(blocks):
        raise InputRefused(raw.name, "nothing to read: only page furniture or marks")
    return Document(
        raw, form, f"{name}@{VERSION}", decoded.text, blocks,
        title=_front_title(decoded.text) or title_of(blocks), language=detect(decoded.text),
        options={"encoding": decoded.encoding}, shape=shape, ledger=notes_ledger(decoded, blocks),
    )  # fmt: skip


def notes_ledger(decoded: Decoded, blocks: list[Block]) -> Ledger:
    """Characters that are no white space, counted in the text and in the blocks with their marks.

    Furniture is kept and told; what stands in no block, and is no mark of one, is told.
    """
    text = decoded.text
    tops = [b for b in blocks if b.kind is not BlockKind.SENTENCE]
    marks = unread = 0
    for piece, times in Counter(_between(text, tops)).items():  # a long list repeats a few marks
        if _is_mark(piece):
            marks += times * _dense(piece)
        else:
            unread += times * _dense(piece)
    kept: dict[str, int] = {"characters": _inside(text, tops) + marks}
    for block in tops:
        if block.kind is not BlockKind.FURNITURE:
            kept[str(block.kind)] = kept.get(str(block.kind), 0) + 1
    ledger = Ledger({"characters": _dense(text)}, kept, list(decoded.losses))
    if unread:
        ledger.left_out.append(LeftOut("characters", "text", unread, "signs that stay in the text and are not read"))
    furniture = [b for b in blocks if b.kind is BlockKind.FURNITURE]
    if furniture:
        _report_furniture(ledger, decoded.text, furniture)
    return ledger


def _dense(text: str) -> int:
    return len("".join(text.split()))


def _merged(blocks: list[Block]) -> Iterator[tuple[int, int]]:
    """The spans of the blocks in order; what two of them share is in the first alone."""
    reach = 0
    for start, end in sorted((b.start, b.end) for b in blocks):
        if end > reach:
            yield max(start, reach), end
            reach = end


def _inside(text: str, blocks: list[Block]) -> int:
    return _dense(" ".join(text[start:end] for start, end in _merged(blocks)))


def _between(text: str, blocks: list[Block]) -> Iterator[str]:
    """What stands between the blocks, line by line."""
    reach = 0
    for start, end in [*_merged(blocks), (len(text), len(text))]:
        yield from text[reach:start].splitlines()
        reach = end


def _is_mark(piece: str) -> bool:
    """The sign or number of a list item or heading: « - », « ✓ », « ## », « 1.2) », « IV. », « [x] »."""
    return _dense(piece) <= _LONGEST_MARK and not _WORDY.search(piece)


def _report_furniture(ledger: Ledger, text: str, furniture: list[Block]) -> None:
    images = [b for b in furniture if text[b.start : b.end].lstrip().startswith(("![", "<img"))]
    code = [b for b in furniture if b.attributes.get("code")]
    rest = len(furniture) - len(images) - len(code)
    for what, count, why in (
        ("images", len(images), "pictures are not read, their links stay in the text"),
        ("code", len(code), "code and verbatim blocks are kept in the text and not read for meaning"),
        ("page furniture", rest, "page numbers, running headers and rules stay in the text and are not read"),
    ):
        if count:
            ledger.left_out.append(LeftOut(what, "text", count, why))


@dataclass(frozen=True)
class TextReader:
    """Any text; the last to be asked."""

    name: str = "text"
    label: str = "Texte (.txt, .rst)"
    extensions: tuple[str, ...] = (".txt", ".text", ".rst", ".log")
    carries: tuple[str, ...] = ("headings", "paragraphs", "sentences", "bullets", "tables", "quotations", "questions")
    loses: tuple[str, ...] = ("images", "page layout", "fonts and colours")
    rank: Rank = Rank.TEXT

    def accepts(self, raw: RawFile) -> bool:
        return bool(raw.data.strip()) and not looks_binary(raw.data) and not foreign(raw)

    def read(self, raw: RawFile) -> Document:
        markup = has_markup(raw.data[:400_000].decode("utf-8", "replace"))
        return notes_document(raw, name=self.name, markup=markup, form="text")


READER = TextReader()
