"""What both generations of XMind share: looks by name, ranges of a boundary, comments, dates, and secrecy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.outline import Boundary, Topic
from ingest.html.markup import clean
from ingest.maps.graphmap import arrows
from ingest.maps.treemap import TreeReading

FORMULA = "org.xmind.ui.mathJax"  # providers of extensions
TASK = "org.xmind.ui.taskInfo"
_LOOK_PROVIDERS = ("org.xmind.ui.map", "org.xmind.ui.skeleton")
BRANCHES = (("attached", "topic"), ("summary", "summary"), ("callout", "callout"))
_RANGE = re.compile(r"\(\s*(\d{1,7})\s*,\s*(\d{1,7})\s*\)")
_LOOKS = {"background": "fill", "text": "color", "edge": "line-color", "shape": "shape-class"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A boundary as it stands on its topic: `range` counts the topics attached to it, from 0; "master" is the topic."""

    topic: Topic
    range: str
    title: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person wrote on a topic. `author` is personal data."""

    topic: str
    author: str
    text: str


def leave_extension(provider: str, reading: TreeReading) -> None:
    """Tell an extension of a topic that is not read; those that are but looks are not told."""
    if not provider.startswith(_LOOK_PROVIDERS):
        reading.leave("extensions", f"what {clean(provider)[:60]!r} added is not read")


def look(properties: Mapping[str, str]) -> dict[str, str]:
    """Colours and shape of a topic, from the properties of its style by their local names."""
    return {key: properties[name] for key, name in _LOOKS.items() if properties.get(name)}


def direction(properties: Mapping[str, str]) -> str:
    """The direction of a relation: an arrow at its end where its style says nothing."""
    begin, end = properties.get("arrow-begin-class", "none"), properties.get("arrow-end-class", "")
    return arrows(not begin.endswith("none"), not end.endswith("none"))


def bound(frames: Iterable[Frame], reading: TreeReading) -> None:
    """The topics that each boundary is drawn around."""
    for frame in frames:
        found = _RANGE.search(frame.range)
        members: tuple[str, ...] = (frame.topic.id,)
        if found:
            attached = [t.id for t in frame.topic.children if t.kind == "topic"]
            members = tuple(attached[int(found[1]) : int(found[2]) + 1])
        if members:
            reading.boundaries.append(Boundary(members, clean(frame.title)))
        else:
            reading.leave("boundaries", "its range holds no topic")


def leave_ranges(ranges: Mapping[str, str], reading: TreeReading) -> None:
    """Tell the ranges of summaries that are no topic of the map."""
    lost = sum(topic not in reading.ids.seen for topic in ranges)
    reading.leave("attributes", "the range of a summary that is no topic", lost)


def comment(roots: Iterable[Topic], comments: Iterable[Comment], reading: TreeReading) -> None:
    """Hang comments on the topics they are about, as details; who wrote them is the author where none is named."""
    by_topic: dict[str, list[Comment]] = {}
    for one in comments:
        by_topic.setdefault(one.topic, []).append(one)
    stack = list(roots) if by_topic else []
    while stack:
        topic = stack.pop()
        own = by_topic.pop(topic.id, [])
        topic.details = "\n".join(x for x in (topic.details, *(c.text for c in own)) if x.strip())
        topic.author = topic.author or ", ".join(dict.fromkeys(c.author for c in own if c.author))
        stack.extend(topic.children)
    reading.leave("comments", "they are about no topic of the map", sum(map(len, by_topic.values())))


def date(milliseconds: object) -> str:
    """A moment in milliseconds as ISO 8601, empty where it is none."""
    if milliseconds is None:
        return ""
    try:
        return datetime.fromtimestamp(int(str(milliseconds)) / 1000, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""
