"""The body whose « nous » a document speaks with: « Auteur : collectif X »; the one whose meeting it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading
from ingest.extract.said.makers import Named
from ingest.extract.said.mentioned import Naming
from ingest.extract.said.setting import Setting
from ingest.extract.said.wording import loose, pattern, plain
from ingest.notes.cues import SAYS_REPORT

MAX_OPENING = 12  # blocks in which a document says whose it is
MAX_TITLES = 3  # of them, those that say what it is
MAX_TITLE = 120  # characters
_QUOTED = re.compile(r"^\W*[«“\"]")
_NO_MORE = re.compile(r"(?:\s*(?:\([^()]{0,80}\)|[,–-]\s*(?:le\s)?\d[\w\s/]{3,20}))?\W*")
_ABOUT = re.compile(r"\W*(?:aux?|a la|a l'|sur|pour|relati\w+|concernant|dans|to|on|for|in)\b|\s*[:(–-]")
_OF = re.compile(r"[\s:–-]*(?:de la |de l'|du |des |de |d'|la |le |l'|les |of the |of |by the |by |from the |the )?")

_NESTED = re.compile(r"(?:(?<=\bde la )|(?<=\bdu )|(?<=\bof the ))(?=[^\W\d])")  # « Compte rendu de la réunion du … »


class Author:
    """Asks whether a statement is the author's own; `places` are the settings of the blocks."""

    def __init__(self, reading: Reading, places: dict[int, Setting], naming: Naming) -> None:
        self.reading, self.language = reading, reading.document.language
        self.blocks, self.places, self.naming = reading.document.blocks, places, naming
        self.id = self._found()

    def _found(self) -> str:
        """The id of the one body that a line or title of the first blocks names as author; empty without.

        Empty as well where the document tells what people said at a meeting.
        """
        opening = list(self.reading.document.leaves())[:MAX_OPENING]
        if self.reading.attendees or any(SAYS_REPORT.search(plain(b.label)) for b in opening[:MAX_TITLES]):
            return ""
        said = loose(self.language, "makers", "author")
        for block in opening:
            for label in said.finditer(plain(block.label)):
                after = _OF.match(plain(block.label), label.end())
                at = after.end() if after else label.end()
                named = [n for n in self.naming.of(block) if n.first == at and n.kind == "organisation"]
                if named and _is_whole(block, named[0].last):
                    return named[0].id
        return ""

    def speaks(self, block: Block, sentence: str) -> list[str]:
        """The author, of a sentence with « nous » and of what stands under « Nos propositions »."""
        if not self.id or _QUOTED.match(block.label):
            return []
        ours = pattern(self.language, "makers", "ours")
        heads = pattern(self.language, "makers", "our_own")
        if ours.search(sentence) or any(heads.search(plain(b.label)) for b in self._above(block)):
            return [self.id]
        return []

    def resolves(self, sentence: str) -> list[str]:
        """« Il est décidé de … »: the body whose meeting it is, where the first lines name it and no other."""
        if not pattern(self.language, "makers", "resolved").search(sentence):
            return []
        opening = [b for b in islice(self.reading.document.leaves(), MAX_TITLES) if len(b.label) <= MAX_TITLE]
        named = [(b, n) for b in opening for n in self.naming.of(b) if n.kind == "organisation"]
        alone = len({n.id for _, n in named}) == 1
        return [named[0][1].id] if alone and any(self._meets(b, n) for b, n in named) else []

    def _meets(self, block: Block, body: Named) -> bool:
        """Whether a body opens a line, or stands where « Réunion du … » names whose it is: no venue, nobody visited."""
        before = plain(block.label[: body.first]).strip(" #*_-–—:|")
        of = pattern(self.language, "makers", "meeting_of")
        return all(of.fullmatch(part.strip()) for part in _NESTED.split(before)) if before else True

    def _above(self, block: Block) -> Iterator[Block]:
        setting = self.places.get(block.order) or Setting()
        if setting.item and setting.intro is not None:
            yield setting.intro
        up = block.parent
        while up is not None:
            if self.blocks[up].kind is BlockKind.HEADING:
                yield self.blocks[up]
            up = self.blocks[up].parent


def _is_whole(block: Block, named: int) -> bool:
    """Whether nothing but a place or day stands behind the author, or, in a title, what it writes about."""
    rest = block.label[named:]
    return _NO_MORE.fullmatch(rest) is not None or (
        block.kind is BlockKind.HEADING and _ABOUT.match(plain(rest)) is not None
    )
