"""Whom and what a statement may link to: mentions by their place, and people by their initials."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.document import Block
from ingest.extract.reading import Reading
from ingest.extract.said.makers import Named
from ingest.extract.said.wording import loose, pattern, plain
from ingest.extract.who.name_words import is_first_name

MAX_OPENING = 8  # blocks in which an interview says whose it is
MAX_BEFORE_NAME = 12  # characters: « Mme », « le docteur »
_AT_MEETING = re.compile(r"participant|attendee|inscrit|membres")
# A name alone: no part of a longer name, of a street or of a body.
_LONE_NAME = re.compile(
    r"(?<![\w’'-])(?<![A-ZÀ-Ý]\w\s)[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?(?![\w’'-])(?!\s[A-ZÀ-Ý])"
)
# « AR », « A.R. », « P.-H. C. »; « J.-P. Roux » is a name and not initials alone.
_SHORT = re.compile(r"\b[A-Z]{2,4}\b|(?<![\w.'’-])[A-Z](?:\. ?-?[A-Z](?!\w)){1,3}+\.?+(?![ -]?[A-ZÀ-Ý]\w)")
_NO_LETTER = re.compile(r"[. -]+")
_HYPHENED = re.compile(r"(?<=\w)-[^\W\d_]+$")
_INITIALS = re.compile(r"\b(?P<short>[A-Z]{2,4})\s?=\s?$")


@dataclass(frozen=True, slots=True)
class Mentioned:
    start: int
    end: int
    id: str
    kind: str


class ByPlace:
    """A fixed set of mentions; `longest` tells how far before a span one that reaches into it may begin."""

    def __init__(self, mentions: Iterable[Mentioned]) -> None:
        self.rows = sorted(mentions, key=lambda m: (m.start, -m.end))
        self.starts = [m.start for m in self.rows]
        self.longest = max((m.end - m.start for m in self.rows), default=0)

    def within(self, start: int, end: int) -> list[Mentioned]:
        """The mentions that overlap a span."""
        low = bisect_left(self.starts, start - self.longest)
        return [m for m in self.rows[low : bisect_left(self.starts, end)] if m.end > start]


def voices(reading: Reading) -> list[str]:
    """The ids of the groups that may speak: those of the meeting before others, the one named most first."""
    may = pattern(reading.document.language, "makers", "voices")
    speaking = [s for s in reading.stakeholders if s.kind == "group" and may.fullmatch(plain(s.name))]
    ranked = sorted(speaking, key=lambda s: (not _AT_MEETING.match(plain(s.name)), -len(s.mentions), s.id))
    return [s.id for s in ranked]


def interviewed(reading: Reading) -> str:
    """The id of the one person of « Rencontre avec Mireille Castaing », in the first blocks; empty without."""
    opening = loose(reading.document.language, "makers", "interview")
    people = [(m, s.id) for s in reading.stakeholders if s.kind == "person" for m in s.mentions]
    for block in list(reading.document.leaves())[:MAX_OPENING]:
        found = opening.match(plain(block.label))
        if found is None:
            continue
        at = block.span(0, found.end())[1]
        named = {i for m, i in people if at <= m.start <= at + MAX_BEFORE_NAME and m.end <= block.end}
        return named.pop() if len(named) == 1 else ""
    return ""


def initials(reading: Reading) -> dict[str, str]:
    """« ME » for Margaret Ellerby where no other person has these initials; « AR = Anaïs Rolland » as defined."""
    short: dict[str, set[str]] = {}
    shorter: dict[str, set[str]] = {}  # « KLB » for Katia Le Bihan-Roy, whose initials in full are « KLBR »
    for person in (s for s in reading.stakeholders if s.kind == "person"):
        for forms, name in ((short, person.name), (shorter, _HYPHENED.sub("", person.name))):
            parts = re.findall(r"[^\W\d_]+", name)
            if len(parts) > 1:
                forms.setdefault("".join(p[0] for p in parts).upper(), set()).add(person.id)
        for m in person.mentions[:3]:
            if found := _INITIALS.search(reading.slice(max(0, m.start - 8), m.start)):
                short[found["short"]] = {person.id}
    short = {**shorter, **short}
    return {k: next(iter(v)) for k, v in short.items() if len(v) == 1 and len(k) <= 4}


class Naming:
    """The stakeholders named in the blocks of one document, in the order of the text, and their initials."""

    def __init__(self, reading: Reading, people: ByPlace) -> None:
        self.people = people
        self.initials = initials(reading)
        self.called = _called(reading)
        self.named: dict[int, list[Named]] = {}

    def of(self, block: Block) -> list[Named]:
        """Those named in a block, in label indices; of nested ones the longest."""
        if block.order not in self.named:
            self.named[block.order] = self.between(block, 0, len(block.label))
        return self.named[block.order]

    def between(self, block: Block, first: int, last: int) -> list[Named]:
        """Those named in a part of a block, in indices that count from the part's beginning."""
        written = self._written_out(block, first, last)
        named = [*written, *self._by_initials(block, first, last), *self._by_first_name(block, first, last, written)]
        return [Named(n.id, n.kind, n.first - first, n.last - first) for n in named]

    def _written_out(self, block: Block, first: int, last: int) -> list[Named]:
        found: list[Named] = []
        for m in self.people.within(*block.span(first, last)) if first < last else ():
            at, end = bisect_left(block.offsets, m.start), bisect_left(block.offsets, m.end)
            if first <= at < end <= last and not (found and end <= found[-1].last):
                found.append(Named(m.id, m.kind, at, end))
        return found

    def _by_initials(self, block: Block, first: int, last: int) -> list[Named]:
        short = ((m, _NO_LETTER.sub("", m.group())) for m in _SHORT.finditer(block.label, first, last))
        return [Named(self.initials[s], "person", m.start(), m.end()) for m, s in short if s in self.initials]

    def _by_first_name(self, block: Block, first: int, last: int, written: list[Named]) -> Iterator[Named]:
        """« Derek » for Derek Thwaite, where no other of that first name is named and no surname follows."""
        for m in _LONE_NAME.finditer(block.label, first, last) if self.called else ():
            known = self.called.get(m.group())
            if known and not any(n.first < m.end() and m.start() < n.last for n in written):
                yield Named(known, "person", m.start(), m.end())


def _called(reading: Reading) -> dict[str, str]:
    """First name → the id of the one person of the document who has it."""
    by_name: dict[str, set[str]] = {}
    for s in reading.stakeholders:
        first, _, more = s.name.partition(" ")
        if (s.kind == "person" and more and is_first_name(first)) or not more:
            by_name.setdefault(first, set()).add(s.id if more else "")
    return {name: ids.pop() for name, ids in by_name.items() if len(ids) == 1 and "" not in ids}
