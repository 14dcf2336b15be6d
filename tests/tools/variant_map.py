"""The map of tests/variants/expected.json as the tools that write it in other formats need it: nodes, numbers, ids."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "variants"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
ROOT = EXPECTED["roots"][0]
FROM, TO, LABEL = EXPECTED["cross_links"][0]

Node = dict[str, Any]


def every(node: Node) -> Iterator[Node]:
    yield node
    for below in node.get("children", []):
        yield from every(below)


NUMBERS = {node["label"]: n for n, node in enumerate(every(ROOT))}


def attr(text: str) -> str:
    return escape(text, quote=True).replace("&#x27;", "'")


def nested(node: Node, write: Callable[[Node, str], str]) -> str:
    """The text of a node around the text of those below it."""
    return write(node, "".join(nested(below, write) for below in node.get("children", [])))


def uuid(label: str) -> str:
    return f"8E5F0F61-09FB-4497-830D-1210000000{NUMBERS[label]:02d}"


def packed(**members: str | bytes) -> bytes:
    """An archive with the same bytes on every day; in a member's name, two underscores are a slash, one is a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            info = zipfile.ZipInfo(name.replace("__", "/").replace("_", "."), (2024, 5, 14, 10, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()
