"""Text of users in a table that a spreadsheet will open: no cell is calculated."""

from __future__ import annotations

import re
import unicodedata

# Spreadsheets calculate what begins with one of these, some also after blanks or a quote.
_SIGNS = frozenset("=+-@")
_BEFORE = re.compile(r"[\s\"'`\u200b-\u200f\u2060\ufeff‘’“”«]*")


def looks_calculated(cell: str) -> bool:
    """Whether a spreadsheet may take the text for a formula; signs of full or small width count as theirs.

    >>> [looks_calculated(x) for x in ("=1", " +1", "＝1", "'-1", "\\ta", "1 = 1")]
    [True, True, True, True, True, False]
    """
    if cell.startswith(("\t", "\r", "\n")):
        return True
    rest = cell[_BEFORE.match(cell).end() :][:1]  # type: ignore[union-attr]
    return bool(rest) and unicodedata.normalize("NFKC", rest)[0] in _SIGNS


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1")
    "'=1+1"
    """
    text = str(value)
    return f"'{text}" if looks_calculated(text) else text


def plain_cell(cell: str) -> str:
    """What a guarded cell said.

    >>> plain_cell("'=1+1"), plain_cell("'a")
    ('=1+1', "'a")
    """
    return cell[1:] if cell.startswith("'") and looks_calculated(cell[1:]) else cell
