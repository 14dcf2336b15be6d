"""What a file is, before anything of it is kept: its format, its first topics or lines, its ledger, what it repeats."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.errors import MaillageError
from graph.model import Filter, SourceInfo, make_id
from graph.outline import Outline
from graph.store.base import Store
from graph.text import fold
from ingest.decoding import looks_binary
from ingest.document import Document, RawFile
from ingest.outline import outline_of
from ingest.registry import Rank, choose, read_document, readers

log = logging.getLogger(__name__)
MOST_TOPICS = 60  # shown of a tree
MOST_LABEL = 160
_DEEPEST = 4
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
    columns: Mapping[str, str] = field(default_factory=dict)
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
        columns=dict(document.options.get("columns") or {}),
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


# --- what the store has already ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A file that is there already (`same`: these bytes), or a document of the same name with other bytes."""

    source: SourceInfo
    same: bool


def known(store: Store, files: Sequence[RawFile]) -> list[Known | None]:
    """For each file, what the store has of it: the same bytes, else the latest document of its name."""
    by_name = {fold(info.name): info for info in store.sources()}
    return [_known(store, raw, by_name) for raw in files]


def _known(store: Store, raw: RawFile, by_name: Mapping[str, SourceInfo]) -> Known | None:
    same = next(iter(store.sources(Filter(source=make_id("source", raw.sha256)))), None)
    if same:
        return Known(same, True)
    base = raw.name.replace("\\", "/").rsplit("/", 1)[-1]
    other = by_name.get(fold(base))
    return Known(other, False) if other else None
