"""Take back what is only worded like a proposal or a finding: invitations, terms of use, duties under a law.

What is taken back is free for the rules that come after. French with its language model only: elsewhere all is kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Statement
from ingest.extract.said.announce import Setting, settings
from ingest.extract.said.clauses import readable
from ingest.extract.said.likely import Passage, adapted, model, register
from ingest.extract.said.wording import plain

# Below these a reading is taken back; measured beside the recall that they cost (docs/measurements.md).
LEAST = {"proposal": 0.5, "finding": 0.4}


def keep_likely(reading: Reading, kind: str) -> None:
    """Take back the statements of a kind that the model holds for unlikely."""
    read = list(_passages(reading, kind)) if reading.parses else []
    likely = adapted([model(kind).score(p) for _, p in read], model(kind))
    gone = {s.id for (s, _), sure in zip(read, likely, strict=True) if sure < LEAST[kind]}
    reading.statements[:] = [s for s in reading.statements if s.id not in gone]


def _passages(reading: Reading, kind: str) -> Iterator[tuple[Statement, Passage]]:
    """The statements of a kind that stand in analysed text, as the model sees them."""
    stated = sorted(reading.of_kind(kind), key=lambda s: s.at.start)
    starts = [s.at.start for s in stated]
    for block in readable(reading.document):
        for statement in stated[bisect_left(starts, block.start) : bisect_left(starts, block.end)]:
            first = bisect_left(block.offsets, statement.at.start)
            last = bisect_left(block.offsets, statement.at.end)
            rule = statement.at.rule.partition(".")[2].partition("@")[0]
            passage = passage_at(reading, block, first, last, rule)
            if passage is not None:
                yield statement, passage


def passage_at(reading: Reading, block: Block, first: int, last: int, rule: str) -> Passage | None:
    """``block.label[first:last]`` as the model sees it; None where the block was not analysed."""
    parse = reading.parse(block)
    if parse is None:
        return None
    text = block.label[first:last].strip()
    setting = settings(reading).get(block.order) or Setting()
    heading = reading.document.heading_of(block)
    return Passage(
        plain(text),
        text[-1:],
        block.kind.value,
        setting.mode.value,
        setting.item,
        plain(heading.label) if heading is not None else "",
        rule,
        parse.meaning(first, last),
        reading.once("register", lambda: _register(reading)),
    )


def _register(reading: Reading) -> dict[str, float]:
    return register([plain(b.label) for b in readable(reading.document) if b.kind is not BlockKind.HEADING])
