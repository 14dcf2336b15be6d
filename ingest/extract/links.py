"""What statements are about, who makes them, whom they concern, what they answer; who took part in the meeting.

Runs last. Themes link by their mentions in the statement, else in the line, heading or node above it. Makers never link
by overlap: see `ingest.extract.said.makers`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Relation, Span, Statement
from ingest.extract.said import makers, unlisted
from ingest.extract.said.action_rows import who_cells
from ingest.extract.said.announce import Setting, settings
from ingest.extract.said.makers import Named
from ingest.extract.said.mentioned import ByPlace, Mentioned, initials, interviewed
from ingest.extract.said.modes import Mode
from ingest.extract.said.unlisted import Unlisted
from ingest.extract.said.wording import pattern, plain

MAX_THEMES = 6
MAX_CONCERNED = 6
MAX_SIGNATURE = 60
MAX_SPEAKER = 120  # characters in which a paragraph says who speaks
_AT_MEETING = re.compile(r"participant|attendee|inscrit|membres")


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
        self.initials = initials(reading)
        self.leaves = sorted((b for b in reading.document.leaves()), key=lambda b: (b.start, -b.end))
        self.leaf_starts = [b.start for b in self.leaves]
        self.named: dict[int, list[Named]] = {}
        self.voice = self._voice()
        self.interviewed = interviewed(reading)
        self.others = Unlisted(reading)
        self.questions = {q.at.start: q for q in reading.of_kind("question")}

    def _voice(self) -> str:
        """The group that speaks at the meeting: of the groups that may, the one named most; empty where none is."""
        may = pattern(self.language, "makers", "voices")
        speaking = [s for s in self.reading.stakeholders if s.kind == "group" and may.fullmatch(plain(s.name))]
        meeting = [s for s in speaking if _AT_MEETING.match(plain(s.name))]
        ranked = sorted(meeting or speaking, key=lambda s: (-len(s.mentions), s.id))
        return ranked[0].id if ranked else ""

    def leaf_of(self, statement: Statement) -> Block | None:
        at = bisect_right(self.leaf_starts, statement.at.start) - 1
        return self.leaves[at] if at >= 0 and self.leaves[at].end > statement.at.start else None

    def run(self) -> None:
        for statement in self.reading.statements:
            block = self.leaf_of(statement)
            if block is None:
                continue
            statement.themes = self._themes_of(statement, block)
            if statement.kind != "question":
                statement.made_by = self._makers_of(statement, block)
                statement.responds_to = self._answered(statement, block)
            statement.concerns = self._concerned(statement)

    # --- about ------------------------------------------------------------------------------------------------------

    def _themes_of(self, statement: Statement, block: Block) -> list[str]:
        """Own themes first; those of the heading or node above follow, as what the statement stands under."""
        own = self._themes_at(statement.at.start, statement.at.end)
        for above in self._above(block):
            inherited = self._themes_at(above.start, min(above.end, above.start + 300))
            if inherited:
                return list(dict.fromkeys(own + inherited[:2]))[:MAX_THEMES]
        return own[:MAX_THEMES]

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
            up = self.blocks[up].parent

    # --- made by ----------------------------------------------------------------------------------------------------

    def _makers_of(self, statement: Statement, block: Block) -> list[str]:
        if block.kind is BlockKind.ROW:
            return self._in_who_cells(block)
        sentence, raw = plain(block.label), block.label
        names = self._names(block)
        first, last = _within(block, statement)
        for found in (
            makers.speaker(sentence, names, self.initials, self.language, raw),
            makers.inverted(sentence, names, self.language),
            makers.subject(*self._clause(sentence, names, first, last), self.language),
            makers.according(sentence, names, self.language),
            self._spoken(block),
            self._by_pronoun(block, sentence),
            makers.carried_by(*self._clause(sentence, names, first, last), self.language),
            self._signed(block, sentence, raw, names),
            self._heads_task(block, sentence, names),
            self._introduced(block),
            self._unlisted(statement, block, first),
            self._unnamed(block, sentence),
            self._interviewed_on(block),
        ):
            if found:
                return list(dict.fromkeys(found))
        return []

    @staticmethod
    def _plans(statement: Statement) -> bool:
        return statement.kind == "proposal" and statement.subkind != "topic_for_next_meeting"

    def _unlisted(self, statement: Statement, block: Block, first: int) -> list[str]:
        """A role or body that only this sentence names, where the statement is what it says or does."""
        for at in dict.fromkeys((first, 0)):
            found = unlisted.doer(block.label[at:], self.language, acting=self._plans(statement))
            if found:
                return [self.others.maker(found, block.span(at + found.first, at + found.last))]
        return []

    def _clause(self, sentence: str, names: list[Named], first: int, last: int) -> tuple[str, list[Named]]:
        """The sentence up to the statement's end; what follows a semicolon is another's."""
        cut = sentence.rfind(" ; ", 0, first) + 3 if " ; " in sentence[:first] else 0
        return sentence[cut:last], [
            Named(n.id, n.kind, n.first - cut, n.last - cut) for n in names if n.first >= cut and n.last <= last
        ]

    def _names(self, block: Block) -> list[Named]:
        """The stakeholders named in a block, in label indices; of nested ones the longest."""
        if block.order not in self.named:
            self.named[block.order] = self._named_in(block)
        return self.named[block.order]

    def _named_in(self, block: Block) -> list[Named]:
        found: list[Named] = []
        for m in self.people.within(block.start, block.end):
            first, last = bisect_left(block.offsets, m.start), bisect_left(block.offsets, m.end)
            if last > first and not (found and last <= found[-1].last):
                found.append(Named(m.id, m.kind, first, last))
        return [*found, *self._by_initials(block)]

    def _by_initials(self, block: Block) -> list[Named]:
        return [
            Named(self.initials[m.group()], "person", m.start(), m.end())
            for m in re.finditer(r"\b[A-Z]{2,4}\b", block.label)
            if m.group() in self.initials
        ]

    def _signed(self, block: Block, sentence: str, raw: str, names: list[Named]) -> list[str]:
        """A name in brackets at the end, of the sentence or of the short item that holds it."""
        own = makers.signature(sentence, names, self.initials, raw)
        if own or block.kind is not BlockKind.SENTENCE or block.parent is None:
            return own
        above = self.blocks[block.parent]
        if len(above.label) - len(block.label) > MAX_SIGNATURE:
            return []
        return makers.signature(plain(above.label), self._names(above), self.initials, above.label)

    def _spoken(self, block: Block) -> list[str]:
        """The speaker of the paragraph that a sentence stands in."""
        if block.kind is not BlockKind.SENTENCE or block.parent is None:
            return []
        above = self.blocks[block.parent]
        label = above.label[:MAX_SPEAKER]
        names = [n for n in self._names(above) if n.last <= MAX_SPEAKER]
        return makers.speaker(plain(label), names, self.initials, self.language, label) or []

    def _by_pronoun(self, block: Block, sentence: str) -> list[str]:
        """« Elle souhaite … »: whoever the sentence before began with."""
        if not pattern(self.language, "makers", "pronouns").match(sentence):
            return []
        at = bisect_right(self.leaf_starts, block.start) - 1
        before = self.leaves[at - 1] if at > 0 else None
        if before is None or before.parent != block.parent:
            return []
        text = plain(before.label)
        names = self._names(before)
        named = makers.subject(text, names, self.language) or makers.opening(text, names, self.language)
        if named:
            return named
        told = unlisted.doer(before.label, self.language, acting=False)
        return [self.others.maker(told, before.span(told.first, told.last))] if told else []

    def _heads_task(self, block: Block, sentence: str, names: list[Named]) -> list[str]:
        """A decided task that begins with who does it (« AR envoie le modèle »), or stands under a name."""
        setting = self.places.get(block.order) or Setting()
        if setting.mode is not Mode.DECISIONS:
            return []
        if found := makers.opening(sentence, names, self.language):
            return found
        up = self.blocks[block.parent] if block.parent is not None else None
        if up is None or len(up.label) > 80:
            return []
        return [n.id for n in self._names(up) if n.last - n.first >= 0.6 * len(up.label.strip(" :"))]

    def _introduced(self, block: Block) -> list[str]:
        """The subject of the line that introduces a list: « Les associations demandent : … »."""
        setting = self.places.get(block.order)
        if setting is None or setting.intro is None or not setting.item:
            return []
        return makers.subject(plain(setting.intro.label), self._names(setting.intro), self.language)

    def _unnamed(self, block: Block, sentence: str) -> list[str]:
        """« D'autres évoquent … », « les pistes suivantes ont été mises en avant : »: the group that speaks there."""
        if not self.voice:
            return []
        said = pattern(self.language, "makers", "unnamed")
        setting = self.places.get(block.order) or Setting()
        leads = [
            b for b in (setting.intro, setting.by) if setting.item and b is not None and b.kind is not BlockKind.HEADING
        ]
        told = said.search(sentence) or any(said.search(plain(b.label)) for b in leads)
        return [self.voice] if told else []

    def _interviewed_on(self, block: Block) -> list[str]:
        """Whoever answers the question that a heading of an interview asks."""
        heading = self.document.heading_of(block) if self.interviewed else None
        return [self.interviewed] if heading is not None and heading.label.rstrip().endswith("?") else []

    def _in_who_cells(self, block: Block) -> list[str]:
        found: list[str] = []
        for cell in who_cells(block, self.language):
            text = self.reading.slice(cell.start, cell.end)
            found += [m.id for m in self.people.within(cell.start, cell.end)]
            found += [self.initials[w] for w in re.findall(r"\b[A-Z]{2,4}\b", text) if w in self.initials]
            taken = [(m.start, m.end) for m in self.people.within(cell.start, cell.end)]
            for other in unlisted.in_cell(text, self.language):
                start, end = cell.start + other.first, cell.start + other.last
                if other.name not in self.initials and not any(a < end and start < b for a, b in taken):
                    found.append(self.others.maker(other, (start, end)))
        return list(dict.fromkeys(found))

    # --- concerns, responds to --------------------------------------------------------------------------------------

    def _concerned(self, statement: Statement) -> list[str]:
        groups = [m.id for m in self.people.within(statement.at.start, statement.at.end) if m.kind == "group"]
        return [g for g in dict.fromkeys(groups) if g not in statement.made_by][:MAX_CONCERNED]

    def _answered(self, statement: Statement, block: Block) -> list[str]:
        """The question that stands above as heading, node or introducing line."""
        for above in self._above(block):
            low = bisect_left(self.leaf_starts, above.start)
            for start in (b.start for b in self.leaves[low : low + 3] if b.start < above.end):
                asked = self.questions.get(start)
                if asked is not None and asked.at.end <= above.end and asked.at.end < statement.at.start:
                    return [asked.id]
            if above.kind is BlockKind.HEADING:
                break
        return []


def run(reading: Reading) -> None:
    """Fill the links of every statement, and append who took part in the meeting."""
    _Linker(reading).run()
    _took_part(reading)


def _within(block: Block, statement: Statement) -> tuple[int, int]:
    """The statement in label indices of its block."""
    return bisect_left(block.offsets, statement.at.start), bisect_left(block.offsets, statement.at.end)


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
