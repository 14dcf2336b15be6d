"""Extraction: structure first, then language. A rule is a small module with ``run(reading)``; its place is its line.

Later rules see what earlier ones found. A rule never edits another's findings except where its docstring says so.
"""

from __future__ import annotations

import importlib
import os
import traceback
import typing
from pathlib import Path
from typing import Protocol

from graph.errors import MaillageError
from ingest.document import Document
from ingest.extract.reading import Reading
from ingest.memory import forget
from ingest.parse import Parse

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
    "initiative_themes",
    "links",
    "citations",
    "located",
    "related",
)


# What is read of a text in a language that the rules do not know: its shape and its addresses, never its words.
OF_ANY_LANGUAGE = ("sections", "resources")
STRICT = "MAILLAGE_STRICT"  # where this variable is set, as in the tests, a rule that breaks ends the reading
LANGUAGES = frozenset({"fr", "en"})


class Rule(Protocol):
    def run(self, reading: Reading) -> None: ...


def rules(language: str = "fr") -> list[Rule]:
    """The rule modules in order."""
    names = RULES if language in LANGUAGES else OF_ANY_LANGUAGE
    return [typing.cast(Rule, importlib.import_module(f"ingest.extract.{name}")) for name in names]


def extract(document: Document, parses: dict[int, Parse] | None = None) -> Reading:
    """Run every rule over a document. `parses` are the analyses by block order; without them the rules stand alone."""
    reading = Reading(document, parses=dict(parses or {}))
    try:
        for rule in rules(document.language):
            _run(rule, reading)
    finally:
        forget()
    return reading


def _run(rule: Rule, reading: Reading) -> None:
    """Run a rule; one that breaks costs what it would have found, never the document. The ledger says so."""
    try:
        rule.run(reading)
    except (MaillageError, MemoryError):
        raise
    except Exception as error:
        if os.environ.get(STRICT):
            raise
        reading.degraded.append(_broken(rule, error))


def _broken(rule: Rule, error: Exception) -> str:
    """Which rule stopped and where in the program; never the words of the error, which may be those of the text."""
    name = getattr(rule, "__name__", "").rpartition(".")[2]
    at = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}, {Path(at.filename).name} line {at.lineno}"
    return f"the rule {name} stopped ({place}): what it finds is missing or in part"
