"""Where sentences end, in French and English, by rules alone: abbreviations, initials, quotations and brackets."""

from __future__ import annotations

import re
from bisect import bisect_right

from ingest.memory import remembered

ABBREVIATIONS = frozenset(
    """m mm mr mrs ms mme mmes mlle mlles me mgr dr drs pr prof st ste sts cf ex etc art al p pp n no num vol av bd
    bld env tél tel fig chap sect coll éd ed ét réf ref resp adj adjt dir dép dept approx max min vs hab arr arrdt
    conf inc ltd co jr sr gen hon rev jan fév févr avr juil sept oct nov déc feb mar apr aug dec i.e e.g c.-à-d
    cllr cllrs p.ex ph supp suppl al nb ndlr asso assoc""".split()
)
_END = re.compile(r"(?<![.!?\u2026])[.!?\u2026]++(?:\s?[»”\"')\]])*(?=\s+(?P<next>\S{1,3}))")
_WORD_BEFORE = re.compile(r"([\w.\u2019'-]*[\w])$")
_LABEL_WORD = re.compile(
    r"^\W*(?:[ée]tape|axe|point|article|n°|partie|phase|chapitre|action|objectif|fiche|groupe|atelier|"
    r"constat|piste|step|part|day)"
    r"\s+\d{1,2}$",
    re.I,
)
_OPENERS = frozenset('«“"([–—-•✓→¿¡')
_PAIRS = {"«": "»", "“": "”", "(": ")", "[": "]"}
_BRACKET = re.compile("[" + re.escape("".join([*_PAIRS, *_PAIRS.values()])) + "]")
_LOOK_BACK = 8  # a mark that was never closed does not hide the others
_QUOTE_REACH = {"«": 300, "“": 300, "(": 500, "[": 300}


@remembered
def split(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a label as (first, last) indices, without the spaces between them; at least one if any text.

    >>> text = "Mme A. Roy préside. Qui vient ? Cf. p. 3."
    >>> [text[a:b] for a, b in split(text)]
    ['Mme A. Roy préside.', 'Qui vient ?', 'Cf. p. 3.']
    """
    if not _END.search(text):
        return ((0, len(text)),) if text else ()
    inside = _protected(text)
    starts = [first for first, _ in inside]
    found: list[tuple[int, int]] = []
    begin = 0
    for end in _END.finditer(text):
        at = bisect_right(starts, end.start()) - 1
        if at >= 0 and end.end() < inside[at][1]:
            continue
        if _is_end(text, begin, end):
            found.append((begin, end.end()))
            begin = _skip_spaces(text, end.end())
    if begin < len(text):
        found.append((begin, len(text)))
    return tuple(found)


def _skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _is_end(text: str, begin: int, end: re.Match[str]) -> bool:
    following = end.group("next")
    if not (following[0].isupper() or following[0].isdigit() or following[0] in _OPENERS):
        return False
    mark = end.group()
    if mark[0] != "." or (len(mark) > 1 and mark[1] == "."):
        return mark[0] not in "\u2026." or following[0] not in ")-–—"
    word = _WORD_BEFORE.search(text[max(begin, end.start() - 30) : end.start()])
    before = text[max(begin, end.start() - 24) : end.start()]
    return not _is_abbreviation(word.group(1) if word else "", following, before, at_start=end.start() - begin <= 3)


def _is_abbreviation(word: str, following: str, before: str, *, at_start: bool) -> bool:
    last = re.split(r"[\u2019']", word)[-1]
    if last.isdigit() and len(last) <= 2 and _LABEL_WORD.search(before):
        return True  # "Étape 2. Le square" is one title
    if at_start and (last.isdigit() or len(last) <= 2):
        return True  # "1. Organisation", "A. Enjeux": a number, not a sentence
    if last.lower() == "etc":
        return not following[0].isupper()
    if len(last) == 1 and last.isalpha() and last.isupper():
        return True
    if re.fullmatch(r"(?:[A-Z]\.-?)+[A-Z]", last):
        return len(last) <= 4  # initials J.-P.; a long acronym may end a sentence
    return last.lower() in ABBREVIATIONS and not last.isdigit()


def _protected(text: str) -> list[tuple[int, int]]:
    """Outermost quotations and brackets of moderate length, in which no sentence ends; in one pass."""
    spans: list[tuple[int, int]] = []
    still_open: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        mark, at = found.group(), found.start()
        if mark in _PAIRS:
            still_open.append((mark, at))
            continue
        depth = next(
            (n for n in range(1, min(len(still_open), _LOOK_BACK) + 1) if _PAIRS[still_open[-n][0]] == mark), 0
        )
        if not depth:
            continue
        opener, start = still_open[-depth]
        del still_open[-depth:]
        if at - start <= _QUOTE_REACH[opener]:
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, at + 1))
    return spans
