"""A label as words: elisions parted, inclusive writing brought to its plain form, every word with its place.

``words_of("l’agir des acteur.rice.s")`` gives l’ · agir · des · acteur.rice.s, the last one folded to "acteurs".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from graph.text import fold
from ingest.memory import remembered

_BESIDE = 8  # characters: what stands beside a name is a sign or « and »
_ENDINGS = (
    "elles?|elle|lles?|nnes?|ennes?|iennes?|euses?|rices?|trices?|drices?|ières?|ères?|èr|esses?|oresses?|ices?|ives?|ves?|fes?|ses?|tes?|"
    "les?|nes?|res?|ales?|ue|es?|e|s|x"
)
# « acteur.rice.s », « habitant·e·s », « élu(e)s », « citoyen-ne-s »; bounded repetitions, so that no text is slow.
_INCLUSIVE = rf"[^\W\d_]{{2,30}}(?:[.·•‧∙⋅](?:{_ENDINGS})(?![^\W_])){{1,3}}"
_BRACKETED = rf"[^\W\d_]{{2,30}}\((?:{_ENDINGS})\)(?:s(?![^\W_]))?"
_HYPHENED = r"[^\W\d_]{2,30}-(?:(?:e|ne|le|te|trice|rice|euse|ère|se|ve)-s|es|nes|trices|rices|euses|ères)(?![^\W_])"
_INITIALS = (
    r"(?<![^\W_])(?!(?:Mr|Dr|Pr)\.)[A-ZÀ-ÖØ-Þ](?:h|r)?\."
    r"(?:[\s-]?[A-ZÀ-ÖØ-Þ]\.){0,2}(?=[\s\u00a0\u202f]?[A-ZÀ-ÖØ-Þ])"
)
_ELIDED = r"(?<![^\W_])(?:[dlnsmtcjDLNSMTCJ]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)[’'ʼ](?=[^\W_]|[\s«\"“])"
_PLAIN = r"[^\W_]+(?:[-’'ʼ&‑][^\W_]+)*"
_WORD = re.compile(
    f"(?P<bracketed>{_BRACKETED})|(?P<hyphened>{_HYPHENED})|(?P<inclusive>{_INCLUSIVE})"
    f"|(?P<initials>{_INITIALS})|(?P<elided>{_ELIDED})|(?P<plain>{_PLAIN})"
)
_SPLIT_INCLUSIVE = re.compile(r"[.·•‧∙⋅(-]")


class Word(NamedTuple):
    """`start`, `end` count characters of the label; `folded` is the plain form, without the elision's apostrophe.

    `upper`: written in capitals, two letters at least.
    """

    text: str
    folded: str
    start: int
    end: int
    inclusive: bool
    capital: bool
    upper: bool

    @property
    def initials(self) -> bool:
        """« I. », « J.-P. »"""
        return self.text.endswith(".") and self.text[:1].isupper() and not self.inclusive


@remembered
def words_of(label: str) -> tuple[Word, ...]:
    """The words of a label in order."""
    return tuple(_word(m) for m in _WORD.finditer(label))


def _word(found: re.Match[str]) -> Word:
    text, start, end = found.group(), found.start(), found.end()
    capital = text[0].isupper()
    if found.lastgroup in {"inclusive", "bracketed", "hyphened"}:
        return Word(text, plain_form(text), start, end, True, capital, _in_capitals(text))
    folded = fold(text)
    folded = folded.rstrip("'") if found.lastgroup == "elided" else folded
    return Word(text, folded, start, end, False, capital, _in_capitals(text))


def _in_capitals(text: str) -> bool:
    if not text.isupper():
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters)


def plain_form(inclusive: str) -> str:
    """The folded masculine form of inclusive writing.

    >>> [plain_form(w) for w in ("acteur.rice.s", "élus.es", "habitant(e)s", "chacun.e")]
    ['acteurs', 'elus', 'habitants', 'chacun']
    """
    base = fold(_SPLIT_INCLUSIVE.split(inclusive, maxsplit=1)[0])
    plural = inclusive.rstrip(")").endswith(("s", "x")) and not base.endswith(("s", "x"))
    return base + "s" if plural else base


def gap(label: str, left: Word, right: Word) -> str:
    """What stands between two words."""
    return label[left.end : right.start]


def joined(label: str, left: Word, right: Word) -> bool:
    """Whether only white space stands between two words (or nothing, after an elision)."""
    return not gap(label, left, right).strip()


def left_of(label: str, at: int) -> str:
    """How the text before a place ends, white space apart. Not all of it: a list may have a hundred thousand names."""
    while at and label[at - 1].isspace():
        at -= 1
    return label[max(at - _BESIDE, 0) : at]


def right_of(label: str, at: int) -> str:
    """How the text behind a place begins, white space apart."""
    while at < len(label) and label[at].isspace():
        at += 1
    return label[at : at + _BESIDE]


def by_first_word(runs: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Runs of folded words by the first of them, the longest run first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for run in runs:
        found.setdefault(run[0], []).append(run)
    return {first: tuple(sorted(those, key=len, reverse=True)) for first, those in found.items()}


def run_end(
    runs: Iterable[tuple[str, ...]], label: str, words: tuple[Word, ...], at: int, form: Callable[[str], str] = str
) -> int:
    """The index behind the first of the runs that stands at `at`, nothing but spaces in it; `at` where none does.

    `form` is what the folded words are brought to before they are compared.
    """
    for run in runs:
        end = at + len(run)
        same = end <= len(words) and tuple(form(w.folded) for w in words[at:end]) == run
        if same and all(joined(label, words[i], words[i + 1]) for i in range(at, end - 1)):
            return end
    return at
