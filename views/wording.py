"""What readers say of a file, and why an act was refused (English, but for some names), in the language of the page."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from views.i18n import language, number, typeset

ASSETS = Path(__file__).parent / "assets"
_CAPTURED = re.compile(r"\\(\d)")
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+")


@cache
def _rules(spoken: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tomllib.loads((ASSETS / f"reading.{spoken}.toml").read_text("utf-8"))["words"]
    told = ((row["said"], typeset(row["told"]) if spoken == "fr" else row["told"]) for row in rows)
    return tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in told)


def said(text: str) -> str:
    """A reader's word or reason in the language of the session; one that is not listed is given as it is."""
    rules = _rules(language())
    return next((_told(match, words) for rule, words in rules if (match := rule.fullmatch(text))), text)


def _told(match: re.Match[str], words: str) -> str:
    """The words with what was captured; a count, which readers write as English does, as the language writes it."""
    return _CAPTURED.sub(lambda place: _counted(match[int(place[1])] or ""), words)


def _counted(captured: str) -> str:
    return number(int(captured.replace(",", ""))) if _COUNT.fullmatch(captured) else captured
