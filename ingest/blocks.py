"""The builder every reader uses: spans go in, blocks with labels, offsets, parents and sentences come out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ingest.document import Block, BlockKind
from ingest.labels import Label, make_label
from ingest.sentences import split

_SPLIT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NOTE})


@dataclass(slots=True)
class DocumentBuilder:
    """Collects the blocks of one text in reading order. `markup`: labels undo inline Markdown."""

    text: str
    markup: bool = False
    blocks: list[Block] = field(default_factory=list)

    def add(
        self,
        kind: BlockKind,
        start: int,
        end: int,
        *,
        level: int = 0,
        parent: int | None = None,
        place: str = "",
        confidence: float = 1.0,
        attributes: dict[str, Any] | None = None,
        skip: Iterable[tuple[int, int]] = (),
        markup: bool | None = None,
    ) -> Block:
        """Add the block of ``text[start:end]``, trimmed to its label; of several sentences, they follow as children."""
        label = make_label(self.text, start, end, markup=self.markup if markup is None else markup, skip=skip)
        if kind is not BlockKind.TOPIC:  # a map's label stays as its application wrote it
            label = composed(label)
        block = self._append(kind, label, (start, end), level, parent, place)
        block.parent_confidence = confidence
        block.attributes = attributes or {}
        if kind in _SPLIT_KINDS:
            self._add_sentences(block, label)
        return block

    def _append(
        self, kind: BlockKind, label: Label, span: tuple[int, int], level: int, parent: int | None, place: str
    ) -> Block:
        start, end = _trim(self.text, *span)
        block = Block(len(self.blocks), kind, start, end, label.text, label.offsets, level, parent, place)
        self.blocks.append(block)
        return block

    def _add_sentences(self, block: Block, label: Label) -> None:
        pieces = split(label.text)
        if len(pieces) < 2:
            return
        for first, last in pieces:
            part = label.part(first, last)
            span = (part.offsets[0], part.offsets[-1] + 1)
            self._append(BlockKind.SENTENCE, part, span, block.level, block.order, block.place)


def composed(label: Label) -> Label:
    """The label with each accent joined to its letter: some systems write « é » as « e » and a combining mark.

    >>> composed(Label("re\u0301u", range(4)))
    Label(text='réu', offsets=(0, 1, 3))
    """
    if unicodedata.is_normalized("NFC", label.text):
        return label
    chars: list[str] = []
    offsets: list[int] = []
    for char, offset in zip(label.text, label.offsets, strict=True):
        joined = unicodedata.normalize("NFC", chars[-1] + char) if chars and unicodedata.combining(char) else ""
        if len(joined) == 1:
            chars[-1] = joined
        else:
            chars.append(char)
            offsets.append(offset)
    return Label("".join(chars), tuple(offsets))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends (kept as it is where it holds nothing else)."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped or len(stripped) == len(piece):
        return start, end
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(stripped)
