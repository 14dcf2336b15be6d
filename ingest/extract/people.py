"""Attendees: rows of a participant table, running lists after « Présents : », items under an announcing heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from graph.text import CharacterTable, fold
from ingest.document import Block, BlockKind
from ingest.extract.reading import Attendee, Reading, Span
from ingest.extract.who.entries import Entry, Piece, entries_of, is_body, without_type
from ingest.extract.who.names import is_title, person_at
from ingest.extract.who.people_tables import attendees_of_tables
from ingest.extract.who.proper_words import proper_words
from ingest.extract.who.roll_call import by_group, called, in_front_matter
from ingest.extract.who.told_there import told_there
from ingest.extract.who.wordlists import one_of, single_words, table
from ingest.extract.who.words import words_of

RULE = "people.list@1"
STATUSES = ("present", "excused", "chair", "minutes")
# Announcers that also head other lists (« Notes : », « Animation : »): names must then be proven, not only listed.
_LOOSE = frozenset({"chair", "minutes"})
# A running list ends where another key begins: « Ordre du jour : », « Lieu : ».
_NEXT_KEY = re.compile(r"(?:(?<=[.;,)])|(?<=\s)|^)\s*(?:[A-ZÀ-Ý][\w’'-]*(?:\s+[\w’'()/.-]+){0,4}?)\s*:(?=\s|$)")
# « Habitants présents : », « Élus excusés : »
_WHO_IS_THERE = re.compile(r"\W*[A-ZÀ-Ý][a-zà-ÿ]+s(?: [a-zà-ÿ]+s)?")
_HOW_MANY = re.compile(r"^(?:(?:une?|environ|pres de|plus de|les) )*(?:\d+|\w+aine (?:de|d'))(?= ?\w)")
# « 4 élus (A, B, C) », « 28 conseillers (dont le bureau : A, B) »: names in brackets behind those they are of.
_COUNTED = re.compile(
    r"^\W*(?:\d+|les|des|une? \w+aine d[e’']) ?[^()]{3,60}\((?:dont[^():]{0,60}:\s*)?(?P<names>[^()]{5,400})\)"
)
_ALONE_NOISE = re.compile(r"^[\s#*_>|\[\](){}–—:.,;•✓-]+|[\s#*_>|\[\](){}–—:.,;•✓-]+$")
MAX_LIST_CHARS = 12_000
MAX_LINE_CHARS = 120
MAX_BLOCKS = 400  # below an announcement


def run(reading: Reading) -> None:
    """Fill `reading.attendees`, in order of the text, each person once."""
    status_of = partial(announced_status, language=reading.document.language)
    found = [*attendees_of_tables(reading), *in_front_matter(reading, status_of), *called(reading), *_listed(reading)]
    found += [*by_group(reading), *told_there(reading)]
    full = _by_last_word(fold(a.name) for a in found if "." not in a.name)
    kept: dict[str, list[Attendee]] = {}
    short = {a.name for a in found if "." in a.name or _full_name(fold(a.name), full) != fold(a.name)}
    seen: set[str] = set()
    for attendee in sorted(found, key=lambda a: (a.name in short, a.at.start)):
        key = _full_name(fold(attendee.name), full)
        if key in seen:
            _merge_status(kept[_last_word(key)], key, attendee)
            continue
        seen.add(key)
        attendee.id = reading.new_id("p")
        reading.attendees.append(attendee)
        kept.setdefault(_last_word(fold(attendee.name)), []).append(attendee)


def _last_word(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def _by_last_word(names: Iterable[str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for name in names:
        out.setdefault(_last_word(name), set()).add(name)
    return out


def _full_name(name: str, full: dict[str, set[str]]) -> str:
    """« n. ouhab » is the one full name with that initial and surname, « ouhab » alone the one with that surname."""
    alike = full.get(_last_word(name), set())
    if " " not in name:
        fits = [f for f in alike if f.endswith(" " + name)]
        return fits[0] if len(fits) == 1 else name
    initial = re.match(r"([a-z])[a-z-]*\.?(?:[a-z]\.)*\s+(.+)$", name)
    if name in alike or not initial or "." not in name:
        return name
    fits = [f for f in alike if f.startswith(initial[1]) and f.endswith(" " + initial[2])]
    return fits[0] if len(fits) == 1 else name


def _merge_status(known: list[Attendee], key: str, again: Attendee) -> None:
    """Who chairs is often in the list of those present too: the first row gains what it lacked."""
    full = _by_last_word([key])
    first = next(a for a in known if _full_name(fold(a.name), full) == key)
    first.function = first.function or again.function
    first.organisation = first.organisation or again.organisation
    if again.status in {"chair", "minutes"} and first.status == "present":
        first.status = again.status


@cache
def _announcer(language: str) -> re.Pattern[str]:
    """One pattern for all announcers; the group's name is the status."""
    lists = table(language, "people", "announcers")
    groups = "|".join(f"(?P<{s}>{_inclusive(one_of(lists.get(s, frozenset())))})" for s in STATUSES)
    inclusive = r"(?:[.·•⋅(-](?:e|es|ne|nes|rice|rices|trice|trices)\)?(?:[.·•⋅-]?s)?)?"
    tail = inclusive + r"(?:\s*\([^()]{0,60}\))?"
    how = r"(?:\s+(?:par|en|via|sur|by|on|via|at)\s+[\w'-]{2,20}(?:\s[\w'-]{2,20})?)?"  # « attending by Zoom: »
    among = r"(?:,?\s+(?:dont|notamment|parmi lesquels|including)(?=\s*:))?"  # « personnes présentes, dont : »
    return re.compile(rf"(?<![\w’'-])(?:{groups}){how}{tail}{among}\s*(?P<mark>:-?|(?<=par|.by|.de)(?=\s)|$|\s[–—-]\s)")


