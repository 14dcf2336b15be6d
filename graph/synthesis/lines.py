"""A synthesis as lines: what they are, how they are edited as text, which of them a person wrote. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

LONGEST_TEXT = 400_000  # characters of an edited synthesis
MOST_LINES = 5_000  # of an edited synthesis
_BREAKS = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")


class Mark(StrEnum):
    """What a line is, by the sign that begins it where it is edited."""

    TITLE = "# "
    SECTION = "## "
    PART = "### "
    ITEM = "- "
    QUOTE = "> "
    TEXT = ""


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is plain, on one line; `by_hand` where a person wrote or changed it."""

    mark: Mark
    text: str
    by_hand: bool = False


def plain(text: str) -> str:
    """A piece of a document on one line; its words, and the spaces that French puts before its signs, stay.

    >>> plain("a\\n  b\\u2028c\\u00a0!")
    'a b c\\xa0!'
    """
    return _BREAKS.sub(" ", text).strip(" ")


def to_text(lines: Iterable[Line]) -> str:
    """The lines as a person edits them: the sign, then the text as it is; a blank line around titles."""
    out: list[str] = []
    for line in lines:
        apart = line.mark in {Mark.TITLE, Mark.SECTION, Mark.PART}
        out += ["", f"{line.mark}{line.text}", ""] if apart else [f"{line.mark}{line.text}"]
    return "\n".join(_single_blanks(out)) + "\n"


def _single_blanks(lines: Sequence[str]) -> list[str]:
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return kept[1:] if kept and not kept[0] else kept


def from_text(text: str) -> list[Line]:
    """What `to_text` gave, or what a person made of it.

    >>> from_text("# Un\\n\\n> « deux » [1]\\ntrois")[1]
    Line(mark=<Mark.QUOTE: '> '>, text='« deux » [1]', by_hand=False)
    """
    out = []
    for raw in text[:LONGEST_TEXT].splitlines()[:MOST_LINES]:
        mark = next((m for m in Mark if m and raw.startswith(m)), Mark.TEXT)
        said = plain(raw[len(mark) :])
        if said:
            out.append(Line(mark, said))
    return out


def marked(edited: Sequence[Line], made: Sequence[Line]) -> list[Line]:
    """The edited lines, those that the graph did not give marked as written by hand, whatever their spaces."""
    given = {(line.mark, *line.text.split()) for line in made}
    return [replace(line, by_hand=(line.mark, *line.text.split()) not in given) for line in edited]
