"""Extraction: structure first, then language. A rule is a small module with ``run(reading)``; its place is its line.

Later rules see what earlier ones found. A rule never edits another's findings except where its docstring says so.
"""

from __future__ import annotations

import importlib
import typing
from typing import Protocol

from ingest.document import Document
from ingest.extract.memory import forget
from ingest.extract.reading import Reading

RULES = (
    "sections",
    "people",
    "events",
    "resources",
    "figures",
    "origins",
    "stakeholders",
    "groups",
    "initiatives",
    "questions",
    "proposals",
    "findings",
    "actions",
    "themes",
    "links",
)


class Rule(Protocol):
    def run(self, reading: Reading) -> None: ...


def rules() -> list[Rule]:
    """The rule modules in order."""
    return [typing.cast(Rule, importlib.import_module(f"ingest.extract.{name}")) for name in RULES]


def extract(document: Document, parses: dict[int, object] | None = None) -> Reading:
    """Run every rule over a document. `parses` are spaCy Docs by block order; without them the rules stand alone."""
    reading = Reading(document, parses=dict(parses or {}))
    try:
        for rule in rules():
            rule.run(reading)
    finally:
        forget()
    return reading
