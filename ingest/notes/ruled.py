"""Tables whose columns a drawn line gives, as pandoc and reStructuredText write them: ``------  ------``."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.notes.lines import Line

_RULE = re.compile(r"\s*(?:-{2,}[^\S\n]+)+-{2,}\s*|\s*(?:={2,}[^\S\n]+)+={2,}\s*")
_GROUP = re.compile(r"[-=]+")


def is_column_rule(line: Line) -> bool:
    """Whether a line only draws the widths of two columns or more."""
    return line.content[:1] in "-=" and _RULE.fullmatch(line.text) is not None


def column_starts(rule: Line) -> list[int]:
    """Where the columns begin that a rule draws, in characters from the start of the line."""
    return [found.start() for found in _GROUP.finditer(rule.text)]


def cut(line: Line, starts: list[int]) -> list[tuple[int, int]] | None:
    """The trimmed span of each cell; None where a column would begin inside a word."""
    text = line.text
    if any(0 < start < len(text) and not text[start - 1].isspace() for start in starts):
        return None
    edges = [0, *starts[1:], len(text)]
    return [_trimmed(line, first, max(first, last)) for first, last in pairwise(edges)]


def _trimmed(line: Line, first: int, last: int) -> tuple[int, int]:
    piece = line.text[first:last]
    start = line.start + min(first, len(line.text)) + (len(piece) - len(piece.lstrip()) if piece.strip() else 0)
    return start, start + len(piece.strip())
