"""The words of the DOT language (Graphviz): names, strings, HTML strings, marks; comments are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.errors import InputRefused

_TOKEN = re.compile(
    r"""(?:(?P<gap>\s++|//[^\n]*+|/\*.*?\*/|\#[^\n]*+)
      | (?P<string>"(?:[^"\\]++|\\.)*+")
      | (?P<name>[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*+)
      | (?P<number>-?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?))
      | (?P<edge>->|--)
      | (?P<html><)
      | (?P<mark>[{}\[\];,:=+]))\s*+""",
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


_new = tuple.__new__  # in half of the time: a graph has ten words a node


def tokens(name: str, text: str) -> Iterator[Token]:
    """The words in order, strings joined by `+` as one. Raises InputRefused where the text is no DOT."""
    words = _words(name, text)
    return _joining(words) if "+" in text else words


def _joining(words: Iterator[Token]) -> Iterator[Token]:
    parts: list[Token] = []  # strings that `+` joins, kept apart until the last: joining each time would be quadratic
    joining = False
    for token in words:
        if parts and not joining and token.kind == "mark" and token.text == "+":
            joining = True
        elif token.kind == "string" and (joining or not parts):
            parts.append(token)
            joining = False
        else:
            if parts:
                yield _joined(parts)
            parts, joining = ([token], False) if token.kind == "string" else ([], False)
            if not parts:
                yield token
    if parts:
        yield _joined(parts)


def _joined(parts: list[Token]) -> Token:
    return parts[0] if len(parts) == 1 else Token("string", "".join(part.text for part in parts), parts[0].start)


def _words(name: str, text: str) -> Iterator[Token]:
    at, match = 0, _TOKEN.match
    while at < len(text):
        found = match(text, at)
        if found is None:
            raise InputRefused(name, f"unexpected {text[at : at + 12]!r}", place(text, at))
        kind, start, at = found.lastgroup or "", at, found.end()
        if kind in {"mark", "name", "edge"}:
            yield _new(Token, (kind, found[kind], start))
        elif kind == "html":
            at = _html_end(name, text, start)
            yield Token("html", text[start + 1 : at - 1], start)
        elif kind == "string":
            body = found["string"][1:-1]
            if "\\" in body:
                body = _CONTINUED.sub("", body).replace('\\"', '"')
            yield _new(Token, ("string", body, start))
        elif kind == "number":
            yield Token("name", found[kind], start)


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
