"""Outlines: a topic per line, its depth told by tabs, spaces, bullets, numbers or branches. Parents are certain."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ingest.flatmap.branches import branch_topics, by_branches
from ingest.flatmap.lines import FlatTopic
from ingest.flatmap.marks import Mark, follows, mark_at, number_at
from ingest.flatmap.wrapping import measure, widest
from ingest.notes.bullets import bullet_at
from ingest.notes.lines import Line

_MIN_LINES = 4
_MIN_MARKED = 6  # lines, where marks alone tell the levels
_LONGEST = 400
_MEAN_LONGEST = 110
_MOSTLY = 0.9  # of the lines: one that was pasted in with spaces is an outline's all the same
_MEAN_SHORT = 60  # two levels of indentation prove little: the lines must be short as those of a map

Topics = list[FlatTopic]


def looks_outlined(lines: list[Line]) -> bool:
    """Whether nearly every line has a place in a tree that its indentation, bullet or number tells."""
    filled = [line for line in lines if not line.blank]
    if len(filled) < _MIN_LINES:
        return False
    if _one_centre(filled):
        return _layout(filled) is not None
    if len({line.indent for line in filled}) >= 3 and _tabbed(filled) and _by_indentation(filled):
        return True  # whatever it says, and however long
    if any(len(line.content) > _LONGEST for line in filled):
        return False
    if sum(len(line.content) for line in filled) > _MEAN_LONGEST * len(filled):
        return False
    stops = sum(line.content.endswith(".") for line in filled) / len(filled)
    return stops < 0.25 and _layout(filled) is not None


def _one_centre(filled: list[Line]) -> bool:
    """Whether everything stands under the first line: no page of notes does, however long its lines."""
    if number_at(filled[0].content) or mark_at(filled[0].content):
        return False
    return all(
        line.indent > filled[0].indent or number_at(line.content) or mark_at(line.content) for line in filled[1:]
    )


def outline_topics(lines: list[Line]) -> Topics:
    """One topic per line, with its depth; bullets and numbers are no part of it."""
    filled = [line for line in lines if not line.blank]
    read = _layout(filled) or _indented_topics
    return read(filled)


def _layout(filled: list[Line]) -> Callable[[list[Line]], Topics] | None:
    """The way to read the lines, None where no layout holds."""
    if by_branches(filled):
        return branch_topics
    if _by_numbers(filled):
        return _numbered_topics
    if _by_indentation(filled):
        return _indented_topics
    if _by_bullets(filled):
        return _bulleted_topics
    return _marked_topics if _by_marks(filled) else None


# --- indentation ----------------------------------------------------------------------------------------------------


def _by_indentation(filled: list[Line]) -> bool:
    under = sum(line.indent > filled[0].indent for line in filled) == len(filled) - 1
    bulleted = sum(mark_at(line.content) is not None for line in filled)
    if bulleted > (0.8 if under else 0.3) * len(filled) or filled[0].indent > filled[1].indent:
        return False
    if under and _steps_hold(filled) and len({line.indent for line in filled}) >= 3:
        return bulleted < 0.3 * len(filled) or not _bullets_hold(filled)
    inner = sum("\t" in line.content or "  " in line.content for line in filled)
    indented = sum(line.indent > filled[0].indent for line in filled)
    if inner > 0.1 * len(filled) or sum(bullet_at(line.content) is not None for line in filled) > 0.3 * len(filled):
        return False
    if indented < 0.6 * len(filled):
        return indented >= 0.3 * len(filled) and _tabbed(filled) and _short(filled)
    if _steps_hold(filled) and len({line.indent for line in filled}) >= 3:
        return True
    return all("\t" in _lead(line) for line in filled[1:]) or (_short(filled) and _steps_hold(filled))


def _lead(line: Line) -> str:
    return line.text[: len(line.text) - len(line.text.lstrip())]


def _tabbed(filled: list[Line]) -> bool:
    """Indented by tabs and by hardly anything else, one step at a time."""
    leads = [_lead(line) for line in filled if line.indent]
    return sum(set(lead) == {"\t"} for lead in leads) >= _MOSTLY * len(leads) and _steps_hold(filled)


def _short(filled: list[Line]) -> bool:
    """Lines as short as those of a map, that end neither a sentence nor in the middle of one."""
    if sum(len(line.content) for line in filled) > _MEAN_SHORT * len(filled):
        return False
    ends = sum(line.content.endswith((".", ",", ";")) for line in filled)
    fields = sum(" : " in line.content or ": " in line.content for line in filled)
    lower = sum(b.starts_lower and not a.ends_sentence and a.indent == b.indent for a, b in pairwise(filled))
    return ends < 0.1 * len(filled) and lower < 0.2 * len(filled) and fields < 0.3 * len(filled)


def _steps_hold(filled: list[Line]) -> bool:
    """Going deeper happens one step at a time; few lines break that, one where tabs tell the levels."""
    widths = sorted({line.indent for line in filled})
    rank = {width: n for n, width in enumerate(widths)}
    jumps = sum(rank[b.indent] > rank[a.indent] + 1 for a, b in pairwise(filled))
    spare = any("\t" in _lead(line) for line in filled)
    return len(widths) <= 40 and jumps <= max(spare, 0.02 * len(filled))


def _indented_topics(filled: list[Line]) -> Topics:
    return [FlatTopic(line.start + len(_lead(line)), line.end, line.index, line.indent) for line in filled]


# --- bullets --------------------------------------------------------------------------------------------------------


def _by_bullets(filled: list[Line]) -> bool:
    """Bullets all the way, with nesting; at most a title above."""
    return _bullets_hold(filled)


def _bullets_hold(filled: list[Line]) -> bool:
    rows = _rows(filled)
    titled = rows[0].mark is None
    marked = rows[1:] if titled else rows
    if not marked or any(row.mark is None or row.mark.task for row in marked):
        return False
    if not _cut_by_width(filled, rows):
        return False
    deep = sum(row.line.indent > marked[0].line.indent for row in marked)
    levels = {row.line.indent for row in marked}
    if len(levels) >= 3:
        return deep >= (0.3 if titled else 0.6) * len(marked)
    return titled and len(levels) == 2 and deep >= 0.5 * len(marked) and _own_marks(marked)


class _Row:
    """A topic's first line, its mark, its last line."""

    __slots__ = ("last", "line", "mark")

    def __init__(self, line: Line, mark: Mark | None) -> None:
        self.line, self.mark, self.last = line, mark, line


