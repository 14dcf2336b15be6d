"""Org mode outlines (.org): headings by their stars, list items by their indentation under them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.decoding import decode, looks_binary, narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import clean
from ingest.maps.indented import Stack
from ingest.maps.maptree import map_document
from ingest.maps.treemap import TreeReading
from ingest.notes.lines import Line, split_lines
from ingest.readers.org_count import count_outline
from ingest.registry import Rank
from ingest.sniff import foreign

_HEADING = re.compile(r"(?P<stars>\*+)[ \t]+(?P<label>.*)|(?P<bare>\*+)$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-+]|\d{1,9}[.)]|(?<=[ \t])\*)(?:[ \t]+(?P<label>.*)|$)")
_STATES = "TODO DONE NEXT WAITING WAIT HOLD STARTED DOING INPROGRESS IN-PROGRESS CANCELLED CANCELED DEFERRED DELEGATED"
_STATE_LINE = re.compile(r"#\+(?:SEQ_|TYP_)?TODO:(?P<states>.*)", re.I)
_PRIORITY = re.compile(r"\[#(?P<priority>[A-Z0-9]{1,2})\][ \t]*")
_TAGS = re.compile(r"(?:^|[ \t]):(?P<tags>[\w@#%:]{1,500}):[ \t]*$")
_BOX = re.compile(r"(?:\[@\w{1,9}\][ \t]*)?\[(?P<box>[ xX-])\][ \t]+")
_LABEL = r"(?:\[[^\[\]]{0,200}\])?[^\[\]]{1,2000}(?:\[[^\[\]]{0,200}\][^\[\]]{0,500})?"
_LINK = re.compile(rf"\[\[(?P<target>[^\[\]]{{1,3000}})\](?:\[(?P<label>{_LABEL})\])?\]")
_DRAWER = re.compile(r"[ \t]*:(?P<name>[\w-]{1,60}):[ \t]*$")
_PROPERTY = re.compile(r"[ \t]*:(?P<key>[^:\s]{1,100}):(?:[ \t]+(?P<value>.*))?$")
_PLANNED = re.compile(r"(?P<what>SCHEDULED|DEADLINE|CLOSED):[ \t]*[<\[](?P<when>[^<>\[\]]{1,80})[>\]]")
_KEYWORD = re.compile(r"[ \t]*#\+(?P<key>[\w-]{1,60})(?:\[[^\]]{0,80}\])?:[ \t]*(?P<value>.*)")
_BLOCK = re.compile(r"[ \t]*#\+begin_(?P<kind>\w{1,40})", re.I)
_BLOCK_END = re.compile(r"[ \t]*#\+end_(?P<kind>\w{1,40})", re.I)
_VERBATIM = frozenset("src example export comment verse ascii html latex".split())
_ESCAPED = re.compile(r"^([ \t]*),(?=,*(?:\*|#\+))")  # a line of code that begins like a heading or a setting
_SIGN = re.compile(
    rb"^\*+[ \t]+\S|^#\+(?:TITLE|AUTHOR|DATE|STARTUP|OPTIONS|FILETAGS|SETUPFILE|TODO)[ \t]*:"
    rb"|^[ \t]*:PROPERTIES:[ \t]*\r?$",
    re.M | re.I,
)
_NODE = re.compile(rb"^(?:\*+[ \t]|[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]+\S)", re.M)
_LONGEST_TITLE = 200  # characters that are kept of it, however many lines it takes


@dataclass(frozen=True)
class OrgReader:
    name: str = "org"
    label: str = "Org (.org)"
    extensions: tuple[str, ...] = (".org",)
    carries: tuple[str, ...] = (
        "topics", "tree", "notes", "links", "tags", "attributes", "folded state", "states", "dates",
    )  # fmt: skip
    loses: tuple[str, ...] = ("relations", "icons", "positions", "emphasis", "clock lines", "macros and settings")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        """A file named .org with a heading or an item; under another name, text that bears Org's own marks."""
        if looks_binary(raw.data) or foreign(raw):
            return False
        if raw.extension == ".org":
            return _NODE.search(narrowed(raw.data)) is not None
        if raw.extension in {".md", ".markdown"}:
            return False  # stars are list items there, even beside a drawer of properties
        marks = {found.group()[:1] for found in _SIGN.finditer(narrowed(raw.data[:200_000]))}
        return b"*" in marks and bool(marks & {b"#", b":", b" ", b"\t"})

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        reading = _OrgReading(raw.name)
        lines = split_lines(decoded.text)
        reading.run(lines)
        if not reading.stack.roots:
            raise InputRefused(raw.name, "no heading and no list item in this outline")
        content = reading.content(reading.stack.roots, count_outline([line.text for line in lines]), reading.title)
        content.ledger.left_out += decoded.losses
        return map_document(raw, "org", "org@1", content)


