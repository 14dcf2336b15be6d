"""What headings, introducing lines and parent nodes announce about what stands under them.

« Trois pistes de travail ont été retenues : » makes work axes of the bullets that follow; « Constats » makes findings.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.document import Block, BlockKind, Document
from ingest.extract.reading import Reading
from ingest.extract.said.leads import MAX_LINE, leads_of
from ingest.extract.said.modes import ARTICLES, MAX_HEADING, MAX_SHORT, NUMBER, SAYING, Mode, announced
from ingest.extract.said.programme import programme
from ingest.extract.said.setting import Setting
from ingest.extract.said.wording import begins_with_verb, body, is_finite, pattern, plain
from ingest.notes.paragraphs import VOTED

SURE_PARENT = 0.8
MAX_TITLE_WORDS = 2
MAX_STEPS = 12  # parents asked for an announcement
MAX_TASK = 4  # an infinitive with more words than these is a task, not a heading
MAX_ASKED = 4  # « Et demain ? » heads what follows; a longer question is one
_QUOTES = ("«", "“", '"')
_LABELLED = re.compile(r":\s*\S")  # « Minutes : B. Agar » holds what it announces
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+$")
_GLUED = re.compile(r"[-–—•◦▪*+>][^\W\d_]")  # « -Inviter le maire »: a list whose marks stand close
# « A1. Créer un guichet », « :C2: Un minibus »
_KEYED = re.compile(r"\W{0,3}[A-Z]\d{1,2}(?:\.\d{1,2})?\s?[.:)]\W{0,3}\s*\w")
_BOX = re.compile(r"(?:\[ ?\]|[☐□])\s?\w")  # « [ ] appeler le plombier » where no bullet leads the box
_MARKED = ("hash", "setext", "font")  # headings whose level the text states
_BRACKETED = re.compile(r"\([^()]*\)")
_ITEMS = frozenset({BlockKind.BULLET, BlockKind.TOPIC, BlockKind.ROW, BlockKind.NOTE})


def _guessed(block: Block, silent: Block) -> bool:
    """« Le lavoir » below « Présents », both told by their look alone: which stands under which is not known."""
    return all(b.attributes.get("style") not in _MARKED for b in (block, silent))


def _opens_item(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and any(mark.match(block.label) for mark in (_GLUED, _KEYED, _BOX))


class _Walker:
    """Goes through the leaves in order and remembers what the last heading and the last introducing line announced."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.language
        self.settings: dict[int, Setting] = {}
        self.heading: Block | None = None
        self.of_heading: dict[int, tuple[Mode, Block | None]] = {}
        self.of_items: dict[int, Mode] = {}
        self.parents = {b.parent for b in document.blocks if b.kind in (BlockKind.TOPIC, BlockKind.BULLET)}
        self.at_title = True  # until the first line that is no heading
        headings = [b for b in document.blocks if b.kind is BlockKind.HEADING]
        self.headings = len(headings)
        self.next_levels = {a.order: b.level for a, b in pairwise(headings)}
        self.acting = {b.level for b in headings if self._is_called(b, "doing")}  # levels that hold « Actions »
        self.intro: Block | None = None
        self.intro_mode = Mode.NONE
        self.of_intro: dict[int | None, Mode] = {}  # by the paragraph that introduces
        self.wished = False
        self.last_heading_empty = False
        self.leads = leads_of(document)
        self.programme = programme(document)

    def walk(self) -> dict[int, Setting]:
        leaves = {b.order for b in self.document.leaves()}
        for block in self.document.as_far_as_read():
            if block.kind is BlockKind.HEADING:
                self._at_heading(block)
            elif block.kind is BlockKind.FURNITURE:
                continue
            elif block.order in leaves or block.kind in _ITEMS:
                self._at_leaf(block)
        return self.settings

    def _at_heading(self, block: Block) -> None:
        mode = announced(block.label, self.language)
        by: Block | None = block
        if block.level in self.acting and self._is_called(block, "helping"):
            mode = Mode.FINDINGS  # « Freins », « Leviers », « Actions »: what helps is no action there
        if self.headings > 2 and self._is_title(block):
            mode = Mode.NONE  # the title of « Compte rendu et relevé de décisions » announces nothing to all of it
        if block.order in self.programme and mode not in SAYING:
            mode = Mode.PROPOSALS  # « 2. Valoriser les initiatives » tells of none that were taken
        if mode is Mode.NONE:
            mode, by = self._inherited(block)
            if by is not None and by.label.endswith("?") and block.label.endswith("?"):
                mode, by = Mode.NONE, None  # a question of its own, which what the one above asked for does not answer
        self.of_heading[block.order] = (mode, by)
        self.settings[block.order] = Setting(*self._above(block), heading=self.document.heading_of(block))
        self.heading, self.intro, self.intro_mode = block, None, Mode.NONE
        self.last_heading_empty = True

    def _is_called(self, block: Block, name: str) -> bool:
        line = NUMBER.sub("", plain(block.label)).strip(" :.*")
        return bool(pattern(self.language, "announce", name).fullmatch(ARTICLES.sub("", line)))

    def _is_title(self, block: Block) -> bool:
        """The first heading where others stand below it, or a guessed one right after it: a title or subtitle."""
        guessed = block.attributes.get("style") in ("title", "capitals") and not self._heads_list(block)
        if self.heading is None and self.at_title and self.next_levels.get(block.order, 0) > block.level:
            return True
        return self.at_title and guessed

    def _heads_list(self, block: Block) -> bool:
        return any(b.kind is BlockKind.BULLET for b in self.document.blocks[block.order + 1 : block.order + 2])

    def _inherited(self, block: Block) -> tuple[Mode, Block | None]:
        """From the heading above in the tree; else from a heading just before that had nothing of its own under it."""
        mode, by = self._above(block)
        before = self.heading
        if mode is Mode.NONE and before is not None and before.level >= block.level - 1:
            passed, giver = self.of_heading.get(before.order, (Mode.NONE, None))
            near = self.last_heading_empty or (
                giver is not None and giver is not before and giver.level == before.level
            )
            if near and passed in SAYING:
                return passed, giver
        return mode, by

    def _above(self, block: Block) -> tuple[Mode, Block | None]:
        above = self.document.heading_of(block)
        mode, by = self.of_heading.get(above.order, (Mode.NONE, None)) if above else (Mode.NONE, None)
        apart = mode is Mode.SILENT and by is not None and (self._begins_series(block, by) or _guessed(block, by))
        return (Mode.NONE, None) if apart else (mode, by)

    @staticmethod
    def _begins_series(block: Block, silent: Block) -> bool:
        """« 1. Voirie » below « Présence », its level only guessed: a number of its own makes it no part of a list."""
        numbered, apart = (NUMBER.match(plain(b.label)) for b in (block, silent))
        return block.attributes.get("style") not in _MARKED and bool(numbered) and not apart

    def _at_leaf(self, block: Block) -> None:
        opens = self.last_heading_empty
        self.last_heading_empty = self.at_title = False
        item = self._is_item(block)
        if not item:
            self._read_line(block)
            item = block is not self.intro and self._stands_as_item(block, opens)
        mode, by = self._mode_of(block, item)
        if block.parent_confidence < SURE_PARENT and mode in (Mode.FINDINGS, Mode.DONE):
            mode, by = Mode.NONE, None  # a guessed parent announces too little to overrule the wording
        if self._is_silent_line(block):
            mode, by = Mode.SILENT, block
        self.settings[block.order] = Setting(
            mode,
            by,
            self.heading,
            self.intro if item else None,
            item,
            introduces=block is self.intro,
            branch=self._is_branch(block),
            detail=self._is_detail(block),
            worded_only=item and self.wished and by is self.intro,
        )

    def _is_silent_line(self, block: Block) -> bool:
        """« Excusée : Mme B. », « Further reading: … », « Rédaction : … »."""
        head = re.match(r"[^:]{2,40}(?=\s?:\s*\S)", block.label)
        if head is None:
            return False
        said = plain(head.group()).strip(" -*•")
        known = pattern(self.language, "announce", "silent_label").fullmatch(said)
        return known is not None or announced(said, self.language) is Mode.SILENT

    def _is_item(self, block: Block) -> bool:
        parent = self.document.blocks[block.parent] if block.parent is not None else None
        return any(b is not None and (b.kind in _ITEMS or _opens_item(b)) for b in (block, parent))

    def _names_lead(self, block: Block, label: str) -> bool:
        """« Des liaisons sûres pour tous. » alone below its own heading, in a part that holds leads."""
        after = self.document.blocks[block.order + 1 : block.order + 2]
        if after and after[0].kind is not BlockKind.HEADING:
            return False
        given = self.of_heading.get(self.heading.order) if self.heading is not None else None
        inherited = given is not None and given[0] in SAYING and given[1] is not self.heading
        return inherited and label.endswith(".") and not is_finite(plain(label))

    def _stands_as_item(self, block: Block, opens: bool) -> bool:
        """A short line without full stop under an announcement: a list whose marks are lost or unknown."""
        label = block.label.rstrip()
        if block.kind is not BlockKind.PARAGRAPH or len(label) > MAX_LINE:
            return False
        if label.rstrip('»”") ').endswith((".", "!", "?", ":")) and not (opens and self._names_lead(block, label)):
            return False
        announced_here = self.intro_mode if self.intro is not None else Mode.NONE
        if announced_here is Mode.NONE and self.heading is not None:
            announced_here = self.of_heading[self.heading.order][0]
        lead = self.leads.over(block, self.heading) if announced_here is Mode.NONE else None
        if lead is not None and self.leads.whole is not block:
            return not _LABELLED.search(label)
        return announced_here in SAYING

    def _read_line(self, block: Block) -> None:
        """A line that introduces what follows begins a new announcement; prose ends the last one."""
        label = block.label.rstrip()
        mode = announced(label, self.language)
        short = self._may_head(label) or (label.endswith("?") and self._heads_list(block))
        if label.endswith((":", ": -", "…:")) or (short and mode is not Mode.NONE):
            self.intro = block
            self.wished = mode is Mode.NONE and self._wishes(label)
            self.intro_mode = Mode.PROPOSALS if self.wished else mode
            if self.intro_mode is Mode.NONE and pattern(self.language, "announce", "done_line").search(plain(label)):
                self.intro_mode = Mode.DONE
            self.of_intro[block.parent if block.kind is BlockKind.SENTENCE else block.order] = self.intro_mode
        elif not (short or self._keeps_announcement(block, label)):
            self.intro, self.intro_mode, self.wished = None, Mode.NONE, False

    def _keeps_announcement(self, block: Block, label: str) -> bool:
        """Whether a line that is none itself leaves the announcement as it is: an address, a term, one more item."""
        term = self.intro_mode is Mode.SILENT and _LABELLED.search(label) is not None
        return term or _ADDRESS.match(label) is not None or self._stands_as_item(block, opens=False)

    def _may_head(self, label: str) -> bool:
        """A short line without full stop may stand for a heading; a quotation or a task never does."""
        longest = MAX_HEADING if _BRACKETED.fullmatch(label) else MAX_SHORT  # « (idées notées par les présents) »
        if len(label) > longest or label.endswith((".", "!")) or _LABELLED.search(label) or VOTED.search(label):
            return False
        if label.startswith(_QUOTES) or (label.endswith("?") and len(label.split()) > MAX_ASKED):
            return False
        tasked = len(label.split()) > MAX_TASK or self._stands_among_leads()
        return not (tasked and begins_with_verb(plain(label), self.language))

    def _stands_among_leads(self) -> bool:
        """Below « Pistes évoquées » a line with an infinitive is a lead, however short."""
        return self.heading is not None and self.of_heading[self.heading.order][0] in SAYING

    def _wishes(self, label: str) -> bool:
        """A line that ends with a colon and a wish hands it on to its list."""
        return bool(pattern(self.language, "announce", "wish_line").search(plain(label)))

    def _is_branch(self, block: Block) -> bool:
        if block.order not in self.parents:
            return False
        return (block.parent is None and block.kind is BlockKind.TOPIC) or len(block.label.split()) <= MAX_TITLE_WORDS

    def _is_detail(self, block: Block) -> bool:
        """Whether the parent bullet says something itself, so that this one only details it."""
        up = block.parent
        if up is not None and block.kind is BlockKind.SENTENCE:
            up = self.document.blocks[up].parent
        if up is None or self.document.blocks[up].kind is not BlockKind.BULLET:
            return False
        label = self.document.blocks[up].label.rstrip()
        return not label.endswith(":") and (len(label) > MAX_SHORT or bool(_LABELLED.search(label)))

    def _mode_of(self, block: Block, item: bool) -> tuple[Mode, Block | None]:
        if item:
            mode, by = self._from_items(block)
            if mode is not Mode.NONE:
                return mode, by
            if self.intro_mode is not Mode.NONE:
                return self.intro_mode, self.intro
        elif self.intro_mode is Mode.SILENT and _LABELLED.search(block.label):
            return Mode.SILENT, self.intro  # « Quelques définitions », then « Terme : … »
        mode, by = self.of_heading[self.heading.order] if self.heading is not None else (Mode.NONE, None)
        up = self._parent_of_whole(block)
        if item and mode in SAYING and up is not None and self.of_intro.get(up) in SAYING:
            return self.of_intro[up], self.document.blocks[up]  # its list goes on after prose
        if mode is not Mode.NONE or not item or block.kind is BlockKind.TOPIC:
            return mode, by
        lead = self.leads.over(block, self.heading)
        return (mode, by) if lead is None else (Mode.PROPOSALS, lead)

    def _from_items(self, block: Block) -> tuple[Mode, Block | None]:
        """The nearest parent bullet or node that announces something."""
        up, steps = self._parent_of_whole(block), 0
        while up is not None and steps < MAX_STEPS:
            above = self.document.blocks[up]
            if above.kind in _ITEMS and above.kind is not BlockKind.ROW:
                mode = self._of_item(above)
                if mode is not Mode.NONE:
                    return mode, above
            up, steps = above.parent, steps + 1
        return Mode.NONE, None

    def _parent_of_whole(self, block: Block) -> int | None:
        """The parent of a block, or of the block whose sentence it is."""
        if block.kind is BlockKind.SENTENCE and block.parent is not None:
            return self.document.blocks[block.parent].parent
        return block.parent

    def _of_item(self, above: Block) -> Mode:
        """What a bullet or node with others under it announces; a long one, or one that says it all, nothing."""
        if above.order not in self.of_items:
            label = above.label[body(plain(above.label)) :].rstrip()
            plainly = len(label) <= MAX_SHORT and not _LABELLED.search(label)
            announces = plainly or label.endswith(":")
            self.of_items[above.order] = announced(label, self.language) if announces else Mode.NONE
        return self.of_items[above.order]


def settings(reading: Reading) -> dict[int, Setting]:
    """The setting of every heading and leaf, by block order: worked out once for all rules."""
    found: dict[int, Setting] = reading.once("settings", lambda: _Walker(reading.document).walk())
    return found