def _rows(filled: list[Line]) -> list[_Row]:
    """The lines that begin a topic; a line without a mark, set under the words of one with a mark, goes on with it."""
    rows: list[_Row] = []
    for line in filled:
        mark = mark_at(line.content)
        above = rows[-1] if rows else None
        if mark is None and above is not None and above.mark is not None:
            hanging = above.line.indent + above.mark.length
            if line.indent == hanging or (line.indent == above.last.indent and above.last is not above.line):
                above.last = line
                continue
        rows.append(_Row(line, mark))
    return rows


def _cut_by_width(filled: list[Line], rows: list[_Row]) -> bool:
    """Whether the lines that go on were cut by a width and not by a person."""
    if len(rows) == len(filled):
        return True
    starts = {row.line.index for row in rows}
    on_page, in_box = [line.text.rstrip() for line in filled], [line.content for line in filled]
    return any(_all_cut(text, filled, starts, 0.9) for text in (on_page, in_box))


def _all_cut(text: list[str], filled: list[Line], starts: set[int], least: float) -> bool:
    """Whether the breaks before lines that begin no topic are, but for few, where a width cuts."""
    inner = [(text[n], b.content) for n, (_, b) in enumerate(pairwise(filled)) if b.index not in starts]
    cuts = (sum(w.cut(a, b) for a, b in inner) for w in (measure(text), widest(text)))
    return any(n >= least * len(inner) for n in cuts)


