"""Outlines: one topic per line, its depth given by tabs, spaces, bullets or numbers. Parents are certain."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from ingest.flatmap.lines import FlatTopic
from ingest.notes.bullets import bullet_at
from ingest.notes.lines import Line

_MIN_LINES = 4
_MIN_MARKED = 6  # lines, where marks alone tell the levels
_LONGEST = 400
_MEAN_LONGEST = 110
_MEAN_SHORT = 60  # two levels of indentation prove little: the lines must be short as those of a map
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,8})[.)]?(?:[ \t]+[-–—][ \t]+|[ \t\u00a0]+)(?=\S)")

Topics = list[FlatTopic]


def looks_outlined(lines: list[Line]) -> bool:
    """Whether nearly every line has a place in a tree that its indentation, bullet or number tells."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < _MIN_LINES or any(len(line.content) > _LONGEST for line in filled):
        return False
    if sum(len(line.content) for line in filled) > _MEAN_LONGEST * len(filled):
        return False
    stops = sum(line.content.endswith(".") for line in filled) / len(filled)
    return stops < 0.25 and _layout(filled) is not None


def outline_topics(lines: list[Line]) -> Topics:
    """One topic per line, with its depth; bullets and numbers are no part of it."""
    filled = [line for line in lines if not line.blank]
    read = _layout(filled) or _indented_topics
    return read(filled)


def _layout(filled: list[Line]) -> Callable[[list[Line]], Topics] | None:
    """The way to read the lines, None where no layout holds."""
    if _by_indentation(filled):
        return _indented_topics
    if _by_bullets(filled):
        return _bulleted_topics
    if _by_numbers(filled):
        return _numbered_topics
    return _marked_topics if _by_marks(filled) else None


# --- indentation ----------------------------------------------------------------------------------------------------


def _by_indentation(filled: list[Line]) -> bool:
    bulleted = sum(bullet_at(line.content) is not None for line in filled)
    if bulleted > 0.3 * len(filled) or filled[0].indent > filled[1].indent:
        return False
    inner = sum("\t" in line.content or "  " in line.content for line in filled)
    indented = sum(line.indent > filled[0].indent for line in filled)
    if inner > 0.1 * len(filled):
        return False
    if indented < 0.6 * len(filled):
        return indented >= 0.3 * len(filled) and _tabbed(filled) and _short(filled)
    if _steps_hold(filled) and len({line.indent for line in filled}) >= 3:
        return True
    return all("\t" in _lead(line) for line in filled[1:]) or (_short(filled) and _steps_hold(filled))


def _lead(line: Line) -> str:
    return line.text[: len(line.text) - len(line.text.lstrip())]


def _tabbed(filled: list[Line]) -> bool:
    """Indented by tabs and by nothing else, one step at a time."""
    return all(set(_lead(line)) <= {"\t"} for line in filled) and _steps_hold(filled)


def _short(filled: list[Line]) -> bool:
    """Lines as short as those of a map, that end neither a sentence nor in the middle of one."""
    if sum(len(line.content) for line in filled) > _MEAN_SHORT * len(filled):
        return False
    ends = sum(line.content.endswith((".", ",", ";")) for line in filled)
    fields = sum(" : " in line.content or ": " in line.content for line in filled)
    lower = sum(b.starts_lower and not a.ends_sentence and a.indent == b.indent for a, b in pairwise(filled))
    return ends < 0.1 * len(filled) and lower < 0.2 * len(filled) and fields < 0.3 * len(filled)


def _steps_hold(filled: list[Line]) -> bool:
    """Going deeper happens one step at a time; few lines break that."""
    widths = sorted({line.indent for line in filled})
    rank = {width: n for n, width in enumerate(widths)}
    jumps = sum(rank[b.indent] > rank[a.indent] + 1 for a, b in pairwise(filled))
    return len(widths) <= 40 and jumps <= 0.02 * len(filled)


def _indented_topics(filled: list[Line]) -> Topics:
    return [FlatTopic(line.start + len(_lead(line)), line.end, line.index, line.indent) for line in filled]


# --- bullets --------------------------------------------------------------------------------------------------------


def _by_bullets(filled: list[Line]) -> bool:
    """Bullets all the way, with nesting; at most a title above."""
    rest = filled[1:] if bullet_at(filled[0].content) is None else filled
    marks = [bullet_at(line.content) for line in rest]
    if not rest or any(mark is None or mark.task for mark in marks):
        return False
    deep = sum(line.indent > rest[0].indent for line in rest)
    return len({line.indent for line in rest}) >= 3 and deep >= 0.6 * len(rest)


def _bulleted_topics(filled: list[Line]) -> Topics:
    """Depth in columns of indentation, bullets one below an unmarked title."""
    topics = []
    for line in filled:
        mark = bullet_at(line.content)
        start = line.start + len(_lead(line)) + (mark.length if mark else 0)
        topics.append(FlatTopic(start, line.end, line.index, line.indent + (1 if mark else 0)))
    return topics


def _by_marks(filled: list[Line]) -> bool:
    """No indentation, but a bullet of its own for each level, on every line but a title."""
    rest = filled[1:] if bullet_at(filled[0].content) is None else filled
    marks = [bullet_at(line.content) for line in rest]
    families = [mark.family for mark in marks if mark and not mark.numbered and not mark.task]
    if len(families) < len(rest) or len(rest) < _MIN_MARKED or len({line.indent for line in rest}) > 1:
        return False
    return len(set(families)) > 1 and all(families.count(family) > 1 for family in set(families)) and _short(filled)


def _marked_topics(filled: list[Line]) -> Topics:
    """Depth by the order in which bullets are first met; one met before closes what is open below it."""
    open_marks: list[str] = []
    topics = []
    for line in filled:
        mark = bullet_at(line.content)
        if mark and mark.family in open_marks:
            del open_marks[open_marks.index(mark.family) + 1 :]
        elif mark:
            open_marks.append(mark.family)
        start = line.start + len(_lead(line)) + (mark.length if mark else 0)
        topics.append(FlatTopic(start, line.end, line.index, len(open_marks) if mark else 0))
    return topics


# --- numbers --------------------------------------------------------------------------------------------------------


def _by_numbers(filled: list[Line]) -> bool:
    """Every line but a title has a number of a series like 1, 1.1, 1.1.1, each following from the one before."""
    rest = filled if _number(filled[0]) else filled[1:]
    numbers = [_number(line) for line in rest]
    if len(rest) < _MIN_LINES or not all(numbers) or max(map(len, numbers)) < 2:
        return False
    return len(numbers[0]) == 1 and sum(not _follows(a, b) for a, b in pairwise(numbers)) <= 0.05 * len(numbers)


def _number(line: Line) -> tuple[int, ...]:
    found = _NUMBER.match(line.content)
    return tuple(int(part) for part in found["number"].split(".")) if found else ()


def _follows(above: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """1.2 is followed by 1.2.1, by 1.3, or by 2."""
    if len(number) > len(above):
        return number[:-1] == above and number[-1] <= 1
    return number[:-1] == above[: len(number) - 1] and number[-1] == above[len(number) - 1] + 1


def _numbered_topics(filled: list[Line]) -> Topics:
    topics = []
    for line in filled:
        found = _NUMBER.match(line.content)
        start = line.start + len(_lead(line)) + (found.end() if found else 0)
        topics.append(FlatTopic(start, line.end, line.index, len(_number(line))))
    return topics
