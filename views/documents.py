"""A document opened for reading on pages: its text, its tree, where an offset stands in it."""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

import streamlit as st

from graph.decided.tree import version
from graph.model import Decision, Passage, Source, SourceInfo
from graph.questions.counted import UNSURE_BELOW
from graph.text import fold
from views import memory, state
from views.escape import file_name
from views.i18n import t

T = TypeVar("T")
_NEW_LINE = re.compile("\n")
_TEXTS = 64  # kept in memory


@dataclass(frozen=True)
class Opened:
    """One source and what places an offset in it. Shared between sessions: read only."""

    id: str
    title: str
    name: str
    text: str

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """In reading order; read when asked: the number of a line needs none of them."""
        return tuple(state.store().passages(self.id))

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        return {p.id: p for p in self.passages}

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _NEW_LINE.finditer(self.text))]

    def line(self, offset: int) -> int:
        """The number of the line an offset stands on, from 1."""
        return bisect_right(self._line_starts, offset)

    def innermost(self, start: int, end: int) -> Passage | None:
        """The smallest passage that contains the span."""
        inside = [p for p in self.passages if p.start <= start and end <= p.end]
        return min(inside, key=lambda p: (p.end - p.start, -p.order), default=None)

    def block(self, start: int, end: int) -> tuple[int, int]:
        """The span of the paragraph, bullet, row or topic around a span: what a sentence is read in."""
        passage = self.innermost(start, end)
        while passage is not None and passage.kind == "sentence" and passage.parent in self.by_id:
            passage = self.by_id[passage.parent]
        return (min(passage.start, start), max(passage.end, end)) if passage else (start, end)

    def trail(self, start: int, end: int) -> list[str]:
        """The headings, or topics, above a span, the highest first."""
        passage = self.innermost(start, end)
        above: list[str] = []
        while passage is not None and passage.parent in self.by_id:
            passage = self.by_id[passage.parent]
            if passage.kind in {"heading", "topic"}:
                above.insert(0, passage.label)
        return above


class _Shelf:
    """The sources that were opened last, for all sessions that read with the same rights."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened: OrderedDict[Hashable, Opened] = OrderedDict()

    def get(self, key: Hashable) -> Opened | None:
        with self._lock:
            found = self._opened.get(key)
            if found:
                self._opened.move_to_end(key)
        return found

    def put(self, key: Hashable, opened: Opened) -> None:
        with self._lock:
            self._opened[key] = opened
            while len(self._opened) > _TEXTS:
                self._opened.popitem(last=False)


@memory.kept()
def _shelf(reader: tuple[str, str]) -> _Shelf:  # noqa: ARG001  the key of the cache
    return _Shelf()


def open_source(source: str) -> Opened:
    """A source by id. Raises NotFound. Kept in memory until it is imported anew or its tree is corrected."""
    return open_sources([source])[source]


def open_sources(sources: Iterable[str]) -> Mapping[str, Opened]:
    """The same of several, whose texts are read at once."""
    asked = list(dict.fromkeys(sources))[:_TEXTS]
    near: dict[str, Opened] = kept("_texts", dict)
    shelf = _shelf(state.reader())
    missing: dict[str, tuple[SourceInfo | Source, Hashable]] = {}
    for source in asked:
        if source in near:
            continue
        info = infos().get(source)
        key: Hashable = (source, info.imported_at if info else "", _tree(info) if info else 0)
        found = shelf.get(key)
        if found:
            near[source] = found
        else:
            missing[source] = info or state.store().source(source), key  # which raises where there is none
    texts = state.store().texts(known.id for known, _ in missing.values()) if missing else {}
    for source, (known, key) in missing.items():
        near[source] = _opened(known, texts[known.id])
        shelf.put(key, near[source])
    out = {source: near[source] for source in asked}
    while len(near) > _TEXTS:
        near.pop(next(iter(near)))
    return out


def _opened(known: SourceInfo | Source, text: str) -> Opened:
    name = file_name(known.name)
    return Opened(known.id, file_name(known.title) or name, name, text)


def forget_opened() -> None:
    """Called once a name was forgotten: texts that were opened before hold it still, and so do answers."""
    memory.empty()
    for name in ("_infos", "_log", "_trees"):
        st.session_state.pop(name, None)


def infos() -> dict[str, SourceInfo]:
    """Every source by id."""
    return kept("_infos", lambda: {info.id: info for info in state.store().sources()})


def log() -> list[Decision]:
    """Every decision: for keys of caches, never shown."""
    return kept("_log", state.whole().decisions)


def _tree(info: SourceInfo) -> int:
    """What changes when the tree of a source is corrected."""
    known: dict[str, int] = kept("_trees", dict)
    if info.id not in known:
        known[info.id] = version(log(), info.id, info.document)
    return known[info.id]


def kept(name: str, read: Callable[[], T]) -> T:
    """What was read for this session, until anything is written."""
    now = state.stamp()
    known, found = st.session_state.get(name, ("", None))
    if known != now:
        found = read()
        st.session_state[name] = (now, found)
    return cast(T, found)


def doubtful_parents(opened: Opened) -> dict[str, Passage]:
    """The passages whose place in the tree is to be confirmed, with the parent that was guessed."""
    return {
        p.id: opened.by_id[p.parent]
        for p in opened.passages
        if p.parent in opened.by_id and p.parent_confidence < UNSURE_BELOW
    }


def title(info: SourceInfo) -> str:
    """How a document is called on a page."""
    return file_name(info.title or info.name)


def place(opened: Opened, start: int, end: int) -> str:
    """« Compte rendu du 18 mars › Pistes › ligne 12 »."""
    titled = fold(opened.title)  # a document's first heading is its title already
    headings = [short(h) for h in opened.trail(start, end)[-2:] if fold(h) != titled]
    return " › ".join([short(opened.title, 60), *headings, t("common.line", n=opened.line(start))])


def short(text: str, most: int = 44) -> str:
    """A title cut at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
