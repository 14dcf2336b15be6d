"""French or English, by the function words of a text; or another language, which the rules do not read."""

from __future__ import annotations

import re
from collections import Counter

from graph.text import words

_FRENCH = frozenset(
    "le la les des du un une et est dans pour que qui sur par au aux avec ce cette ne pas plus nous vous "
    "il elle ils sont "
    "ont ou ses leur leurs mais d l en se".split()
)
_ENGLISH = frozenset(
    "the of and to in is that for it was on are with as be this have from or by not but they we you "
    "which their has will "
    "would can at an".split()
)
# Other languages: words that neither French nor English writes, then French and English ones that they write too.
_OTHERS = {
    "de": ("der die und das nicht mit ist fur den dem ein eine wir werden auch von zu im auf sich", "des du in an was"),
    "es": ("el los las con por para del una como pero sus esta este hay muy", "la que un se en"),
    "it": ("di che della gli nel sono anche alla dei delle una questo piu dal", "il la le un in se"),
    "pt": ("os um uma para da dos das em nas pelo tambem sao nao", "que se as"),
    "nl": ("het een van voor niet zijn dat wordt ook aan bij naar deze worden", "en in is we on was of"),
}
_FEWEST = 5  # words that prove another language
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LETTER = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000


def detect(text: str) -> str:
    """ "fr" or "en"; French where nothing tells. Else the language that the words prove, "und" for another writing.

    >>> detect("The minutes of the meeting were accepted by the council"), detect("Réunion publique")
    ('en', 'fr')
    >>> detect("Die Stadt und der Verein werden mit den Nachbarn eine Werkstatt eröffnen"), detect("اجتماع في القرية")
    ('de', 'und')
    """
    sample = text[:_SAMPLE]
    if not sample.isascii() and 2 * _length(_LATIN, sample) < _length(_LETTER, sample):
        return "und"
    counts = Counter(words(sample))
    french = sum(counts[w] for w in _FRENCH)
    english = sum(counts[w] for w in _ENGLISH)
    return _other(counts) or ("en" if english > french else "fr")


def _length(runs: re.Pattern[str], text: str) -> int:
    """How many characters all matches have together."""
    return sum(map(len, runs.findall(text)))


def _other(counts: Counter[str]) -> str:
    """The language whose own words are twice as many as the French and the English ones; empty where none is."""
    for language, (own, shared) in _OTHERS.items():
        found = sum(counts[w] for w in own.split())
        rival = max(sum(counts[w] for w in known.difference(shared.split())) for known in (_FRENCH, _ENGLISH))
        if found >= _FEWEST and found > 2 * rival:
            return language
    return ""
