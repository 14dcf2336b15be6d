"""French or English, by the function words of a text; or another language, which the rules do not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

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
_OTHER_WORDS = {
    "de": ("der die und das nicht mit ist fur den dem ein eine wir werden auch von zu im auf sich", "des du in an was"),
    "es": ("el los las con por para del una como pero sus esta este hay muy", "la que un se en"),
    "it": ("di che della gli nel sono anche alla dei delle una questo piu dal", "il la le un in se"),
    "pt": ("os um uma para da dos das em nas pelo tambem sao nao", "que se as"),
    "nl": ("het een van voor niet zijn dat wordt ook aan bij naar deze worden", "en in is we on was of"),
}
_OTHERS = {name: (frozenset(own.split()), frozenset(both.split())) for name, (own, both) in _OTHER_WORDS.items()}
_LONGEST = max(map(len, frozenset().union(_FRENCH, _ENGLISH, *(own for own, _ in _OTHERS.values()))))
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
    if not sample.isascii() and _in_another_writing(sample):
        return "und"
    counts: dict[str, int] = {}
    for token, times in Counter(sample.split()).items():  # a few thousand different ones, however long the text is
        if len(token) <= _LONGEST or not token.isalpha():
            for word in words(token):
                counts[word] = counts.get(word, 0) + times
    french, english = _count(counts, _FRENCH), _count(counts, _ENGLISH)
    return _other(counts) or ("en" if english > french else "fr")


def _in_another_writing(sample: str) -> bool:
    """Whether less than half of the letters are Latin ones."""
    pages = sample.encode("utf-16-le", "surrogatepass")[1::2]  # of each character: 256 of them a page
    most = len(pages.translate(None, b"\x00\x01")) + sum(map(sample.count, "ªµº"))
    if sum(map(sample.count, "aeiou")) >= most:  # told at once of nearly every text
        return False
    return 2 * _length(_LATIN, sample) < _length(_LETTER, sample)


def _length(runs: re.Pattern[str], text: str) -> int:
    """How many characters all matches have together."""
    return sum(map(len, runs.findall(text)))


def _count(counts: Mapping[str, int], known: Iterable[str]) -> int:
    return sum(counts.get(word, 0) for word in known)


def _other(counts: Mapping[str, int]) -> str:
    """The language whose own words are twice as many as the French and the English ones; empty where none is."""
    for language, (own, shared) in _OTHERS.items():
        found = _count(counts, own)
        rival = max(_count(counts, known - shared) for known in (_FRENCH, _ENGLISH)) if found >= _FEWEST else 0
        if found >= _FEWEST and found > 2 * rival:
            return language
    return ""
