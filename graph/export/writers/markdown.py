"""Markdown: headings for two levels, lists below, notes as paragraphs. What looks like a mark is written as text."""

from __future__ import annotations

import re
from urllib.parse import quote

from graph.export.holds import holds
from graph.export.registry import MapWriter
from graph.outline import Outline, Topic

_HEADINGS = 2
_FOLD = " <!-- markmap: fold -->"
# Signs that mean something in the middle of a line …
_INLINE = re.compile(
    r"[*_\[\]~|${}^]|(?<!&)#|(?<==)=|(?<=[A-Za-z]):(?=//)|(?<=www)\.|@(?=\w)|:(?=:)|%(?=%)|(?<=%)%", re.I
)
# … and those that readers look for before they undo a backslash.
_BY_NUMBER = str.maketrans({"\\": "&#92;", "`": "&#96;", "<": "&lt;", ">": "&gt;"})
_LEADING = re.compile(r"^([-+=:]|\d{1,9}(?=[.)]))")


def escaped(line: str) -> str:
    r"""One line of plain text in which Markdown finds no mark.

    >>> escaped("1. *a* <b>"), escaped("[x](y)")
    ('1\\. \\*a\\* &lt;b&gt;', '\\[x\\](y)')
    """
    numbered = re.sub(r"&(?=#?\w+;)", "\0", line).translate(_BY_NUMBER).replace("\0", "&amp;")
    marked = _INLINE.sub(lambda m: "\\" + m[0], numbered)
    return _LEADING.sub(lambda m: m[0] + "\\" if m[0][0].isdigit() else "\\" + m[0], marked)


def _render(outline: Outline) -> bytes:
    text = "\n".join(line for topic, _, level in outline.walk() for line in _lines(topic, level))
    return (re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n").encode()


def _lines(topic: Topic, level: int) -> list[str]:
    label = escaped(topic.label)
    if topic.links:
        label = f"[{label}]({_address(topic.links[0])})"
    label += _FOLD if topic.folded else ""
    if level <= _HEADINGS:
        return ["", f"{'#' * level} {label}", "", *_note(topic, "")]
    indent = "  " * (level - _HEADINGS - 1)
    note = _note(topic, indent + "  ")
    return [f"{indent}- {label}", *(["", *note] if note else [])]


def _note(topic: Topic, indent: str) -> list[str]:
    """Every line of the note a line of its own: two spaces at the end break it."""
    if not topic.note:
        return []
    return [f"{indent}{escaped(line.strip())}  " if line.strip() else "" for line in topic.note.split("\n")] + [""]


def _address(link: str) -> str:
    return quote(link, safe=_SAFE)


# All that an address may hold but blanks, brackets and quotes, which would end it.
_SAFE = "%/:?#@!$&'*+,;=~-._|" + "".join(map(chr, range(0xA1, 0x250)))

WRITER = MapWriter(
    "markdown",
    "Markdown (.md)",
    (".md",),
    holds("notes", "links", "folded state", one_link=True, blank="…"),
    _render,
)
