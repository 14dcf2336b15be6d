"""The meeting that a document reports, to pre-fill an import."""

from __future__ import annotations

from ingest.extract.reading import Reading


def guess_meeting(reading: Reading) -> dict[str, str]:
    """{"meeting", "date", "place"} of the main event; empty strings where the text does not say."""
    main = next((e for e in reading.events if e.main), None)
    if main is None:
        return {"meeting": "", "date": "", "place": ""}
    return {"meeting": main.name, "date": main.date, "place": main.place or ""}
