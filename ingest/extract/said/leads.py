"""What makes leads of the lists of a document: a title or first paragraph that says so; in a section, stickers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.document import Block, BlockKind, Document
from ingest.extract.said.wording import pattern, plain
from ingest.extract.who.names import person_at
from ingest.extract.who.words import words_of
from ingest.notes.paragraphs import VOTED

MAX_LEAD, MAX_LEAD_CHARS = 5, 400  # blocks and characters in which a document says what its lists are
MAX_LINE = 140
MIN_VOTED = 3  # lines with votes in a document whose lists were voted on


@dataclass(frozen=True, slots=True)
class Leads:
    """Which block makes leads of a list: one for the whole document, or one for each section, by its heading."""

    language: str
    whole: Block | None = None
    by_heading: dict[int | None, Block] = field(default_factory=dict)

    def over(self, block: Block, heading: Block | None) -> Block | None:
        """What makes a lead of a line below a heading, if anything does; the result of a ballot is none."""
        if self.whole is not None:
            return self.whole
        found = self.by_heading.get(heading.order if heading is not None else None)
        return None if found is None or is_result(block.label, self.language) else found


def leads_of(document: Document) -> Leads:
    whole = _told(document)
    return Leads(document.language, whole, {} if whole else dict(_with_stickers(document)))


def _told(document: Document) -> Block | None:
    """The title or first paragraph that says that the lists of the whole document are ideas, wishes, leads."""
    first = [b for b in document.blocks if b.kind is not BlockKind.FURNITURE][:MAX_LEAD]
    opening = [b for b in first if b.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and len(b.label) < MAX_LEAD_CHARS]
    said = pattern(document.language, "announce", "lead")
    return next((b for b in opening if said.search(plain(b.label))), None)


def _with_stickers(document: Document) -> Iterator[tuple[int | None, Block]]:
    """The sections whose lines carry stickers: « (7 gommettes) ». Votes alone may elect somebody, or adopt accounts."""
    voted = [(b, m) for b in document.leaves() if len(b.label) <= MAX_LINE and (m := VOTED.search(b.label))]
    if len(voted) < MIN_VOTED:
        return
    for block, vote in voted:
        if vote["sticker"]:
            heading = document.heading_of(block)
            yield (heading.order, heading) if heading is not None else (None, block)


def is_result(label: str, language: str) -> bool:
    """Whether a line that carries votes is what a ballot counts: « Pour (12) », « Claire Dupont (12) »."""
    said = VOTED.sub("", label).strip(" *_-–:")
    if pattern(language, "announce", "ballot").fullmatch(plain(said)):
        return True
    words = words_of(said)
    name = person_at(said, words, 0, language, listed=True) if words else None
    return name is not None and name.sure and bool(name.last) and name.end == len(words)
