"""Dated meetings: the one that the document reports (`main`), those it announces or recalls.

A date alone is no meeting. It becomes one beside a noun or verb of meeting, on a line of its own at the head of the
text, or as a heading; never after « depuis », « publié », « avant le » and their like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graph.course.dates import impossible_dates
from graph.course.meetings import places_apart, told_apart
from ingest.document import Block, BlockKind, Document
from ingest.extract.facts.agenda import in_agenda, in_bracket, in_chronicle, in_row, is_named, item_over, names_meeting
from ingest.extract.facts.dates import MONTH_NUMBER, FoundDate, clock_times, find_dates, with_year
from ingest.extract.facts.flat import flat
from ingest.extract.facts.front_dates import front_dates
from ingest.extract.facts.meeting_names import CAME_TOGETHER, name_of
from ingest.extract.facts.meeting_places import line_of_place, place_after, place_line
from ingest.extract.facts.meeting_words import HEAD_BLOCKS, Words, words_for
from ingest.extract.facts.meeting_years import (
    CUE_REACH,
    of_else,
    with_its_year,
    year_ahead,
    year_of_heading,
    year_of_title,
)
from ingest.extract.reading import Event, Reading, Span
from ingest.notes.cues import PLACE_START

RULE = "events.dated@1"
FRONT_RULE = "events.front_matter@1"
OTHER_PLACE_RULE = "events.other_place@1"
HEAD_CHARS = 1_500
_MOST_WRONG = 10  # impossible dates told one by one
MOST_PLACES = 50  # of one day of meeting, besides its first


MAX_SENT = 200  # characters of the line that says when a letter was sent, before a date in it
MAX_TO_HOUR = 4  # characters between a date and its hour
_SENT = re.compile(r"(?:date|envoyé(?: le)?|sent)\s?:", re.IGNORECASE)
_LETTER = re.compile(r"(?:de|from|à|to|cc|objet|subject)\s?:", re.IGNORECASE)
_WROTE = re.compile(r"\b(?:a écrit|wrote)\s?:\s*$")
_MONTH = "(?:" + "|".join(sorted(MONTH_NUMBER, key=len, reverse=True)) + r")(?: (?:19|20)\d\d)?"
_PERIOD_BEGINS = re.compile(r"\b(?:de |d'|entre |from |between )$")
_PERIOD_TO = re.compile(r",? (?:a|et|to|until|and) ")
_PERIOD_ENDS = re.compile(rf"\b(?:de |d'|entre |from |between ){_MONTH},? (?:a|et|to|until|and) $")
_PARTS = re.compile(r"\s(?:[·|•–—]|//|-)\s")


@dataclass(slots=True)
class _Candidate:
    block: Block
    found: FoundDate
    index: int  # place of the block among the leaves
    head: bool
    strength: float
    dated: bool  # the text gives the year itself


def run(reading: Reading) -> None:
    """Append the events, one per date, the main one first marked."""
    words = words_for(reading.document.language)
    leaves = list(reading.document.leaves())
    front = front_dates(reading.document.text, reading.document.language, words)
    told = front.meeting or front.date
    candidates = _candidates(reading, leaves, words, front.year or year_ahead(leaves, words), told.iso if told else "")
    if not candidates and (year := year_of_title(leaves)):
        candidates = _candidates(reading, leaves, words, year)
    main = None if front.meeting else _main(candidates, words)
    seen: dict[str, Event] = {}
    if front.meeting or (front.date and not any(c.dated and c.head for c in candidates)):
        assert told is not None
        at = Span(told.start, told.end, FRONT_RULE, 0.8 if front.meeting else 0.6)
        place = place_line(leaves[:HEAD_BLOCKS], words)
        for iso in (told.iso, *told.also):
            seen[iso] = Event(reading.new_id("e"), told.name, at, iso, place, main=iso == told.iso)
        main = None
    for c in candidates:
        if c.found.iso in seen:
            _elsewhere(seen[c.found.iso], c, words)
        elif c.strength > 0:
            is_main = main is not None and c.found.iso == main.found.iso
            seen[c.found.iso] = _event(reading, main if is_main and main else c, leaves, words, main=is_main)
    reading.events += seen.values()
    reading.degraded += _doubtful(reading, seen.values())


def _elsewhere(event: Event, c: _Candidate, words: Words) -> None:
    """A day of meeting that is given again, at another place: one event, with both places."""
    place = place_after(c.block.label, c.found.end, words) or ""
    start = c.block.label.find(place, c.found.end) if place else -1
    named = words.last_noun(flat(c.block.label)[: c.found.start], day=c.found.whole) >= 0
    if start < 0 or not named or not event.place or len(event.elsewhere) >= MOST_PLACES:
        return
    behind = flat(c.block.label[c.found.end : start + len(place)])
    held = words.venues.match(flat(place)) or words.place_before.search(behind)
    if held and len(places_apart([*(said for said, _ in event.places()), place])) > 1 + len(event.elsewhere):
        at = Span(*c.block.span(c.found.start, start + len(place)), OTHER_PLACE_RULE, c.strength)
        event.elsewhere.append((place, at))


def _doubtful(reading: Reading, events: Iterable[Event]) -> Iterator[str]:
    """Days with meetings at several places, and dates that cannot be, as the report of an import tells them."""
    for event in events:
        if event.elsewhere:
            yield told_apart(event.date, [place for place, _ in event.places()])
        if len(event.elsewhere) >= MOST_PLACES:
            yield f"{event.date}: {MOST_PLACES + 1} places are kept for this day; others that may be told are left"
    wrong = impossible_dates(reading.document.text)
    for said in wrong[:_MOST_WRONG]:
        yield f"« {said} » is no date of the calendar: the words are kept, no day is read"
    if len(wrong) > _MOST_WRONG:
        yield f"{len(wrong) - _MOST_WRONG} more dates are none of the calendar"


def _candidates(reading: Reading, leaves: list[Block], words: Words, year: str, day: str = "") -> list[_Candidate]:
    """The dates that may be meetings'. `year`, `day`: those of the front matter, for dates that have no year."""
    out: list[_Candidate] = []
    for index, block in enumerate(leaves):
        head = index < HEAD_BLOCKS and block.start < HEAD_CHARS
        if _of_a_letter(reading.document.text, leaves, index):
            continue
        for found in _each_day(block):
            if not year and re.match(r"\d{4}-\d\d-", found.iso) and not of_else(block, found, words):
                year = found.iso[:4]
            if above := year_of_heading(reading.document, block):
                dated = with_year(found, above)
            else:
                first = day or (out[0].found.iso if out else "")
                dated = with_its_year(found, year, first, announced=words.announces(flat(block.label)[: found.start]))
            strength = _strength(block, found, dated, words, head=head, reading=reading)
            if strength > 0 and not dated.iso.startswith("--"):
                out.append(_Candidate(block, dated, index, head, strength, dated is found))
    return out


