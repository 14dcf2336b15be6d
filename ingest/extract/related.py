"""Themes that the text itself ties: « Mobilité et habitat » as a heading, « le lien entre santé et logement ».

Runs after the themes. Two themes of one sentence are not tied by that; researchers count shared passages elsewhere.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ingest.document import BlockKind
from ingest.extract.reading import Reading, Relation, Span
from ingest.extract.said.mentioned import ByPlace, Mentioned
from ingest.extract.said.wording import any_of, spaced
from ontology import lexicon

HEADED, TIED = "related.heading@1", "related.tied@1"
MAX_BETWEEN = 60  # characters from one theme to the next
MAX_BEFORE = 60  # characters of « le lien entre » before the first
MAX_HEADING = 120
_OVER = (BlockKind.HEADING, BlockKind.TOPIC)


def run(reading: Reading) -> None:
    """Append a `related` relation for each two themes that one heading joins or one sentence ties."""
    broader = {frozenset((t.id, other)) for t in reading.themes for other in t.broader}
    named = ByPlace(Mentioned(m.start, m.end, t.id, "theme") for t in reading.themes for m in t.mentions)
    done: set[tuple[frozenset[str], int]] = set()
    for one, two in pairwise(named.rows):
        pair = frozenset((one.id, two.id))
        if len(pair) == 1 or pair in broader or not 0 < two.start - one.end <= MAX_BETWEEN:
            continue
        found = _tie(reading, one, two)
        if found and (pair, found.start) not in done:
            done.add((pair, found.start))
            reading.relations.append(Relation(one.id, "related", two.id, found))


def _tie(reading: Reading, one: Mentioned, two: Mentioned) -> Span | None:
    """The span that ties two themes named one behind the other, or None."""
    block = reading.document.block_at(one.start, two.end)
    if block is None or block.kind is BlockKind.FURNITURE:
        return None
    words = _words(reading.document.language)
    between = spaced(reading.slice(one.end, two.start))
    if block.kind in _OVER and len(block.label) <= MAX_HEADING and words.also.fullmatch(between):
        return Span(block.start, block.end, HEADED, 0.7)
    before = spaced(reading.slice(max(block.start, one.start - MAX_BEFORE), one.start))
    joint = words.joint.fullmatch(between) and words.before.search(before)
    tied = joint or words.between.fullmatch(between)
    behind = spaced(reading.slice(two.end, min(block.end, two.end + MAX_BEFORE)))
    return Span(one.start, two.end, TIED, 0.8) if tied and not words.denied.match(behind) else None


class _Words:
    """What ties two subjects, in one language, on text with single spaces."""

    def __init__(
        self, also: list[str], before: list[str], joint: list[str], between: list[str], denied: list[str]
    ) -> None:
        self.also, self.joint, self.between, self.denied = (
            re.compile(f" ?(?:{any_of(f)})") for f in (also, joint, between, denied)
        )
        self.before = re.compile(rf"(?<!\w)(?:{any_of(before)})$")


@cache
def _words(language: str) -> _Words:
    table = lexicon(language, "ties")
    return _Words(*(table.get(name, []) for name in ("also", "tied_before", "tied_joint", "tied_between", "denied")))
