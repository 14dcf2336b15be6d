"""Whom a statement comes from: the rules of `makers` applied to its sentence, then to what stands around it.

First the sentence itself (speaker, subject, « selon X »), then its paragraph, its list and its heading, at last the
sentence before, where this one only goes on (« Il faudrait aussi … »).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Statement
from ingest.extract.said import makers, owners, unlisted
from ingest.extract.said.above import Above
from ingest.extract.said.author import Author
from ingest.extract.said.leaves import Leaves
from ingest.extract.said.makers import Named
from ingest.extract.said.mentioned import ByPlace, Naming, interviewed, voices
from ingest.extract.said.quotations import Quoting
from ingest.extract.said.setting import Setting
from ingest.extract.said.unlisted import Unlisted
from ingest.extract.said.wording import assigned_at, pattern, plain

MAX_SIGNATURE = 60
MAX_SPEAKER = 120  # characters in which a paragraph says who speaks
MAX_BACK = 4  # sentences looked back at for whoever goes on speaking
MAX_HEARD = 12  # sentences and items looked back at for the group that speaks in a section
_PLANNED = ("proposals.plan@", "proposals.deed_sentence@")
_UNDERGONE = re.compile(
    r"\b(?:ser(?:a|ont|ait|aient) (?:\w+ ){0,2}?\w+(?:e|i|u|is|it|ert)(?:e?s?)\b|(?:will|would|shall) (?:\w+ )?be \w+)"
)
_LISTED = (BlockKind.BULLET, BlockKind.TOPIC, BlockKind.NOTE, BlockKind.ROW)


class Sources:
    """Finds the makers of the statements of one document; `people` are the mentions of its stakeholders."""

    def __init__(self, reading: Reading, people: ByPlace, places: dict[int, Setting]) -> None:
        self.reading = reading
        self.document = reading.document
        self.language = reading.document.language
        self.blocks = reading.document.blocks
        self.people, self.places = people, places
        self.naming = Naming(reading, people)
        self.initials = self.naming.initials
        self.leaves = Leaves(reading.document)
        self.told: dict[int, list[str]] = {}
        self.made: dict[int, list[str]] = {}  # the makers of the proposals met so far, by their block
        self.voices = voices(reading)
        self.voice = self.voices[0] if self.voices else ""
        self.interviewed = interviewed(reading)
        self.others = Unlisted(reading)
        self.above = Above(reading.document, places, self.naming)
        self.quoting = Quoting(reading.document, self.naming)
        self.author = Author(reading, places, self.naming)

    def leaf_of(self, statement: Statement) -> Block | None:
        """The leaf in which a statement begins."""
        return self.leaves.holding(statement.at.start)

    def makers_of(self, statement: Statement, block: Block) -> list[str]:
        """The ids of the stakeholders that a statement comes from; empty where nothing says it."""
        if block.kind is BlockKind.ROW:
            return self.others.in_who_cells(block, self.people, self.initials)
        made = next((list(dict.fromkeys(found)) for found in self._asked(statement, block) if found), [])
        if statement.kind == "proposal":
            self.made[block.order] = made
        return made

    def _asked(self, statement: Statement, block: Block) -> Iterator[list[str] | None]:
        """What each rule answers, the surest first."""
        sentence, raw = plain(block.label), block.label
        names = self.naming.of(block)
        first, last = _within(block, statement)
        yield self._assigned(statement, sentence, names, first)
        yield makers.speaker(sentence, names, self.initials, self.language, raw)
        yield self._labelled(raw, sentence, names)
        yield owners.wished(sentence, names, self.language)
        yield makers.inverted(sentence, names, self.language)
        yield self._adding(block, sentence, names)
        yield makers.subject(*self._clause(sentence, names, first, last), self.language)
        yield makers.coordinated(*self._clause(sentence, names, first, last), self.language)
        yield self._resumed(sentence, names, first)
        yield makers.according(sentence, names, self.language)
        yield self._role_after(block)
        yield self._spoken(block)
        yield self.quoting.opener_of(block)
        yield self._by_pronoun(block, sentence)
        if statement.kind == "proposal":
            yield makers.carried_by(*self._clause(sentence, names, first, last), self.language)
        yield self._signed(block, sentence, raw, names)
        yield self.above.heads_task(block, sentence, names)
        yield self.above.introduced(block)
        yield self._unlisted(statement, block, first)
        yield self.above.owned(block)
        yield self.above.headed(block)
        yield self.author.speaks(block, sentence)
        yield self._unnamed(block, sentence)
        yield self._interviewed_on(block)
        if self._plans(statement):
            yield self._going_on(block, sentence)
            yield self._reported(statement, block)
            yield self.author.resolves(sentence)

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

    def _role_after(self, block: Block) -> list[str]:
        found = unlisted.said_after(block.label, self.language)
        return [self.others.maker(found, block.span(found.first, found.last))] if found else []

    def _clause(self, sentence: str, names: list[Named], first: int, last: int) -> tuple[str, list[Named]]:
        """The sentence up to the statement's end; what follows a semicolon is another's."""
        cut = sentence.rfind(" ; ", 0, first) + 3 if " ; " in sentence[:first] else 0
        return sentence[cut:last], [
            Named(n.id, n.kind, n.first - cut, n.last - cut) for n in names if n.first >= cut and n.last <= last
        ]

    def _signed(self, block: Block, sentence: str, raw: str, names: list[Named]) -> list[str]:
        """A name in brackets at the end, of the sentence or of the short item that holds it."""
        own = makers.signature(sentence, names, self.initials, raw, self.language)
        if own or block.kind is not BlockKind.SENTENCE or block.parent is None:
            return own
        above = self.blocks[block.parent]
        if len(above.label) - len(block.label) > MAX_SIGNATURE:
            return []
        return makers.signature(plain(above.label), self.naming.of(above), self.initials, above.label, self.language)

    def _spoken(self, block: Block) -> list[str]:
        """The speaker of the paragraph that a sentence stands in."""
        if block.kind is not BlockKind.SENTENCE or block.parent is None:
            return []
        above = self.blocks[block.parent]
        label = above.label[:MAX_SPEAKER]
        names = [n for n in self.naming.of(above) if n.last <= MAX_SPEAKER]
        text = plain(label)
        return makers.speaker(text, names, self.initials, self.language, label) or self._labelled(label, text, names)

    def _assigned(self, statement: Statement, sentence: str, names: list[Named], first: int) -> list[str]:
        """« ACTION: Katherine to write … »: whoever the task is for, behind the label."""
        at = assigned_at(sentence[first:], self.language) if statement.at.rule.startswith("proposals.") else -1
        if at < 0:
            return []
        head = [Named(n.id, n.kind, n.first - first - at, n.last - first - at) for n in names if n.first >= first + at]
        return makers.opening(sentence[first + at :], head, self.language)

    def _labelled(self, raw: str, sentence: str, names: list[Named]) -> list[str]:
        """« Réponse de la Ville : … »."""
        at = makers.speaker_end(raw)
        return owners.owner(sentence[:at], [n for n in names if n.last <= at], self.language) if at else []

    # --- the sentences before ---------------------------------------------------------------------------------------

    def _by_pronoun(self, block: Block, sentence: str) -> list[str]:
        """« Elle souhaite … »: whoever spoke before, over sentences that begin with a pronoun."""
        pronouns = pattern(self.language, "makers", "pronouns")
        if not pronouns.match(sentence):
            return self._echoed(block, sentence)
        for before in self.leaves.before(block, MAX_BACK):
            text = plain(before.label)
            names = self.naming.of(before)
            found = makers.subject(text, names, self.language) or self._told_by(before)
            found = found or makers.opening(text, names, self.language)
            if found or not pronouns.match(text):
                return found
        return []

    def _echoed(self, block: Block, sentence: str) -> list[str]:
        """« …, suggère-t-il »: the person who spoke last."""
        if not pattern(self.language, "makers", "echoed").search(sentence):
            return []
        told = (self._told_by(before) for before in self.leaves.before(block, MAX_BACK))
        return next((t for t in told if self._is_person(t)), [])

    def _resumed(self, sentence: str, names: list[Named], first: int) -> list[str]:
        """« M. B. regrette le bruit ; il propose … »: whoever the sentence began with."""
        if not first or not pattern(self.language, "makers", "pronouns").match(sentence, first):
            return []
        head = [n for n in names if n.last <= first]
        return makers.subject(sentence[:first], head, self.language) or makers.opening(sentence, head, self.language)

    def _told_by(self, block: Block) -> list[str]:
        """Whoever a sentence names as its source: not whoever it only says does something."""
        if block.order not in self.told:
            text, names = plain(block.label), self.naming.of(block)
            self.told[block.order] = (
                makers.speaker(text, names, self.initials, self.language, block.label)
                or self._labelled(block.label, text, names)
                or makers.inverted(text, names, self.language)
                or makers.subject(text, names, self.language, acting=False)
                or makers.according(text, names, self.language)
                or self._role_after(block)
                or self._role(block)
            )
        return self.told[block.order]

    def _role(self, block: Block) -> list[str]:
        """A role or body in general, as the source of a sentence."""
        found = unlisted.doer(block.label, self.language, acting=False)
        return [self.others.maker(found, block.span(found.first, found.last))] if found else []

    def _is_person(self, told: list[str]) -> bool:
        """Whether one person is told, known before or made as the maker of a statement."""
        return len(told) == 1 and self.others.by_id[told[0]].kind == "person"

    def _adding(self, block: Block, sentence: str, names: list[Named]) -> list[str]:
        """« L'économiste ajoute … », just after what one person said: that person."""
        head = pattern(self.language, "makers", "adding").match(sentence)
        if head is None or any(n.kind == "person" and n.first < head.end() for n in names):
            return []
        before = next(self.leaves.before(block, MAX_BACK), None)
        told = self._told_by(before) if before is not None and before.parent == block.parent else []
        return told if self._is_person(told) else []

    def _going_on(self, block: Block, sentence: str) -> list[str]:
        """« Il faudrait aussi … », « L'objectif est … »: whoever the sentences before come from."""
        goes_on = pattern(self.language, "makers", "continues")
        if block.kind in _LISTED or not goes_on.match(sentence):
            return []
        for before in self.leaves.before(block, MAX_BACK):
            if before.kind in _LISTED or (before.parent != block.parent and not self._opens(block)):
                return []
            text = plain(before.label)
            found = self._told_by(before) or makers.carried_by(text, self.naming.of(before), self.language)
            if found or not goes_on.match(text):
                return found
        return []

    def _reported(self, statement: Statement, block: Block) -> list[str]:
        """« Mme B. rend compte. La fête aura lieu en juin. »: a plan that somebody tells, in one paragraph."""
        if not statement.at.rule.startswith(_PLANNED) or block.kind is not BlockKind.SENTENCE:
            return []
        for n, before in enumerate(self.leaves.before(block, MAX_BACK)):
            if before.parent != block.parent:
                return []
            undergone = not n and _UNDERGONE.search(plain(block.label))
            if undergone and (made := self.made.get(before.order)) and self._is_sole_doer(made):
                return made  # « La Ville publiera le plan. Une visite sera organisée. »
            if told := self._told_by(before):
                return told if self._is_person(told) else []
        return []

    def _is_sole_doer(self, made: list[str]) -> bool:
        return len(made) == 1 and self.others.by_id[made[0]].kind in ("person", "organisation")

    def _opens(self, block: Block) -> bool:
        """Whether a block begins a paragraph of prose."""
        if block.kind is not BlockKind.SENTENCE or block.parent is None:
            return True
        above = self.blocks[block.parent]
        return above.kind not in _LISTED and above.start >= block.start - 1

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
        return [self._heard(block) or self.voice] if told else []

    def _heard(self, block: Block) -> str:
        """The group that a sentence of the same section, a little before, names as its source."""
        for before in self.leaves.before(block, MAX_HEARD):
            told = [i for i in self._told_by(before) if i in self.voices]
            if told:
                return told[0]
        return ""

    def _interviewed_on(self, block: Block) -> list[str]:
        """Whoever answers the question that a heading of an interview asks."""
        heading = self.document.heading_of(block) if self.interviewed else None
        return [self.interviewed] if heading is not None and heading.label.rstrip().endswith("?") else []


def _within(block: Block, statement: Statement) -> tuple[int, int]:
    """The statement in label indices of its block."""
    return bisect_left(block.offsets, statement.at.start), bisect_left(block.offsets, statement.at.end)
