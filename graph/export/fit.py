"""A map made to fit a format: a copy without what the format cannot hold, and the rows that say what that was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from math import isfinite
from typing import Any

from graph.export.holds import FIELDS, KINDS, PARTS, Holds
from graph.outline import Boundary, CrossLink, LeftOut, Outline, Topic

UNTITLED = "Carte mentale"
NO_PLACE = "this format has no place for it"
# What XML 1.0 cannot hold, whatever the escaping; and half a surrogate pair, which is no character.
_NOT_TEXT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ACTIVE = re.compile(r"(?:javascript|vbscript|data):", re.I)
_INVISIBLE = re.compile(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2060\ufeff]+")
SIDES = frozenset({"left", "right", "top_or_left", "bottom_or_right"})  # as Freeplane names them
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHAPE = re.compile(r"[A-Za-z][\w-]{0,40}")


class Fitting:
    """One map on its way into one format. `outline` is the copy; `left_out()` the rows."""

    def __init__(self, outline: Outline, holds: Holds) -> None:
        self.holds = holds
        self._left: Counter[tuple[str, str]] = Counter()
        self.outline = Outline([], title=one_line(self._text(outline.title)), kind=outline.kind)
        self._new_ids = self._named(outline)
        self.outline.roots = self._copied(outline)
        self._fit_roots()
        self.outline.cross_links = list(self._relations(outline))
        self.outline.boundaries = list(self._boundaries(outline))

    def leave(self, what: str, why: str = NO_PLACE, count: int = 1) -> None:
        """Count something that does not go along."""
        if count:
            self._left[what, why] += count

    def left_out(self) -> tuple[LeftOut, ...]:
        """One row per kind of loss and reason, in the order of PARTS."""
        rank = {what: n for n, what in enumerate(PARTS)}
        rows = sorted(self._left.items(), key=lambda row: (rank.get(row[0][0], len(rank)), row[0]))
        return tuple(LeftOut(what, "map", count, why) for (what, why), count in rows)

    # --- topics -----------------------------------------------------------------------------------------------------

    def _named(self, outline: Outline) -> dict[str, str]:
        """The id to write for each id of the map; of a repeated one, the first topic's."""
        taken: set[str] = set()
        names: dict[str, str] = {}
        self._ids_in_order: list[str] = []
        for number, (topic, _, _) in enumerate(outline.walk(), 1):
            wanted = self.holds.ids(_NOT_TEXT.sub("\ufffd", topic.id), number) or f"t{number}"
            new = wanted if wanted not in taken else f"{wanted}~{number}"
            while new in taken:
                new += "~"
            taken.add(new)
            self._ids_in_order.append(new)
            names.setdefault(topic.id, new)
        return names

    def _copied(self, outline: Outline) -> list[Topic]:
        made: dict[int, list[Topic]] = {}
        roots: list[Topic] = []
        for number, (topic, parent, level) in enumerate(outline.walk()):
            new = self._topic(topic, level)
            new.id = self._ids_in_order[number]
            new.children = made[id(topic)] = []
            (roots if parent is None else made[id(parent)]).append(new)
        return roots

    def _topic(self, topic: Topic, level: int) -> Topic:
        new = copy(topic)
        new.label = one_line(self._text(topic.label))
        new.note, new.details = self._text(topic.note), self._text(topic.details)
        new.author, new.sheet = self._text(topic.author), one_line(self._text(topic.sheet))
        new.icons = [self._text(icon) for icon in topic.icons]
        new.tags = [one_line(self._text(tag)) for tag in topic.tags]
        new.attributes = {self._text(str(k)): self._text(str(v)) for k, v in topic.attributes.items()}
        new.dates = {self._text(str(k)): one_line(self._text(str(v))) for k, v in topic.dates.items()}
        new.links = self._links(topic.links)
        self._fit_details(new)
        for part, field in FIELDS.items():
            self._fit_field(new, part, field)
        self._fit_rest(new, level)
        return new

    def _text(self, text: str) -> str:
        """Text without what no format can hold; line ends are one character."""
        kept, odd = _NOT_TEXT.subn("\ufffd", text)
        self.leave("control characters", "no character of a text: written as \ufffd", odd)
        return kept.replace("\r\n", "\n").replace("\r", "\n") if "\r" in kept else kept

    def _links(self, links: list[str]) -> list[str]:
        kept = []
        for link in links:
            if _ACTIVE.match(_INVISIBLE.sub("", link)):
                self.leave("links", "an address that runs code is not passed on")
            elif address := one_line(self._text(link)):
                kept.append(self._inner(address))
        if self.holds.one_link and "links" in self.holds.parts and len(kept) > 1:
            self.leave("links", "this format has one link per topic", len(kept) - 1)
            del kept[1:]
        return kept

    def _inner(self, link: str) -> str:
        """A link to another topic of the map, with the id that is written."""
        target = link.removeprefix("xmind:")
        named = self._new_ids.get(target[1:]) if target.startswith("#") else None
        return f"#{named}" if named else link

    def _fit_details(self, topic: Topic) -> None:
        if topic.details and "details" not in self.holds.parts and "notes" in self.holds.parts:
            topic.note = f"{topic.details}\n{topic.note}".rstrip("\n")
            topic.details = ""
            self.leave("details", "this format has none: they begin the note")

    def _fit_field(self, topic: Topic, part: str, field: str) -> None:
        value = getattr(topic, field)
        if value and part not in self.holds.parts:
            self.leave(part, count=len(value) if isinstance(value, list | dict) else 1)
            setattr(topic, field, type(value)())

    def _fit_rest(self, topic: Topic, level: int) -> None:
        topic.style = self._style(topic.style)
        topic.position = self._position(topic.position)
        self._fit_kind(topic, level)
        if topic.confidence < 1 and "confidence of parents" not in self.holds.parts:
            self.leave("confidence of parents")
            topic.confidence = 1.0
        if not topic.label and self.holds.blank:
            self.leave("empty labels", f"a topic needs words here: written as {self.holds.blank}")
            topic.label = self.holds.blank

    def _style(self, style: Mapping[str, str]) -> dict[str, str]:
        kept = {}
        for key, value in style.items():
            sound = (_SHAPE if key == "shape" else _COLOUR).fullmatch(str(value))
            if key in self.holds.styles and sound:
                kept[key] = str(value)
        self.leave("colours", "this format or its colours have no place for it", len(style) - len(kept))
        return kept

    def _position(self, position: Any) -> Any:
        if not position:
            return None
        part = "sides" if isinstance(position, str) and position in SIDES else "positions"
        kept = position if part == "sides" else coordinates(position)
        if part in self.holds.parts and kept is not None:
            if isinstance(position, Mapping) and {"width", "height"} & position.keys():
                self.leave("sizes", "the places are written, not how wide and high the boxes are")
            return kept
        self.leave(part)
        return None

    def _fit_kind(self, topic: Topic, level: int) -> None:
        part = KINDS.get(topic.kind)
        if part is None:
            topic.kind = "topic"
        elif part not in self.holds.parts:
            self.leave(part, "written as plain topics")
            topic.kind = "topic"
        elif self.holds.floating_roots and (topic.kind == "floating") != (level == 1):
            self.leave(part, "not possible at this place of the tree: written as plain topics")
            topic.kind = "topic"

    def _fit_roots(self) -> None:
        """One root where there can be but one; a first root that does not float."""
        roots = self.outline.roots
        if self.holds.floating_roots and roots and roots[0].kind != "topic":
            self.leave(KINDS[roots[0].kind], "the first topic is the centre")
            roots[0].kind = "topic"
        if not self.holds.one_root or len(roots) < 2:
            return
        floating = "floating topics" in self.holds.parts and all(r.kind == "floating" for r in roots[1:])
        if floating and roots[0].kind == "topic":
            self.leave("roots", "this format has one: the floating ones hang under it", len(roots) - 1)
            roots[0].children += roots[1:]
            self.outline.roots = roots[:1]
        else:
            self.leave("roots", "this format has one: they hang under a topic that was added", len(roots))
            added = Topic(self._free_id("root"), self.outline.title or UNTITLED, children=roots)
            self.outline.roots = [added]

    def _free_id(self, name: str) -> str:
        new = self.holds.ids(name, len(self._ids_in_order) + 1)
        while new in self._ids_in_order:
            new += "~"
        return new

    def as_attributes(self, parts: Sequence[str]) -> None:
        """Write fields that the format does not have as attributes of that name, and say so."""
        for topic, _, _ in self.outline.walk():
            for part in parts:
                field = FIELDS[part]
                value = getattr(topic, field)
                if value:
                    values = [str(v) for v in value] if isinstance(value, list) else [str(value)]
                    topic.attributes[free_key(topic.attributes, field)] = " | ".join(values)
                    setattr(topic, field, type(value)())
                    self.leave(part, f"written as an attribute named {field}", len(values))

    # --- what joins topics ------------------------------------------------------------------------------------------

    def _relations(self, outline: Outline) -> Iterator[CrossLink]:
        for link in outline.cross_links:
            ends = self._new_ids.get(link.from_id), self._new_ids.get(link.to_id)
            if ends[0] is None or ends[1] is None:
                self.leave("relations", "an end is not in the map")
            elif "relations" not in self.holds.parts:
                self.leave("relations")
            else:
                yield self._relation(CrossLink(ends[0], ends[1], one_line(self._text(link.label)), link.direction))

    def _relation(self, link: CrossLink) -> CrossLink:
        label, direction = link.label, link.direction
        if label and "relation labels" not in self.holds.parts:
            self.leave("relation labels")
            label = ""
        if direction in self.holds.directions:
            return CrossLink(link.from_id, link.to_id, label, direction)
        if direction == "backward":
            return CrossLink(link.to_id, link.from_id, label)
        self.leave("relation directions", "a relation cannot be drawn so here: written with one arrow")
        return CrossLink(link.from_id, link.to_id, label)

    def _boundaries(self, outline: Outline) -> Iterator[Boundary]:
        for boundary in outline.boundaries:
            topics = tuple(self._new_ids[t] for t in boundary.topics if t in self._new_ids)
            if "boundaries" in self.holds.parts and topics:
                yield Boundary(topics, one_line(self._text(boundary.label)))
            else:
                self.leave("boundaries")


def free_key(taken: Mapping[str, str], name: str) -> str:
    """The name, with as many _ behind it as make it none of those taken."""
    while name in taken:
        name += "_"
    return name


def one_line(text: str) -> str:
    """White space collapsed."""
    return " ".join(text.split())


def coordinates(position: Any) -> dict[str, float] | None:
    """The place of a topic, whichever way its reader gave it: {"x", "y"}, [x, y] or "x,y"; None where it is none."""
    pair = position
    if isinstance(position, Mapping):
        pair = (position.get("x"), position.get("y"))
    elif isinstance(position, str):
        pair = position.strip("{}() ").split(",")
    try:
        x, y = (float(number) for number in list(pair)[:2])
    except (TypeError, ValueError):
        return None
    if not (isfinite(x) and isfinite(y)):
        return None
    return {"x": int(x) if x.is_integer() else x, "y": int(y) if y.is_integer() else y}
