"""The front matter of a page (between two lines ``---``) as keys and values with their places. No YAML is run."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FRAME = re.compile(r"---[^\S\n]*\r?\n(?P<body>(?:(?!---[^\S\n]*\r?$).*\n){1,60}?)---[^\S\n]*\r?$", re.MULTILINE)
_KEY = re.compile(r"^(?P<key>[A-Za-zÀ-ÿ][\w .’'-]{0,40}?)\s*:(?:\s+(?P<value>\S.*?))?\s*$")
_ITEM = re.compile(r"^\s*-\s+(?P<value>\S.*?)\s*$")
_QUOTES = "\"'[] "


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar or list item: text without quotation marks, at ``text[start:start + len(text)]`` of the document."""

    text: str
    start: int


def front_matter(text: str) -> dict[str, list[Value]]:
    """The values of each key, in order; empty where the text has no front matter.

    >>> front_matter("---\\ntitle: 'AG'\\npresents:\\n- Ana\\n---\\n")["presents"]
    [Value(text='Ana', start=28)]
    """
    frame = _FRAME.match(text)
    found: dict[str, list[Value]] = {}
    if frame is None:
        return found
    at, key = frame.start("body"), ""
    for line in frame["body"].splitlines(keepends=True):
        if named := _KEY.match(line):
            key = named["key"].strip().lower()
            found.setdefault(key, [])
        match = named or _ITEM.match(line)
        if match and match["value"] and key:
            found[key].append(_value(match["value"], at + match.start("value")))
        at += len(line)
    return found


def _value(written: str, start: int) -> Value:
    bare = written.lstrip(_QUOTES)
    return Value(bare.rstrip(_QUOTES), start + len(written) - len(bare))
