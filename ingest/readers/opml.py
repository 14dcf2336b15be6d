"""OPML 1 and 2 outlines, as Workflowy, Dynalist, OmniOutliner, Logseq, Drummer and mind-map applications write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from html import unescape
from operator import attrgetter

from lxml import etree, html

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.decoding import narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import clean, html_text, maybe_html
from ingest.maps.maptree import map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.sniff import root_element
from ingest.xml.repair import parse_repaired
from ingest.xml.tree import child, local

_ADDRESSES = ("url", "htmlurl", "xmlurl", "link")
_NOTES = ("_note", "note")
_READ = frozenset({"text", "title", "created", "category", "collapsed", "folded", *_ADDRESSES, *_NOTES})
_PERSONAL = frozenset({"ownername", "owneremail", "ownerid", "ownertwitterscreenname"})
_HEAD_READ = frozenset({"title", *_PERSONAL})
_RAW_COUNTS = (
    ("topics", rb"<(?:\w+:)?outline[\s/>]"),
    ("notes", rb"note=(?:(?<=\snote=)|(?<=\s_note=))(?:\"\s*[^\"\s]|'\s*[^'\s])"),
    ("links", rb"(?i)\s(?:html|xml)?url=(?:\"[^\"]|'[^'])|\slink=\"[^\"]"),
)  # fmt: skip
_LABEL = re.compile(rb"\stext=(?:\"([^\"]*)\"|'[^']*')")
_ANCHOR = re.compile(rb"(?i)&lt;a\s(?:[^<>\"&]|&(?!lt;)){0,500}?href=")
_HREF = re.compile(r"<a\s", re.I)
_MARKED_UP = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6});|<[a-z/]", re.I)


@dataclass(frozen=True)
class OpmlReader:
    name: str = "opml"
    label: str = "OPML (Workflowy, Dynalist, OmniOutliner, Logseq, Drummer…)"
    extensions: tuple[str, ...] = (".opml",)
    carries: tuple[str, ...] = (
        "topics", "tree", "notes", "links", "tags", "attributes", "folded state", "dates",
    )  # fmt: skip
    loses: tuple[str, ...] = ("relations", "icons", "positions", "window state", "owner", "included outlines")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return root_element(raw.data)[0].rsplit(":", 1)[-1].lower() == "opml"

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        root, repairs = parse_repaired(raw.name, raw.data)
        body = next((e for e in root if local(e).lower() == "body"), None)
        if body is None:
            raise InputRefused(raw.name, "no body in this outline", "opml")
        reading = _OpmlReading(raw.name, root)
        tags = Counter(map(attrgetter("tag"), body.iterdescendants("*")))
        unknown = [(_local_name(str(tag)), count) for tag, count in tags.items()]
        reading.leave_unknown((own, count) for (own, low), count in unknown if low != "outline")
        topics = reading.grow(((e, "topic") for e in outlines(body)), reading.make, _below)
        content = reading.content(topics, _found(raw.data), _title(root))
        content.ledger.left_out += repairs
        return map_document(raw, "opml", "opml@1", content)


def _found(data: bytes) -> dict[str, int]:
    """The raw counts; links written in HTML inside a label are some too."""
    found = raw_counts(data, _RAW_COUNTS)
    plain = narrowed(data)
    written = len(_ANCHOR.findall(b" ".join(_LABEL.findall(plain)))) if _ANCHOR.search(plain) else 0
    return found | ({"links": found.get("links", 0) + written} if written else {})


def outlines(element: etree._Element) -> Iterator[etree._Element]:
    """The outline elements directly below an element."""
    return (e for e in element.iterchildren("*") if e.tag == "outline" or _local_name(str(e.tag))[1] == "outline")


def _below(element: etree._Element) -> Sequence[tuple[etree._Element, str]]:
    return [(e, "topic") for e in outlines(element)] if len(element) else ()


@lru_cache(maxsize=1_024)
def _local_name(name: str) -> tuple[str, str]:
    """A name without its namespace, as written and in lower case: a file has few, and thousands of elements."""
    own = name.rsplit("}", 1)[-1]
    return own, own.lower()


class _OpmlReading(TreeReading):
    """One outline being read."""

    def __init__(self, name: str, root: etree._Element) -> None:
        super().__init__(name, "outline")
        self.twice = _is_workflowy(root)
        head = child(root, "head")
        fields = [e for e in head if (e.text or "").strip()] if head is not None else []
        personal = sum(local(e).lower() in _PERSONAL for e in fields)
        self.leave("owner", "names and addresses of the owner are personal data and are not kept", personal)
        rest = sorted({local(e) for e in fields if local(e).lower() not in _HEAD_READ})
        if rest:
            self.leave(
                "head fields", f"dates and window state of the file are not kept ({', '.join(rest)[:200]})", len(rest)
            )

    def make(self, element: etree._Element, kind: str) -> Topic:
        """The topic of one outline element."""
        items = element.items()
        if len(items) == 1 and items[0][0] == "text" and "<" not in items[0][1]:  # as most
            return self._labelled("", items[0][1], kind)
        named = [(_local_name(key), value) for key, value in items]
        lower = {low: value for (_, low), value in named}
        source = lower["text"] if "text" in lower else lower.get("title", "")
        native = {own: value for (own, _), value in named}.get("id", "") if "id" in lower else ""
        topic = self._labelled(native, source, kind)
        if len(lower) > 1 or "text" not in lower or "<" in source:
            self._read_attributes(named, lower, source, topic)
        return topic

    def _read_attributes(
        self, named: list[tuple[tuple[str, str], str]], lower: dict[str, str], source: str, topic: Topic
    ) -> None:
        """What an element says beside its label. `named`: local name, the same in lower case, value."""
        topic.note = self._note(next((lower[n] for n in _NOTES if lower.get(n, "").strip()), ""))
        topic.links = list(dict.fromkeys([*(lower[a] for a in _ADDRESSES if lower.get(a)), *_hrefs(source)]))
        topic.tags = [t for t in (clean(x) for x in lower.get("category", "").split(",")) if t]
        topic.folded = "true" in {lower.get("collapsed", "").lower(), lower.get("folded", "").lower()}
        if lower.get("created"):
            topic.dates["created"] = _date(lower["created"])
        topic.attributes = {own: v for (own, low), v in named if low not in _READ and own != "id" and v.strip()}
        if clean(lower.get("title", "")) not in {"", clean(source)}:
            topic.attributes["title"] = lower["title"]
        if lower.get("type", "").lower() == "include" and topic.links:
            self.leave("included outlines", "other files that this one includes are not followed, their links are kept")

    def _labelled(self, native: str, text: str, kind: str) -> Topic:
        """A topic whose label may hold HTML. Workflowy escapes HTML before XML does: its entities are shown decoded."""
        if not self.twice or "&" not in text or "<" in text:
            return self.topic(native, maybe_html(text), kind)
        topic = self.topic(native, unescape(text), kind)
        self.write(topic, text)
        return topic

    def _note(self, text: str) -> str:
        if self.twice and _MARKED_UP.search(text):
            return "\n".join(html_text(f"<div>{line}</div>") for line in text.split("\n"))
        return "\n".join(maybe_html(line) for line in text.splitlines())


def _is_workflowy(root: etree._Element) -> bool:
    """Whether the head holds an owner's address alone, and items only text, a note and whether they are done."""
    head = child(root, "head")
    if head is None or {local(e) for e in head} != {"ownerEmail"}:
        return False
    allowed = {"text", "_note", "_complete"}
    return all(set(map(str, e.attrib)) <= allowed for e in root.iter("outline"))


def _hrefs(text: str) -> list[str]:
    """The addresses of links inside a label written in HTML."""
    if not _HREF.search(text):
        return []
    try:
        found = html.fromstring(f"<div>{text}</div>").iter("a")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    return [href for a in found if (href := (a.get("href") or "").strip())]


@lru_cache(maxsize=4096)
def _date(text: str) -> str:
    """An RFC 822 date as ISO; the text itself where it is another kind of date."""
    try:
        return parsedate_to_datetime(text).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError):
        return clean(text)


def _title(root: etree._Element) -> str:
    title = child(root, "head", "title")
    return clean(title.text or "") if title is not None else ""


READER = OpmlReader()
