"""Attendees: rows of a participant table, running lists after « Présents : », items under an announcing heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from graph.text import fold
from ingest.document import Block, BlockKind
from ingest.extract.reading import Attendee, Reading, Span
from ingest.extract.who.announcing import (
    LOOSE,
    MAX_LINE_CHARS,
    STATUSES,
    announced_status,
    announcer,
    announces_alone,
    begins_list,
    ends_announcing,
    same_length_fold,
)
from ingest.extract.who.descriptions import Piece, is_function
from ingest.extract.who.entries import Entry, entries_of, owned, shifted
from ingest.extract.who.lines_below import describes, is_bare
from ingest.extract.who.name_words import is_title
from ingest.extract.who.owned_lists import Part, heads_names, owner_role, parts_of
from ingest.extract.who.people_tables import attendees_of_tables
from ingest.extract.who.proper_words import proper_words
from ingest.extract.who.roll_call import REPRESENTED, by_group, called, described, in_front_matter
from ingest.extract.who.same_people import (
    by_last_word,
    complete_first_names,
    full_name,
    is_initial,
    last_word,
    may_be_one,
    merge_status,
)
from ingest.extract.who.told_there import told_there
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import words_of

RULE = "people.list@1"
# A running list ends where another key begins: « Ordre du jour : », « Lieu : ».
_NEXT_KEY = re.compile(r"(?:(?<=[.;,)])|(?<=\s)|^)\s*(?:[A-ZÀ-Ý][\w’'-]*(?:\s+[\w’'()/.-]+){0,4}?)\s*:(?=\s|$)")
# « 4 élus (A, B, C) », « 28 conseillers (dont le bureau : A, B) »: names in brackets behind those they are of.
_AGENDA = re.compile(r"\b(?:l[’'])?ordre du jour\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"^\W*(?:\d+|les|des|une? \w+aine d[e’']) ?[^()]{3,60}\((?:dont[^():]{0,60}:\s*)?(?P<names>[^()]{5,400})\)"
)
MAX_LIST_CHARS = 12_000
MAX_BLOCKS = 400  # below an announcement


def run(reading: Reading) -> None:
    """Fill `reading.attendees`, in order of the text, each person once."""
    status_of = partial(announced_status, language=reading.document.language)
    found = [*attendees_of_tables(reading), *in_front_matter(reading, status_of), *called(reading), *_listed(reading)]
    found += [*by_group(reading), *told_there(reading), *described(reading)]
    completed = complete_first_names(found)
    full = by_last_word(fold(a.name) for a in found if not is_initial(a.name))
    kept: dict[str, list[Attendee]] = {}
    short = {a.name for a in found if is_initial(a.name) or full_name(fold(a.name), full) != fold(a.name)}
    lettered = by_last_word(fold(a.name) for a in found if " " in a.name)
    bare = {a.name for a in found if " " not in a.name and full_name(fold(a.name), lettered) != fold(a.name)}
    by_name: dict[str, list[Attendee]] = {}
    for attendee in found:
        by_name.setdefault(fold(attendee.name), []).append(attendee)
    seen: set[str] = set()
    for attendee in sorted(found, key=lambda a: (a.name in bare, a.name in short or id(a) in completed, a.at.start)):
        own = fold(attendee.name)
        key = full_name(own, full)
        key = key if " " in key else full_name(key, lettered)  # « Mrs Dobson » is « Mrs A. Dobson » where only one is
        key = key if key == own or any(may_be_one(attendee, other) for other in by_name[key]) else own
        if key in seen:
            merge_status(kept[last_word(key)], key, attendee)
            continue
        seen.add(key)
        attendee.id = reading.new_id("p")
        reading.attendees.append(attendee)
        kept.setdefault(last_word(fold(attendee.name)), []).append(attendee)


@dataclass
class _Scope:
    """What the blocks below an announcement are: of which status; `after` the last list of which kind they stand."""

    status: str = ""
    block: Block | None = None
    owner: Block | None = None  # a line between the names that says what body those below come from
    between: bool = True  # whether such a line stands alone: of several in a row none is whose
    named: Attendee | None = None  # whom the line before names, without a word more
    marker: str = ""  # of its items
    after: str = ""  # "items" that ended, a "running" list, or nothing

    def ends_at(self, block: Block, language: str) -> bool:
        """Whether a block is no part of the list any more."""
        if block.kind is BlockKind.HEADING or (self.block is not None and block.order - self.block.order > MAX_BLOCKS):
            return True
        if self.status in LOOSE and _tells(block, language):
            return True
        if self.after == "running":
            unfinished = self.block is not None and self.block.label.rstrip().endswith(",")
            listed = entries_of(block.label, language) if len(block.label) <= MAX_LINE_CHARS else []
            unfinished = unfinished or (len(listed) > 1 and listed[0].name.sure and listed[0].name_at[0] == 0)
            goes_on = unfinished or _opens_with_title(block, language) or _opens_with_key(block, language)
            return not goes_on or _tells(block, language)
        if self.marker and str(block.attributes.get("marker", ""))[:1].isdigit() and not self.marker[:1].isdigit():
            return True  # « • Claire Dupont », then « 1. Ordre du jour »: another list
        return self.after == "items" and block.kind is BlockKind.PARAGRAPH and _tells(block, language)


def _listed(reading: Reading) -> Iterator[Attendee]:
    """Running lists in any block, and the blocks below a block that only announces."""
    language, scope = reading.document.language, _Scope()
    aside = {BlockKind.SENTENCE, BlockKind.FURNITURE, BlockKind.ROW}
    blocks = [b for b in reading.document.as_far_as_read() if b.kind not in aside and b.label.strip()]
    for n, block in enumerate(blocks):
        item = block.kind in {BlockKind.BULLET, BlockKind.TOPIC}
        if alone := announces_alone(block, language):
            scope = _Scope(alone, block)
            continue
        if inside := list(_running(reading, block)):
            yield from inside
            scope = scope if item else _Scope(inside[-1].status, block, after="running")
            continue
        if ends := ends_announcing(block, language):
            scope = _Scope(ends, block)
            continue
        if scope.named and not item and not scope.owner and describes(block, scope.named, language):
            scope.named = None
            continue
        if scope.status and not item and heads_names(blocks, n, language):
            scope.owner, scope.after = (block if scope.between else None), ""
            scope.between = False
            continue
        if scope.ends_at(block, language):
            scope = _Scope()
        if scope.status and len(block.label) <= MAX_LIST_CHARS:
            rows = [_attendee(reading, block, e, 0, scope.status) for e in _entries(reading, block.label)]
            if scope.status in LOOSE and rows and rows[0].at.start > block.start + 5:
                rows = []  # a sentence that names somebody further on
            yield from (_of_owner(row, scope.owner, language) for row in rows)
            scope.named = rows[0] if len(rows) == 1 and not item and is_bare(rows[0], block) else None
            scope.marker = scope.marker or str(block.attributes.get("marker", ""))
            if rows:  # a list of items ends with its last one, unless that one goes on (« Claire Dupont, »)
                scope.between = True
                scope.after = scope.after or ("items" if item and block.label.rstrip()[-1:] not in ",;" else "")
            elif not item:
                scope = _Scope()


def _of_owner(attendee: Attendee, line: Block | None, language: str) -> Attendee:
    """A person with the body that a line above names, where the entry names none."""
    role = owner_role(line.label.rstrip(" :"), language) if line else ""
    if line and role == "organisation" and not attendee.organisation:
        attendee.organisation = line.label.rstrip(" :")
        attendee.cells["organisation"] = line.span(0, len(attendee.organisation))
    return attendee


def _opens_with_title(block: Block, language: str) -> bool:
    words = words_of(block.label)
    return bool(words) and is_title(words[0], language)


def _opens_with_key(block: Block, language: str) -> bool:
    """« Association X : Claire Dupont ; Club Y : Paul Petit »: the list goes on in a paragraph of its own.

    So it does under one key alone (« Habitants : Claire Dupont (Morsan) ») with nothing but full names.
    """
    parts = parts_of(block.label, language) if len(block.label) <= MAX_LIST_CHARS else []
    if not parts or parts[0].owner is None:
        return False
    listed = entries_of(block.label[parts[0].start : parts[0].end], language)
    return len(parts) > 1 or (bool(listed) and all(e.name.sure and e.name.last for e in listed))


def _tells(block: Block, language: str) -> bool:
    """« M. Dupont, vice-président, ouvre la séance »: who does something, no entry of a list."""
    return any(w.folded in single_words(language, "people", "reporting", "verbs") for w in words_of(block.label))


def _running(reading: Reading, block: Block) -> Iterator[Attendee]:
    """« Présents : A (x), B, y. Excusés : C »"""
    folded, language = same_length_fold(block.label), reading.document.language
    if len(block.label) > MAX_LIST_CHARS:
        return
    hits = [m for m in announcer(language).finditer(folded) if begins_list(block.label, m)]
    for i, hit in enumerate(hits):
        status = next(s for s in STATUSES if hit.group(s))
        stop = hits[i + 1].start() if i + 1 < len(hits) else len(block.label)
        text = block.label[hit.end() : stop]
        for listed in _entries(reading, text):
            entry = _sent_by(listed, block.label, hit)
            if status in LOOSE and not entry.name.sure and hit.start() > 2:
                break
            if (
                status in LOOSE
                and entry.name_at[0] > 0
                and text[: entry.name_at[0]].strip(" ,;:")
                and not _follows(text, entry)
            ):
                break
            found = _attendee(reading, block, entry, hit.end(), status)
            yield _in_role(found, block, block.label[hit.start() : hit.end("role")], hit.start(), language)


def _sent_by(entry: Entry, label: str, hit: re.Match[str]) -> Entry:
    """« Présents pour la mairie : A, B »: the announcement says whom they are of; places count from its end."""
    first, last = hit.span("body")
    return (
        owned(entry, "organisation", Piece(label[first:last], first - hit.end(), last - hit.end()))
        if hit["body"]
        else entry
    )


def _in_role(attendee: Attendee, block: Block, role: str, at: int, language: str) -> Attendee:
    """« Secrétaire de séance : Claire Dupont », « Chair: Ann Lund »: what announces somebody is what she does."""
    if attendee.status in LOOSE and not attendee.function and is_function(role, language):
        attendee.function = role
        attendee.cells["function"] = block.span(at, at + len(role))
    return attendee


def _follows(text: str, entry: Entry) -> bool:
    before = text[: entry.name_at[0]].rstrip()
    return bool(before) and (before[-1] in ",;)" or before.endswith((" et", " and")))


def _list_end(text: str, parts: list[Part]) -> int:
    """Where the list ends: at the next key of the same paragraph (« Lieu : ») that no names are listed under."""
    keys = {p.key_end for p in parts}
    if agenda := _AGENDA.search(text):
        text = text[: agenda.start()]
    for found in _NEXT_KEY.finditer(text):
        key = found.group().strip(" :")
        colon = found.start() + len(found.group().rstrip(": \t"))
        if found.start() > 0 and colon not in keys and len(key) < 40 and not entries_of(key, "fr"):
            return found.start()
    return len(text)


def _entries(reading: Reading, text: str) -> list[Entry]:
    """The entries of a list; « Mission locale : A. B, C. D » gives both the body before the colon."""
    language, known = reading.document.language, proper_words(reading)
    if counted := _COUNTED.match(text):
        return [shifted(e, counted.start("names")) for e in entries_of(counted["names"], language, known)]
    parts = parts_of(text, language, known)
    end = _list_end(text, parts)
    found = []
    for part in parts:
        inside = text[part.start : min(part.end, end)].replace(" + ", " , ")
        entries = [shifted(e, part.start) for e in entries_of(inside, language, known)]
        found += [owned(e, part.owner.role, part.owner.piece) if part.owner else e for e in entries]
    return found


def _attendee(reading: Reading, block: Block, entry: Entry, shift: int, status: str) -> Attendee:
    """An entry with its spans brought to the text; `shift`: where the list begins in the label."""

    def at(first: int, last: int) -> tuple[int, int]:
        return block.span(first + shift, last + shift)

    cells = {"name": at(*entry.name_at)}
    if entry.function:
        cells["function"] = at(entry.function.start, entry.function.end)
    if entry.organisation:
        cells["organisation"] = at(entry.organisation.start, entry.organisation.end)
    start, end = at(*entry.at)
    return Attendee(
        "",
        entry.name.display,
        Span(start, end, RULE, 0.95 if entry.name.sure else 0.75),
        entry.function.text if entry.function else None,
        entry.organisation.text if entry.organisation else None,
        "excused" if REPRESENTED.match(fold(block.label[entry.name_at[1] + shift :][:60])) else status,
        cells,
        entry.name.title,
    )
