"""TheBrain exports: thoughts.json and links.json, one object a line, in a zip or alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.outline import Topic
from ingest.bounds.limits import check_size, open_zip, read_member, zip_names
from ingest.decoding import narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import html_text
from ingest.jsontree import parse_json
from ingest.maps.graphmap import GraphReading
from ingest.maps.maptree import map_document
from ingest.registry import Rank

_RAW_COUNTS = (("topics", rb'"Name"\s*:'),)  # types, tags and system thoughts too: they are in the ledger
_NOTES = frozenset({"notes.html", "notes.md"})
_NODES, _TYPE, _TAG = {1, 3}, 2, 4  # kinds of thoughts: normal and event; the others describe them
_CHILD, _PARENT = 1, 2  # relations; jumps and siblings lead both ways
_ANY, _TYPE_OF_LINK = re.compile(rb"\S"), re.compile(rb'"Kind"\s*:\s*2\b')
_URL = 3  # type of an attachment
_DATES = {"created": "CreationDateTime", "modified": "ModificationDateTime"}

Values = dict[str, Any]


@dataclass
class _Brain:
    """One export being read: thoughts that are nodes, and those that are types or tags of nodes."""

    reading: GraphReading
    topics: dict[str, Topic] = field(default_factory=dict)
    describing: dict[str, tuple[int, str]] = field(default_factory=dict)
    tagged: dict[str, list[str]] = field(default_factory=dict)  # ids of the tags that a thought names itself


@dataclass(frozen=True)
class TheBrainReader:
    name: str = "thebrain"
    label: str = "TheBrain (.zip, .json)"
    extensions: tuple[str, ...] = (".zip", ".json")
    carries: tuple[str, ...] = ("topics", "relations", "notes", "links", "tags", "attributes", "dates", "colours")
    loses: tuple[str, ...] = ("tree", "attached files", "icons", "history")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        if raw.data.startswith(b"PK"):
            return any(_last(name) == "thoughts.json" for name in zip_names(raw))
        line = narrowed(raw.data[:65_536]).lstrip().split(b"\n", 1)[0]
        if not line.startswith(b"{") or b'"Name"' not in line:
            return False
        try:
            thought = json.loads(line)
        except (ValueError, RecursionError):
            return False
        named = {"Id", "Name"} <= thought.keys() and "ThoughtIdA" not in thought
        return named and bool(thought.keys() & {"Kind", "BrainId", "ACType"})

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        parts, notes = _parts(raw)
        brain = _Brain(GraphReading(raw.name))
        for thought in _lines(raw.name, parts["thoughts.json"], "thoughts.json"):
            _read_thought(thought, brain)
        links = parts.get("links.json", b"")
        types = {_text(kind.get("Id")): kind for kind in _lines(raw.name, links, "links.json", _TYPE_OF_LINK)}
        for link in _lines(raw.name, links, "links.json"):
            _read_link(link, types, brain)
        for attachment in _lines(raw.name, parts.get("attachments.json", b""), "attachments.json"):
            _read_attachment(attachment, brain)
        for native, note in notes.items():
            if native in brain.topics:
                brain.topics[native].note = note
        for topic in brain.topics.values():  # the name of a type may come after the thoughts of this type
            if topic.attributes.get("type") in brain.describing:
                topic.attributes["type"] = brain.describing[topic.attributes["type"]][1]
        _tag(brain)
        content = brain.reading.content(RawFile(raw.name, parts["thoughts.json"]), _RAW_COUNTS)
        return map_document(raw, "thebrain", "thebrain@1", content)


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1].lower()


def _parts(raw: RawFile) -> tuple[dict[str, bytes], dict[str, str]]:
    """The JSON files by their name, and the notes by the id of their thought."""
    if not raw.data.startswith(b"PK"):
        return {"thoughts.json": narrowed(raw.data)}, {}
    parts: dict[str, bytes] = {}
    notes: dict[str, str] = {}
    with open_zip(raw) as archive:
        for name in archive.namelist():
            last, folders = _last(name), name.split("/")[:-1]
            if last in {"thoughts.json", "links.json", "attachments.json"}:
                parts.setdefault(last, narrowed(read_member(raw, archive, name)))
            elif last in _NOTES and folders:
                text = narrowed(read_member(raw, archive, name)).decode("utf-8", "replace")
                native = folders[-2] if folders[-1].lower() == "notes" and len(folders) > 1 else folders[-1]
                notes[native] = html_text(text) if last.endswith("html") and text.strip() else text
    return parts, notes


def _lines(name: str, data: bytes, place: str, holding: re.Pattern[bytes] = _ANY) -> Iterator[Values]:
    for n, line in enumerate(data.split(b"\n"), 1):
        if holding.search(line):
            value = parse_json(name, line, f"{place}, object {n}")
            if isinstance(value, dict):
                yield value


def _read_thought(thought: Values, brain: _Brain) -> None:
    native, name, kind = _text(thought.get("Id")), _text(thought.get("Name")), thought.get("Kind", 1)
    kind = kind if isinstance(kind, int) else 0
    if kind not in _NODES:
        brain.describing[native] = (kind, name)
        what = {_TYPE: "types", _TAG: "tags"}.get(kind, "system thoughts")
        brain.reading.leave(what, "no nodes of their own: they describe thoughts")
        return
    topic = brain.reading.node(native, name)
    brain.topics.setdefault(native, topic)
    topic.dates = {ours: _text(thought[theirs]) for ours, theirs in _DATES.items() if thought.get(theirs)}
    if thought.get("Label"):
        topic.details = _text(thought["Label"])
    if isinstance(tags := thought.get("TagIds"), list) and native not in brain.tagged:
        brain.tagged[native] = [_text(tag) for tag in tags]
    if thought.get("TypeId"):
        topic.attributes["type"] = _text(thought["TypeId"])


def _tag(brain: _Brain) -> None:
    """The tags that thoughts name themselves; their relations to these may say the same again."""
    for native, tags in brain.tagged.items():
        names = [brain.describing.get(tag, (0, ""))[1] for tag in tags]
        topic = brain.topics[native]
        topic.tags += [name for name in names if name and name not in topic.tags]


def _read_link(link: Values, types: dict[str, Values], brain: _Brain) -> None:
    """Between two thoughts, a relation; from a type or a tag, what it says of the thought."""
    start, end, relation = _text(link.get("ThoughtIdA")), _text(link.get("ThoughtIdB")), link.get("Relation")
    for told, about in ((start, end), (end, start)):
        if told in brain.describing:
            _describe(brain.describing[told], brain.topics.get(about), brain.reading)
            return
    kind = types.get(_text(link.get("TypeId")), {})
    label = _text(link.get("Name")) or _text(kind.get("Name"))
    if link.get("Kind") == _TYPE and not link.get("Meaning"):
        brain.reading.leave("types of relations", "no relations of their own: they name some")
    elif link.get("Meaning", 1) == 0 or relation == 0:
        brain.reading.leave("relations", "without a meaning in the file")
    elif relation == _PARENT:
        brain.reading.link(end, start, label)
    else:
        brain.reading.link(start, end, label, "forward" if relation == _CHILD else _arrow(link, kind))


def _arrow(link: Values, kind: Values) -> str:
    """Where a jump leads: flags of the link, else of its type; 1 says that it leads somewhere, 2 that it leads back."""
    told = [flags for x in (link, kind) if isinstance(flags := x.get("Direction"), int) and flags > 0]
    if not told or not told[0] & 1:
        return "none"
    return "backward" if told[0] & 2 else "forward"


def _describe(told: tuple[int, str], topic: Topic | None, reading: GraphReading) -> None:
    kind, name = told
    if topic is None or kind not in {_TYPE, _TAG}:
        reading.leave("relations", "between types, tags and system thoughts")
    elif kind == _TAG:
        topic.tags.append(name)
    else:
        topic.attributes["type"] = name


def _read_attachment(attachment: Values, brain: _Brain) -> None:
    topic = brain.topics.get(_text(attachment.get("SourceId")))
    if attachment.get("Type") == _URL and topic is not None:
        topic.links.append(_text(attachment.get("Location")))
    else:
        brain.reading.leave("attached files", "files are apart, not read")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


READER = TheBrainReader()
