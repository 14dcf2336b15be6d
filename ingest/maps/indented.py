"""From levels and indentations to a tree of topics: what the readers of outlines in text share."""

from __future__ import annotations

from graph.outline import Topic
from ingest.bounds.limits import check_depth


class Stack:
    """Hangs each topic under the nearest one above it that is higher; items hang under the last heading."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.roots: list[Topic] = []
        self._headings: list[tuple[int, Topic]] = []
        self._items: list[tuple[int, Topic]] = []

    def add(self, topic: Topic, level: int, *, is_heading: bool = False) -> None:
        """Place a topic by its level (a heading's) or its indentation (an item's, in columns)."""
        above = self._headings if is_heading else self._items
        if is_heading:
            self._items.clear()
        while above and above[-1][0] >= level:
            above.pop()
        over = above or ([] if is_heading else self._headings)
        (over[-1][1].children if over else self.roots).append(topic)
        above.append((level, topic))
        check_depth(self.name, len(self._headings) + len(self._items))
