"""Bullet marks and numbers at the start of a line, and what they say about nesting."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SYMBOLS = "-*•●◦○▪▫■□▸▹►▶‣⁃∙·✓✔✗✘☐☑☒➢➤➔➜→⇒❖◆◇★☆❑❒⮚–—¤§"
_SYMBOL = re.compile(  # escaped (« \\* point ») where a converter kept the mark that somebody had typed
    rf"(?:\\(?=[*+-] ))?(?P<mark>[{re.escape(_SYMBOLS)}\uf000-\uf0ff])"
    r"(?:[^\S\r\n]+|(?<![*–—])(?=[^\W\d_])|(?<![*\-–—])(?=\w))(?=\S)"
)
_PLUS = re.compile(r"(?P<mark>[+o])[^\S\r\n]+(?=[^\W\d])")
_CODE = re.compile(r"(?P<mark>[A-Z]\d{1,2}[.:)]?)(?:[^\S\r\n]{2,}|\t)(?=\S)")
_ARROW = re.compile(r"(?P<mark>=+>|-+>|--)[^\S\r\n]+(?=[^\W_])")
# What is left of Wingdings, before the tab of a word processor: « Ø\tLe toit », « ü\tLe four ».
_PICTURED = re.compile(r"(?P<mark>[Øüvqàèlnm])\t+(?=\S)")
_NUMBER = re.compile(
    r"(?P<mark>\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}\\?[.)°]?[)]?|[IVXivx]{1,5}[.)]|[A-Za-z][.)]))"
    r"(?:[^\S\r\n]*[-–—][^\S\r\n]+|[^\S\r\n]+)(?=\S)"
)
# « 1 / Titre », « 2 - Titre »: a number set off before a capital.
_SET_OFF = re.compile(r"(?P<mark>\d{1,2}(?:\.\d{1,2}){0,2} ?(?:/|[–—-](?= +.[^A-ZÀ-ÖØ-Þ]))) +(?=[A-ZÀ-ÖØ-Þ])")
_TASK = re.compile(r"\[[ xX]\][^\S\r\n]+")
_SECOND = re.compile(r"[•●◦○▪■□▸►▶✓✔☐☑➢➤→⇒❖◆\uf000-\uf0ff][^\S\r\n]+(?=\S)")
_DASHED = re.compile(r"\d{1,2}[-–] +(?=[^\W\d]{3})")
_BARE_NUMBER = re.compile(r"\(?\d+$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A bullet at the start of a line: `family` groups marks of one list, `length` is where its text begins."""

    text: str
    family: str
    length: int
    number: int = 0
    task: str = ""

    @property
    def numbered(self) -> bool:
        return self.family.startswith("n")


def bullet_at(content: str) -> Mark | None:
    """The bullet or number that a line (without its indentation) begins with.

    >>> [m and m.text for m in map(bullet_at, ("- eau", "2) lits", "+ 23 %", "✓ fait", "12 mars", "I. Vallier dit"))]
    ['-', '2)', None, '✓', None, 'I.']
    """
    for pattern in (_SYMBOL, _PLUS, _CODE, _ARROW, _PICTURED):
        if found := pattern.match(content):
            mark = found.group("mark")
            family = {_CODE: "code", _ARROW: "->"}.get(pattern, mark)
            task = _TASK.match(content, found.end())
            second = (
                None if task else _SECOND.match(content, found.end())
            )  # "- ✓ …": an exporter's mark before the own one
            end = task.end() if task else second.end() if second else found.end()
            return Mark(mark, family, end, task=task.group().strip() if task else "")
    return _number_at(content)


def _number_at(content: str) -> Mark | None:
    if found := _SET_OFF.match(content):
        mark = found.group("mark")
        return Mark(mark, "n1" + mark[-1], found.end(), int(re.findall(r"\d+", mark)[-1]))
    found = _NUMBER.match(content)
    if not found:
        return None
    mark = found.group("mark")
    if _DASHED.match(content):
        mark += content[len(mark)]  # « 1- accueil »
    if _BARE_NUMBER.fullmatch(mark) or mark.endswith("°"):
        return None  # "12 mars", "3 retours": a count, not a number of a list
    digits = re.findall(r"\d+", mark)
    shape = re.sub(r"\d+", "1", mark)
    if digits:
        return Mark(mark, f"n{shape}", found.end(), int(digits[-1]))
    letter = mark.strip("().")
    return _lettered(letter, shape, mark, found.end())


def _lettered(letter: str, shape: str, mark: str, end: int) -> Mark:
    case = "A" if letter[0].isupper() else "a"
    roman = _roman(letter)
    if roman and (len(letter) > 1 or letter in "IiVvXx"):
        return Mark(mark, f"n{case}r{shape[-1]}", end, roman)
    return Mark(mark, f"n{case}{shape[-1]}", end, ord(letter.upper()) - 64)


def _roman(letters: str) -> int:
    values = {"I": 1, "V": 5, "X": 10}
    numbers = [values.get(c, 0) for c in letters.upper()]
    if not all(numbers):
        return 0
    return sum(-n if i + 1 < len(numbers) and numbers[i + 1] > n else n for i, n in enumerate(numbers))
