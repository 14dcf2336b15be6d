"""What a run of lines is found to be, before it becomes a block."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_EMPHASIS = ("**", "__", "*", "_")
STATED = frozenset({"hash", "setext", "font"})  # styles of headings that say their level themselves


class PieceKind(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    BULLET = "bullet"
    ROW = "row"
    QUOTE = "quote"
    CODE = "code"
    BOX = "box"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Piece:
    """A run of lines read as one thing. `start`, `end`: the span without its marker (``#``, ``-``, ``>``).

    `first` and `last` are line indices; `gap_before` and `gap_after` tell whether blank lines (or a page) stand around.
    """

    kind: PieceKind
    first: int
    last: int
    start: int
    end: int
    text: str
    indent: int = 0
    level: int = 0
    marker: str = ""
    style: str = ""
    gap_before: bool = False
    gap_after: bool = False
    page: bool = False
    lines: int = 1
    attributes: dict[str, Any] = field(default_factory=dict)
    skip: list[tuple[int, int]] = field(default_factory=list)

    @property
    def bold(self) -> bool:
        """Whether the whole piece is set in bold by Markdown marks."""
        return self.emphasis in {"**", "__"}

    @property
    def emphasis(self) -> str:
        """The Markdown mark between which the whole piece stands, a colon behind it aside; "" where none does."""
        core = self.text.strip().removesuffix(":").removesuffix(" ").removesuffix("\u00a0")
        for mark in _EMPHASIS:
            inner = core[len(mark) : -len(mark)]
            if inner and core.startswith(mark) and core.endswith(mark) and mark not in inner:
                return mark
        return ""

    @property
    def plain(self) -> str:
        """The text without emphasis marks and with single spaces."""
        return " ".join(self.text.replace("**", "").replace("__", "").split())
