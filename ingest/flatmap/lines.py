"""Lines to topics in the flat text of a mind map: a space or a hyphen at the end of a line means that it goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.notes.lines import Line

_HYPHEN_END = re.compile(r"[^\W\d][-\u2010]$")
_MARKUP = re.compile(r"^(?:#{1,6}\s|[-*•✓➢]\s|\||```|>)")
_MIN_LINES = 12
_MIN_ALONE = 20  # without trailing spaces the shape must be clearer
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class FlatTopic:
    """A topic's span, its first line and its depth (0 where unknown)."""

    start: int
    end: int
    line: int
    depth: int = 0


def looks_flat(lines: list[Line]) -> bool:
    """Whether every line is short, nearly each followed by a blank one, and few end a sentence."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < _MIN_LINES:
        return False
    short = sum(len(line.content) <= _WIDEST for line in filled) / len(filled)
    stops = sum(line.content.endswith(".") for line in filled) / len(filled)
    marked = sum(bool(_MARKUP.match(line.content)) or "\t" in line.content for line in filled) / len(filled)
    apart = sum(_blank_after(lines, line) for line in filled) / len(filled)
    if short < 0.95 or stops > 0.12 or marked > 0.1 or apart < 0.8:
        return False
    trailing = sum(line.trailing for line in filled) / len(filled)
    return trailing >= 0.2 or (len(filled) >= _MIN_ALONE and apart > 0.9 and stops < 0.05)


def _blank_after(lines: list[Line], line: Line) -> bool:
    return line.index + 1 >= len(lines) or lines[line.index + 1].blank


def flat_topics(lines: list[Line]) -> list[FlatTopic]:
    """Join the lines of each topic; blank lines inside it are part of its span."""
    topics: list[FlatTopic] = []
    start: Line | None = None
    for line in lines:
        if line.blank:
            continue
        start = start or line
        if not _goes_on(lines, line):
            topics.append(FlatTopic(start.start, line.end, start.index))
            start = None
    if start is not None:
        last = next(line for line in reversed(lines) if not line.blank)
        topics.append(FlatTopic(start.start, last.end, start.index))
    return topics


def _goes_on(lines: list[Line], line: Line) -> bool:
    return line.trailing or bool(_HYPHEN_END.search(line.text)) or not _blank_after(lines, line)
