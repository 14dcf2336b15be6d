"""A Markdown text as a tree: headings by their level, list items under the last heading by their indentation.

Paragraphs, tables and code are no nodes: they are the note of the node above them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.outline import Topic
from ingest.document import Document
from ingest.maps.outline_nodes import Placed
from ingest.markdown.inline import inline, reference_names
from ingest.markdown.lines import Marked, marked_lines

_PROPERTY = re.compile(r"[ \t]*(?P<key>[A-Za-z][\w-]{0,60}):: ?(?P<value>.*)")
_DRAWER = re.compile(r"[ \t]*:(?P<name>LOGBOOK|END):[ \t]*$")
_BLOCK_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)")


@dataclass(slots=True)
class _Reading:
    defined: frozenset[str]  # names of links
    placed: list[Placed] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)  # level, order
    items: list[tuple[int, int]] = field(default_factory=list)  # indentation, order
    notes: list[list[str]] = field(default_factory=list)
    hidden: bool = False  # inside a drawer


def markdown_nodes(document: Document) -> list[Placed]:
    """Every heading and list item of the text with its place in the tree."""
    reading = _Reading(reference_names(document.text))
    for marked in marked_lines(document.text):
        if marked.kind == "heading":
            _heading(reading, marked)
        elif marked.kind == "item":
            _item(reading, marked)
        elif marked.kind in {"text", "code"} and reading.placed:
            _below(reading, marked)
        elif marked.kind == "blank" and reading.notes and reading.notes[-1]:
            reading.notes[-1].append("")
        elif marked.kind == "comment" and reading.placed:
            reading.placed[-1][2].folded |= inline(marked.label).folded
    for (_, _, topic), note in zip(reading.placed, reading.notes, strict=True):
        topic.note = "\n".join(note).strip()
        topic.links = list(dict.fromkeys(topic.links))
    return reading.placed


def _heading(reading: _Reading, marked: Marked) -> None:
    while reading.headings and reading.headings[-1][0] >= marked.level:
        reading.headings.pop()
    above = reading.headings[-1][1] if reading.headings else None
    reading.headings.append((marked.level, _add(reading, marked, above)))
    reading.items.clear()


def _item(reading: _Reading, marked: Marked) -> None:
    while reading.items and reading.items[-1][0] >= marked.indent:
        reading.items.pop()
    above = reading.items[-1][1] if reading.items else reading.headings[-1][1] if reading.headings else None
    reading.items.append((marked.indent, _add(reading, marked, above)))


def _add(reading: _Reading, marked: Marked, above: int | None) -> int:
    label = _BLOCK_HEADING.sub("", marked.label, count=1) if marked.kind == "item" else marked.label
    read = inline(label, reading.defined)
    order = len(reading.placed)
    topic = Topic(f"line {marked.line.index + 1}", read.text, links=read.links, folded=read.folded)
    if read.task:
        topic.attributes["task"] = read.task
    reading.placed.append((order, above, topic))
    reading.notes.append([])
    reading.hidden = False
    return order


def _below(reading: _Reading, marked: Marked) -> None:
    """A line under a node: a property of it, the inside of a drawer, or a line of its note."""
    text, topic = marked.line.text, reading.placed[-1][2]
    drawer = _DRAWER.match(text)
    if drawer:
        reading.hidden = drawer["name"] != "END"
    elif reading.hidden:
        return
    elif marked.kind == "text" and (found := _PROPERTY.match(text)):
        _property(topic, found["key"], found["value"].strip())
    elif marked.kind == "code":
        reading.notes[-1].append(text.rstrip())
    else:
        read = inline(marked.line.content, reading.defined)
        topic.links += read.links
        reading.notes[-1].append(read.text)


def _property(topic: Topic, key: str, value: str) -> None:
    """``key:: value``, as Logseq writes it under a block."""
    if key == "id":
        topic.id = value or topic.id
    elif key == "collapsed":
        topic.folded = value == "true"
    else:
        topic.attributes[key] = value