def _inclusive(alternation: str) -> str:
    """« présents » also as « présent(e)s », « présent.e.s »."""
    return re.sub(r"s(?=\||$)", r"(?:[.·•⋅(-]e\\)?[.·•⋅-]?)?s", alternation)


@dataclass
class _Scope:
    """What the blocks below an announcement are: of which status; `after` the last list of which kind they stand."""

    status: str = ""
    block: Block | None = None
    after: str = ""  # "items" that ended, a "running" list, or nothing

    def ends_at(self, block: Block, language: str) -> bool:
        """Whether a block is no part of the list any more."""
        if block.kind is BlockKind.HEADING or (self.block is not None and block.order - self.block.order > MAX_BLOCKS):
            return True
        if self.status in _LOOSE and _tells(block, language):
            return True
        if self.after == "running":
            return not _opens_with_title(block, language) or _tells(block, language)
        return self.after == "items" and block.kind is BlockKind.PARAGRAPH and _tells(block, language)


def _listed(reading: Reading) -> Iterator[Attendee]:
    """Running lists in any block, and the blocks below a block that only announces."""
    language, scope = reading.document.language, _Scope()
    for block in reading.document.blocks:
        if block.kind in {BlockKind.SENTENCE, BlockKind.FURNITURE, BlockKind.ROW} or not block.label.strip():
            continue
        item = block.kind is BlockKind.BULLET
        if alone := announces_alone(block, language):
            scope = _Scope(alone, block)
            continue
        if inside := list(_running(reading, block)):
            yield from inside
            scope = scope if item else _Scope(inside[-1].status, block, "running")
            continue
        if ends := _ends_announcing(block, language):
            scope = _Scope(ends, block)
            continue
        if scope.ends_at(block, language):
            scope = _Scope()
        if scope.status and len(block.label) <= MAX_LIST_CHARS:
            rows = [_attendee(reading, block, e, 0, scope.status) for e in _entries(reading, block.label)]
            if scope.status in _LOOSE and rows and rows[0].at.start > block.start + 5:
                rows = []  # a sentence that names somebody further on
            yield from rows
            if rows:  # a list of items ends with its last one, unless that one goes on (« Claire Dupont, »)
                scope.after = scope.after or ("items" if item and block.label.rstrip()[-1:] not in ",;" else "")
            elif not item:
                scope = _Scope()


def _opens_with_title(block: Block, language: str) -> bool:
    words = words_of(block.label)
    return bool(words) and is_title(words[0], language)


def _tells(block: Block, language: str) -> bool:
    """« M. Dupont, vice-président, ouvre la séance »: who does something, no entry of a list."""
    return any(w.folded in single_words(language, "people", "reporting", "verbs") for w in words_of(block.label))


def _ends_announcing(block: Block, language: str) -> str:
    """The status that a short line announces at its end: « Salle des fêtes. Étaient présents : »."""
    if len(block.label) > MAX_LINE_CHARS or not block.label.rstrip(" *_").endswith(":"):
        return ""
    hits = [m for m in _announcer(language).finditer(_same_length_fold(block.label)) if _begins_list(block.label, m)]
    if not hits or block.label[hits[-1].end() :].strip(" *_"):
        return ""
    return next(s for s in STATUSES if hits[-1].group(s))


