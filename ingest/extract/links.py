"""What statements are about, who makes them, whom they concern, what they answer; who took part in the meeting.

Runs last. Themes link by their mentions in the statement, else in the line, heading or node above it. Makers never link
by overlap: see `ingest.extract.said.sources`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from graph.text import key
from ingest.document import Block, BlockKind, Document
from ingest.extract.reading import Reading, Relation, Span, Statement
from ingest.extract.said.announce import settings
from ingest.extract.said.echoes import Echoes
from ingest.extract.said.mentioned import ByPlace, Mentioned
from ingest.extract.said.sources import Sources
from ingest.extract.said.wording import pattern, plain
from ingest.extract.topic.phrases import names_part

MAX_THEMES = 6
MAX_INHERITED = 2  # themes taken from a line above or a sentence before
MAX_BEFORE = 3  # sentences of its paragraph looked back at for what a statement is about
MAX_IN_SECTION = 5  # sentences and items of its section
MAX_ECHOES = 3  # places asked that speak of the same
MAX_LINE = 300  # characters of a line above
MAX_CONCERNED = 6
_PROSE = (BlockKind.SENTENCE, BlockKind.PARAGRAPH)  # a paragraph of one sentence is its own leaf


class _Linker:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.document = reading.document
        self.language = reading.document.language
        self.blocks = reading.document.blocks
        self.places = settings(reading)
        self.themes = ByPlace(Mentioned(m.start, m.end, t.id, "theme") for t in reading.themes for m in t.mentions)
        self.people = ByPlace(Mentioned(m.start, m.end, s.id, s.kind) for s in reading.stakeholders for m in s.mentions)
        self.scores = {t.id: t.score for t in reading.themes}
        self.sources = Sources(reading, self.people, self.places)
        self.back = pattern(self.language, "makers", "refers_back")
        self.parts = _parts(reading.document)
        self.echoes: Echoes | None = None
        self.questions = {q.at.start: q for q in reading.of_kind("question")}

    def run(self) -> None:
        for statement in self.reading.statements:
            block = self.sources.leaf_of(statement)
            if block is None:
                continue
            statement.themes = self._themes_of(statement, block)
            if statement.kind != "question":
                statement.made_by = self.sources.makers_of(statement, block)
                statement.responds_to = self._answered(statement, block)
            statement.concerns = self._concerned(statement)

    # --- about ------------------------------------------------------------------------------------------------------

    def _themes_of(self, statement: Statement, block: Block) -> list[str]:
        """Own themes, else those named just before it; then those of what it stands under."""
        own = self._themes_at(statement.at.start, statement.at.end)
        before = [] if own else self._named_before(block, MAX_BEFORE, same_paragraph=True)
        found = list(dict.fromkeys(own + before + self._inherited(block)))[:MAX_THEMES]
        return found or self._echoed(block)

    def _echoed(self, block: Block) -> list[str]:
        """The themes of the place that speaks of the same, where the statement and what is above it name none."""
        if self.echoes is None:
            self.echoes = Echoes(self.sources.leaves, self.language)
        for place in self.echoes.of(block)[:MAX_ECHOES]:
            themes = self._themes_at(place.start, min(place.end, place.start + MAX_LINE)) or self._inherited(place)
            if themes:
                return themes[:MAX_INHERITED]
        return []

    def _inherited(self, block: Block) -> list[str]:
        """The themes of the nearest line, heading or node above that names some, else of the section so far.

        A heading further up comes last: what its own section says is nearer than a title. Only a sentence that points
        back (« Il faudrait le réparer ») takes something from another paragraph, and an item nothing from another item.
        """
        lines = self._above(block)
        told = block.kind in _PROSE and self.back.search(plain(block.label))
        return (
            self._named_in(_to_heading(lines, self.parts))
            or (self._named_before(block, MAX_IN_SECTION, same_paragraph=False) if told else [])
            or self._named_in(lines)
        )

    def _named_in(self, lines: Iterable[Block]) -> list[str]:
        found = (self._themes_at(b.start, min(b.end, b.start + MAX_LINE)) for b in lines)
        return next((f[:MAX_INHERITED] for f in found if f), [])

    def _named_before(self, block: Block, most: int, *, same_paragraph: bool) -> list[str]:
        """The themes of the nearest sentence before that names some: « Le lavoir fuit. … Il faudrait le réparer. »"""
        for before in self.sources.leaves.before(block, most):
            if same_paragraph and (before.parent != block.parent or block.kind is not BlockKind.SENTENCE):
                return []
            if before.kind not in _PROSE:
                continue
            if found := self._themes_at(before.start, before.end):
                return found[:MAX_INHERITED]
        return []

    def _themes_at(self, start: int, end: int) -> list[str]:
        found = [m.id for m in self.themes.within(start, end)]
        return sorted(dict.fromkeys(found), key=lambda t: -self.scores.get(t, 0.0))

    def _above(self, block: Block) -> Iterator[Block]:
        """The introducing line, then every parent up to the root."""
        setting = self.places.get(block.order)
        if setting and setting.intro is not None and setting.intro is not block:
            yield setting.intro
        up = block.parent
        while up is not None:
            if self.blocks[up].kind in (BlockKind.HEADING, BlockKind.TOPIC, BlockKind.BULLET):
                yield self.blocks[up]
                if (topic := self.parts.get(up)) is not None:
                    yield topic
            up = self.blocks[up].parent

    # --- concerns, responds to --------------------------------------------------------------------------------------

    def _concerned(self, statement: Statement) -> list[str]:
        groups = [m.id for m in self.people.within(statement.at.start, statement.at.end) if m.kind == "group"]
        return [g for g in dict.fromkeys(groups) if g not in statement.made_by][:MAX_CONCERNED]

    def _answered(self, statement: Statement, block: Block) -> list[str]:
        """The question that stands above as heading, node or introducing line."""
        for above in self._above(block):
            low = bisect_left(self.sources.leaves.starts, above.start)
            for start in (s for s in self.sources.leaves.starts[low : low + 3] if s < above.end):
                asked = self.questions.get(start)
                if asked is not None and asked.at.end <= above.end and asked.at.end < statement.at.start:
                    return [asked.id]
            if above.kind is BlockKind.HEADING:
                break
        return []


def _parts(document: Document) -> dict[int, Block]:
    """The topic that each heading of a part stands under: « Constats » and « Pistes » come again under each topic.

    Only where their levels do not say so, by the order of the headings that name parts more than once.
    """
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING]
    named = {b.order: names_part(b.label, document.language) for b in headings}
    times = Counter(key(b.label) for b in headings if named[b.order])
    found: dict[int, Block] = {}
    topic: Block | None = None
    for block in headings:
        if not named[block.order]:
            topic = block
        elif topic is not None and times[key(block.label)] > 1 and topic.level == block.level:
            found[block.order] = topic
    return found


def _to_heading(lines: Iterator[Block], parts: Mapping[int, Block]) -> Iterator[Block]:
    """The lines up to the first heading; those further up stay in `lines`."""
    for line in lines:
        yield line
        if line.kind is BlockKind.HEADING and line.order not in parts:
            return


def run(reading: Reading) -> None:
    """Fill the links of every statement, and append who took part in the meeting."""
    _Linker(reading).run()
    _took_part(reading)


def _took_part(reading: Reading) -> None:
    """Everyone listed as present took part in the one main meeting."""
    meetings = [e for e in reading.events if e.main]
    if len(meetings) != 1:
        return
    for attendee in reading.attendees:
        if attendee.status in ("present", "chair", "minutes"):
            at = Span(attendee.at.start, attendee.at.end, "links.took_part@1", 0.9)
            status = (("status", attendee.status),)
            reading.relations.append(Relation(attendee.id, "took_part_in", meetings[0].id, at, status))
