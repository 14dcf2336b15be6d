"""Numbers of a workbook as a reader sees them: dates and times in ISO, percentages, no noise of binary fractions."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from enum import Enum, auto

_LAST_DAY = 2_958_465  # 9999-12-31
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\[\]]*\]", re.I)
_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
_TIMES = frozenset({*range(18, 22), *range(32, 36), 45, 46, 47})


class Kind(Enum):
    NUMBER = auto()
    PERCENT = auto()
    DATE = auto()
    TIME = auto()


class Formats:
    """What the number formats of a workbook mean: of each cell style, its format number and its own code or ""."""

    def __init__(self, styles: list[tuple[str, str]], since_1904: bool) -> None:
        kinds = {style: _kind(*style) for style in set(styles)}  # thousands of styles may share one long code
        self.kinds = [kinds[style] for style in styles]
        self.since_1904 = since_1904

    def kind(self, style: int) -> Kind:
        """The kind of value that a cell of this style shows."""
        return self.kinds[style] if 0 <= style < len(self.kinds) else Kind.NUMBER


def _kind(number: str, code: str) -> Kind:
    if not code:
        own = int(number) if number.isdecimal() and len(number) < 5 else 0
        return Kind.DATE if own in _DATES else Kind.TIME if own in _TIMES else _percent(own in {9, 10})
    bare = _LITERAL.sub("", code.split(";", maxsplit=1)[0]).lower().replace("general", "").replace("standard", "")
    if re.search(r"[yd]|j{2}", bare.replace("am/pm", "").replace("a/p", "")) or re.search(r"m{3,}", bare):
        return Kind.DATE
    if re.search(r"[hs]", bare):
        return Kind.TIME
    return Kind.DATE if "m" in bare and not re.search(r"[0#?]", bare) else _percent("%" in bare)


def _percent(is_one: bool) -> Kind:
    return Kind.PERCENT if is_one else Kind.NUMBER


def shown(text: str, formats: Formats, style: int) -> str:
    """A stored number as text; what is no number is given back.

    >>> shown("0.30000000000000004", Formats([], False), 0), shown("45426", Formats([("14", "")], False), 0)
    ('0.3', '2024-05-14')
    """
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    kind = formats.kind(style)
    if kind is Kind.DATE:
        return _date(number, formats) or text
    if kind is Kind.TIME and 0 <= number < 1:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(number * 86_400))).strftime("%H:%M")
    if kind is Kind.TIME and number >= 1:
        return _date(number, formats) or text
    return f"{_plain(round(number * 100, 2))} %" if kind is Kind.PERCENT else _plain(number)


def _date(days: float, formats: Formats) -> str:
    """ISO date, with its time where there is one; "" for a number of days that no calendar has."""
    if not 0 <= days <= _LAST_DAY:
        return ""
    base = datetime(1904, 1, 1) if formats.since_1904 else datetime(1899, 12, 30 if days >= 60 else 31)
    try:
        moment = base + timedelta(seconds=round(days * 86_400))
    except OverflowError:
        return ""
    whole = moment.hour == moment.minute == moment.second == 0
    return moment.strftime("%Y-%m-%d") if whole else moment.isoformat(timespec="minutes")


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.15g}"
