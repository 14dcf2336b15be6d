"""What headings, introducing lines and parent nodes announce about what stands under them.

« Trois pistes de travail ont été retenues : » makes work axes of the bullets that follow; « Constats » makes findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.document import Block, BlockKind, Document
from ingest.extract.wording import body, pattern, plain


class Mode(StrEnum):
    NONE = ""
    PROPOSALS = "proposals"
    AXES = "axes"
    DECISIONS = "decisions"
    NEXT = "next"
    FINDINGS = "findings"
    DONE = "done"
    SILENT = "silent"


# Strictest first: « plan d'action » before « action », « objectifs de la réunion » before « objectifs ».
_ORDER = (Mode.NEXT, Mode.DECISIONS, Mode.AXES, Mode.PROPOSALS, Mode.DONE, Mode.FINDINGS)
_SAYING = frozenset({Mode.DECISIONS, Mode.AXES, Mode.PROPOSALS})
MAX_HEADING = 130
MAX_SHORT = 70  # a line no longer than this may stand for a heading
_NUMBER = re.compile(r"^\W*(?:[ivx]{1,4}|[a-z]|\d{1,2}(?:\.\d{1,2})*)\W\s*")
_ITEMS = frozenset({BlockKind.BULLET, BlockKind.TOPIC, BlockKind.ROW, BlockKind.NOTE})


@dataclass(slots=True)
class Setting:
    """Where a block stands: what was announced to it, by which block, and whether it is an item of a list."""

    mode: Mode = Mode.NONE
    by: Block | None = None  # the heading, line or node that announced
    heading: Block | None = None
    intro: Block | None = None  # the line that introduces the list
    item: bool = False
    introduces: bool = False  # a line that only introduces what follows


def announced(text: str, language: str) -> Mode:
    """What a heading or introducing line announces; nothing where it announces findings and proposals at once."""
    line = _NUMBER.sub("", plain(text)).strip()
    if not line or len(line) > MAX_HEADING or line.endswith("?") and len(line) > 60:
        return Mode.NONE
    silent = pattern(language, "announce", "silent").match(line)
    if silent and (silent.end() > 0.5 * len(line) or len(line) < 40):
        return Mode.SILENT
    found = [m for m in _ORDER if pattern(language, "announce", m.value).search(line)]
    if not found or (Mode.FINDINGS in found and _SAYING & set(found) and " et " in line):
        return Mode.NONE
    return _first_said(line, found, language)


def _first_said(line: str, found: list[Mode], language: str) -> Mode:
    """Of several announcements the one that stands first; at one place the strictest."""
    starts = {m: _start(line, m, language) for m in found}
    return min(found, key=lambda m: (starts[m], _ORDER.index(m)))


def _start(line: str, mode: Mode, language: str) -> int:
    found = pattern(language, "announce", mode.value).search(line)
    return found.start() if found else len(line)


class _Walker:
    """Goes through the leaves in order and remembers what the last heading and the last introducing line announced."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.language
        self.settings: dict[int, Setting] = {}
        self.heading: Block | None = None
        self.of_heading: dict[int, tuple[Mode, Block | None]] = {}
        self.intro: Block | None = None
        self.intro_mode = Mode.NONE
        self.last_heading_empty = False
        self.parents = {b.parent for b in document.blocks if b.kind in _ITEMS and b.parent is not None}

    def walk(self) -> dict[int, Setting]:
        leaves = {b.order for b in self.document.leaves()}
        for block in self.document.blocks:
            if block.kind is BlockKind.HEADING:
                self._at_heading(block)
            elif block.kind is BlockKind.FURNITURE:
                continue
            elif block.order in leaves or block.kind in _ITEMS:
                self._at_leaf(block)
        return self.settings

    def _at_heading(self, block: Block) -> None:
        mode = announced(block.label, self.language)
        by: Block | None = block
        if mode is Mode.NONE:
            mode, by = self._inherited(block)
        self.of_heading[block.order] = (mode, by)
        self.settings[block.order] = Setting(*self._above(block), heading=self.document.heading_of(block))
        self.heading, self.intro, self.intro_mode = block, None, Mode.NONE
        self.last_heading_empty = True

    def _inherited(self, block: Block) -> tuple[Mode, Block | None]:
        """From the heading above in the tree; else from a heading just before that had nothing of its own under it."""
        mode, by = self._above(block)
        before = self.heading
        if mode is Mode.NONE and before is not None and before.level >= block.level - 1:
            passed, giver = self.of_heading.get(before.order, (Mode.NONE, None))
            near = self.last_heading_empty or (giver is not None and giver is not before and giver.level == before.level)
            if near and passed in _SAYING:
                return passed, giver
        return mode, by

    def _above(self, block: Block) -> tuple[Mode, Block | None]:
        above = self.document.heading_of(block)
        return self.of_heading.get(above.order, (Mode.NONE, None)) if above else (Mode.NONE, None)

    def _at_leaf(self, block: Block) -> None:
        self.last_heading_empty = False
        item = self._is_item(block)
        if not item:
            self._read_line(block)
        mode, by = self._mode_of(block, item)
        self.settings[block.order] = Setting(
            mode, by, self.heading, self.intro if item else None, item, introduces=block is self.intro
        )

    def _is_item(self, block: Block) -> bool:
        if block.kind in _ITEMS:
            return True
        parent = self.document.blocks[block.parent] if block.parent is not None else None
        return parent is not None and parent.kind in _ITEMS

    def _read_line(self, block: Block) -> None:
        """A line that introduces what follows begins a new announcement; prose ends the last one."""
        label = block.label.rstrip()
        mode = announced(label, self.language)
        short = len(label) <= MAX_SHORT and not label.endswith((".", "!", "?"))
        if label.endswith((":", ": -", "…:")) or (short and mode is not Mode.NONE):
            self.intro = block
            self.intro_mode = mode if mode is not Mode.NONE else self._wished(label)
        elif not short:
            self.intro, self.intro_mode = None, Mode.NONE

    def _wished(self, label: str) -> Mode:
        """A line that ends with a colon and a wish hands it on to its list."""
        said = plain(label)
        if pattern(self.language, "announce", "wish_line").search(said):
            return Mode.PROPOSALS
        return Mode.NONE

    def _mode_of(self, block: Block, item: bool) -> tuple[Mode, Block | None]:
        if item:
            mode, by = self._from_items(block)
            if mode is not Mode.NONE:
                return mode, by
            if self.intro_mode is not Mode.NONE:
                return self.intro_mode, self.intro
        if self.heading is not None:
            return self.of_heading[self.heading.order]
        return Mode.NONE, None

    def _from_items(self, block: Block) -> tuple[Mode, Block | None]:
        """The nearest parent bullet or node that announces something."""
        up, steps = block.parent, 0
        while up is not None and steps < 12:
            above = self.document.blocks[up]
            if above.kind in _ITEMS:
                mode = announced(above.label[body(plain(above.label)) :], self.language)
                if mode is not Mode.NONE and above.kind is not BlockKind.ROW:
                    return mode, above
            up, steps = above.parent, steps + 1
        return Mode.NONE, None


def settings(document: Document) -> dict[int, Setting]:
    """The setting of every heading and leaf, by block order."""
    return _Walker(document).walk()
