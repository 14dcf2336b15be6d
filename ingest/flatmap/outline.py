"""Outlines: one topic per line, its depth given by tabs, spaces or bullets. Parents are certain."""

from __future__ import annotations

from itertools import pairwise

from ingest.flatmap.lines import FlatTopic
from ingest.notes.bullets import bullet_at
from ingest.notes.lines import Line

_MIN_LINES = 4
_LONGEST = 400
_MEAN_LONGEST = 110


def looks_outlined(lines: list[Line]) -> bool:
    """Whether the indentation of nearly every line makes a tree: tabs or spaces, or bullets under a title."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < _MIN_LINES or any(len(line.content) > _LONGEST for line in filled):
        return False
    if sum(len(line.content) for line in filled) > _MEAN_LONGEST * len(filled):
        return False
    stops = sum(line.content.endswith(".") for line in filled) / len(filled)
    return stops < 0.25 and (_by_indentation(filled) or _by_bullets(filled))


def _by_indentation(filled: list[Line]) -> bool:
    bulleted = sum(bullet_at(line.content) is not None for line in filled)
    if bulleted > 0.3 * len(filled) or filled[0].indent > filled[1].indent:
        return False
    inner = sum("\t" in line.content or "  " in line.content for line in filled)
    indented = sum(line.indent > filled[0].indent for line in filled)
    if inner > 0.1 * len(filled) or indented < 0.6 * len(filled):
        return False
    return (_steps_hold(filled) and len({line.indent for line in filled}) >= 3) or all(
        "\t" in line.text[: len(line.text) - len(line.text.lstrip())] for line in filled[1:]
    )


def _steps_hold(filled: list[Line]) -> bool:
    """Going deeper happens one step at a time; few lines break that."""
    widths = sorted({line.indent for line in filled})
    rank = {width: n for n, width in enumerate(widths)}
    jumps = sum(rank[b.indent] > rank[a.indent] + 1 for a, b in pairwise(filled))
    return len(widths) <= 20 and jumps <= 0.02 * len(filled)


def _by_bullets(filled: list[Line]) -> bool:
    """Bullets all the way, with nesting; at most a title above."""
    rest = filled[1:] if bullet_at(filled[0].content) is None else filled
    marks = [bullet_at(line.content) for line in rest]
    if any(mark is None or mark.task for mark in marks):
        return False
    deep = sum(line.indent > rest[0].indent for line in rest)
    return len({line.indent for line in rest}) >= 3 and deep >= 0.6 * len(rest)


def outline_topics(lines: list[Line]) -> list[FlatTopic]:
    """One topic per line; depth in columns of indentation, bullets one below an unmarked title."""
    filled = [line for line in lines if not line.blank]
    bulleted = _by_bullets(filled)
    topics = []
    for line in filled:
        lead = len(line.text) - len(line.text.lstrip())
        mark = bullet_at(line.content) if bulleted else None
        start = line.start + lead + (mark.length if mark else 0)
        topics.append(FlatTopic(start, line.end, line.index, line.indent + (1 if mark else 0)))
    return topics
