"""Every place where given names stand: one walk over the words of the document, however many names there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from graph.text import fold
from ingest.document import Block, Document
from ingest.memory import remembered

_SIMPLE = re.compile(r"[^\W_]+")
_BINDS = re.compile(r"[\s\-–—‑'’ʼ&/«»\"“”·.()]{0,3}")
_STOPS = re.compile(r"[.()]\s")


_Words: TypeAlias = tuple[tuple[str, int, int], ...]


class Case(StrEnum):
    """How a name must be written to be meant: in any case, with a capital first, or exactly so."""

    ANY = "any"
    CAPITAL = "capital"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Hit:
    """Name `owner` stands at label[first:last] of `block`."""

    owner: str
    block: Block
    first: int
    last: int


@dataclass(slots=True)
class _Node:
    following: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[str, Case, str]] = field(default_factory=list)


@dataclass
class Finder:
    """A tree of words; `add` names, then `scan` a document once."""

    root: _Node = field(default_factory=_Node)

    def add(self, owner: str, name: str, case: Case = Case.ANY) -> None:
        node = self.root
        parts = [fold(m.group()) for m in _SIMPLE.finditer(name)]
        if not parts or sum(map(len, parts)) < 2:
            return
        for part in parts:
            node = node.following.setdefault(part, _Node())
        node.ends.append((owner, case, name))

    def scan(self, document: Document) -> Iterator[Hit]:
        """Hits in order, the longest of each name at each place; names of different owners may overlap."""
        for block in document.leaves():
            yield from self.scan_block(block)

    def scan_block(self, block: Block) -> Iterator[Hit]:
        label = block.label
        words = _simple_words(label)
        for at, (word, _, _) in enumerate(words):
            if word not in self.root.following:
                continue
            longest: dict[str, int] = {}
            for owner, last in self._from(label, words, at):
                longest[owner] = max(last, longest.get(owner, 0))
            yield from (Hit(owner, block, words[at][1], last) for owner, last in longest.items())

    def _from(self, label: str, words: _Words, at: int) -> Iterator[tuple[str, int]]:
        node, index = self.root, at
        while index < len(words) and (nearer := node.following.get(words[index][0])):
            if index > at and not _bound(label[words[index - 1][2] : words[index][1]]):
                return
            node = nearer
            written = label[words[at][1] : words[index][2]]
            yield from ((owner, words[index][2]) for owner, case, name in node.ends if _as_written(case, written, name))
            index += 1


@remembered
def _simple_words(label: str) -> _Words:
    """(folded word, start, end)"""
    return tuple((fold(m.group()), m.start(), m.end()) for m in _SIMPLE.finditer(label))


def _bound(between: str) -> bool:
    return between == " " or (bool(_BINDS.fullmatch(between)) and not _STOPS.search(between))


def _as_written(case: Case, written: str, name: str) -> bool:
    if case is Case.EXACT:
        return written == name
    return case is Case.ANY or written[:1].isupper()


def without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """Per owner, hits that do not overlap: the longer, then the earlier first."""
    kept: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda h: (h.block.order, h.first, -(h.last - h.first))):
        mine = kept.setdefault(hit.owner, [])
        if not (mine and mine[-1].block.order == hit.block.order and hit.first < mine[-1].last):
            mine.append(hit)
    return [h for hits_ in kept.values() for h in hits_]
