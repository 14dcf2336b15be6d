"""What the wording of a line tells: a verb, capitals, a question."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.notes.cues import CONTACT, FIELD, SENTENCE_START, TERMINAL, VERBS
from ingest.notes.persons import is_person
from ingest.notes.pieces import Piece

_CAPS_SHARE = 0.9
# « Ce qui existe déjà », « What we heard »: a relative clause that names something.
HEADLESS = re.compile(r"(?:ce qu[ei’']|là où|what\b|where\b|how\b)", re.IGNORECASE)
_HEADLESS_WORDS = 12
_LONGEST = 90
_MOST_WORDS = 14
CAPITAL = re.compile(r"[«“\"(]?\s?(?:\d{1,2}\s)?[A-ZÀ-ÖØ-Þ]")


def has_verb(text: str) -> bool:
    """Whether a common finite verb is there; words with a capital ("Vallée Doit Vivre") are names."""
    if HEADLESS.match(text) and len(text.split()) <= _HEADLESS_WORDS:
        return False
    lower = [w for i, w in enumerate(text.split()) if i == 0 or not w[0].isupper()]
    return bool(VERBS.search(fold(" ".join(lower))))


def capitals(text: str) -> bool:
    """Whether a line is written in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) >= _CAPS_SHARE * len(letters)


def is_question(piece: Piece) -> bool:
    return piece.plain.rstrip(" *_").endswith("?")


def short_title(piece: Piece, text: str) -> bool:
    """Whether a line is short, begins with a capital and is no sentence, field, person or address."""
    if piece.lines > 1 or not 2 < len(text) <= _LONGEST or len(text.split()) > _MOST_WORDS or TERMINAL.search(text):
        return False
    if not CAPITAL.match(text) or FIELD.match(text) or is_person(text) or CONTACT.search(text):
        return False
    return not has_verb(text) and (not SENTENCE_START.match(text) or bool(HEADLESS.match(text)))
