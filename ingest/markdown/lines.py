"""Which lines of a Markdown text are headings and list items, by Markdown's own marks alone; and what is between them.

Told apart from ``ingest/notes``, which reads the same text for meaning and guesses headings: here a line is a node
because its mark says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.notes.lines import Line, split_lines

_FENCE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<mark>`{3,}|~{3,})(?P<rest>.*)")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<label>\S.*)")
_ITEM = re.compile(r"(?P<indent>[ \t\u00a0]*)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+|$)(?P<label>.*)")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>=|-)(?P=mark){2,}[ \t]*$")
# What such a line begins with: asked first, for every line of a text.
_ITEM_SIGNS = frozenset("-*+")  # or a digit
_FENCE_SIGNS = frozenset("`~-*+")
_FRONT_MATTER = ("---", "+++")
_FRONT_MATTER_LINES = 300
_COMMENT_LINES = 500
_LONGEST_TITLE = 300


@dataclass(slots=True)
class Marked:
    """A line and what it is. `kind`: "heading", "item", "text", "code", "rule", "front matter", "comment", "blank".

    `level` is a heading's, `indent` the columns before an item's mark (a tab counts four); `label` is what follows
    the marks, with its inline marks.
    """

    line: Line
    kind: str
    label: str = ""
    level: int = 0
    indent: int = 0
    mark: str = ""


def marked_lines(text: str) -> Iterator[Marked]:
    """Every line of the text, in order."""
    lines = split_lines(text)
    at = _front_matter_end(lines)
    yield from (Marked(line, "front matter") for line in lines[:at])
    while at < len(lines):
        last, found = _next(lines, at)
        if found.kind == "code" and (item := _ITEM.match(found.line.text)):  # an item that is nothing but code
            yield Marked(found.line, "item", indent=len(item["indent"].replace("\t", "    ")), mark=item["mark"])
        yield found
        if last > at + 1:
            rest = found.kind if found.kind in {"code", "comment"} else "rule"
            yield from (Marked(line, rest) for line in lines[at + 1 : last])
        at = last


def _next(lines: list[Line], at: int) -> tuple[int, Marked]:  # noqa: PLR0911 - one line per kind of line
    """What begins at a line, and the line after it."""
    line = lines[at]
    text = line.text
    if line.blank:
        return at + 1, Marked(line, "blank")
    first = line.content[0]
    if (
        (first in _FENCE_SIGNS or first.isdecimal())
        and (fence := _FENCE.match(text))
        and not (fence["mark"][0] == "`" and "`" in fence["rest"])
    ):
        return _fence_end(lines, at, fence["mark"]), Marked(line, "code")
    if first == "<" and text.lstrip().startswith("<!--"):
        end = _comment_end(lines, at)
        if end:
            return end, Marked(line, "comment", text.strip())
    if first == "#" and (heading := _HEADING.match(text)):
        return at + 1, Marked(line, "heading", _unclosed(heading["label"]), level=len(heading["marks"]), mark="#")
    if first in "-*_" and _RULE.match(text):
        return at + 1, Marked(line, "rule")
    if (first in _ITEM_SIGNS or first.isdecimal()) and (item := _ITEM.match(text)):
        if item["label"] or _opens(lines, at):
            indent = len(item["indent"].replace("\t", "    "))
            return at + 1, Marked(line, "item", item["label"], indent=indent, mark=item["mark"])
        return at + 1, Marked(line, "rule")
    if level := _underlined(lines, at):
        return at + 2, Marked(line, "heading", line.content, level=level, mark="=")
    return at + 1, Marked(line, "text")


def _unclosed(label: str) -> str:
    """A heading without the ``##`` that may close it."""
    bare = label.rstrip().rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else label


def _front_matter_end(lines: list[Line]) -> int:
    if not lines or lines[0].text.rstrip() not in _FRONT_MATTER:
        return 0
    mark = lines[0].text.rstrip()
    ends = {mark, "..."} if mark == "---" else {mark}
    for line in lines[1:_FRONT_MATTER_LINES]:
        if line.text.rstrip() in ends:
            return line.index + 1
        if line.content.startswith("#") and line.content.lstrip("#").startswith(" ") and mark == "---":
            return 0  # a heading between two rules is no front matter
    return 0


def _fence_end(lines: list[Line], at: int, mark: str) -> int:
    """The line after the closing fence; a fence that is never closed goes to the end."""
    closing = re.compile(rf"[ \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    return next((n + 1 for n in range(at + 1, len(lines)) if closing.match(lines[n].text)), len(lines))


def _comment_end(lines: list[Line], at: int) -> int:
    """The line after a comment that takes whole lines; 0 where text follows it on its line, or it never ends."""
    for n in range(at, min(at + _COMMENT_LINES, len(lines))):
        close = lines[n].text.rfind("-->")
        if close >= 0:
            return 0 if lines[n].text[close + 3 :].strip() else n + 1
    return 0


def _opens(lines: list[Line], at: int) -> bool:
    """Whether an empty item has something under it: an item, or at once a line of its own."""
    below = next((line for line in lines[at + 1 : at + 3] if not line.blank), None)
    if below is None or below.indent <= lines[at].indent:
        return False
    return below.index == at + 1 or _ITEM.match(below.text) is not None


def _underlined(lines: list[Line], at: int) -> int:
    """The level of a title of one line with ``===`` or ``---`` under it, 0 where it is none."""
    if at + 1 >= len(lines) or len(lines[at].content) > _LONGEST_TITLE or lines[at].indent > 3:
        return 0
    under = _UNDERLINE.match(lines[at + 1].text)
    above = lines[at - 1].text if at else ""
    alone = not above.strip() or _HEADING.match(above) is not None or _RULE.match(above) is not None
    if not under or not alone or lines[at].content.startswith((">", "|", "<")):
        return 0
    return 1 if under["mark"] == "=" else 2
