"""Where a block stands: what was announced to it, by which heading or line, as an item of which list."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import Block
from ingest.extract.said.modes import Mode


@dataclass(slots=True)
class Setting:
    """Where a block stands: what was announced to it, by which block, and whether it is an item of a list."""

    mode: Mode = Mode.NONE
    by: Block | None = None  # the heading, line or node that announced
    heading: Block | None = None
    intro: Block | None = None  # the line that introduces the list
    item: bool = False
    introduces: bool = False  # a line that only introduces what follows
    branch: bool = False  # the root of a map, or a short node or bullet with others under it: a title
    detail: bool = False  # an item under an item that is one itself
    worded_only: bool = False  # announced by a wish alone: items must be worded as something to do