def announces_alone(block: Block, language: str) -> str:
    """The status that a block announces with nothing else in it; empty where it does not."""
    return announced_status(block.label, language)


def announced_status(label: str, language: str) -> str:
    """The same of any text: a heading, the key of a field."""
    label = _ALONE_NOISE.sub("", fold(label))
    label = re.sub(r"[.·•⋅(-]e\)?[.·•⋅-]?s\b", "s", label)
    label = re.sub(r"^\d+[.)]?\s*|\s*\(?\d*\)?$", "", label).strip(" :")
    label = re.sub(r",? (?:dont|notamment|including)$", "", _HOW_MANY.sub("", label)).strip()
    if not label or len(label) > 70:
        return ""
    found = _announcer(language).match(label)
    if found and found.end() == len(label) and not found.group("mark").strip(" :"):
        return next(s for s in STATUSES if found.group(s))
    return ""


def _running(reading: Reading, block: Block) -> Iterator[Attendee]:
    """« Présents : A (x), B, y. Excusés : C »"""
    folded, language = _same_length_fold(block.label), reading.document.language
    if len(block.label) > MAX_LIST_CHARS:
        return
    hits = [m for m in _announcer(language).finditer(folded) if _begins_list(block.label, m)]
    for i, hit in enumerate(hits):
        status = next(s for s in STATUSES if hit.group(s))
        stop = hits[i + 1].start() if i + 1 < len(hits) else len(block.label)
        text = block.label[hit.end() : stop]
        text = text[: _list_end(text)]
        for entry in _entries(reading, text):
            if status in _LOOSE and not entry.name.sure and hit.start() > 2:
                break
            if (
                status in _LOOSE
                and entry.name_at[0] > 0
                and text[: entry.name_at[0]].strip(" ,;:")
                and not _follows(text, entry)
            ):
                break
            yield _attendee(reading, block, entry, hit.end(), status)


def _follows(text: str, entry: Entry) -> bool:
    before = text[: entry.name_at[0]].rstrip()
    return bool(before) and (before[-1] in ",;)" or before.endswith((" et", " and")))


def _begins_list(label: str, hit: re.Match[str]) -> bool:
    """An announcer stands at the start, after a stop or a bracket, or is written with a capital."""
    before = label[: hit.start()].rstrip(" *_\t")
    opened = not before or before[-1] in ".;:)[(]|/–—-•\n" or label[hit.start()].isupper()
    return opened or hit.group().rstrip().endswith((" de", " par", " by")) or bool(_WHO_IS_THERE.fullmatch(before))


def _list_end(text: str) -> int:
    """Where the list ends: at the next key of the same paragraph (« Lieu : ») that is no list of its own."""
    for found in _NEXT_KEY.finditer(text):
        key = found.group().strip(" :")
        if found.start() > 0 and len(key) < 40 and not entries_of(key, "fr"):
            return found.start()
    return len(text)


def _entries(reading: Reading, text: str) -> list[Entry]:
    """The entries of a list; « Mission locale : A. B, C. D » gives both the body before the colon."""
    language = reading.document.language
    owner = re.match(r"\s*([^:;,()]{2,90}?)\s*:\s+(?=\S)", text)
    if owner and is_body(owner.group(1), language) and not _is_person(owner.group(1), language):
        blank = " " * owner.end()
        body = without_type(Piece(owner.group(1), owner.start(1), owner.end(1)))
        found = entries_of(blank + text[owner.end() :], language, proper_words(reading))
        return [replace(e, organisation=e.organisation or body, bodies=e.bodies or (body,)) for e in found]
    if counted := _COUNTED.match(text):
        text = " " * counted.start("names") + counted["names"]
    return entries_of(text.replace(" + ", " , "), language, proper_words(reading))


def _is_person(text: str, language: str) -> bool:
    words = words_of(text)
    name = person_at(text, words, 0, language) if words else None
    return name is not None and name.sure and name.end == len(words)


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
        status,
        cells,
    )


def _same_length_fold(label: str) -> str:
    """Folded character by character, so that places in it are places in the label."""
    return label.translate(_SAME_LENGTH)


def _folded_character(character: str) -> str:
    folded = fold(character)
    return folded if len(folded) == 1 else character.lower()


_SAME_LENGTH = CharacterTable(_folded_character)
