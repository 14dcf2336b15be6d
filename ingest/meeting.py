"""The meeting that a document reports, to pre-fill an import."""

from __future__ import annotations

from itertools import islice

from ingest.extract.events import HEAD_BLOCKS
from ingest.extract.flat import flat
from ingest.extract.meeting_places import place_line
from ingest.extract.meeting_words import words_for
from ingest.extract.reading import Reading


def guess_meeting(reading: Reading) -> dict[str, str]:
    """{"meeting", "date", "place"} of the meeting reported; empty strings where the text does not say.

    The main event first; without one, what the head of the text says: a title that names a meeting, a line « Lieu : ».
    The date is ISO, whole or partial ("2026-03").
    """
    main = next((e for e in reading.events if e.main), None)
    words = words_for(reading.document.language)
    head = list(islice(reading.document.leaves(), HEAD_BLOCKS))
    place = (main.place if main else None) or place_line(head, words) or ""
    if main is not None:
        return {"meeting": main.name or reading.document.title, "date": main.date, "place": place}
    named = words.title_name(reading.document.title, head)
    is_meeting = words.last_noun(flat(named)) >= 0 or words.reports(flat(named))
    return {"meeting": named if is_meeting else "", "date": _only_date(reading), "place": place}


def _only_date(reading: Reading) -> str:
    """The date of the one meeting spoken of, where there is just one."""
    dates = {e.date for e in reading.events if e.date}
    return dates.pop() if len(dates) == 1 else ""
