"""What makes leads of all the lists of a document: a title or first paragraph that says so, votes beside the lines."""

from __future__ import annotations

from ingest.document import Block, BlockKind, Document
from ingest.extract.said.wording import pattern, plain
from ingest.notes.paragraphs import VOTED

MAX_LEAD, MAX_LEAD_CHARS = 5, 400  # blocks and characters in which a document says what its lists are
MAX_LINE = 140
MIN_VOTED = 3  # lines with votes in a document whose lists were voted on


def lead_of(document: Document) -> Block | None:
    """The title or first paragraph that says that the lists of the whole document are ideas, wishes, leads."""
    first = [b for b in document.blocks if b.kind is not BlockKind.FURNITURE][:MAX_LEAD]
    opening = [b for b in first if b.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and len(b.label) < MAX_LEAD_CHARS]
    said = pattern(document.language, "announce", "lead")
    return next((b for b in opening if said.search(plain(b.label))), None) or _voted(document)


def _voted(document: Document) -> Block | None:
    """What heads the first of the lines that carry votes, where one says so: « (7 gommettes) »."""
    voted = [(b, m) for b in document.leaves() if len(b.label) <= MAX_LINE and (m := VOTED.search(b.label))]
    if len(voted) < MIN_VOTED or not any(m["unit"] for _, m in voted):
        return None
    return document.heading_of(voted[0][0]) or voted[0][0]
