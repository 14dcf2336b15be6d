"""XMind up to version 8: a workbook of sheets in XML."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from graph.errors import InputRefused
from graph.outline import CrossLink, Topic
from ingest.document import Ledger, LeftOut
from ingest.limits import check_depth, check_nodes, parse_xml, walk
from ingest.maptree import MapContent, UniqueIds
from ingest.markup import clean, element_text

_BRANCHES = {"attached": "topic", "summary": "summary", "callout": "callout", "detached": "floating"}
_ORDER = ("attached", "summary", "callout", "detached")
_KNOWN = frozenset(
    """xmap-content sheet topic title children topics notes plain html marker-refs marker-ref labels label position
    relationships relationship control-points control-point boundaries boundary summaries summary extensions extension
    content resource-refs resource-ref legend marker-descriptions marker-description numbering img
    sheet-settings""".split()
)


def read_workbook(name: str, data: bytes) -> MapContent:
    """Topics of every sheet. Raises InputRefused where the XML is not what XMind writes."""
    root = parse_xml(name, data, "content.xml")
    sheets = [e for e in walk(root) if local(e) == "sheet"]
    if not sheets:
        raise InputRefused(name, "no sheet in the workbook", "content.xml")
    book = _Workbook(name)
    for sheet in sheets:
        book.sheet(sheet)
    relations = book.relations(sheets)
    return MapContent(book.roots, relations, ledger=book.ledger(data, root, len(sheets)))


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _children(element: etree._Element, *names: str) -> list[etree._Element]:
    found = [element]
    for name in names:
        found = [child for e in found for child in e if local(child) == name]
    return found


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name, in whatever namespace it stands."""
    return next((str(v) for k, v in element.attrib.items() if str(k).rsplit("}", 1)[-1] == name), "")


class _Workbook:
    def __init__(self, name: str) -> None:
        self.name = name
        self.ids = UniqueIds()
        self.roots: list[Topic] = []
        self.floating: list[Topic] = []
        self.left: Counter[tuple[str, str]] = Counter()
        self.count = 0

    def sheet(self, sheet: etree._Element) -> None:
        for top in _children(sheet, "topic")[:1]:
            self.floating = []
            self.roots.append(self._tree(top, "topic"))
            self.roots += self.floating

    def _tree(self, element: etree._Element, kind: str) -> Topic:
        top = self._topic(element, kind)
        stack = [(element, top, 1)]
        while stack:
            source, topic, depth = stack.pop()
            check_depth(self.name, depth)
            for child, branch in self._below(source):
                if branch == "floating":
                    self.floating.append(self._tree(child, branch))
                    continue
                below = self._topic(child, branch)
                topic.children.append(below)
                stack.append((child, below, depth + 1))
        return top

    @staticmethod
    def _below(element: etree._Element) -> list[tuple[etree._Element, str]]:
        groups = _children(element, "children", "topics")
        groups.sort(key=lambda g: _ORDER.index(g.get("type")) if g.get("type") in _ORDER else 0)
        return [(t, _BRANCHES.get(g.get("type", ""), "topic")) for g in groups for t in _children(g, "topic")]

    def _topic(self, element: etree._Element, kind: str) -> Topic:
        self.count += 1
        check_nodes(self.name, self.count)
        title = "".join("".join(t.itertext()) for t in _children(element, "title")[:1])
        topic = Topic(self.ids.take(element.get("id", "")), clean(title), kind=kind)
        topic.note = _note(element)
        topic.icons = [m.get("marker-id", "") for m in _children(element, "marker-refs", "marker-ref")]
        topic.tags = [clean(x.text or "") for x in _children(element, "labels", "label") if clean(x.text or "")]
        link = _attribute(element, "href")
        topic.links = [link] if link else []
        topic.folded = element.get("branch") == "folded"
        for place in _children(element, "position"):
            topic.position = {"x": _attribute(place, "x"), "y": _attribute(place, "y")}
        self._leave_out(element)
        return topic

    def _leave_out(self, element: etree._Element) -> None:
        images = len(_children(element, "img"))
        frames = len(_children(element, "boundaries", "boundary"))
        if images:
            self.left["images", "pictures are not read"] += images
        if frames:
            self.left["boundaries", "frames around topics are not kept"] += frames

    def relations(self, sheets: list[etree._Element]) -> list[CrossLink]:
        links = []
        for sheet in sheets:
            for relation in _children(sheet, "relationships", "relationship"):
                ends = relation.get("end1", ""), relation.get("end2", "")
                if not all(end in self.ids.seen for end in ends):
                    self.left["relations", "an end is missing or is no topic"] += 1
                    continue
                title = "".join("".join(t.itertext()) for t in _children(relation, "title")[:1])
                links.append(CrossLink(*ends, clean(title)))
        return links

    def ledger(self, data: bytes, root: etree._Element, sheets: int) -> Ledger:
        patterns = (
            ("topics", rb"<topic[\s>]"), ("notes", rb"<notes[\s>]"), ("icons", rb"<marker-ref\s"),
            ("tags", rb"<label>"), ("relations", rb"<relationship\s"), ("links", rb"<topic\s[^<>]*xlink:href="),
        )  # fmt: skip
        found = {what: n for what, pattern in patterns if (n := len(re.findall(pattern, data)))}
        left = [LeftOut(what, "content.xml", n, why) for (what, why), n in self.left.items()]
        unknown = Counter(local(e) for e in walk(root) if local(e) not in _KNOWN and "xhtml" not in str(e.tag))
        for tag, n in unknown.items():
            left.append(LeftOut("unknown elements", tag, n, "not known to this reader"))
        return Ledger({"sheets": sheets, **found}, {}, left)


def _note(element: etree._Element) -> str:
    for form in ("plain", "html"):
        for note in _children(element, "notes", form):
            text = "".join(note.itertext()) if form == "plain" else element_text(note)
            if text.strip():
                return text
    return ""
