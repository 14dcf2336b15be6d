"""The way of one file: read, analyse, extract, make the fragment. Writing is for ``ingest.jobs``."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from graph.collector import collection_paused
from graph.model import Fragment
from ingest import nlp
from ingest.document import MAX_READ_BLOCKS, MAX_READ_CHARS, Document, LeftOut, RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.fragment import ImportMeta, to_fragment
from ingest.meeting import guess_meeting
from ingest.parse import Parse
from ingest.registry import read_document

Step = Callable[[str], None]  # called with "read", "analyse", "extract", "write" as each begins


@dataclass(frozen=True)
class Prepared:
    """A file ready to be written, with what people are told of it."""

    fragment: Fragment
    degraded: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


def no_step(_: str) -> None:
    """For callers that show no progress."""


def read_and_extract(raw: RawFile, step: Step = no_step) -> Reading:
    """Read a file and run every rule over it. Raises InputRefused."""
    step("read")
    document = read_document(raw)
    step("analyse")
    with nlp.analysed(document) as parses:
        step("extract")
        reading = extract(document, parses)
        reading.degraded += _degraded(document, parses)
        reading.parses = {}  # they do not outlast the analysis
    return reading


def prepare(raw: RawFile, meta: ImportMeta | None = None, step: Step = no_step) -> Prepared:
    """Everything up to the write. What `meta` leaves open is guessed from the text."""
    began = time.perf_counter()
    reading = read_and_extract(raw, step)
    meta = completed(meta or ImportMeta(), reading)
    with collection_paused():
        fragment = to_fragment(reading, meta, ledger(reading))
    return Prepared(fragment, tuple(reading.degraded), {"total": time.perf_counter() - began})


def completed(meta: ImportMeta, reading: Reading) -> ImportMeta:
    """The person's words first, the text's own where there are none."""
    guess = guess_meeting(reading)
    return replace(
        meta,
        meeting=meta.meeting or guess.get("meeting") or "",
        date=meta.date or guess.get("date") or "",
        place=meta.place or guess.get("place") or "",
    )


def ledger(reading: Reading) -> dict[str, Any]:
    """The document's ledger, with what the analysis could not do."""
    book = reading.document.ledger
    for why in reading.degraded:
        book.left_out.append(LeftOut("analysis", "the whole text", 1, why))  # no file name: a copy reads the same
    return book.to_json()


def _degraded(document: Document, parses: dict[int, Parse]) -> list[str]:
    out = []
    if document.language not in {"fr", "en"}:
        looks = "another writing" if document.language == "und" else repr(document.language)
        out.append(f"the language looks like {looks}, not French or English: only its headings and links were read")
    elif document.language == "en":
        out.append("no English language model is used: read by rules alone")
    elif not parses and not nlp.available():
        out.append(f"the language model {nlp.MODEL} is not installed: read by rules alone")
    if unread := document.unread():
        limits = f"longer than {MAX_READ_CHARS:,} characters, or beyond the first {MAX_READ_BLOCKS:,}"
        whole = "tables of people and of initiatives are read whole"
        out.append(f"{unread:,} passages were kept but not read: {limits}; {whole}")
    return out
