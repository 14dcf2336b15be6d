"""Questions that are answered right under them, in what was sent in beforehand: « Q1 – … ? » over « R – … »."""

from __future__ import annotations

import re

from ingest.notes.pieces import Piece

_ANSWER = re.compile(r"(?:R\d{0,2}|Réponse(?: [^:]{2,60})?|A|Answer)\s?[:–—]\s")
_ASKED = re.compile(r"\W*Q(?:uestion)?\s?\d{0,2}\s?[:.)–—-]")
_NEXT_LETTER = re.compile(r"^\W*(?:B|R2)\s?[:–—]\s", re.MULTILINE)  # what begins with A or R1 is a list of its own
_LISTED_WITHIN = 12  # pieces under a question


def is_answered(content: list[Piece], n: int) -> bool:
    """Whether the next piece answers this one; items A, B, C or R1, R2 stand under a question that heads them."""
    if not content[n].plain.endswith("?") or not _ANSWER.match(content[n + 1].plain):
        return False
    return _ASKED.match(content[n].plain) is not None or not _are_listed(content, n + 1)


def _are_listed(content: list[Piece], at: int) -> bool:
    """Whether B or R2 comes before anything else is asked."""
    last = min(at + _LISTED_WITHIN, len(content))
    asked = next((n for n in range(at, last) if content[n].plain.endswith("?")), last)
    return any(_NEXT_LETTER.search(content[n].text) for n in range(at, asked))
