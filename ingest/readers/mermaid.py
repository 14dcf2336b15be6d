"""Mermaid mind maps: indented lines whose labels may stand in brackets that give a shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.decoding import decode, looks_binary
from ingest.document import Document, RawFile
from ingest.html.markup import clean, maybe_html
from ingest.maps.indented import Stack
from ingest.maps.maptree import map_document
from ingest.maps.treemap import TreeReading
from ingest.notes.lines import split_lines
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.sniff import is_mermaid

_SHAPES = (  # opening bracket, closing brackets that end it, name
    ("((", "))", "circle"), ("{{", "}}", "hexagon"), ("))", "((", "bang"), ("(-", "-)", "cloud"), ("-)", "(-", "cloud"),
    (")", "(", "cloud"), ("(", ")", "rounded"), ("[", "]", "square"),
)  # fmt: skip
_CLOSING = {"((": "))", "{{": "}}", "(": ")", "[": "]"}  # of the labels that may go over lines without quotes
_OPENING = re.compile(r"\(\(|\{\{|\)\)|\(-|-\)|\)|\(|\[")
_ICON = re.compile(r"::icon\((?P<icon>[^()\n]{0,200})\)")
_CLASS = re.compile(r":::[ \t]*(?P<names>[^\n]{0,300})")
_TAIL = re.compile("::|%%")
_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})[ \t]*(?P<kind>\w*)[ \t]*$")
_ENTITY = re.compile(r"#(?P<name>\d{1,7}|[A-Za-z]{2,20});")
_MARKS = re.compile(r"\*\*|`")
_QUOTED = re.compile(r"[\[({]\"[^\"]*+\"")
_MOST_JOINED = 200  # lines of one label
_RAW_COUNTS = (("topics", rb"(?m)^(?![ \t]*(?:::|%%|mindmap\b|---|```))[ \t]*[^\s]"), ("icons", rb"::icon\("))


@dataclass(frozen=True)
class MermaidReader:
    name: str = "mermaid"
    label: str = "Mermaid mindmap (.mmd, .mermaid)"
    extensions: tuple[str, ...] = (".mmd", ".mermaid")
    carries: tuple[str, ...] = ("topics", "tree", "icons", "classes", "shapes")
    loses: tuple[str, ...] = ("notes", "links", "relations", "positions", "comments", "settings")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        return not looks_binary(raw.data) and is_mermaid(raw.data)

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        reading = _MermaidReading(raw.name)
        lines = [line.text for line in split_lines(decoded.text)]
        body = lines[_body(lines) :]
        reading.run(body)
        if not reading.stack.roots:
            raise InputRefused(raw.name, "no topic under `mindmap`")
        found = raw_counts(_QUOTED.sub(_one_line, "\n".join(body)).encode(), _RAW_COUNTS)
        content = reading.content(reading.stack.roots, found, reading.title(lines))
        content.ledger.left_out += decoded.losses
        return map_document(raw, "mermaid", "mermaid@1", content)


def _one_line(found: re.Match[str]) -> str:
    return found[0].replace("\n", " ")


def _body(lines: list[str]) -> int:
    """The line after the one that says `mindmap`."""
    return next((n + 1 for n, line in enumerate(lines) if line.strip().split(" ")[0] == "mindmap"), len(lines))


class _MermaidReading(TreeReading):
    def __init__(self, name: str) -> None:
        super().__init__(name, "mindmap")
        self.stack = Stack(name)
        self.last: Topic | None = None

    def title(self, lines: list[str]) -> str:
        """The title that front matter gives."""
        found = (re.match(r"title:\s*(.+)", line) for line in lines[: _body(lines)])
        return next((clean(m[1].strip("\"' ")) for m in found if m), "")

    def run(self, lines: list[str]) -> None:
        """Every line of the map; a label in brackets may go over several."""
        at = 0
        while at < len(lines):
            line = lines[at]
            if _FENCE.match(line):
                return  # the end of the code block that holds the map
            taken = 1
            if line.strip().startswith("%%"):
                self.leave("comments", "comments are not read")
            elif line.strip():
                text, taken = _joined(lines, at)
                self._line(text)
            at += taken

    def _line(self, line: str) -> None:
        content = line.strip()
        if content.startswith(":::"):
            self._classes(content)
        elif content.startswith("::icon("):
            self._icons(content)
        else:
            self._topic(content, len(line) - len(line.lstrip()))

    def _topic(self, content: str, indent: int) -> None:
        label, shape, rest = _label(content)
        topic = self.topic("", visible(label))
        if shape:
            topic.style["shape"] = shape
        self.stack.add(topic, indent)
        self.last = topic
        self._icons(rest)
        self._classes(rest)

    def _icons(self, text: str) -> None:
        if self.last is not None:
            self.last.icons += [clean(found["icon"]) for found in _ICON.finditer(text)]

    def _classes(self, text: str) -> None:
        if self.last is not None and (found := _CLASS.search(text)):
            self.last.attributes["class"] = clean(found["names"])


def _joined(lines: list[str], at: int) -> tuple[str, int]:
    """A line with those that its label in brackets goes on over, and how many they are."""
    text = lines[at]
    opening = _OPENING.search(text)
    if not opening:
        return text, 1
    inside = text[opening.end() :]
    if inside.startswith('"'):
        end, apart = '"', ""
        inside = inside[1:]
    else:
        end, apart = _CLOSING.get(opening.group(), ""), "([{"
    if not end or end in inside:
        return text, 1
    for n in range(at + 1, min(at + _MOST_JOINED, len(lines))):
        if end in lines[n]:
            return "\n".join(lines[at : n + 1]), n + 1 - at
        if any(mark in lines[n] for mark in apart):
            break  # the bracket above is a slip: this is a topic of its own
    return text, 1


def _label(content: str) -> tuple[str, str, str]:
    """Label, shape and what follows. Text before a bracket is an id; brackets that do not close the line are text."""
    opening = _OPENING.search(content)
    if not opening:
        return content, "", ""
    for start, end, name in _SHAPES:
        if opening.group() != start:
            continue
        inside = content[opening.end() :]
        close = _closing(inside, end)
        after = inside[close + len(end) :].strip() if close >= 0 else ""
        if close >= 0 and (not after or after.startswith(("::", "%%"))):
            return inside[:close], name, after
    return content, "", ""


def _closing(inside: str, end: str) -> int:
    """Where the closing bracket stands: behind a quoted label, or the last before an icon, a class or a comment."""
    if inside.startswith('"'):
        quote = inside.find('"', 1)
        return inside.find(end, quote) if quote > 0 else -1
    tail = _TAIL.search(inside)
    while tail and not inside[max(0, tail.start() - 20) : tail.start()].rstrip().endswith(end):
        tail = _TAIL.search(inside, tail.end())
    return inside.rfind(end, 0, tail.start() if tail else len(inside))


def visible(label: str) -> str:
    """A label without quotes, Markdown marks, entities and HTML."""
    label = label.strip()
    if len(label) > 1 and label[0] == label[-1] == '"':
        label = label[1:-1]
    label = maybe_html(_MARKS.sub("", label))
    return clean(_ENTITY.sub(lambda m: unescape(f"&#{m['name']};" if m["name"].isdigit() else f"&{m['name']};"), label))


READER = MermaidReader()
