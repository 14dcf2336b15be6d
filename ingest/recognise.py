"""What a file is, before anything of it is kept: its format, its first topics or lines, its ledger, what it repeats."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from graph.course.dates import impossible_dates
from graph.errors import MaillageError
from graph.model import SourceInfo
from graph.outline import Outline
from graph.text import fold
from ingest.decoding import looks_binary
from ingest.document import Block, BlockKind, Document, RawFile
from ingest.extract.facts.dates import find_dates
from ingest.maps.outline import outline_of
from ingest.memory import forget
from ingest.registry import Rank, choose, read_document, readers

log = logging.getLogger(__name__)
MOST_TOPICS = 60  # shown of a tree
MOST_LABEL = 160
MOST_COLUMNS = 40
_SAMPLED = 3  # rows whose values show what a column holds
_DEEPEST = 6
_NEVER_FORCED = frozenset({"json-tree"})  # what is no JSON cannot be read as one


@dataclass(frozen=True, slots=True)
class Line:
    """A topic, heading, item or row of a preview. `level` is 1 for the highest, `below` how many hang under it."""

    label: str
    level: int
    below: int = 0
    guessed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its role as it is read ("" for none) and its first values."""

    name: str
    role: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file holds, as `recognise` reads it. `refused`: why it cannot be read; the rest is then empty."""

    reader: str = ""
    label: str = ""
    refused: str = ""
    title: str = ""
    language: str = ""
    is_map: bool = False
    topics: int = 0
    relations: int = 0
    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()
    ledger: Mapping[str, Any] = field(default_factory=dict)

    @property
    def aside(self) -> int:
        """How many things are left out."""
        return sum(int(row.get("count", 1)) for row in self.ledger.get("left_out", ()))


@dataclass(frozen=True, slots=True)
class Format:
    """A reader as a person chooses it."""

    name: str
    label: str


def recognise(raw: RawFile) -> Recognised:
    """Read a file for its preview, by the reader chosen for it if there is one. Never raises."""
    try:
        document = read_document(raw)
        outline = outline_of(document)
    except MaillageError as error:
        return Recognised(raw.reader, _label(raw.reader), str(error).removeprefix(f"{raw.name}: "))
    except Exception as error:  # the edge: a reader that a person forced on what it was not made for
        log.debug("preview failed", exc_info=True)
        why = f"could not be imported ({type(error).__name__}); please report this file"
        return Recognised(raw.reader, _label(raw.reader), why)
    finally:
        forget()
    return _found(document, outline)


def _found(document: Document, outline: Outline) -> Recognised:
    return Recognised(
        reader=_reader_of(document),
        label=_label(_reader_of(document)),
        title=document.title,
        language=document.language,
        is_map=document.is_map,
        topics=sum(1 for _ in outline.walk()),
        relations=len(outline.cross_links),
        lines=tuple(_lines(outline)),
        columns=tuple(_columns(document)),
        ledger=document.ledger.to_json(),
    )


def _reader_of(document: Document) -> str:
    """The reader's name: chosen, else found as it was when the document was read."""
    if document.raw.reader:
        return document.raw.reader
    return choose(document.raw).name


def _label(reader: str) -> str:
    return next((r.label for r in readers() if r.name == reader), "")


def _lines(outline: Outline) -> Iterator[Line]:
    """The first levels of a tree: as deep as MOST_TOPICS lines allow, in the order of the document."""
    depth = _depth(outline)
    shown = 0
    for topic, _, level in outline.walk():
        if level <= depth and shown < MOST_TOPICS:
            shown += 1
            note = " ".join((topic.note or topic.details).split())
            yield Line(_cut(topic.label), level, len(topic.children), topic.confidence < 1, _cut(note))


def _depth(outline: Outline) -> int:
    """How many levels are shown whole; at least one."""
    at: dict[int, int] = {}
    for _, _, level in outline.walk():
        at[level] = at.get(level, 0) + 1
    total = 0
    for level in range(1, _DEEPEST + 1):
        total += at.get(level, 0)
        if total > MOST_TOPICS:
            return max(level - 1, 1)
    return _DEEPEST