def _each_day(block: Block) -> Iterator[FoundDate]:
    """The dates of a block, those of a list of days one by one."""
    for found in find_dates(block.label):
        yield from (replace(found, iso=iso, also=()) for iso in (found.iso, *found.also))


def _of_a_letter(text: str, leaves: list[Block], index: int) -> bool:
    """« Date : … » among « De : », « À : », « Objet : », and « Le 3 mai à 8:12, Paul a écrit : »: when one wrote."""
    if _WROTE.search(leaves[index].label):
        return True
    near = leaves[max(0, index - 4) : index] + leaves[index + 1 : index + 5]
    start = leaves[index].start
    begins = max(0, start - MAX_SENT)
    line = text.rfind("\n", begins, start)  # « dim. » ends no sentence of its own
    if line < begins and begins:
        return False
    return _SENT.match(text, line + 1) is not None and sum(bool(_LETTER.match(b.label)) for b in near) > 1


def _strength(block: Block, found: FoundDate, dated: FoundDate, words: Words, *, head: bool, reading: Reading) -> float:
    """How surely the date is a meeting's, 0-1. A date without its year needs a noun of meeting."""
    plain = flat(block.label)
    if words.refuses(plain[max(0, found.start - CUE_REACH) : found.start]) or _in_period(plain, found):
        return 0.0
    if block.kind is BlockKind.ROW:
        return in_row(reading.document, block, found, dated, words)
    said = _by_words(plain, found, dated, words, head=head)
    return _by_place(block, found, dated, words, head=head, document=reading.document) if said is None else said


def _by_words(plain: str, found: FoundDate, dated: FoundDate, words: Words, *, head: bool) -> float | None:
    """What the words beside a date say: a noun or verb of meeting; None without any."""
    before, after = plain[max(0, found.start - CUE_REACH) : found.start], plain[found.end : found.end + 80]
    noun = words.last_noun(before, day=dated.whole)
    if noun >= 0 and not _crosses_sentence(before[noun:]):
        return 0.9 if dated.whole else 0.4
    if words.noun_soon(after, day=dated.whole) or words.verb_near(before):
        known = dated.whole and (words.noun_next(after) or (words.verb_near(before) and _at_an_hour(after)))
        return 0.0 if found.iso.startswith("--") and not head and not known else 0.75
    if dated.whole and not _letters(before) and CAME_TOGETHER.match(plain, found.end):
        return 0.75
    return None


