"""Statements beside what the wording says: what is only worded so is taken back, what says it in other words is added.

The rules know how proposals, findings and deeds are worded. The model (`likely`) weighs every clause of the text,
read or not: an invitation, terms of use or a duty under a law are taken back, and are free for the rules that come
after; a clause that no rule knew is read where the model is surer still. French with its language model only: elsewhere
all is as the rules read it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span, Statement
from ingest.extract.said.announce import settings
from ingest.extract.said.clauses import Clause, pieces, readable
from ingest.extract.said.likely import NO_RULE, Passage, adapted, model, register
from ingest.extract.said.setting import Setting
from ingest.extract.said.wording import plain
from ingest.extract.spans import Spans

RULE = "likely"
NEVER = 2.0  # nothing is so likely


@dataclass(frozen=True, slots=True)
class Measure:
    """How likely a passage must be; measured beside the recall and precision that they cost (docs/measurements.md).

    `least`: below it a reading is taken back; `enough`: from it on a clause that no rule read is read, unless a
    statement of the kind `apart` is there: what is wanted is seldom what was done.
    """

    least: float
    enough: float
    apart: str = ""


MEASURES = {
    "proposal": Measure(0.1, NEVER),
    "finding": Measure(0.15, 0.6),
    "action": Measure(0.0, 0.4, apart="proposal"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage of the text: what read it, or the clause that nothing read."""

    passage: Passage
    statement: Statement | None = None
    clause: Clause | None = None

    @property
    def rule(self) -> str:
        """The bare name of the rule that read it."""
        return self.statement.at.rule.partition(".")[2].partition("@")[0] if self.statement else NO_RULE


def judge(reading: Reading, kind: str) -> None:
    """Take back the statements of a kind that the model holds for unlikely, add what it holds for likely."""
    seen = list(_seen(reading, kind)) if reading.parses else []
    likely = adapted([model(kind).score(one.passage, one.rule) for one in seen], model(kind))
    measure = MEASURES[kind]
    gone = {o.statement.id for o, sure in zip(seen, likely, strict=True) if o.statement and sure < measure.least}
    reading.statements[:] = [s for s in reading.statements if s.id not in gone]
    others = Spans((s.at.start, s.at.end) for s in reading.of_kind(measure.apart))
    for one, sure in zip(seen, likely, strict=True):
        if one.clause and sure >= measure.enough and not any(others.overlapping(*one.clause.span())):
            _add(reading, kind, one.clause, sure)


def _add(reading: Reading, kind: str, clause: Clause, sure: float) -> None:
    at = Span(*clause.span(), f"{kind}s.{RULE}@1", round(sure, 2))
    reading.statements.append(Statement(reading.new_id(kind[0]), kind, at, clause.text))


def _seen(reading: Reading, kind: str) -> Iterator[Judged]:
    """The statements of a kind that stand in analysed text and the clauses that hold none, in order."""
    stated = sorted(reading.of_kind(kind), key=lambda s: s.at.start)
    starts = [s.at.start for s in stated]
    for block in readable(reading.document):
        own = stated[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        for statement in own:
            first, last = (bisect_left(block.offsets, at) for at in (statement.at.start, statement.at.end))
            passage = passage_at(reading, block, first, last)
            if passage is not None:
                yield Judged(passage, statement=statement)
        for clause in _unread(reading, block, own):  # those of a kind that is never added tell how much the text holds
            passage = passage_at(reading, block, clause.first, clause.last)
            if passage is not None:
                yield Judged(passage, clause=clause)


def _unread(reading: Reading, block: Block, own: list[Statement]) -> Iterator[Clause]:
    """The clauses of a block that no statement of the kind touches."""
    for clause in chain.from_iterable(parts for _, parts in pieces(reading, block)):
        start, end = clause.span()
        if not any(s.at.start < end and start < s.at.end for s in own):
            yield clause


def passage_at(reading: Reading, block: Block, first: int, last: int) -> Passage | None:
    """``block.label[first:last]`` as the model sees it; None where the block was not analysed."""
    if reading.parse(block) is None:
        return None
    known: dict[tuple[int, int, int], Passage] = reading.once("passages", dict)
    place = block.order, first, last
    if place not in known:
        known[place] = _passage(reading, block, first, last)
    return known[place]


def _passage(reading: Reading, block: Block, first: int, last: int) -> Passage:
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
        reading.parses[block.order].meaning(first, last),
        reading.once("register", lambda: _register(reading)),
    )


def _register(reading: Reading) -> dict[str, float]:
    return register([plain(b.label) for b in readable(reading.document) if b.kind is not BlockKind.HEADING])
