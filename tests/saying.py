"""Short ways for the tests of what is said in a text."""

from __future__ import annotations

from ingest.document import RawFile
from ingest.extract import actions, findings, proposals, questions
from ingest.extract.reading import Reading
from ingest.registry import read_document


def said(text: str, name: str = "notes.txt") -> Reading:
    """The statements of a text, without the language model."""
    reading = Reading(read_document(RawFile(name, text.encode())))
    for rule in (questions, proposals, findings, actions):
        rule.run(reading)
    return reading


def texts(text: str, kind: str, name: str = "notes.txt") -> list[str]:
    return [s.text for s in said(text, name).of_kind(kind)]
