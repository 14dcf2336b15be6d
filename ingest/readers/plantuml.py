"""PlantUML mind maps and work breakdown structures: marks say the level; colours, sides, labels of several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.decoding import decode, looks_binary, narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import clean
from ingest.maps.indented import Stack
from ingest.maps.maptree import map_document
from ingest.maps.treemap import TreeReading
from ingest.notes.lines import split_lines
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.sniff import foreign

_START = re.compile(r"[ \t]*@start(?P<kind>mindmap|wbs)\b", re.I)
_MAP = re.compile(r"^[ \t]*@start(?:mindmap|wbs)\b(?:.*?^[ \t]*@end(?:mindmap|wbs)\b|.*)", re.M | re.S | re.I)
_END = re.compile(r"[ \t]*@end(?:mindmap|wbs)\b", re.I)
_TOPIC = re.compile(
    r"(?P<indent>[ \t]*)(?P<marks>\*+|\++|-+)(?P<mods>(?:_|[<>](?!<)|\[#?[^\[\]\n]{1,60}\])*)(?P<label>.*)"
)
_COLOUR = re.compile(r"\[#?(?P<colour>[^\[\]]+)\]")
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_BY_NUMBER = re.compile(r"<U\+(?P<code>[0-9A-Fa-f]{1,6})>")
_STEREOTYPE = re.compile(r"[ \t]*<<[ \t]*(?P<name>[^<>]{1,100}?)[ \t]*>>[ \t]*$")
_LAST_LINE = re.compile(r"(?P<label>.*);(?P<after>(?:[ \t]*<<[^<>]{1,100}>>)?[ \t]*)$")
_SIDE = re.compile(r"[ \t]*(?P<side>left|right|top|bottom)[ \t]+side[ \t]*$", re.I)
_TITLE = re.compile(r"[ \t]*title[ \t]+(?P<title>\S.*)", re.I)
_LINK = re.compile(r"\[\[(?:\"(?P<quoted>[^\"\[\]]{1,2000})\"|(?P<url>[^\s\[\]{}|\"]{1,2000}))[^\[\]]{0,1000}\]\]")
_ALIAS = re.compile(r"^\((?P<alias>\w{1,60})\)[ \t]*|[ \t]+as[ \t]+(?P<name>\w{1,60})$")
_ARROW = re.compile(
    r"[ \t]*(?P<source>\w{1,60})[ \t]*(?P<arrow><?[-.~]{1,3}(?:\[[^\]\n]{0,60}\])?[-.~]{0,3}>?)"
    r"[ \t]*(?P<target>\w{1,60})[ \t]*(?::(?P<label>.*))?$"
)
_BLOCKS = (("<style>", "</style>"), ("/'", "'/"))
_WHERE = r"(?:(?:left|right|top|bottom|center)[ \t]+)*"
# What a person wrote around the map: a block of lines, or one line.
_AROUND = re.compile(
    rf"[ \t]*{_WHERE}(?P<kind>title|legend|header|footer|caption)(?:[ \t]+(?:left|right|top|bottom|center))*[ \t]*$",
    re.I,
)
_AROUND_LINE = re.compile(rf"[ \t]*{_WHERE}(?:legend|header|footer|caption)[ \t]+\S", re.I)
_AROUND_LEFT = "captions, legends, headers and footers are not kept"
_SETTINGS_LEFT = "lines that set styles and sizes are not kept"
_MOST_JOINED = 500  # lines of one label
_RAW_COUNTS = (
    ("topics", rb"(?m)^[ \t]*(?:\*+|\++|-+)(?:[_<>:]|\[#|[ \t]|\(\w+\))"),
    ("links", rb"\[\[(?!\{)[^\[\]]+\]\]"),
)


@dataclass(frozen=True)
class PlantUmlReader:
    name: str = "plantuml"
    label: str = "PlantUML mindmap, WBS (.puml)"
    extensions: tuple[str, ...] = (".puml", ".plantuml", ".pu", ".wsd", ".iuml")
    carries: tuple[str, ...] = ("topics", "tree", "colours", "sides", "stereotypes")
    loses: tuple[str, ...] = ("notes", "icons", "styles", "legends", "emphasis")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        if looks_binary(raw.data):
            return False
        named = raw.extension in self.extensions
        start = re.search(rb"^[ \t]*@start(?:mindmap|wbs)\b", narrowed(raw.data[:200_000]), re.M | re.I)
        return start is not None and (named or foreign(raw) == "PlantUML diagram")

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        reading = _PlantUmlReading(raw.name)
        lines = _continued([line.text for line in split_lines(decoded.text)])
        for body in _bodies(lines):
            reading.run(body)
        reading.leave("other diagrams", "diagrams that are no mind map are not read", sum(map(_is_other, lines)))
        if not reading.roots:
            raise InputRefused(raw.name, "no topic between @startmindmap and @endmindmap")
        content = reading.content(reading.roots, raw_counts(_inside(lines), _RAW_COUNTS), reading.title)
        content.ledger.left_out += decoded.losses
        return map_document(raw, "plantuml", "plantuml@1", content)


@dataclass
class _Body:
    """The lines of one map, what stands around it by kind, how many lines of comment and of style are passed over."""

    lines: list[str] = field(default_factory=list)
    around: list[tuple[str, str]] = field(default_factory=list)
    comments: int = 0
    styles: int = 0


def _continued(lines: list[str]) -> list[str]:
    """The lines, one that ends with a backslash together with the next."""
    joined: list[str] = []
    open_line: list[str] = []
    for line in lines:
        text = line.rstrip()
        if text.endswith("\\") and not text.endswith("\\\\"):
            open_line.append(text[:-1])
        elif open_line:
            joined.append("".join([*open_line, line]))
            open_line = []
        else:
            joined.append(line)
    return [*joined, *(["".join(open_line)] if open_line else [])]


def _inside(lines: list[str]) -> bytes:
    """The part of the file that is mind maps, as it is written."""
    text = "\n".join(lines)
    return "\n".join(found[0] for found in _MAP.finditer(text)).encode("utf-8", "replace")


def _is_other(line: str) -> bool:
    return line.lstrip().lower().startswith("@start") and not _START.match(line)


def _bodies(lines: list[str]) -> Iterator[_Body]:
    """The maps of the file; one that never ends goes to the end, and so does a block in it."""
    at = 0
    while at < len(lines):
        if not _START.match(lines[at]):
            at += 1
            continue
        end = next((n for n in range(at + 1, len(lines)) if _END.match(lines[n])), len(lines))
        yield _body(lines[at + 1 : end])
        at = end + 1


def _body(lines: list[str]) -> _Body:
    body = _Body()
    at = 0
    while at < len(lines):
        end = _end_of_block(lines, at)
        kind = _AROUND.match(lines[at])
        if kind and end > at:
            body.around.append((kind["kind"].lower(), " ".join(x.strip() for x in lines[at + 1 : end] if x.strip())))
        elif lines[at].lstrip().startswith(("'", "/'")):
            body.comments += end - at + 1
        elif end > at:
            body.styles += end - at + 1
        else:
            body.lines.append(lines[at])
        at = end + 1
    return body


def _end_of_block(lines: list[str], at: int) -> int:
    """The line that closes the block which a line opens; the line itself where it opens none or closes it too."""
    line = lines[at].strip().lower()
    if around := _AROUND.match(lines[at]):
        closing = re.compile(rf"[ \t]*end[ \t]?{around['kind']}\b", re.I)
        return next((n for n in range(at + 1, len(lines)) if closing.match(lines[n])), at)
    end = next((end for start, end in _BLOCKS if line.startswith(start) and end not in line), "")
    if not end:
        return at
    return next((n for n in range(at + 1, len(lines)) if end in re.sub(r"\s", "", lines[n].lower())), len(lines) - 1)


class _PlantUmlReading(TreeReading):
    def __init__(self, name: str) -> None:
        super().__init__(name, "mindmap")
        self.roots: list[Topic] = []
        self.title = ""
        self.aliases: dict[str, str] = {}

    def run(self, body: _Body) -> None:
        """One map of the file."""
        lines = body.lines
        self._around(body)
        stack = Stack(self.name)
        arrows = [found for line in lines if (found := _ARROW.match(line)) and not _TOPIC.match(line)]
        used = {name for found in arrows for name in (found["source"], found["target"])}
        nested, closings = _by_indentation(lines), _closings(lines)
        side = ""
        at = 0
        while at < len(lines):
            found = _TOPIC.match(lines[at])
            taken = 1
            if found and _is_topic(found):
                label, taken = _joined(lines, at, found["label"], closings[at])
                topic = self._topic(found, label, side, used)
                stack.add(topic, len(found["indent"].expandtabs(4)) if nested else len(found["marks"]))
            elif sided := _SIDE.match(lines[at]):
                side = sided["side"].lower()
            else:
                self._other(lines[at])
            at += taken
        self.roots += stack.roots
        for found in arrows:
            both = {name: self.aliases.get(name, name) for name in (found["source"], found["target"])}
            backward = found["arrow"].startswith("<")
            self.relate(
                both[found["source"]],
                both[found["target"]],
                found["label"] or "",
                "backward" if backward else "forward",
            )

    def _topic(self, found: re.Match[str], label: str, side: str, used: set[str]) -> Topic:
        label = label.strip()
        stereotype = _STEREOTYPE.search(label[-300:])
        if stereotype:
            label = label[: len(label) - len(stereotype.group())].strip()
        alias = _ALIAS.search(label[:100]) if used else None
        name = (alias["alias"] or alias["name"]) if alias else ""
        if alias and name in used:
            label = label[: alias.start()] + label[alias.end() :]
        topic = self.topic("", label.strip('" ').replace("\\n", " ") if name in used else label.replace("\\n", " "))
        if name in used:
            self.aliases[name] = topic.id
        topic.label = clean(_BY_NUMBER.sub(_sign, topic.label))
        topic.links = [link["quoted"] or link["url"] for link in _LINK.finditer(label)]
        self._modify(topic, found["mods"])
        if stereotype:
            topic.attributes["stereotype"] = clean(stereotype["name"])
        topic.position = side or {"-": "left"}.get(found["marks"][0])
        return topic

    @staticmethod
    def _modify(topic: Topic, mods: str) -> None:
        if colour := _COLOUR.search(mods):
            named = not _HEX.fullmatch(colour["colour"])
            topic.style["background"] = colour["colour"] if named else f"#{colour['colour']}"
        if "_" in _COLOUR.sub("", mods):
            topic.style["shape"] = "none"

    def _around(self, body: _Body) -> None:
        for kind, words in body.around:
            if kind == "title" and words:
                self.title = clean(words)
            elif words:
                self.leave("texts around the map", _AROUND_LEFT)
        self.leave("comments", "comments of the file are not kept", body.comments)
        self.leave("settings", _SETTINGS_LEFT, body.styles)

    def _other(self, line: str) -> None:
        if title := _TITLE.match(line):
            self.title = clean(title["title"])
        elif _AROUND_LINE.match(line):
            self.leave("texts around the map", _AROUND_LEFT)
        elif line.strip() and not _ARROW.match(line):
            self.leave("settings", _SETTINGS_LEFT)


def _sign(found: re.Match[str]) -> str:
    """A sign that was written by its number."""
    code = int(found["code"], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _is_topic(found: re.Match[str]) -> bool:
    """Whether what follows the marks sets them apart from a rule or an arrow."""
    return bool(found["mods"]) or found["label"][:1] in {" ", "\t", ":"} or _ALIAS.match(found["label"]) is not None


def _by_indentation(lines: list[str]) -> bool:
    """Whether levels are given by indentation: each topic has one mark, and they do not all begin in one column."""
    topics = [found for line in lines if (found := _TOPIC.match(line)) and _is_topic(found)]
    return all(len(t["marks"]) == 1 for t in topics) and len({t["indent"].expandtabs(4) for t in topics}) > 1


def _closings(lines: list[str]) -> list[int]:
    """For each line, the next one that may close a label of several lines; the number of lines where none does."""
    found = [len(lines)] * (len(lines) + 1)
    for n in range(len(lines) - 1, -1, -1):
        found[n] = n if _LAST_LINE.match(lines[n]) else found[n + 1]
    return found


def _joined(lines: list[str], at: int, label: str, close: int) -> tuple[str, int]:
    """A label between `:` and `;` with the lines it goes over up to `close`, and how many they are."""
    if not label.lstrip().startswith(":") or close >= min(at + _MOST_JOINED, len(lines)):
        return label, 1
    parts = [label.lstrip()[1:], *lines[at + 1 : close + 1]]
    last = _LAST_LINE.match(parts[-1])
    if not last:
        return label, 1
    return "\n".join([*parts[:-1], last["label"]]) + last["after"], close + 1 - at


READER = PlantUmlReader()