def _columns(document: Document) -> Iterator[Column]:
    roles: Mapping[str, str] = document.options.get("columns") or {}
    values = _first_values(document) if roles else {}
    for name, role in islice(roles.items(), MOST_COLUMNS):
        yield Column(name, role, tuple(_cut(value) for value in values.get(name, ())[:_SAMPLED]))


def _first_values(document: Document) -> dict[str, list[str]]:
    """What the first rows of every table hold, by the name that its header gives the column."""
    values: dict[str, list[str]] = {}
    names: list[str] = []
    left = 0
    for row in _rows(document):
        cells = row.attributes["cells"]
        if row.attributes.get("header"):
            names, left = [_value(document, cell) for cell in cells], _SAMPLED
        elif left:
            left -= 1
            for name, cell in zip(names, cells, strict=False):  # a row may be shorter or longer
                values.setdefault(name, []).extend(filter(None, [_value(document, cell)]))
    return values


def _rows(document: Document) -> Iterator[Block]:
    return (b for b in document.blocks if b.kind is BlockKind.ROW and b.attributes.get("cells"))


def _value(document: Document, cell: Sequence[Any]) -> str:
    """What a cell (column, start, end) says."""
    return " ".join(document.text[cell[1] : cell[2]].replace('""', '"').split())


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LABEL else text[: MOST_LABEL - 1] + "…"


def formats_for(raw: RawFile) -> list[Format]:
    """The readers that may be chosen for a file: the one found first, others that take its content, those of text."""
    first = format_of(raw)
    taking = [r for r in readers() if r.accepts(raw)]
    least = Rank.TEXT if any(r.rank is Rank.EXACT for r in taking) else Rank.TABLE
    textual = bool(raw.data.strip()) and not looks_binary(raw.data)
    found = [r for r in readers() if r in taking or (textual and r.rank >= least and r.name not in _NEVER_FORCED)]
    made = [Format(r.name, r.label) for r in found]
    return sorted(made, key=lambda made: made != first)


def format_of(raw: RawFile) -> Format | None:
    """The format by the content alone, without reading it whole; None where no reader takes it."""
    try:
        reader = choose(raw)
    except MaillageError:
        return None
    return Format(reader.name, reader.label)


def why_unread(raw: RawFile) -> str:
    """Why no reader takes a file, "" where one does."""
    try:
        choose(raw)
    except MaillageError as error:
        return str(error).removeprefix(f"{raw.name}: ")
    return ""


# --- what the store has already ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A file that is there already (`same`: these bytes), or a document of the same name with other bytes."""

    source: SourceInfo
    same: bool


def known(sources: Iterable[SourceInfo], files: Sequence[RawFile]) -> list[Known | None]:
    """For each file, what is there of it already: the same bytes, else the latest document of its name."""
    by_bytes: dict[str, SourceInfo] = {}
    by_name: dict[str, SourceInfo] = {}
    for info in sources:
        by_bytes[info.sha256], by_name[fold(info.name)] = info, info
    return [_known(raw, by_bytes, by_name) for raw in files]


def _known(raw: RawFile, by_bytes: Mapping[str, SourceInfo], by_name: Mapping[str, SourceInfo]) -> Known | None:
    same, named = by_bytes.get(raw.sha256), by_name.get(fold(raw.name))
    if same:
        return Known(same, True)
    return Known(named, False) if named else None


# --- what a person types ----------------------------------------------------------------------------------------------


def typed_date(text: str) -> str | None:
    """A day or a month as people write it, as "2026-03-18" or "2026-03"; "" for nothing, None for what is no date.

    >>> [typed_date(text) for text in ("18/03/2026", "1er mai 2026", " ", "mars", "30/02/2026", "30 février 2026")]
    ['2026-03-18', '2026-05-01', '', None, None, None]
    """
    words = " ".join(text.split())
    if not words or re.fullmatch(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", words):
        return words
    found = find_dates(words)
    if len(found) != 1 or found[0].iso.startswith("--") or impossible_dates(words):
        return None
    rest = words[: found[0].start] + words[found[0].end :]
    return None if re.search(r"\w", re.sub(r"(?i)^\W*(?:le|on)\b", "", rest)) else found[0].iso
