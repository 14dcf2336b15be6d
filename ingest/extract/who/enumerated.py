"""Letters that number headings: « A. Totem », « I. Retour sur la fête » have the shape of a name and are none."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.document import BlockKind, Document

_LETTERED = re.compile(r"\W*(?P<letter>[A-Z])\s?(?P<stop>\.)\s")


def enumerated(document: Document) -> dict[int, int]:
    """Where the letter and its stop end in the label of each block that they number, by its order.

    Headings in a row (« A. », « B. »; « I. », « II. ») are numbered so, and wherever else the same line stands (a
    table of contents).
    """
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING]
    lettered = [(b, m["letter"]) for b in headings if (m := _LETTERED.match(b.label))]
    letters = {letter for _, letter in lettered}
    second = any(re.match(r"\W*II\s?[.)–-]", b.label) for b in headings)
    numbered = {
        fold(b.label).strip()
        for b, letter in lettered
        if {chr(ord(letter) - 1), chr(ord(letter) + 1)} & letters or (letter == "I" and second)
    }
    same = [b for b in document.blocks if fold(b.label).strip() in numbered] if numbered else []
    return {b.order: m.end("stop") for b in same if (m := _LETTERED.match(b.label))}