def _by_place(  # noqa: PLR0911 - one case, one answer
    block: Block, found: FoundDate, dated: FoundDate, words: Words, *, head: bool, document: Document
) -> float:
    """What the place of a date says: in an agenda, under an item, on a line of its own, as the head of a heading."""
    plain, alone = flat(block.label), _is_date_line(flat(block.label), found, words)
    if dated.whole and in_agenda(document, block, words) and is_named(block.label, found):
        return 0.6
    if alone and (item := item_over(document, block, words)):
        return 0.75 if dated.whole and names_meeting(item, words) else 0.0
    if not found.whole:
        return 0.0
    if in_chronicle(document, block, found) or in_bracket(block.label, found, words):
        return 0.6
    if alone:
        heading = document.heading_of(block)
        over = heading is not None and words.last_noun(flat(heading.label)) >= 0  # « Prochaine réunion », then its date
        return 0.8 if head or block.kind is BlockKind.HEADING or over else 0.0
    if head and _is_segment(plain, found, words):
        return 0.8
    if _at_an_hour(plain[found.end : found.end + 80]):
        return 0.6
    placed = found.start == 0 and PLACE_START.match(block.label[found.end :].lstrip(" ,;–-")) is not None
    return 0.5 if head and (placed or _mostly_date(plain, found)) else 0.0


def _letters(before: str) -> str:
    """What stands before a date besides its article and the day of the week."""
    return re.sub(r"\W|\b(?:le|l|ce|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b", "", before)


def _in_period(plain: str, found: FoundDate) -> bool:
    """« De juin 2025 à février 2026 », « entre mars et mai 2021 »: months that bound a time are no meeting's."""
    if len(found.iso) > len("2025-06"):
        return False
    before, after = plain[max(0, found.start - 24) : found.start], plain[found.end : found.end + 16]
    return bool(_PERIOD_ENDS.search(before) or (_PERIOD_BEGINS.search(before) and _PERIOD_TO.match(after)))


def _crosses_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?;]\s", text))


def _is_date_line(plain: str, found: FoundDate, words: Words) -> bool:
    """A line made of a date, a time and little else: « Date : 3 mai 2024 », « Vendredi 23 septembre 2022 »."""
    rest = plain[: found.start] + plain[found.end :]
    for start, end in reversed(list(clock_times(rest))):
        rest = rest[:start] + rest[end:]
    key = re.match(r"\s*([a-z' ]{1,12}?)\s*:", rest)
    if key and key[1].strip() in words.date_keys:
        rest = rest[key.end() :]
    return len(re.sub(r"[^a-z]", "", rest)) <= 4


def _is_segment(plain: str, found: FoundDate, words: Words) -> bool:
    """« Syndicat X · jeudi 3 mai 2024 · salle Y »: between two signs that part a line, nothing but a date."""
    cuts = [m.span() for m in _PARTS.finditer(plain)]
    begins = max((b for _, b in cuts if b <= found.start), default=0)
    ends = min((a for a, _ in cuts if a >= found.end), default=len(plain))
    inside = replace(found, start=found.start - begins, end=found.end - begins)
    return bool(cuts) and _is_date_line(plain[begins:ends], inside, words)


def _at_an_hour(after: str) -> bool:
    """« samedi 18 mars 2023, 9h »: who gives the hour of a day invites."""
    return next((start for start, _ in clock_times(after[:12])), 99) <= MAX_TO_HOUR


def _mostly_date(plain: str, found: FoundDate) -> bool:
    return found.end - found.start >= 0.25 * len(plain) and plain.count(".") <= 1


def _main(candidates: list[_Candidate], words: Words) -> _Candidate | None:
    """The meeting reported: at the head of the text, a line that says « compte rendu », « synthèse » first."""
    heads = [c for c in candidates if c.head and (c.found.whole or words.reports(flat(c.block.label)))]
    if heads:
        return max(heads, key=lambda c: (c.dated, c.found.whole, _rank(c, words), -c.index))
    said = [c for c in candidates if words.reports(flat(c.block.label)[: c.found.start]) and c.found.whole]
    return said[0] if said else None


def _rank(c: _Candidate, words: Words) -> float:
    return words.reports(flat(c.block.label)) + (c.strength >= 0.75)


def _event(reading: Reading, c: _Candidate, leaves: list[Block], words: Words, *, main: bool) -> Event:
    name = name_of(reading, c.block, c.found, leaves, words, main=main)
    place = place_after(c.block.label, c.found.end, words)
    if main and not place:
        place = place_line(leaves[:HEAD_BLOCKS], words) or _place_below(c, leaves, words)
    at = Span(*c.block.span(c.found.start, c.found.end), RULE, c.strength)
    return Event(reading.new_id("e"), name, at, c.found.iso, place, main)


def _place_below(c: _Candidate, leaves: list[Block], words: Words) -> str | None:
    """The line below one that is a date and little else, if it is a place."""
    below = leaves[c.index + 1 : c.index + 2]
    alone = not words.clean_name(c.block.label[: c.found.start])
    return line_of_place(below[0], words) if c.head and alone and below else None