@dataclass(slots=True)
class _State:
    """Where a line stands: inside a drawer or block, or behind an item whose words may go on."""

    drawer: str = ""
    block: str = ""
    item: int = -1  # the indentation of the item that the next line may continue


@dataclass(slots=True)
class _Open:
    """A topic whose words may still go on: its label in pieces, the lines of its note, its links."""

    topic: Topic
    label: list[str]
    note: list[str] = field(default_factory=list)
    code: set[int] = field(default_factory=set)  # lines of the note in which nothing is a mark

    def close(self) -> int:
        """Put together what was gathered; how many of its links are there twice."""
        visible, links = _unlinked(" ".join(self.label))
        self.topic.label = clean(visible)
        parts: list[str] = []
        for is_code, lines in groupby(enumerate(self.note), lambda line: line[0] in self.code):
            part = "\n".join(line for _, line in lines)
            text, more = (part, []) if is_code else _unlinked(part)  # the words of a link may go over lines
            parts.append(text)
            links += more
        self.topic.note = "\n".join(parts).strip()
        self.topic.links = list(dict.fromkeys(links))
        return len(links) - len(self.topic.links)


class _OrgReading(TreeReading):
    def __init__(self, name: str) -> None:
        super().__init__(name, "outline")
        self.stack = Stack(name)
        self.states = set(_STATES.split())
        self.title = ""
        self.headings: list[int] = []
        self.drawer_ends: list[int] = []
        self.block_ends: dict[str, int] = {}
        self.at = _State()
        self.open: list[_Open] = []
        self.lists: list[tuple[int, _Open]] = []  # the heading that is open, at -1, and the items below it

    def run(self, lines: list[Line]) -> None:
        """Every line into topics, notes, properties and dates."""
        self._closings(lines)
        for line in lines:
            self._line(line)
        self.leave("links", "the same one twice at one topic", sum(made.close() for made in self.open))

    def _closings(self, lines: list[Line]) -> None:
        """Where blocks and drawers end: one that is never closed is none."""
        self.headings = [line.index for line in lines if _HEADING.match(line.text)]
        self.drawer_ends = [line.index for line in lines if line.content.upper() == ":END:"]
        for line in lines:
            if found := _BLOCK_END.match(line.text):
                self.block_ends[found["kind"].lower()] = line.index

    def _line(self, line: Line) -> None:
        text = line.text
        if self.at.block:
            self._in_block(text)
        elif self.at.drawer:
            self._in_drawer(text)
        elif heading := _HEADING.match(text):
            self._heading(len(heading["stars"] or heading["bare"]), heading["label"] or "")
        elif self._marked(text, line.index):
            self.at.item = -1
        elif item := _ITEM.match(text):
            self._item(len(item["indent"].expandtabs(8)), item["label"] or "")
        else:
            self._text(line)

    def _in_block(self, text: str) -> None:
        if re.match(rf"[ \t]*#\+end_{re.escape(self.at.block)}", text, re.I):
            self.at.block = ""
        else:
            self._note(_ESCAPED.sub(r"\1", text.rstrip()), is_code=self.at.block != "verse")

    def _in_drawer(self, text: str) -> None:
        if (found := _DRAWER.match(text)) and found["name"].upper() == "END":
            self.at.drawer = ""
        elif self.at.drawer == "PROPERTIES" and (found := _PROPERTY.match(text)) and self.open:
            self._property(self.open[-1].topic, found["key"], clean(found["value"] or ""))
        elif text.strip():
            self.leave("drawers", f"the lines of a drawer are not read ({self.at.drawer[:40]})")

    @staticmethod
    def _property(topic: Topic, key: str, value: str) -> None:
        if key.upper() == "VISIBILITY":
            topic.folded = value == "folded"
        else:
            topic.attributes[key] = value

    def _marked(self, text: str, index: int) -> bool:
        """Lines that are no text: settings, drawers, blocks, planning, comments, rules."""
        stripped = text.strip()
        if block := _BLOCK.match(text):
            self._outside(text)
            kind = block["kind"].lower()
            self.at.block = kind if kind in _VERBATIM and self.block_ends.get(kind, -1) > index else ""
        elif stripped.lower().startswith("#+end_"):
            pass
        elif keyword := _KEYWORD.match(text):
            self._keyword(keyword["key"].upper(), keyword["value"], text)
        elif (drawer := _DRAWER.match(text)) and self._is_closed(index):
            self.at.drawer = drawer["name"].upper()
        elif stripped.startswith("# ") or stripped == "#":
            self.leave("comments", "comments are not read")
        elif _PLANNED.match(stripped) and self.open:
            for found in _PLANNED.finditer(stripped):
                self.open[-1].topic.dates[found["what"].lower()] = found["when"]
        elif re.fullmatch(r"-{5,}", stripped):
            pass
        else:
            return False
        return True

    def _is_closed(self, index: int) -> bool:
        """Whether a drawer ends before the next heading."""
        end = bisect_right(self.drawer_ends, index)
        heading = bisect_right(self.headings, index)
        if end == len(self.drawer_ends):
            return False
        return heading == len(self.headings) or self.drawer_ends[end] < self.headings[heading]

    def _keyword(self, key: str, value: str, text: str) -> None:
        if key == "TITLE" and len(self.title) < _LONGEST_TITLE:
            self.title = clean(f"{self.title} {value}")
        elif states := _STATE_LINE.match(text.strip()):
            self.states |= {re.sub(r"\(.*", "", word) for word in states["states"].split() if word != "|"}
        else:
            self.leave("settings", "settings of the file are not kept")

    def _heading(self, level: int, label: str) -> None:
        attributes: dict[str, str] = {}
        first, _, rest = label.partition(" ")
        if first in self.states:
            attributes["state"], label = first, rest.strip()
        if priority := _PRIORITY.match(label):
            attributes["priority"], label = priority["priority"], label[priority.end() :]
        tags = _TAGS.search(label[-600:])
        names = [t for t in tags["tags"].split(":") if t] if tags else []
        if tags:
            label = label[: len(label) - len(tags.group())]
        topic = self._add(label, level, is_heading=True)
        topic.attributes |= attributes
        topic.tags = names
        self.at.item = -1

    def _item(self, indent: int, label: str) -> None:
        box = _BOX.match(label)
        topic = self._add(label[box.end() :] if box else label, indent, is_heading=False)
        if box:
            topic.attributes["task"] = {" ": "todo", "-": "doing"}.get(box["box"], "done")
        self.at.item = indent

    def _add(self, label: str, level: int, *, is_heading: bool) -> Topic:
        topic = self.topic("", "")
        self.stack.add(topic, level, is_heading=is_heading)
        self.open.append(_Open(topic, [label]))
        self._leave_lists(-1 if is_heading else level)
        self.lists.append((-1 if is_heading else level, self.open[-1]))
        return topic

    def _leave_lists(self, indent: int) -> None:
        """What stands here is indented by so much: items that are not above it have ended."""
        while self.lists and self.lists[-1][0] >= indent:
            self.lists.pop()

    def _outside(self, line: str) -> None:
        """A line of text, or the first of a block: it belongs to the item or heading that it is indented below."""
        self._leave_lists(_indent(line))

    def _text(self, line: Line) -> None:
        """What goes on an item joins it; the rest is a line of the note of what stands above."""
        if line.blank:
            self.at.item = -1
            self._note("")
        elif self.at.item >= 0 and _indent(line.text) > self.at.item:
            self.open[-1].label.append(line.content)
        elif self.open:
            self.at.item = -1
            self._outside(line.text)
            self._note(line.content)
        else:
            self.leave("text", "text above the first heading has no topic to hang on")
            self.leave("links", "text above the first heading has no topic to hang on", len(_unlinked(line.text)[1]))

    def _note(self, text: str, *, is_code: bool = False) -> None:
        holder = self.lists[-1][1] if self.lists else self.open[-1] if self.open else None
        if holder is not None:
            if is_code:
                holder.code.add(len(holder.note))
            holder.note.append(text)


def _indent(line: str) -> int:
    """The column in which a line begins."""
    wide = line.expandtabs(8)
    return len(wide) - len(wide.lstrip())


def _unlinked(text: str) -> tuple[str, list[str]]:
    """The text with links as their descriptions, and their targets."""
    links = [found["target"] for found in _LINK.finditer(text)]
    return _LINK.sub(lambda found: found["label"] or found["target"], text), links


READER = OrgReader()
