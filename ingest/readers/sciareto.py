"""NB MindMap, SciaReto and Mindolph maps (.mmd): a line of number signs per topic, what belongs to it under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_lines
from ingest.decoding import decode, narrowed
from ingest.document import Document, RawFile
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank

# Before the first topic: lines of a heading, attributes among them, then a line of dashes.
_HEADER = re.compile(rb"\A\s*(?:(?!#|-{3})[^\n]{0,2000}\n){1,30}?-{3,}\s*\r?\n")
_OPENING = re.compile(rb"\s*+[^\n]{0,200}mind map[^\n]{0,200}\n> __version__\s*=\s*`", re.I)  # all that a cut may leave
_MARK = re.compile(rb"__version__\s*=\s*`|mind map", re.I)
_BREAK = re.compile(r"<\s*br\s*/?\s*>", re.I)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#<>+\-.!,])")
_VALUE = re.compile(r"=[ \t]{0,20}(`+)")
_RAW_COUNTS = (
    ("topics", rb"(?m)^[ \t]*#+"), ("notes", rb"(?m)^-[ \t]+NOTE[ \t]*\r?$"),
    ("links", rb"(?m)^-[ \t]+(?:LINK|FILE)[ \t]*\r?$"), ("relations", rb"(?m)^-[ \t]+TOPIC[ \t]*\r?$"),
    ("icons", rb"mmd\.emoticon\s*=\s*`(?!empty`)"), ("folded", rb"collapsed\s*=\s*`true"),
)  # fmt: skip
_STYLE = {"fillColor": "background", "textColor": "text", "borderColor": "edge"}
_PRE, _END = "<pre>", "</pre>"


@dataclass(slots=True)
class _Entry:
    """One topic as it stands: its level and what is written under it."""

    level: int
    title: str
    attributes: dict[str, str] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    below: list[_Entry] = field(default_factory=list)


@dataclass(frozen=True)
class SciaRetoReader:
    name: str = "sciareto"
    label: str = "NB MindMap, SciaReto, Mindolph (.mmd)"
    extensions: tuple[str, ...] = (".mmd",)
    carries: tuple[str, ...] = (
        "topics", "tree", "notes", "links", "relations", "icons", "attributes", "folded state", "sides", "colours",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "encrypted notes", "code snippets")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        head = narrowed(raw.data[:16_384])
        header = _HEADER.match(head)
        return bool((header and _MARK.search(header[0])) or _OPENING.match(head))

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        check_lines(raw.name, len(lines))
        reading = TreeReading(raw.name)
        content = _read(raw, _entries(lines, reading), reading)
        content.ledger.left_out += decoded.losses
        return map_document(raw, "sciareto", "sciareto@1", content)


def _after_header(name: str, lines: Sequence[str]) -> int:
    """Where the lines of the topics begin. Raises InputRefused where the file ends before them."""
    for n, line in enumerate(lines):
        if line.strip() and not line.strip().strip("-"):
            return n + 1
        if line.startswith("#"):
            return n
    raise InputRefused(name, "cut short: it ends before its first topic", f"line {len(lines)}")


def _entries(lines: Sequence[str], reading: TreeReading) -> list[_Entry]:
    """Every topic with its attributes and extras, in the order of the file."""
    first = _after_header(reading.name, lines)
    pending = enumerate(islice(lines, first, None), first + 1)
    entries: list[_Entry] = []
    kind = ""
    for number, line in pending:
        text = line.strip()
        if text.startswith("#"):
            title = text.lstrip("#")
            entries.append(_Entry(len(text) - len(title), title))
            kind = ""
        elif text.startswith("```"):
            reading.leave("code snippets", f"program text is not read ({text[3:].strip()[:30]})")
            _skip_code(pending, text)
        elif text.startswith(_PRE):
            body = _preformatted(line[line.index(_PRE) + len(_PRE) :], number, pending, reading.name)
            if entries and kind:
                entries[-1].extras[kind] = body
            kind = ""
        elif text:
            kind = text[2:].strip() if text.startswith("- ") else ""
            if text.startswith("> ") and entries:
                entries[-1].attributes |= dict(_attributes(text[2:]))
    return entries


def _skip_code(pending: Iterator[tuple[int, str]], fence: str) -> None:
    if not fence.strip("`"):
        return
    for _, line in pending:
        if line.strip().startswith("```"):
            return


def _preformatted(first: str, number: int, pending: Iterator[tuple[int, str]], name: str) -> str:
    """What stands up to the end tag, over several lines. Raises InputRefused where there is none."""
    parts = [first]
    while _END not in parts[-1]:
        try:
            parts.append(next(pending)[1])
        except StopIteration:
            raise InputRefused(name, "cut short: a block of text does not end", f"line {number}") from None
    parts[-1] = parts[-1].partition(_END)[0]
    return unescape("\n".join(parts))


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """``name=`value`,name=``value```: a value ends with as many backticks as it began with."""
    at = 0
    while found := _VALUE.search(text, at):
        end = text.find(found[1], found.end())
        if end < 0:
            return
        yield text[at : found.start()].strip(" \t,"), text[found.end() : end]
        at = end + len(found[1])


def _read(raw: RawFile, entries: list[_Entry], reading: TreeReading) -> MapContent:
    tops: list[_Entry] = []
    above: list[_Entry] = []
    for entry in entries:
        while above and above[-1].level >= entry.level:
            above.pop()
        (above[-1].below if above else tops).append(entry)
        above.append(entry)
    roots = reading.grow(
        ((entry, "topic") for entry in tops),
        lambda entry, kind: _topic(entry, kind, reading),
        lambda entry: [(below, "topic") for below in entry.below],
    )
    return reading.content(roots, raw_counts(raw.data, _RAW_COUNTS))


def _topic(entry: _Entry, kind: str, reading: TreeReading) -> Topic:
    attributes = dict(entry.attributes)
    topic = reading.topic(attributes.pop("topicLinkUID", ""), _plain(entry.title), kind)
    topic.folded = attributes.pop("collapsed", "") == "true"
    topic.position = "left" if attributes.pop("leftSide", "") == "true" else None
    emoticon = attributes.pop("mmd.emoticon", "")
    topic.icons = [emoticon] if emoticon not in {"", "empty"} else []
    topic.style = {key: attributes.pop(name) for name, key in _STYLE.items() if attributes.get(name)}
    for name in [n for n in attributes if n.startswith("mmd.image")]:
        attributes.pop(name)
        reading.leave("images", "pictures are not read", int(name == "mmd.image"))
    _read_extras(entry, attributes, topic, reading)
    topic.attributes = attributes
    return topic


def _read_extras(entry: _Entry, attributes: dict[str, str], topic: Topic, reading: TreeReading) -> None:
    encrypted = attributes.pop("extras.note.encrypted", "") == "true"
    for kind, text in entry.extras.items():
        if kind == "NOTE" and encrypted:
            reading.leave("encrypted notes", "their content is encrypted and was not opened")
        elif kind == "NOTE":
            topic.note = text
        elif kind in {"LINK", "FILE"}:
            topic.links.append(text.strip())
        elif kind == "TOPIC":
            reading.relate(topic.id, text.strip())
        else:
            reading.leave_unknown([(kind, 1)])


def _plain(title: str) -> str:
    return unescape(_ESCAPED.sub(r"\1", _BREAK.sub(" ", title)))


READER = SciaRetoReader()
