"""A map's tree written as text in the layouts that exports, word processors and copy-and-paste make of it."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_BULLETS = "•-*o▪➢✓–"
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Node:
    """One topic of a map: `parent` is an index in the list of nodes (depth first), -1 for a root."""

    label: str
    parent: int
    depth: int


def nodes_of(roots: list[dict[str, Any]]) -> list[Node]:
    """The topics of a tree, depth first; a topic without words has its children taken by its parent."""
    nodes: list[Node] = []
    stack = [(root, -1, 0) for root in reversed(roots)]
    while stack:
        topic, parent, depth = stack.pop()
        label = " ".join(str(topic["label"]).split())
        if label:
            nodes.append(Node(label, parent, depth))
            parent, depth = len(nodes) - 1, depth + 1
        stack += [(child, parent, depth) for child in reversed(topic.get("children", []))]
    return nodes


def is_cjk(nodes: list[Node]) -> bool:
    """Written without spaces between the words: such labels are not wrapped at spaces."""
    text = "".join(node.label for node in nodes)
    return len(_CJK.findall(text)) > 0.1 * len(text)


def tree_of(path: Path) -> list[Node]:
    """The topics of a JSON file with `roots` of `label` and `children`."""
    return nodes_of(json.loads(path.read_text("utf-8"))["roots"])


# --- layouts --------------------------------------------------------------------------------------------------------


def wrapped_with_cue(nodes: list[Node], width: int = 30) -> str:
    """As a PDF exporter leaves it: a space at the end of each line that goes on, a blank line after every line."""
    lines = []
    for node in nodes:
        pieces = _wrap(node.label, width)
        lines += [_cued(piece) for piece in pieces[:-1]] + pieces[-1:]
    return "\n\n".join(lines) + "\n"


def _cued(piece: str) -> str:
    return piece if re.search(r"[^\W\d][-\u2010]$", piece) else piece + " "


def wrapped_apart(nodes: list[Node], width: int = 34) -> str:
    """Wrapped without a cue, and a blank line between two topics."""
    return "\n\n".join("\n".join(_wrap(node.label, width)) for node in nodes) + "\n"


def wrapped_blank(nodes: list[Node], width: int = 34) -> str:
    """Wrapped without a cue, and a blank line after every line, whether the topic goes on or not."""
    return "\n\n".join(piece for node in nodes for piece in _wrap(node.label, width)) + "\n"


def wrapped_tight(nodes: list[Node], width: int = 34) -> str:
    """Wrapped without a cue and without any blank line: only the shape of lines tells where a topic ends."""
    return "\n".join(piece for node in nodes for piece in _wrap(node.label, width)) + "\n"


def bullets_indented(nodes: list[Node]) -> str:
    """One kind of bullet a level, under an unmarked first line."""
    return _lines(nodes, lambda node: "  " * (node.depth - 1) + _BULLETS[(node.depth - 1) % len(_BULLETS)] + " ")


def bullets_wrapped(nodes: list[Node], width: int = 50) -> str:
    """The same, with lines that go on under the words of their first line."""
    lines = []
    for node in nodes:
        mark = "  " * (node.depth - 1) + _BULLETS[(node.depth - 1) % len(_BULLETS)] + " " if node.depth else ""
        pieces = _wrap(node.label, width)
        lines += [mark + pieces[0]] + [" " * len(mark) + piece for piece in pieces[1:]]
    return "\n".join(lines) + "\n"


def bullets_flush(nodes: list[Node]) -> str:
    """One kind of bullet a level and no indentation."""
    return _lines(nodes, lambda node: "•-*▪➢✓–◆○➔★□■●◇☐►☆❖✔"[node.depth - 1] + " ")


def numbers_flush(nodes: list[Node]) -> str:
    """1., 1.1, 1.1.1 at the left margin, under a first line without one."""
    return "\n".join(mark + node.label for mark, node in zip(_numbers(nodes), nodes, strict=True)) + "\n"


def numbers_indented(nodes: list[Node]) -> str:
    """The same, indented by level."""
    rows = zip(_numbers(nodes), nodes, strict=True)
    return "\n".join("   " * node.depth + mark + node.label for mark, node in rows) + "\n"


def numbers_wrapped(nodes: list[Node], width: int = 40) -> str:
    """1.1 at the margin, long labels wrapped to the margin."""
    lines = []
    for mark, node in zip(_numbers(nodes), nodes, strict=True):
        lines += _wrap(mark + node.label, width)
    return "\n".join(lines) + "\n"


def _numbers(nodes: list[Node]) -> Iterator[str]:
    counts: list[int] = []
    for node in nodes:
        del counts[node.depth + 1 :]
        counts += [0] * (node.depth + 1 - len(counts))
        counts[node.depth] += 1
        yield ".".join(map(str, counts[1:])) + (". " if node.depth == 1 else " ") if node.depth else ""


def tabs(nodes: list[Node]) -> str:
    """One tab a level: what most applications copy to the clipboard."""
    return "\n".join("\t" * node.depth + node.label for node in nodes) + "\n"


def spaces(nodes: list[Node]) -> str:
    """Four spaces a level."""
    return "\n".join("    " * node.depth + node.label for node in nodes) + "\n"


def flat_apart(nodes: list[Node]) -> str:
    """One topic a line, depth first, a blank line after each: no tree at all."""
    return "\n\n".join(node.label for node in nodes) + "\n"


def flat_tight(nodes: list[Node]) -> str:
    """One topic a line, depth first."""
    return "\n".join(node.label for node in nodes) + "\n"


def _lines(nodes: list[Node], mark: Callable[[Node], str]) -> str:
    return "\n".join((mark(node) if node.depth else "") + node.label for node in nodes) + "\n"


def _wrap(label: str, width: int) -> list[str]:
    return textwrap.wrap(label, width, break_long_words=False) or [label]


LAYOUTS: dict[str, Callable[[list[Node]], str]] = {
    "a wrapped, cue": wrapped_with_cue,
    "b wrapped, blank between topics": wrapped_apart,
    "b wrapped, blank after each line": wrapped_blank,
    "b wrapped, no blank": wrapped_tight,
    "c bullets, indented": bullets_indented,
    "c bullets, indented, wrapped": bullets_wrapped,
    "c bullets, flush": bullets_flush,
    "d numbers, flush": numbers_flush,
    "d numbers, indented": numbers_indented,
    "d numbers, wrapped": numbers_wrapped,
    "e tabs": tabs,
    "e spaces": spaces,
    "f flat, blank between": flat_apart,
    "f flat, no blank": flat_tight,
}
WITH_TREE = tuple(name for name in LAYOUTS if name[0] in "cde")
