"""What statements are about, who makes them, whom they concern, what they answer; who took part in the meeting.

Runs last. Themes link by their mentions in the statement, else in the line, heading or node above it. Makers never link
by overlap: see `ingest.extract.said.sources`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from graph.text import key
from ingest.document import Block, BlockKind, Document
from ingest.extract.reading import Reading, Relation, Span, Statement
from ingest.extract.said.announce import settings
from ingest.extract.said.answers import Answers
from ingest.extract.said.concerned import concerned
from ingest.extract.said.echoes import Echoes
from ingest.extract.said.mentioned import ByPlace, Mentioned
from ingest.extract.said.sources import Sources
from ingest.extract.said.wording import pattern, plain
from ingest.extract.themes import WORD_RULE
from ingest.extract.topic.phrases import names_part

MAX_THEMES = 6
MAX_INHERITED = 2  # themes taken from a line above or a sentence before
MAX_BEFORE = 3  # sentences of its paragraph looked back at for what a statement is about
MAX_IN_SECTION = 5  # sentences and items of its section
MAX_ECHOES = 3  # places asked that speak of the same
MAX_LINE = 300  # characters of a line above
WHOLE = 0.5  # of a line above, that a word which says little must fill to hand its topic down


@dataclass(frozen=True, slots=True)
class _How:
    """How a statement comes to a theme, and how often that was right where relations were judged by hand."""

    rule: str
    confidence: float


OWN = _How("links.named@1", 0.85)
WORD = _How("links.word@1", 0.7)  # named by a word that says little alone: « rencontre »
NEAR = _How("links.above@1", 0.6)  # the line, heading or sentence just above
FAR = _How("links.further_up@1", 0.35)
ECHO = _How("links.echo@1", 0.3)
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
        self.faint = {(m.start, m.end) for t in reading.themes for m in t.mentions if m.rule == WORD_RULE}
        self.scores = {t.id: t.score for t in reading.themes}
        self.sources = Sources(reading, self.people, self.places)
        self.back = pattern(self.language, "makers", "refers_back")
        self.parts = _parts(reading.document)
        self.headings = [b for b in self.blocks if b.kind is BlockKind.HEADING]
        self.titles = _titles(self.headings)
        places = {t.id: {self.sources.leaves.at(m.start) for m in t.mentions} for t in reading.themes}
        self.once = {t for t, found in places.items() if len(found) == 1}
        self.echoes: Echoes | None = None
        self.answers = Answers(reading, self.sources.leaves, self.titles, alone=len(self.headings) == 1)

    def run(self) -> None:
        for statement in self.reading.statements:
            block = self.sources.leaf_of(statement)
            if block is None:
                continue
            statement.named_in = self._themes_of(statement, block)
            statement.themes = list(statement.named_in)
            if statement.kind != "question":
                statement.made_by = self.sources.makers_of(statement, block)
                statement.responds_to = self.answers.of(statement, block, self._above(block))
            statement.concerns = concerned(self.reading, self.people, statement)

    # --- about ------------------------------------------------------------------------------------------------------

    def _themes_of(self, statement: Statement, block: Block) -> dict[str, Span]:
        """Own themes, else those named just before it; then those of what it stands under. Each with what names it."""
        own = {t: self._proof(statement, t) for t in self._themes_at(statement.at.start, statement.at.end, OWN)}
        before = {} if own else self._named_before(block, MAX_BEFORE, NEAR, same_paragraph=True)
        found = own | {t: at for more in (self._inherited(block), before) for t, at in more.items() if t not in own}
        ranked = dict.fromkeys((*own, *before, *found))
        return {t: found[t] for t in islice(ranked, MAX_THEMES)} or self._echoed(block)

    def _proof(self, statement: Statement, theme: str) -> Span:
        """The statement itself, as sure as the plainest word in it that names the theme."""
        named = (m for m in self.themes.within(statement.at.start, statement.at.end) if m.id == theme)
        how = WORD if all((m.start, m.end) in self.faint for m in named) else OWN
        return replace(statement.at, rule=how.rule, confidence=how.confidence)

    def _echoed(self, block: Block) -> dict[str, Span]:
        """The themes of the place that speaks of the same, where the statement and what is above it name none."""
        if self.echoes is None:
            self.echoes = Echoes(self.sources.leaves, self.language)
        for place in self.echoes.of(block)[:MAX_ECHOES]:
            near = self._themes_at(place.start, min(place.end, place.start + MAX_LINE), ECHO)
            themes = near or {
                t: replace(at, rule=ECHO.rule, confidence=ECHO.confidence) for t, at in self._inherited(place).items()
            }
            if themes:
                return dict(islice(themes.items(), MAX_INHERITED))
        return {}

    def _inherited(self, block: Block) -> dict[str, Span]:
        """The themes of the nearest line, heading or node above that names some, else of the section so far.

        A heading further up comes last: what its own section says is nearer than a title. Only a sentence that points
        back (« Il faudrait le réparer ») takes something from another paragraph, and an item nothing from another item.
        """
        lines = self._above(block)
        told = block.kind in _PROSE and self.back.search(plain(block.label))
        return (
            self._named_in(_to_heading(lines, self.parts), NEAR)
            or (self._named_before(block, MAX_IN_SECTION, FAR, same_paragraph=False) if told else {})
            or self._named_in(lines, FAR)
        )

    def _named_in(self, lines: Iterable[Block], how: _How) -> dict[str, Span]:
        found = (self._passed_on(b, how) for b in lines)
        return next((dict(islice(f.items(), MAX_INHERITED)) for f in found if f), {})

    def _named_before(self, block: Block, most: int, how: _How, *, same_paragraph: bool) -> dict[str, Span]:
        """The themes of the nearest sentence before that names some: « Le lavoir fuit. … Il faudrait le réparer. »"""
        for before in self.sources.leaves.before(block, most):
            if same_paragraph and (before.parent != block.parent or block.kind is not BlockKind.SENTENCE):
                return {}
            if before.kind not in _PROSE:
                continue
            if found := self._themes_at(before.start, before.end, how):
                return dict(islice(found.items(), MAX_INHERITED))
        return {}

    def _passed_on(self, line: Block, how: _How) -> dict[str, Span]:
        """The themes of a line above: of a title only those that the text below speaks of as well."""
        title = line.order in self.titles
        found = self._themes_at(line.start, min(line.end, line.start + MAX_LINE), FAR if title else how)
        return {t: at for t, at in found.items() if not (title and t in self.once)}

    def _themes_at(self, start: int, end: int, how: _How) -> dict[str, Span]:
        """The themes named in a span, the most telling first, each with the passage that names it."""
        found: dict[str, Span] = {}
        for m in self.themes.within(start, end):
            if m.id not in found and (how is OWN or self._tells(m, start, end)):
                found[m.id] = self._passage_of(m, how)
        return {t: found[t] for t in sorted(found, key=lambda t: -self.scores.get(t, 0.0))}

    def _tells(self, m: Mentioned, start: int, end: int) -> bool:
        """« 2. La maîtrise du foncier par les élus » hands nothing down about « élus »; « Les élus » does."""
        return (m.start, m.end) not in self.faint or (m.end - m.start) >= WHOLE * (end - start)

    def _passage_of(self, m: Mentioned, how: _How) -> Span:
        """The sentence or line that holds a mention; the mention alone where that is too long to be shown."""
        leaf = self.sources.leaves.holding(m.start)
        whole = leaf is not None and m.end <= leaf.end and leaf.end - leaf.start <= 2 * MAX_LINE
        start, end = (leaf.start, leaf.end) if leaf is not None and whole else (m.start, m.end)
        return Span(start, end, how.rule, how.confidence)

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


def _titles(headings: list[Block]) -> set[int]:
    """The first heading, where every other one stands below it: it names the whole document."""
    levels = {h.level for h in headings[1:]}
    return {h.order for h in headings[:1] if not levels or h.level < min(levels)}


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
