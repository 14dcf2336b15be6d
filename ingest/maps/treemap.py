"""What the readers of mind maps share: topics with unique ids, trees without recursion, relations, and the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from graph.errors import InputRefused
from graph.outline import Boundary, CrossLink, Topic
from ingest.bounds.limits import MAX_DEPTH, MAX_NODES, check_depth, check_nodes
from ingest.document import LeftOut
from ingest.html.markup import clean, html_text, maybe_html
from ingest.maps.carried import MAX_TEXT, check_labels, check_text
from ingest.maps.maptree import MapContent, UniqueIds

MAX_RELATIONS = 1_000_000
MAX_REASONS = 300  # lines of the ledger: further ones are added up

Element = TypeVar("Element")


class TreeReading:
    """One map being read. `place` names the part of the file in the ledger and in errors."""

    def __init__(self, name: str, place: str = "map") -> None:
        self.name = name
        self.place = place
        self.ids = UniqueIds()
        self.boundaries: list[Boundary] = []
        self.written: dict[str, str] = {}
        self._relations: list[tuple[str, str, str, str]] = []
        self._left: Counter[tuple[str, str]] = Counter()
        self._length = 0  # characters of the labels
        self._told = 0  # characters of the labels of relations

    def topic(self, native: str, label: str, kind: str = "topic") -> Topic:
        """A new topic, to be made in the order of the file. Raises InputRefused for too many."""
        seen = self.ids.seen
        self._length += len(label)
        if len(seen) > MAX_NODES or self._length > MAX_TEXT:
            check_nodes(self.name, len(seen))
            check_text(self.name, self._length)
        if native and native not in seen:
            seen[native] = 1
        else:
            native = self.ids.take(native)
        if not label.isprintable() or "  " in label or label[:1] == " " or label[-1:] == " ":
            label = clean(label)
        return Topic.bare(native, label, kind)

    def write(self, topic: Topic, label: str) -> None:
        """The label as the file has it, where people are shown another: signs of a format, entities."""
        if clean(label) != topic.label:
            self.written[topic.id] = clean(label)

    def relate(self, source: str, target: str, label: str = "", direction: str = "forward") -> None:
        """A relation between two native ids, which may come later in the file."""
        if len(self._relations) >= MAX_RELATIONS:
            raise InputRefused(self.name, f"more than {MAX_RELATIONS:,} relations", self.place)
        self._told += len(label)
        check_labels(self.name, self._told)
        self._relations.append((source, target, clean(label), direction))

    def leave(self, what: str, why: str, count: int = 1) -> None:
        """Something of the file that is not kept, for the ledger."""
        if count and (what, why) not in self._left and len(self._left) >= MAX_REASONS:
            why = "and others"
        if count:
            self._left[what, why] += count

    def leave_unknown(self, names: Iterable[tuple[str, int]], what: str = "unknown elements") -> None:
        """Names that the reader does not know, with how often they stand."""
        for name, count in names:
            self.leave(what, f"{clean(name)[:60]!r} is not known to this reader", count)

    def grow(
        self,
        tops: Iterable[tuple[Element, str]],
        make: Callable[[Element, str], Topic],
        below: Callable[[Element], Sequence[tuple[Element, str]]],
    ) -> list[Topic]:
        """The topics of elements with everything below them; each element goes with its kind of topic.

        No recursion: topics are made on the way down, so that ids and relations come in the order of the file.
        """
        roots: list[Topic] = []
        stack = [(element, kind, roots, 1) for element, kind in tops][::-1]
        while stack:
            element, kind, siblings, depth = stack.pop()
            if depth > MAX_DEPTH:
                check_depth(self.name, depth)
            topic = make(element, kind)
            siblings.append(topic)
            if inside := below(element):
                siblings, depth = topic.children, depth + 1
                stack += [(child, kind, siblings, depth) for child, kind in reversed(inside)]
        return roots

    def content(self, roots: list[Topic], found: dict[str, int], title: str = "") -> MapContent:
        """Everything read, relations resolved, with the ledger; `found` was counted apart from the reading."""
        content = MapContent(roots, self._resolved(), list(self.boundaries), clean(title))
        if self.ids.repeated:
            self.leave("ids", "repeated ids were made unique", self.ids.repeated)
        content.ledger.found = found
        content.written = self.written
        content.ledger.left_out = [LeftOut(what, self.place, n, why) for (what, why), n in self._left.items()]
        return content

    def _resolved(self) -> list[CrossLink]:
        links = []
        for source, target, label, direction in self._relations:
            if source in self.ids.seen and target in self.ids.seen:
                links.append(CrossLink(source, target, label, direction))
            else:
                self.leave("relations", "an end is missing or is no topic")
        return links


def note_text(text: str) -> str:
    """The lines of a note that may be HTML; plain text is given back as it is."""
    flat = maybe_html(text)
    return text if flat == clean(text) else html_text(f"<div>{text}</div>") or flat
