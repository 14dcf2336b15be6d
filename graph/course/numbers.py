"""What a key figure is worth, so that two of them can be compared: digits, words, shares. French and English."""

from __future__ import annotations

import re

from graph.text import fold

_WORDS = {
    word: float(value)
    for value, words in enumerate(
        """un une one|deux two|trois three|quatre four|cinq five|six|sept seven|huit eight|neuf nine|dix ten|onze eleven
        |douze twelve|treize thirteen|quatorze fourteen|quinze fifteen|seize sixteen""".split("|"),
        start=1,
    )
    for word in words.split()
}
_TENS = {"vingt": 20.0, "trente": 30.0, "quarante": 40.0, "cinquante": 50.0, "soixante": 60.0, "cent": 100.0}
_TENS |= {"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "hundred": 100.0}
_TENS |= {"mille": 1000.0, "thousand": 1000.0}
_TIMES = {"million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9, "billion": 1e9}
_PARTS = {"moitie": 0.5, "half": 0.5, "tiers": 1 / 3, "third": 1 / 3, "quart": 0.25, "quarter": 0.25}
_DIGITS = re.compile(r"(?:(?<!\w)[-−])?(?:[1-9]\d{0,2}(?:[\s\u00a0\u202f.]\d{3})+(?:,\d+)?(?![\d])|\d+(?:[.,]\d+)?)")
_OF = re.compile(r"^(?P<part>.+?)\s+(?:sur|out of|in)\s+(?P<whole>\S+)")
_LONGEST = 60


def amount(value: str) -> float | None:
    """The number that a figure's value tells, a share between 0 and 1; None where it tells none.

    >>> amount("2 340"), amount("0.125"), amount("52 %"), amount("six demandes sur dix"), amount("dix-sept")
    (2340.0, 0.125, 0.52, 0.6, 17.0)
    >>> amount("-5 %"), amount("1 300,5"), amount("1.300,5"), amount("2019-2024")
    (-0.05, 1300.5, 1300.5, 2019.0)
    """
    text = fold(value[:_LONGEST]).strip()
    if found := _OF.match(text):
        part, whole = _plain(found["part"]), _plain(found["whole"])
        return part / whole if part is not None and whole else part
    number = _plain(text)
    return number / 100 if number is not None and "%" in text else number


def _plain(text: str) -> float | None:
    times = next((factor for word in text.split() if (factor := _TIMES.get(word))), 1.0)
    if digits := _DIGITS.search(text):
        return _of_digits(digits[0]) * times
    words = re.findall(r"[a-z]+", text)
    if part := next((share for word in words if (share := _PARTS.get(word))), 0.0):
        tenths = _spelled([word for word in words if word not in _PARTS])
        return part * (tenths or 1.0)
    return _spelled(words)


def _of_digits(text: str) -> float:
    packed = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-")
    if re.fullmatch(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", packed):
        packed = packed.replace(".", "")
    return float(packed.replace(",", "."))


def _spelled(words: list[str]) -> float | None:
    """The number that words spell, up to thousands: units are added to tens, and multiply what stands before a hundred.

    « quatre-vingt-dix » multiplies as well.
    """
    total: float | None = None
    for word in words:
        unit, ten = _WORDS.get(word), _TENS.get(word) or _TENS.get(word.removesuffix("s"))
        if unit is not None:
            total = (total or 0) + unit
        elif ten is not None:
            grows = total is not None and (ten >= 100 or (ten == 20 and total == 4))
            total = (total or 0) * ten if grows else (total or 0) + ten
    return total
