"""Which statements and figures cite a resource: those of the sentence, item or row that holds it.

Runs after the statements. A line that is nothing but a reference is cited by nobody, whatever was read in it; the
profile of a member is no reference.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from graph.text import key
from ingest.extract.reading import Figure, Reading, Relation, Resource, Span, Statement

RULE = "citations.same_sentence@1"
MAX_CITING = 6  # of one resource in one block; a row of thirty cells says too much at once
MIN_WORDS = 3  # that a statement says beside the reference: « Voir aussi : » says nothing
_WORD = re.compile(r"[^\W\d_]{2,}")
_HANDLE = re.compile(r"@[\w.-]+$")
_VERBS = ("VERB", "AUX")


def run(reading: Reading) -> None:
    """Append a `cites` relation from each statement or figure to each resource that its block holds."""
    citing = _by_block(reading)
    people = {key(name) for s in reading.stakeholders if s.kind == "person" for name in (s.name, *s.aliases)}
    for resource in reading.resources:
        if _HANDLE.match(resource.title) or key(resource.title) in people:
            continue
        block = reading.document.block_at(resource.at.start, resource.at.end)
        found = citing.get(block.order, []) if block else []
        if block and len(found) <= MAX_CITING:
            at = Span(block.start, block.end, RULE, 0.85)
            said = (x.id for x in found if _says_more(reading, x, resource))
            reading.relations += [Relation(one, "cites", resource.id, at) for one in said]


def _by_block(reading: Reading) -> dict[int, list[Statement | Figure]]:
    """Statements and figures by the order of the block that holds them whole."""
    found: dict[int, list[Statement | Figure]] = {}
    citing: list[Statement | Figure] = [*reading.statements, *reading.figures] if reading.resources else []
    for said in citing:
        block = reading.document.block_at(said.at.start, said.at.end)
        if block is not None:
            found.setdefault(block.order, []).append(said)
    return found


def _says_more(reading: Reading, said: Statement | Figure, resource: Resource) -> bool:
    """Whether what is said goes beyond the reference: author, publisher and year beside a title are part of it."""
    before = said.at.start, min(said.at.end, max(said.at.start, resource.at.start))
    after = max(said.at.start, min(said.at.end, resource.at.end)), said.at.end
    if sum(len(_WORD.findall(reading.slice(*part))) for part in (before, after)) < MIN_WORDS:
        return False
    dated = resource.author is not None or resource.date is not None
    return isinstance(said, Figure) or not dated or any(_has_verb(reading, *part) for part in (before, after))


def _has_verb(reading: Reading, start: int, end: int) -> bool:
    """Whether a part of the text holds a verb; where there is no parse, it may."""
    block = reading.document.block_at(start, end) if start < end else None
    parse = reading.parse(block) if block is not None else None
    if block is None or parse is None:
        return start < end and not reading.parses
    first, last = bisect_left(block.offsets, start), bisect_left(block.offsets, end)
    return any(tag in _VERBS for at, tag in zip(parse.starts, parse.tags, strict=True) if first <= at < last)
