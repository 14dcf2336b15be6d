"""Attendees told of in a sentence: « Sont présents autour de lui Mme A et M. B », « Paul C, maire, excusé »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import BlockKind
from ingest.extract.reading import Attendee, Reading
from ingest.extract.who.actors import persons_in
from ingest.extract.who.entries import Entry, entries_of, shifted
from ingest.extract.who.roll_call import attendee_of

RULE = "people.told@1"
MIN_TOLD = 2  # names in a sentence « Sont présents … », before they are a list
MAX_SENTENCE = 1_500
_THERE = re.compile(
    r"(?:sont|étaient|etaient)\s(?:également |aussi |donc )?présente?s\b[^:]{0,40}?(?=\s[A-ZÀ-Ýl])"
    r"|(?:ont (?:également |aussi )?participé|y assist(?:ai)?ent|assist(?:ai)?ent à la (?:réunion|séance))\b",
    re.IGNORECASE,
)
_APOLOGIES = re.compile(r"\bapologies\b[^.:]{0,60}?\bfrom\s", re.IGNORECASE)
_EXCUSED = re.compile(r"(?:,|\best|\bétait|\()\s?excusée?\b")
_NO_LIST = re.compile(r"[.;:!?]|\b(?:et|qui|que|a|ont)\b")
MAX_BETWEEN = 70  # characters between a name and « excusé »


def told_there(reading: Reading) -> Iterator[Attendee]:
    """The people whom a sentence says to be there, or excused."""
    if reading.document.language != "fr":
        yield from _apologies(reading)
        return
    for block in reading.document.leaves():
        if block.kind in {BlockKind.ROW, BlockKind.FURNITURE, BlockKind.HEADING} or len(block.label) > MAX_SENTENCE:
            continue
        if there := _THERE.match(block.label):
            listed = entries_of(" " * there.end() + block.label[there.end() :], "fr")
            sure = [e for e in listed if e.name.sure and e.name.last]
            if len(sure) >= MIN_TOLD:
                yield from (attendee_of(block.span, e, "present", RULE) for e in sure)
                continue
        for excused in _EXCUSED.finditer(block.label):
            entry = _named_before(block.label, excused.start())
            if entry is not None:
                yield attendee_of(block.span, entry, "excused", RULE)


def _apologies(reading: Reading) -> Iterator[Attendee]:
    """« Apologies for absence were received from Parish Councillor James Lund and … »"""
    for block in reading.document.leaves():
        if block.kind in {BlockKind.ROW, BlockKind.FURNITURE, BlockKind.HEADING} or len(block.label) > MAX_SENTENCE:
            continue
        if found := _APOLOGIES.search(block.label):
            stop = block.label.find(". ", found.end())
            tail = block.label[found.end() : stop if stop > 0 else len(block.label)]
            for entry in (shifted(e, found.end()) for e in entries_of(tail, "en")):
                yield attendee_of(block.span, entry, "excused", RULE)


def _named_before(label: str, at: int) -> Entry | None:
    """The person right before a place of a label, with what is said of them in between."""
    named = [found for found, name in persons_in(label[:at], "fr", []) if name.sure]
    if not named or at - named[-1].last > MAX_BETWEEN or _NO_LIST.search(label[named[-1].last : at]):
        return None
    entries = entries_of(" " * named[-1].first + label[named[-1].first : at], "fr")
    return entries[0] if entries and entries[0].name.last else None
