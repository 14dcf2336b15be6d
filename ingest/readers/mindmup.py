"""MindMup maps (.mup): JSON; the ideas under an idea are ranked by their key, those of the left side below zero."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.decoding import narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import clean, html_text
from ingest.jsontree import broken_json_of, count_keys, dict_in, dicts_in, list_in, parse_json, text_in
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.registry import Rank

_URL = re.compile(r"https?://[^\s<>\"]+")
_RAW_TITLE = re.compile(rb"\"title\"\s*:\s*\"((?:[^\"\\]|\\.)*+)\"")
_RAW_URL = re.compile(rb"https?:\\?/\\?/[^\s<>\"\\]+")
_PICTURE = re.compile(r"<img\s", re.I)
_KNOWN = frozenset(
    """style icon note attachment collapsed position url measurements contextAwareStyle parentConnector link labels
    group theme theme-overrides reminder m viewport sticker storyboards storyboard-scenes""".split()
)


@dataclass(frozen=True)
class MindMupReader:
    name: str = "mindmup"
    label: str = "MindMup (.mup)"
    extensions: tuple[str, ...] = (".mup",)
    carries: tuple[str, ...] = (
        "topics", "tree", "several roots", "notes", "links", "relations", "icons", "attributes", "folded state",
        "positions", "colours",
    )  # fmt: skip
    loses: tuple[str, ...] = ("pictures", "storyboards", "styles", "themes")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        data = raw.json
        if not isinstance(data, dict):
            return broken_json_of(raw, b'"ideas"', b'"title"')
        return isinstance(data.get("ideas"), dict) or ("formatVersion" in data and "title" in data)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data = raw.json if raw.json is not None else parse_json(raw.name, raw.data)
        if not isinstance(data, dict):
            raise InputRefused(raw.name, "not a MindMup map: no object at the top")
        return map_document(raw, "mindmup", "mindmup@1", _read(raw, data))


def _read(raw: RawFile, data: dict[str, Any]) -> MapContent:
    reading = TreeReading(raw.name)
    container = text_in(data.get("formatVersion")) in {"3", "3.0"} or data.get("id") == "root"
    tops = _ranked(data) if container else [data]
    roots = reading.grow(((top, "topic") for top in tops), lambda i, kind: _topic(i, kind, reading), _below)
    links = data.get("links")
    for link in dicts_in(list(links.values()) if isinstance(links, dict) else links):
        _relate(link, reading)
    if container:
        reading.leave_unknown(((k, 1) for k in dict_in(data.get("attr")) if k not in _KNOWN), "unknown fields")
    found = {"topics": int(not container)} | count_keys(
        data, {"links": "relations"}, {"attachment": "notes", "note": "notes", "collapsed": "folded", "icon": "icons"}
    )
    found["topics"] += count_keys(data, {"ideas": "topics"}, {}).get("topics", 0)
    if links := sum(len(_RAW_URL.findall(title)) for title in _RAW_TITLE.findall(narrowed(raw.data))):
        found["links"] = links
    return reading.content(roots, found, text_in(data.get("title")) if container else "")


def _below(idea: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    return [(child, "topic") for child in _ranked(idea)]


def _ranked(idea: dict[str, Any]) -> list[dict[str, Any]]:
    """Positive ranks ascending, then negative ones by their absolute value; what is no number comes last."""
    ideas = idea.get("ideas")
    if isinstance(ideas, list):
        return dicts_in(ideas)
    pairs = [(_rank(key), child) for key, child in dict_in(ideas).items() if isinstance(child, dict)]
    return [child for _, child in sorted(pairs, key=lambda pair: pair[0])]


def _rank(key: str) -> tuple[bool, float]:
    try:
        rank = float(key)
    except ValueError:
        rank = math.inf
    return rank < 0, math.inf if math.isnan(rank) else abs(rank)


def _topic(idea: dict[str, Any], kind: str, reading: TreeReading) -> Topic:
    title = text_in(idea.get("title"))
    topic = reading.topic(text_in(idea.get("id")), title, kind)
    if "://" in title:
        topic.links = _URL.findall(title)
    if attr := dict_in(idea.get("attr")):
        _read_attributes(attr, topic, reading)
    return topic


def _read_attributes(attr: dict[str, Any], topic: Topic, reading: TreeReading) -> None:
    for url in (text_in(attr.get("url")), text_in(dict_in(attr.get("link")).get("url"))):
        if url and url not in topic.links:
            topic.links.append(url)
    topic.note = _note(attr)
    if not topic.note and ("note" in attr or "attachment" in attr):
        _leave_note(attr, reading)
    topic.tags = [clean(text_in(x)) for x in list_in(attr.get("labels")) if clean(text_in(x))]
    topic.folded = bool(attr.get("collapsed"))
    topic.position = attr.get("position") if isinstance(attr.get("position"), list) else None
    style = dict_in(attr.get("style"))
    looks = {"background": style.get("background"), "text": dict_in(style.get("text")).get("color")}
    topic.style = {key: text_in(value) for key, value in looks.items() if text_in(value)}
    _read_icon(attr.get("icon"), topic, reading)
    _read_other(attr, topic, reading)


def _note(attr: dict[str, Any]) -> str:
    """The note, and the attached text, which is HTML; either may be missing."""
    note = text_in(dict_in(attr.get("note")).get("text")) or text_in(attr.get("note"))
    attached = dict_in(attr.get("attachment"))
    content = text_in(attached.get("content"))
    if "html" in text_in(attached.get("contentType")):
        content = html_text(content) if content.strip() else ""
    return "\n".join(x for x in (note, content) if x.strip())


def _leave_note(attr: dict[str, Any], reading: TreeReading) -> None:
    """Tell a note without text: often nothing but a picture."""
    reading.leave("notes", "holds no text", sum(bool(attr.get(key)) for key in ("note", "attachment")))
    content = text_in(dict_in(attr.get("attachment")).get("content"))
    reading.leave("pictures", "pictures are not read", len(_PICTURE.findall(content)))


def _read_icon(icon: Any, topic: Topic, reading: TreeReading) -> None:
    """An icon by its address; a picture written into the file is told, and known by its kind."""
    url = text_in(dict_in(icon).get("url")) or text_in(icon)
    if url.startswith("data:"):
        reading.leave("pictures", "pictures are not read")
        topic.icons.append(url.partition(";")[0])
    elif url:
        topic.icons.append(url)


def _read_other(attr: dict[str, Any], topic: Topic, reading: TreeReading) -> None:
    connector = text_in(dict_in(attr.get("parentConnector")).get("label"))
    if connector:
        topic.attributes["parentConnector"] = connector
    for measure, value in dict_in(attr.get("measurements")).items():
        topic.attributes[clean(text_in(measure))] = clean(text_in(value))
    for key, value in attr.items():
        if key in _KNOWN:
            continue
        if isinstance(value, str | int | float):
            topic.attributes[clean(text_in(key))] = clean(text_in(value))
        else:
            reading.leave_unknown([(text_in(key), 1)], "unknown fields")


def _relate(link: dict[str, Any], reading: TreeReading) -> None:
    style = dict_in(dict_in(link.get("attr")).get("style"))
    said = style.get("arrow", "to")
    arrow = "to" if said is True else text_in(said)
    direction = arrows(arrow in {"from", "both"}, arrow in {"true", "1", "to", "both"})
    ends = text_in(link.get("ideaIdFrom")), text_in(link.get("ideaIdTo"))
    label = text_in(style.get("label")) or text_in(dict_in(link.get("attr")).get("label"))
    reading.relate(*ends, label, direction)


READER = MindMupReader()
