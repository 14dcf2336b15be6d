"""Attendees without a word that announces them: called one by one (« Paul, présent »), by college, in front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graph.text import fold
from ingest.document import Block, BlockKind
from ingest.extract.reading import Attendee, Reading, Span
from ingest.extract.who.announcing import announced_status
from ingest.extract.who.descriptions import Piece
from ingest.extract.who.entries import Entry, entries_of, owned
from ingest.extract.who.group_heads import heads
from ingest.extract.who.owned_lists import owner_role
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import words_of
from ingest.notes.front_matter import Value, front_matter

RULE = "people.roll_call@1"
FRONT_RULE = "people.front_matter@1"
MIN_CALLED = 3  # lines that end so, before they are a roll call
GROUP_RULE = "people.by_group@1"
MIN_GROUPS = 2  # lines « Collège des élus : … », « Habitants : … », before they are a list of those present
HEAD_BLOCKS = 40  # blocks from the top of a document in which they may stand
MAX_LINE = 160
TOLD_RULE = "people.described@1"
MIN_DESCRIBED = 3  # people behind a key, before they are a list whatever the key says
_CALLED = re.compile(
    r"^(?P<who>.{3,120}?)[\s,:–—(-]+(?P<status>présente?|présent[.·]e|excusée?|excusé[.·]e|absente?|absente? excusée?"
    r"|present|absent|apologies|excused)\b[\s)!.]*(?:\([^()]{0,60}\)?.*)?$",
    re.IGNORECASE,
)


def called(reading: Reading) -> Iterator[Attendee]:
    """The people of lines that each end with who is there and who is not."""
    lines = [(b, m) for b in reading.document.as_far_as_read() if (m := _call(b))]
    found = [(b, m, e) for b, m in lines for e in entries_of(m["who"], reading.document.language)[:1]]
    if len(found) < MIN_CALLED:
        return
    for block, match, entry in found:
        if entry.name_at[0] == 0 or not re.search(r"\w{2}", match["who"][: entry.name_at[0]]):
            yield attendee_of(block.span, entry, _status(match["status"]), RULE)


# « (excusée) », « donne pouvoir à Paul »: who is named and not there.
REPRESENTED = re.compile(r"[\s,(–-]*(?:a |ayant |avait )?donne (?:pouvoir|procuration)\b|[\s,(–-]*excuse")
_GROUP_LINE = re.compile(r"\W*(?P<key>[A-ZÀ-Ý][^:()]{2,70}?)\s*:\s+(?=\S)")


def by_group(reading: Reading) -> Iterator[Attendee]:
    """The people of lines at the head of a text that each name a college or a group before its members.

    Other lines of the same shape right beside them (« Ville : Claire Dupont ») belong to the list.
    """
    language = reading.document.language
    blocks = [b for b in reading.document.blocks if b.kind in {BlockKind.PARAGRAPH, BlockKind.BULLET}][:HEAD_BLOCKS]
    named = {n: (key, entries) for n, b in enumerate(blocks) for key, entries in _members(b, language)}
    groups = {n for n, (key, _) in named.items() if _is_group(key.text, language)}
    if len(groups) < MIN_GROUPS:
        return
    listed = set(groups)
    for n in sorted(named):
        key, entries = named[n]
        if not {n - 1, n, n + 1} & listed or announced_status(key.text, language):
            continue
        listed.add(n)
        role = None if n in groups else owner_role(key.text, language)
        for entry in entries:
            owner = owned(entry, role, key) if role else entry
            yield attendee_of(blocks[n].span, owner, _said_of(blocks[n].label, entry), GROUP_RULE)


def described(reading: Reading) -> Iterator[Attendee]:
    """The people of a line at the head of a text that only lists them, each with what he is: « À la tribune : … ».

    The key says where or for whom they sat: « À inviter », « Élus au bureau » list people who may be elsewhere.
    """
    language = reading.document.language
    verbs, seats = single_words(language, "people", "reporting", "verbs"), phrases(language, "people", "seats")
    blocks = [b for b in reading.document.blocks if b.kind in {BlockKind.PARAGRAPH, BlockKind.BULLET}][:HEAD_BLOCKS]
    for block in blocks:
        for key, entries in _members(block, language):
            told = any(w.folded in verbs for w in words_of(block.label))
            said = sum(bool(e.function or e.organisation) for e in entries)
            apart = block.label[key.end : entries[0].at[0]].strip(" :*_")  # « une quinzaine : des voisins, Mme A »
            if told or apart or not _says_where(key.text, seats):
                continue
            if len(entries) < MIN_DESCRIBED or 2 * said < len(entries):
                continue
            yield from (attendee_of(block.span, e, _said_of(block.label, e), TOLD_RULE) for e in entries)


def _says_where(key: str, seats: frozenset[str]) -> bool:
    folded = " ".join(w.folded for w in words_of(key))
    return any(folded == seat or folded.startswith(seat + " ") for seat in seats)


def _members(block: Block, language: str) -> Iterator[tuple[Piece, list[Entry]]]:
    """The key of a line and the people behind it, where all of them are surely people."""
    line = _GROUP_LINE.match(block.label)
    if line is None:
        return
    entries = entries_of(" " * line.end() + block.label[line.end() :], language)
    if entries and all(e.name.sure and e.name.last for e in entries):
        yield Piece(line["key"], line.start("key"), line.end("key")), entries


def _said_of(label: str, entry: Entry) -> str:
    return "excused" if REPRESENTED.match(fold(label[entry.name_at[1] :][:60])) else "present"


def _is_group(key: str, language: str) -> bool:
    """« Collège des institutions », « Élus », « Associations de quartier »."""
    words = words_of(key)
    first = words[0].folded if words else ""
    return first in {"college", "colleges"} or heads(language).get(first, ("", False))[1]


def _call(block: Block) -> re.Match[str] | None:
    if block.kind in {BlockKind.FURNITURE, BlockKind.ROW} or len(block.label) > MAX_LINE:
        return None
    return _CALLED.match(block.label)


def _status(word: str) -> str:
    return "present" if fold(word).startswith("pres") else "excused"


def in_front_matter(reading: Reading, status_of: Callable[[str], str]) -> Iterator[Attendee]:
    """The names under a key of the front matter that announces people; `status_of` tells it, empty for other keys."""
    for key, values in front_matter(reading.document.text).items():
        status = status_of(key)
        for value in values if status else ():
            for entry in entries_of(value.text, reading.document.language):
                yield attendee_of(_shifted(value), entry, status, FRONT_RULE)


def _shifted(value: Value) -> Callable[[int, int], tuple[int, int]]:
    return lambda first, last: (value.start + first, value.start + last)


def attendee_of(span: Callable[[int, int], tuple[int, int]], entry: Entry, status: str, rule: str) -> Attendee:
    cells = {"name": span(*entry.name_at)}
    for cell, piece in (("function", entry.function), ("organisation", entry.organisation)):
        if piece:
            cells[cell] = span(piece.start, piece.end)
    return Attendee(
        "",
        entry.name.display,
        Span(*span(*entry.at), rule, 0.95 if entry.name.sure else 0.75),
        entry.function.text if entry.function else None,
        entry.organisation.text if entry.organisation else None,
        status,
        cells,
        entry.name.title,
    )
