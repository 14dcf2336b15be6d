"""The words of the DOT language (Graphviz): names, strings, HTML strings, marks; comments are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.errors import InputRefused

_TOKEN = re.compile(
    r"""(?P<gap>\s++|//[^\n]*+|/\*.*?\*/|\#[^\n]*+)
      | (?P<string>"(?:[^"\\]++|\\.)*+")
      | (?P<name>[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*+)
      | (?P<number>-?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?))
      | (?P<edge>->|--)
      | (?P<html><)
      | (?P<mark>[{}\[\];,:=+])""",
    re.X | re.S,
)
_ANGLE = re.compile(r"<!--.*?-->|[<>]", re.S)
_CONTINUED = re.compile(r"\\\r?\n")


class Token(NamedTuple):
    """`kind`: name, string, html, edge, or mark; the text of a string is what stands between its quotes."""

    kind: str
    text: str
    start: int

    @property
    def is_id(self) -> bool:
        return self.kind in {"name", "string", "html"}


def tokens(name: str, text: str) -> Iterator[Token]:
    """The words in order, strings joined by `+` as one. Raises InputRefused where the text is no DOT."""
    parts: list[Token] = []  # strings that `+` joins, kept apart until the last: joining each time would be quadratic
    joining = False
    for token in _words(name, text):
        if parts and not joining and token.kind == "mark" and token.text == "+":
            joining = True
        elif token.kind == "string" and (joining or not parts):
            parts.append(token)
            joining = False
        else:
            yield from _joined(parts)
            parts, joining = ([token], False) if token.kind == "string" else ([], False)
            if not parts:
                yield token
    yield from _joined(parts)


def _joined(parts: list[Token]) -> Iterator[Token]:
    if parts:
        yield Token("string", "".join(part.text for part in parts), parts[0].start)


def _words(name: str, text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise InputRefused(name, f"unexpected {text[at : at + 12]!r}", place(text, at))
        kind, start, at = str(found.lastgroup), at, found.end()
        if kind == "html":
            at = _html_end(name, text, start)
            yield Token("html", text[start + 1 : at - 1], start)
        elif kind == "string":
            body = _CONTINUED.sub("", found.group()[1:-1]) if "\\" in found.group() else found.group()[1:-1]
            yield Token("string", body.replace('\\"', '"'), start)
        elif kind != "gap":
            yield Token("name" if kind == "number" else kind, found.group(), start)


def _html_end(name: str, text: str, start: int) -> int:
    """After the `>` that closes an HTML string: brackets nest, comments hide theirs."""
    depth = 0
    for found in _ANGLE.finditer(text, start):
        if found.group() == "<":
            depth += 1
        elif found.group() == ">":
            depth -= 1
            if depth == 0:
                return found.end()
    raise InputRefused(name, "an HTML string is not closed", place(text, start))


def place(text: str, at: int) -> str:
    """Line and column of an offset, for errors."""
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"
