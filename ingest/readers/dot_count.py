"""What a DOT file holds, counted by another way than its grammar: names and edges that stand in its statements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.decoding import narrowed

_QUOTED = rb'"(?:[^"\\]++|\\.)*+"'
_NO_NAME = re.compile(  # a string is kept: a colour or an address in it is no comment
    rb"(%(q)b)|//[^\n]*+|/\*.*?\*/|#[^\n]*+|\[(?:[^\]\"]++|%(q)b)*+\]" % {b"q": _QUOTED}, re.S
)
_WORD = re.compile(  # only the name of a node is `name`: not a port, a subgraph, an attribute and its value
    rb"""(?P<mark>->|--|[{};,])|:\s*+(?:%(q)b|[\w\x80-\xff.]++)
    |\b(?:(?:di)?graph\b\s*+(?:%(q)b|[\w\x80-\xff.]++)?+|(?P<sub>subgraph)\b\s*+(?P<of>%(q)b|[\w\x80-\xff.]++)?+)
    |[\w.]++\s*+=\s*+(?:%(q)b|<.*?>(?=[;,\]}\n])|[\w.-]++)
    |(?P<name>%(q)b(?:\s*+\+\s*+%(q)b)*+|[A-Za-z_\x80-\xff][\w\x80-\xff]*+|[0-9]++(?:\.[0-9]++)?)"""
    % {b"q": _QUOTED},
    re.X | re.S | re.I,
)
_JOINT = re.compile(rb'"\s*+\+\s*+"|\\\r?\n')  # of a string that is written in parts, or over lines
_KEYWORDS = frozenset({b"node", b"edge", b"strict"})


@dataclass(slots=True)
class _Set:
    """A pair of braces, and the edge statement being counted in it: how many nodes stand at its last two ends."""

    title: bytes = b""
    names: set[bytes] = field(default_factory=set)
    before: int = 0
    last: int = 0
    mark: bytes = b""

    def end(self, size: int) -> int:
        """One more end, or part of one, of that many nodes: how many edges it adds."""
        if self.mark == b",":
            self.last += size
        else:
            self.before, self.last = (self.last if self.mark else 0), size
        self.mark = b""
        return self.before * size


def count_names_and_edges(data: bytes) -> tuple[int, int]:
    """How many different names of nodes, and how many edges: a set of nodes stands at the end of one for each."""
    known: dict[bytes, int] = {}
    names: set[bytes] = set()
    sets = [_Set()]
    edges, title = 0, b""
    for found in _WORD.finditer(_NO_NAME.sub(_emptied, narrowed(data))):
        mark, sub, of, name = found.groups(b"")
        name = _JOINT.sub(b"", name).strip(b'"')
        if title and mark != b"{":  # a subgraph that is named again without its braces
            edges += sets[-1].end(known.get(title, 0))
        if mark == b"{":
            sets.append(_Set(title))
        elif mark == b"}" and len(sets) > 1:
            closed = sets.pop()
            known[closed.title] = len(closed.names)
            sets[-1].names |= closed.names
            edges += sets[-1].end(len(closed.names))
        elif mark:
            sets[-1].mark = b"" if mark == b";" else mark
        elif name and name.lower() not in _KEYWORDS:
            names.add(name)
            sets[-1].names.add(name)
            edges += sets[-1].end(1)
        title = of if sub else b""
    return len(names), edges


def _emptied(found: re.Match[bytes]) -> bytes:
    """What stands for attributes, which end a statement; for a string, itself; for a comment, nothing."""
    return found[1] or (b";" if found[0].startswith(b"[") else b" ")
