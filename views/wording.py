"""What readers say of a file, and why an act was refused (English, but for some names), in the language of the page."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from views.i18n import language, typeset

ASSETS = Path(__file__).parent / "assets"


@cache
def _rules(spoken: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tomllib.loads((ASSETS / f"reading.{spoken}.toml").read_text("utf-8"))["words"]
    told = ((row["said"], typeset(row["told"]) if spoken == "fr" else row["told"]) for row in rows)
    return tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in told)


def said(text: str) -> str:
    """A reader's word or reason in the language of the session; one that is not listed is given as it is."""
    rules = _rules(language())
    return next((match.expand(words) for rule, words in rules if (match := rule.fullmatch(text))), text)
