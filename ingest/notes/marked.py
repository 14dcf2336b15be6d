"""Headings that a mark before them makes: « ## Titre » (Markdown), « == Titre » (AsciiDoc, wikis), « h2. Titre »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.notes.lines import Line

_HASH = re.compile(r"^(?P<marks>#{1,6})(?P<space>[^\S\r\n]++|(?=[^\s#\d!]))(?=[^\S\r\n]*[^\s#])")
_OUTLINED = re.compile(r"^(?:(?P<marks>={1,6})|h(?P<level>[1-6])\.)[^\S\r\n]+(?=[^\s=])")
_CLOSING = re.compile(r"\s[#=]+$")
_MIN_OUTLINED = 2


class HeadingMark(NamedTuple):
    """The level that a mark gives, and where its title begins and ends in the content of the line."""

    level: int
    begins: int
    ends: int


def outlined(lines: Sequence[Line]) -> bool:
    """Whether « = » and « h2. » mark headings in a text: at two lines at least, one of them below the first level."""
    found = [m for line in lines if (m := _OUTLINED.match(line.content))]
    titles = [m for m in found if not m.string[m.end()].islower()]
    return len(titles) >= _MIN_OUTLINED and any(m["marks"] != "=" for m in titles)


def hashed(content: str) -> bool:
    """Whether a line opens with the hashes of a heading."""
    return _HASH.match(content) is not None


def heading_mark(content: str, *, other_marks: bool) -> HeadingMark | None:
    """The mark that makes a heading of a line; `other_marks`: « = » and « h2. » count as well."""
    if found := _HASH.match(content):
        level = len(found["marks"])
        if not found["space"] and level == 1:
            return None  # "#JeParticipe" is a hashtag
    elif other_marks and (found := _OUTLINED.match(content)):
        level = len(found["marks"]) if found["marks"] else int(found["level"])
    else:
        return None
    tail = content[-40:]
    closing = _CLOSING.search(tail)
    ends = len(content) - (len(tail) - closing.start() if closing else 0)
    return HeadingMark(level, found.end(), ends if ends > found.end() else len(content))  # « # === » closes nothing