def _own_marks(rows: list[_Row]) -> bool:
    """Whether each level of indentation has a mark of its own."""
    pairs = {(row.line.indent, row.mark.family) for row in rows if row.mark}
    return len(pairs) == len({indent for indent, _ in pairs}) == len({family for _, family in pairs})


def _bulleted_topics(filled: list[Line]) -> Topics:
    """Depth in columns of indentation, bullets one below an unmarked title."""
    return [_topic(row, row.line.indent + (1 if row.mark else 0)) for row in _rows(filled)]


def _topic(row: _Row, depth: int) -> FlatTopic:
    start = row.line.start + len(_lead(row.line)) + (row.mark.length if row.mark else 0)
    return FlatTopic(start, row.last.end, row.line.index, depth)


def _by_marks(filled: list[Line]) -> bool:
    """No indentation, but a bullet of its own for each level, on every line but a title."""
    rows = [_Row(line, mark_at(line.content)) for line in filled]
    titled = rows[0].mark is None
    rest = rows[1:] if titled else rows
    families = [row.mark.family for row in rest if row.mark and not row.mark.task]
    if len(families) < len(rest) or len(rest) < _MIN_MARKED or len({row.line.indent for row in rest}) > 1:
        return False
    kinds = set(families)
    if titled and len(kinds) >= 3:
        return _nested(families)
    return len(kinds) > 1 and all(families.count(family) > 1 for family in kinds) and _short(filled)


def _nested(families: list[str]) -> bool:
    """Whether the marks stand as levels do: a mark met for the first time, or a level closed, and rarely else."""
    order = {family: n for n, family in enumerate(dict.fromkeys(families))}
    jumps = sum(order[b] > order[a] + 1 for a, b in pairwise(families))
    return jumps <= 0.02 * len(families)


def _marked_topics(filled: list[Line]) -> Topics:
    """Depth by the order in which bullets are first met; one met before closes what is open below it."""
    open_marks: list[str] = []
    topics = []
    for row in (_Row(line, mark_at(line.content)) for line in filled):
        mark = row.mark
        if mark and mark.family in open_marks:
            del open_marks[open_marks.index(mark.family) + 1 :]
        elif mark:
            open_marks.append(mark.family)
        topics.append(_topic(row, len(open_marks) if mark else 0))
    return topics


# --- numbers --------------------------------------------------------------------------------------------------------


def _by_numbers(filled: list[Line]) -> bool:
    """Every topic but a title has a number of a series like 1, 1.1, 1.1.1, each following from the one before."""
    rows = _numbered_rows(filled)
    numbers = [number for _, _, number, _ in rows if number]
    if len(numbers) < _MIN_LINES or len(rows) - len(numbers) > 1 or max(map(len, numbers)) < 2:
        return False
    if len(numbers[0]) != 1 or numbers[0][0] > 1:
        return False
    if len(rows) == len(filled):
        return True
    starts = {first.index for first, _, _, _ in rows}
    return _all_cut([line.text.rstrip() for line in filled], filled, starts, 0.95)


def _numbered_rows(filled: list[Line]) -> list[tuple[Line, Line, tuple[int, ...], int]]:
    """First line, last line, number and where its words begin; a line that does not follow in the series goes on."""
    rows: list[tuple[Line, Line, tuple[int, ...], int]] = []
    above: tuple[int, ...] = ()
    for line in filled:
        number, length = number_at(line.content) or ((), 0)
        if number and follows(above, number):
            rows.append((line, line, number, length))
            above = number
        elif rows:
            rows[-1] = (rows[-1][0], line, *rows[-1][2:])
        else:
            rows.append((line, line, (), 0))
    return rows


def _numbered_topics(filled: list[Line]) -> Topics:
    return [
        FlatTopic(first.start + len(_lead(first)) + length, last.end, first.index, len(number))
        for first, last, number, length in _numbered_rows(filled)
    ]
