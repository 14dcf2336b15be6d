"""Which question a statement answers: the one it stands under, the numbered one before it, the one just asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Statement
from ingest.extract.said.leaves import Leaves
from ingest.extract.said.makers import speaker_end
from ingest.extract.said.wording import pattern, plain

MAX_EXCHANGE = 12  # sentences looked back at for the numbered question that an answer stands under


class Answers:
    """The questions of one document; `titles`: the headings that name it whole; `alone`: it has one heading."""

    def __init__(self, reading: Reading, leaves: Leaves, titles: set[int], *, alone: bool) -> None:
        self.blocks, self.language, self.leaves = reading.document.blocks, reading.document.language, leaves
        self.titles, self.alone = titles, alone
        self.questions = {q.at.start: q for q in reading.of_kind("question")}
        self.asked = sorted(self.questions)

    def of(self, statement: Statement, block: Block, lines: Iterable[Block]) -> list[str]:
        """The ids of the questions that a statement answers; `lines`: those above its block, the nearest first."""
        turn = self._exchange(block)
        if turn is not None:
            nearest = bisect_left(self.asked, statement.at.start) - 1
            asked = self.questions[self.asked[nearest]] if nearest >= 0 else None
            heard = asked is not None and turn is not block and turn.start <= asked.at.start
            return [asked.id] if asked is not None and heard and asked.at.end <= statement.at.start else []
        for above in lines:
            question = self._asked_by(above)
            if question is not None and question.at.end < statement.at.start:
                answers = self._may_answer(statement, above) and self._last_asked(question, above, block)
                return [question.id] if answers else []
            if above.kind is BlockKind.HEADING:
                break
        return self._replied(block)

    def _replied(self, block: Block) -> list[str]:
        """« Une habitante : Pourquoi … ? », then « R. P. : … »: who speaks next answers what was just asked."""
        own = self._turn(block)
        first = own if own is block else next((b for b in self.blocks[own.order + 1 :] if b.parent == own.order), own)
        before = next(self.leaves.before(first, 1), None)
        if before is None or not speaker_end(own.label):
            return []
        asking = self._turn(before)
        said = speaker_end(asking.label)
        last = bisect_left(self.asked, before.end) - 1
        if last < 0 or self.asked[last] < before.start or not said:
            return []
        return (
            [] if asking.label[:said] == own.label[: speaker_end(own.label)] else [self.questions[self.asked[last]].id]
        )

    def _turn(self, block: Block) -> Block:
        """The paragraph that a sentence stands in."""
        return self.blocks[block.parent] if block.kind is BlockKind.SENTENCE and block.parent is not None else block

    def _asked_by(self, line: Block) -> Statement | None:
        low = bisect_left(self.leaves.starts, line.start)
        starts = (s for s in self.leaves.starts[low : low + 3] if s < line.end)
        asked = (self.questions.get(s) for s in starts)
        return next((q for q in asked if q is not None and q.at.end <= line.end), None)

    def _may_answer(self, statement: Statement, asking: Block) -> bool:
        """What stands under the title of a report tells much else: there only what somebody proposes answers it."""
        if pattern(self.language, "makers", "subject_line").match(plain(asking.label)):
            return False
        if asking.order not in self.titles or self.alone:
            return True
        return statement.kind == "proposal" and bool(statement.made_by)

    def _last_asked(self, question: Statement, asking: Block, block: Block) -> bool:
        """A line of a talk asks until the next question; a heading, a node or an item what stands under it."""
        up = block.parent
        while up is not None and up != asking.order:
            up = self.blocks[up].parent
        between = bisect_left(self.asked, block.start) - bisect_left(self.asked, question.at.end)
        return up is not None or not between

    def _exchange(self, block: Block) -> Block | None:
        """The last « Q3 – … » of the section, where what stands there are numbered questions and their answers."""
        turn = pattern(self.language, "makers", "numbered_question")
        lines = (block, *self.leaves.before(block, MAX_EXCHANGE))
        return next((b for b in lines if turn.match(plain(b.label))), None)
