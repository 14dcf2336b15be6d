"""What readers say of a file (in English, in the code's own words) told in the language of the page."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from views.i18n import language, typeset

_FRENCH = Path(__file__).parent / "assets" / "reading.fr.toml"


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tomllib.loads(_FRENCH.read_text("utf-8"))["words"]
    return tuple((re.compile(row["en"], re.DOTALL), typeset(row["fr"])) for row in rows)


def said(text: str) -> str:
    """A reader's word or reason in the language of the session; one that is not listed is given as it is."""
    if language() != "fr":
        return text
    return next((match.expand(french) for rule, french in _rules() if (match := rule.fullmatch(text))), text)
