"""Numbers that a sentence sets beside another of the same thing, or under a word that says they count."""

from __future__ import annotations

import re

from ingest.extract.facts.numerals import Number

_REACH = 90  # characters before a number in which its line may say that it counts
_CHANGING = "pass|tomb|descend|mont|chut|progress|grimp|augment|recul|baiss|diminu"
# « passe de 310 à 240 », « 140 contre 112 en 2015 », « multiplié par 3 », « dont 8 en dépôt »: no noun follows.
_COMPARED = re.compile(
    rf"\b(?:{_CHANGING})\w* (?:[\w']+ ){{0,2}}?de (?:\d[\d ]* a )?$|"
    r"\bfrom \d[\d ,]* to $|\b(?:multipli|divis)\w* (?:par|by) $|\bdont $|\bof whom $"
)
_AGAINST = re.compile(r"\b(?:contre|au lieu de|against|compared with|up from|down from) $")
_THEN = re.compile(
    r" ?(?:[,.;)]|$)| (?:en|in) (?:19|20)\d\d\b| (?:l'an|auparavant|avant|aujourd'hui|the year|before|now)\b"
)
_IN_YEAR = re.compile(r" (?:en|in) (?:19|20)\d\d\b")
_FROM = re.compile(r"\bfrom $")
_TO = re.compile(r" (?:a|to) \d")
# « Nombre de participants à l'atelier : 11 »
_TOTAL = re.compile(r"\b(?:nombre|nbre?|effectifs?|total|number|membres|members)\b[^.;:]{0,60}: ?$")


def is_compared(plain: str, number: Number, before: str, after: str) -> bool:
    """A number that its sentence sets beside another of the same thing."""
    if _COMPARED.search(before) or (_FROM.search(before) and _TO.match(after)):
        return True
    if _AGAINST.search(before) and _THEN.match(after):
        return True
    if re.match(r" (?:seulement|a peine|d'entre eux|d'entre elles|of them)\b", after):
        return True
    return number.kind == "digits" and number.end - number.start > 1 and bool(_IN_YEAR.match(after))


def is_total(plain: str, start: int) -> bool:
    """Whether what stands before the number names a count: « Nombre de participants à l'atelier : »."""
    return bool(_TOTAL.search(plain[max(0, start - _REACH) : start]))
