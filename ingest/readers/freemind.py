"""FreeMind, Freeplane, Docear and Coggle maps (.mm): one XML dialect with additions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from graph.errors import InputRefused
from graph.outline import CrossLink, Topic
from ingest.document import Document, Ledger, LeftOut, RawFile
from ingest.limits import check_depth, check_nodes, check_size
from ingest.maptree import MapContent, UniqueIds, map_document
from ingest.markup import clean, element_text, html_text
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.sniff import is_wisemapping, root_element
from ingest.xmlrepair import parse_repaired

_OLD_NOTE = "accessories/plugins/NodeNote.properties"
_READ = frozenset(
    """map node richcontent arrowlink linktarget icon attribute hook font edge cloud attribute_layout attribute_registry
    attribute_name attribute_value properties map_styles stylenode conditional_styles conditional_style text Parameters
    tags tag x-coggle-rootnode""".split()
)
_RAW_COUNTS = (
    ("topics", rb"<(?:node|x-coggle-rootnode)[\s/>]"), ("relations", rb"<arrowlink[\s/>]"), ("icons", rb"<icon[\s/>]"),
    ("attributes", rb"<attribute\s[^<>]*NAME="), ("links", rb"\sLINK=\""), ("folded", rb"FOLDED=\"true\""),
    ("notes", rb"TYPE=\"NOTE\"|NodeNote\.properties"), ("details", rb"TYPE=\"DETAILS\""),
)  # fmt: skip


@dataclass
class _Reading:
    """One map being read: topics by id, relations to resolve, what is left out."""

    name: str
    ids: UniqueIds = field(default_factory=UniqueIds)
    texts: dict[str, str] = field(default_factory=dict)
    arrows: list[tuple[str, etree._Element]] = field(default_factory=list)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    depth: int = 0


@dataclass(frozen=True)
class FreeMindReader:
    name: str = "freemind"
    label: str = "FreeMind, Freeplane, Docear, Coggle (.mm)"
    extensions: tuple[str, ...] = (".mm",)
    carries: tuple[str, ...] = (
        "topics", "tree", "notes", "details", "links", "relations", "icons", "tags", "attributes", "folded state",
        "sides", "dates",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "encrypted topics", "styles and clouds", "formula results", "attached files")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        element, attributes = root_element(raw.data)
        if element == "node":
            return "TEXT=" in attributes or "ID=" in attributes
        return element == "map" and not is_wisemapping(raw.data)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        root, repairs = parse_repaired(raw.name, raw.data)
        reading = _Reading(raw.name)
        tops = [root] if root.tag == "node" else [e for e in root if e.tag in {"node", "x-coggle-rootnode"}]
        _texts_by_id(root, reading)
        content = MapContent([t for e in tops for t in _tree(e, reading)])
        content.cross_links = _relations(reading)
        content.ledger = _ledger(raw, root, reading, repairs)
        return map_document(raw, "freemind", "freemind@1", content)


def _texts_by_id(root: etree._Element, reading: _Reading) -> None:
    """Labels by id, for clones that refer to them."""
    for count, node in enumerate(root.iter("node")):
        check_nodes(reading.name, count)
        native = node.get("ID")
        if native and native not in reading.texts:
            reading.texts[native] = _own_label(node)


def _tree(top: etree._Element, reading: _Reading) -> list[Topic]:
    """The topic of an element with everything below it, without recursion. Several where it only groups roots."""
    roots: list[Topic] = []
    stack: list[tuple[etree._Element, list[Topic], int]] = [(top, roots, 1)]
    while stack:
        element, siblings, depth = stack.pop()
        check_depth(reading.name, depth)
        made = _topic(element, reading)  # on the way down, so that ids and arrows come in the order of the file
        siblings.append(made)
        below = [child for child in element if child.tag in {"node", "x-coggle-rootnode"}]
        stack += [(child, made.children, depth + 1) for child in reversed(below)]
    return roots


def _topic(node: etree._Element, reading: _Reading) -> Topic:
    topic = Topic(id=reading.ids.take(node.get("ID", "")), label=_label(node, reading))
    topic.folded = node.get("FOLDED") == "true"
    topic.position = node.get("POSITION") or _coggle_position(node)
    topic.dates = {k: d for k, a in (("created", "CREATED"), ("modified", "MODIFIED")) if (d := _date(node.get(a)))}
    topic.tags = [clean(t) for t in node.get("TAGS", "").split("\n") if clean(t)]
    if node.get("LINK"):
        topic.links.append(node.get("LINK", ""))
    if node.get("ENCRYPTED_CONTENT") is not None:
        reading.left["encrypted topics", "their content is encrypted and was not opened"] += 1
    for child in node:
        if isinstance(child.tag, str):
            _read_part(child, topic, reading)
    return topic


def _read_part(part: etree._Element, topic: Topic, reading: _Reading) -> None:
    tag, kind = part.tag, part.get("TYPE", "")
    if tag == "richcontent" and kind in {"NOTE", "DETAILS"}:
        text = element_text(part)
        if kind == "NOTE":
            topic.note = text
        else:
            topic.details = text
    elif tag == "icon":
        topic.icons.append(part.get("BUILTIN", ""))
    elif tag == "attribute":
        topic.attributes[_free_key(topic.attributes, part.get("NAME", ""))] = part.get("VALUE", "")
    elif tag == "arrowlink":
        reading.arrows.append((topic.id, part))
    elif tag == "hook":
        _read_hook(part, topic, reading)
    for image in part.iter("img") if tag == "richcontent" else ():
        reading.left["images", f"pictures are not read ({clean(image.get('src', ''))[:80] or 'no name'})"] += 1


def _read_hook(hook: etree._Element, topic: Topic, reading: _Reading) -> None:
    name = hook.get("NAME", "")
    if name == _OLD_NOTE:
        topic.note = "\n".join(clean(t.text or "") for t in hook.iter("text"))
    elif name == "FreeNode":
        topic.kind = "floating"
    elif name == "SummaryNode":
        topic.kind = "summary"
    elif name == "ExternalObject":
        reading.left["images", f"pictures are not read ({clean(hook.get('URI', ''))[:80]})"] += 1


def _free_key(taken: dict[str, str], name: str) -> str:
    """An attribute name may stand twice on one topic."""
    key, n = name, 2
    while key in taken:
        key, n = f"{name} ({n})", n + 1
    return key


def _label(node: etree._Element, reading: _Reading) -> str:
    label = _own_label(node)
    original = node.get("CONTENT_ID") or node.get("TREE_ID")
    return label or (reading.texts.get(original, "") if original else "")


def _own_label(node: etree._Element) -> str:
    text = node.get("TEXT")
    if text is not None:
        return clean(html_text(text)) if text.lstrip()[:5].lower() == "<html" else clean(text)
    if node.get("LOCALIZED_TEXT"):
        return clean(node.get("LOCALIZED_TEXT", ""))
    rich = next((e for e in node if e.tag == "richcontent" and e.get("TYPE", "NODE") == "NODE"), None)
    return clean(element_text(rich)) if rich is not None else ""


def _date(milliseconds: str | None) -> str:
    try:
        return datetime.fromtimestamp(int(milliseconds or "") / 1000, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def _coggle_position(node: etree._Element) -> dict[str, str] | None:
    x, y = node.get("X_COGGLE_POSX"), node.get("X_COGGLE_POSY")
    return {"x": x, "y": y} if x and y else None


def _relations(reading: _Reading) -> list[CrossLink]:
    links = []
    for source, arrow in reading.arrows:
        target = arrow.get("DESTINATION", "")
        if target not in reading.ids.seen:
            reading.left["relations", f"the other end is missing ({clean(target)[:40]})"] += 1
            continue
        links.append(CrossLink(source, target, clean(arrow.get("MIDDLE_LABEL", "")), _direction(arrow)))
        for side in ("SOURCE_LABEL", "TARGET_LABEL"):
            if arrow.get(side):
                reading.left[
                    "relation end labels", f"only the middle label is kept ({clean(arrow.get(side, ''))[:60]})"
                ] += 1
    return links


def _direction(arrow: etree._Element) -> str:
    start, end = arrow.get("STARTARROW", "NONE").upper(), arrow.get("ENDARROW", "DEFAULT").upper()
    return {(False, False): "none", (True, False): "backward", (False, True): "forward"}.get(
        (start != "NONE", end != "NONE"), "both"
    )


def _ledger(raw: RawFile, root: etree._Element, reading: _Reading, repairs: list[LeftOut]) -> Ledger:
    ledger = Ledger(raw_counts(raw.data, _RAW_COUNTS), left_out=list(repairs))
    unknown: Counter[str] = Counter()
    for element in root.iterchildren("*"):
        _count_unknown(element, unknown)
    for (what, why), count in reading.left.items():
        ledger.left_out.append(LeftOut(what, "map", count, why))
    for tag, count in unknown.items():
        ledger.left_out.append(LeftOut("unknown elements", tag, count, "not part of the formats read here"))
    if reading.ids.repeated:
        ledger.left_out.append(LeftOut("ids", "map", reading.ids.repeated, "repeated ids were made unique"))
    return ledger


def _count_unknown(top: etree._Element, unknown: Counter[str]) -> None:
    """Element names that are not known, without looking inside rich text and hooks."""
    stack = [top]
    while stack:
        element = stack.pop()
        tag: Any = element.tag
        if not isinstance(tag, str):
            continue
        if tag not in _READ:
            unknown[tag] += 1
        if tag not in {"richcontent", "hook", "conditional_styles"}:
            stack.extend(element)


READER = FreeMindReader()

__all__ = ["READER", "FreeMindReader", "InputRefused"]
