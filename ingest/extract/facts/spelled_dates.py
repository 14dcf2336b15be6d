"""Dates in letters, as minutes of councils open: « L'an deux mille vingt-trois, le vingt-six mai », French only."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50}


def _named() -> dict[str, int]:
    """1 to 59 by their names, words parted by one space."""
    names = {name: n for n, name in enumerate(_UNITS, 1)} | {f"dix {_UNITS[n - 1]}": 10 + n for n in (7, 8, 9)}
    small = list(names.items())[:9]
    for ten, value in _TENS.items():
        names |= {ten: value, f"{ten} et un": value + 1} | {f"{ten} {name}": value + n for name, n in small}
    return names | {"premier": 1, "1er": 1}


_NAMED = _named()
_NUMBER = "(?:" + "|".join(n.replace(" ", "[ -]") for n in sorted(_NAMED, key=len, reverse=True)) + r"|\d{1,2})"
_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()


def _day(n: int) -> str:
    return (
        r"le (?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?"
        rf"(?P<day{n}>{_NUMBER}) (?:(?:jour )?du mois (?:de |d'))?(?P<month{n}>{'|'.join(_MONTHS)})\b"
    )


_AN = rf"deux[ -]mil(?:le)?(?:[ -](?P<year1>{_NUMBER}))?\b"
# Behind a day, « deux mille » may count what comes next: « le 12 juin deux mille cinq cents euros »; « mil » does not.
_ENDED = r"(?=\s?(?:$|[.;:,!?)])|\s(?:[(–—]|(?:a|sous|au|par|dans|le|la|les|en (?:mairie|seance|sa|la))\b|l'|s'est\b))"
_BEHIND = rf",? deux[ -]mil[ -](?P<year2>{_NUMBER})\b| deux[ -]mille[ -](?P<year3>{_NUMBER})\b{_ENDED}"
_SPELLED = re.compile(rf"\bl'an {_AN},? (?:et )?{_day(1)}|\b{_day(2)}(?:{_BEHIND})")
_CUE = "deux"  # no such date is without it


def spelled_dates(plain: str) -> Iterator[tuple[int, int, int, int, int]]:
    """Where each date of a flat text begins and ends, its year, month and day; days that no month has included.

    >>> list(spelled_dates("l'an deux mille dix-neuf, le premier fevrier a vingt heures"))
    [(0, 44, 2019, 2, 1)]
    """
    if _CUE not in plain:
        return
    for found in _SPELLED.finditer(plain):
        n = 1 if found["day1"] else 2
        month = _MONTHS.index(found[f"month{n}"]) + 1
        year = found["year1"] or found["year2"] or found["year3"] or "0"
        yield found.start(), found.end(), 2000 + _value(year), month, _value(found[f"day{n}"])


def _value(name: str) -> int:
    return int(name) if name.isdigit() else _NAMED[name.replace("-", " ")]
