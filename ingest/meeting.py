"""The meeting that a document reports, to pre-fill an import."""

from __future__ import annotations

import re
from itertools import islice

from ingest.extract.facts.dates import clock_times, find_dates
from ingest.extract.facts.flat import flat
from ingest.extract.facts.meeting_places import place_line
from ingest.extract.facts.meeting_words import HEAD_BLOCKS, MAX_NAME, Words, words_for
from ingest.extract.reading import Event, Reading

_BEHIND_A_COLON = re.compile(r"\s*:\s+(\S.*)")
MAP_HEAD = 3  # topics of a map that may say when it was drawn


def guess_meeting(reading: Reading) -> dict[str, str]:
    """{"meeting", "date", "place"} of the meeting reported; empty strings where the text does not say.

    The main event first; without one, what the head of the text says: a title that names a meeting, a line « Lieu : ».
    The date is ISO, whole or partial ("2026-03").
    """
    main = next((e for e in reading.events if e.main and _is_of_head(reading, e)), None)
    words = words_for(reading.document.language)
    head = list(islice(reading.document.leaves(), HEAD_BLOCKS))
    place = (main.place if main else None) or place_line(head, words) or ""
    if main is not None:
        return {"meeting": _named(main.name, reading.document.title, words), "date": main.date, "place": place}
    named = words.title_name(reading.document.title, reading.document.leaves())
    is_meeting = words.last_noun(flat(named)) >= 0 or words.reports(flat(named))
    return {"meeting": named if is_meeting else "", "date": _only_date(reading), "place": place}


def _named(name: str, title: str, words: Words) -> str:
    """The event's name if it names a meeting, else the title without its date if that does, else what there is."""
    dates = find_dates(title)
    undated = title[: dates[0].start].strip(" \t,–—-:") if dates and dates[0].start > 4 else title
    undated = re.sub(r"\s+(?:du|de la|le|des|de|of|on)$", "", undated, flags=re.IGNORECASE)
    if words.last_noun(flat(name)) >= 0:
        topic = _topic(title[dates[0].end :], words) if dates and " " not in name else ""
        return f"{name}{topic}"[:MAX_NAME]
    if words.last_noun(flat(undated)) >= 0:
        return undated[:MAX_NAME]
    return undated[:MAX_NAME] if not name or find_dates(name) else name


def _topic(behind: str, words: Words) -> str:
    """What a title says behind its date, with the colon before it: of two « Réunion » on one day, each has its own."""
    found = _BEHIND_A_COLON.fullmatch(behind.rstrip(" ."))
    said = flat(found[1]) if found else ""
    when = find_dates(said) or any(start == 0 for start, _ in clock_times(said))
    return found[0] if found and not (when or words.reports(said) or words.venues.match(said)) else ""


def _is_of_head(reading: Reading, event: Event) -> bool:
    """In a map, a date deep in a branch is something that is spoken of; only its first topics date the map."""
    if not reading.document.is_map:
        return True
    block = reading.document.block_at(event.at.start, event.at.end)
    return block is not None and block.order < MAP_HEAD and block.parent in {None, 0}


def _only_date(reading: Reading) -> str:
    """The date of the one meeting spoken of, where there is just one."""
    dates = {e.date for e in reading.events if e.date} if not reading.document.is_map else set()
    return dates.pop() if len(dates) == 1 else ""
