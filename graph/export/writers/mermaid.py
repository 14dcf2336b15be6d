"""Mermaid mind maps: one root, indentation, every label a quoted string."""

from __future__ import annotations

import re

from graph.export.fit import Fitting
from graph.export.holds import holds
from graph.export.registry import MapWriter
from graph.outline import Outline

_ICON = re.compile(r"(?:fa[srb]?|mdi) [\w-]+(?: [\w-]+)*", re.ASCII)
# Mermaid's own way to write a sign by its number; what its grammar, its Markdown or a page could read is written so.
_SIGNS = str.maketrans({sign: f"#{ord(sign)};" for sign in '"#;&<>`*_%{}[]()\\:~$'})


def _adapt(fitting: Fitting) -> None:
    """Icons are classes of an icon font."""
    for topic, _, _ in fitting.outline.walk():
        kept = [icon for icon in topic.icons if _ICON.fullmatch(icon)][:1]
        fitting.leave("icons", "only one class of an icon font, as fa fa-book", len(topic.icons) - len(kept))
        topic.icons = kept


def _render(outline: Outline) -> bytes:
    lines = ["mindmap"]
    for number, (topic, _, level) in enumerate(outline.walk(), 1):
        lines.append(f'{"  " * level}n{number}["{topic.label.translate(_SIGNS)}"]')
        lines += [f"{'  ' * level}::icon({icon})" for icon in topic.icons]
    return ("\n".join(lines) + "\n").encode()


WRITER = MapWriter(
    "mermaid",
    "Mermaid (.mermaid, .mmd)",
    (".mermaid", ".mmd"),
    holds("icons", one_root=True, blank="…"),
    _render,
    _adapt,
)
