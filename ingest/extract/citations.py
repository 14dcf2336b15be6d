"""Which statements and figures cite a resource: those of the sentence, item or row that holds it.

Runs after the statements. A line that is nothing but a reference is cited by nobody, whatever was read in it.
"""

from __future__ import annotations

import re

from ingest.extract.reading import Figure, Reading, Relation, Resource, Span, Statement

RULE = "citations.same_sentence@1"
MAX_CITING = 6  # of one resource in one block; a row of thirty cells says too much at once
MIN_WORDS = 3  # that a statement says beside the reference: « Voir aussi : » says nothing
_WORD = re.compile(r"[^\W\d_]{2,}")


def run(reading: Reading) -> None:
    """Append a `cites` relation from each statement or figure to each resource that its block holds."""
    citing = _by_block(reading)
    for resource in reading.resources:
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
    before = reading.slice(said.at.start, min(said.at.end, max(said.at.start, resource.at.start)))
    after = reading.slice(max(said.at.start, min(said.at.end, resource.at.end)), said.at.end)
    return len(_WORD.findall(before)) + len(_WORD.findall(after)) >= MIN_WORDS
