"""What one heading or introducing line announces: leads, decisions, findings, deeds, nothing."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.extract.said.wording import pattern, plain


class Mode(StrEnum):
    NONE = ""
    PROPOSALS = "proposals"
    AXES = "axes"
    DECISIONS = "decisions"
    NEXT = "next"
    FINDINGS = "findings"
    DONE = "done"
    SILENT = "silent"


# Strictest first: « plan d'action » before « action », « objectifs de la réunion » before « objectifs ».
_ORDER = (Mode.NEXT, Mode.DECISIONS, Mode.AXES, Mode.PROPOSALS, Mode.DONE, Mode.FINDINGS)
SAYING = frozenset({Mode.DECISIONS, Mode.AXES, Mode.PROPOSALS})
MAX_HEADING = 130
MAX_QUESTION = 300  # characters of a question that a list answers
NEAR = 35
MAX_SHORT = 70  # a line no longer than this may stand for a heading
NUMBER = re.compile(r"^\W*(?:[ivx]{1,4}|[a-z]|\d{1,2}(?:\.\d{1,2})*)\W\s*")
ARTICLES = re.compile(r"^(?:quelques|les?|la|l'|nos|notre|vos|votre|des|the|our)\s?")
_ONE_NAME = re.compile(r"\s*(?:$|:|\(|de la \w+\W*$|du \w+\W*$|de l'\w+\W*$|des \w+\W*$|of the \w+\W*$)")


def announced(text: str, language: str) -> Mode:
    """What a heading or introducing line announces; nothing where it announces findings and proposals at once."""
    line = NUMBER.sub("", plain(text)).strip()
    if _asks_for_wishes(line, language):
        return Mode.PROPOSALS
    if not line or len(line) > MAX_HEADING or (line.endswith("?") and len(line) > 60):
        return Mode.NONE
    bare = ARTICLES.sub("", line)
    silent = pattern(language, "announce", "silent").match(bare)
    if silent and (silent.end() > 0.6 * len(bare.rstrip(" :.")) or _ONE_NAME.match(bare, silent.end())):
        return Mode.SILENT
    found = [m for m in _ORDER if _said(line, m, language)]
    if not found or (Mode.FINDINGS in found and SAYING & set(found) and " et " in line):
        return Mode.NONE
    return _first_said(line, found, language)


def _asks_for_wishes(line: str, language: str) -> bool:
    """« Quelles améliorations suggérez-vous ? »: leads answer it, unless it also asks how things are."""
    if not line.rstrip(" *_").endswith("?") or len(line) > MAX_QUESTION:
        return False
    if any(pattern(language, "announce", name).search(line) for name in ("findings", "asks_how_it_is")):
        return False
    return bool(pattern(language, "announce", "asks_for_wishes").search(line))


def _said(line: str, mode: Mode, language: str) -> bool:
    """In a long line only what stands near one of its ends announces; the rest is what the line talks about."""
    found = pattern(language, "announce", mode.value).search(line)
    if found is None:
        return False
    return len(line) <= MAX_SHORT or found.start() <= NEAR or found.end() >= len(line) - NEAR


def _first_said(line: str, found: list[Mode], language: str) -> Mode:
    """Of several announcements the one that stands first; at one place the strictest."""
    starts = {m: _start(line, m, language) for m in found}
    return min(found, key=lambda m: (starts[m], _ORDER.index(m)))


def _start(line: str, mode: Mode, language: str) -> int:
    found = pattern(language, "announce", mode.value).search(line)
    return found.start() if found else len(line)
