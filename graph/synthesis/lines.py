"""A synthesis as lines: what they are, how they are edited as text, which of them a person wrote. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

LONGEST_TEXT = 400_000  # characters of an edited synthesis
MOST_LINES = 5_000  # of an edited synthesis
_BREAKS = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_REFERENCE = re.compile(r"\[(?P<n>\d+)\] (?P<place>.*)")  # a line of the list of references
_NUMBERS = re.compile(r"(?<!\])(?: \[\d+\])+$")
_DOUBLED = {"«": re.compile(r"[«“](?:\s*[«“])*"), "»": re.compile(r"[»”](?:\s*[»”])*")}
_Words: TypeAlias = tuple[str, ...]
Place: TypeAlias = tuple[str, int]


class Mark(StrEnum):
    """What a line is, by the sign that begins it where it is edited."""

    TITLE = "# "
    SECTION = "## "
    PART = "### "
    ITEM = "- "
    QUOTE = "> "
    TEXT = ""


_QUOTING = frozenset((Mark.QUOTE, Mark.ITEM, Mark.TEXT))  # what may end with the numbers of references


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is plain, on one line; `by_hand` where a person wrote or changed it.

    `former` where the graph gave it when the text was edited, and gives it so no more: documents came or went since.
    `at` is the place (source, offset) that a line of the list of references tells.
    """

    mark: Mark
    text: str
    by_hand: bool = False
    former: bool = field(default=False, repr=False)
    at: Place | None = field(default=None, compare=False, repr=False)


def plain(text: str) -> str:
    """A piece of a document on one line; its words, and the spaces that French puts before its signs, stay.

    >>> plain("a\\n  b\\u2028c\\u00a0!")
    'a b c\\xa0!'
    """
    return _BREAKS.sub(" ", text).strip(" ")


def to_text(lines: Iterable[Line]) -> str:
    """The lines as a person edits them: the sign, then the text as it is; a blank line around titles."""
    out: list[str] = []
    for line in lines:
        apart = line.mark in {Mark.TITLE, Mark.SECTION, Mark.PART}
        out += ["", f"{line.mark}{line.text}", ""] if apart else [f"{line.mark}{line.text}"]
    return "\n".join(_single_blanks(out)) + "\n"


def _single_blanks(lines: Sequence[str]) -> list[str]:
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return kept[1:] if kept and not kept[0] else kept


def from_text(text: str) -> list[Line]:
    """What `to_text` gave, or what a person made of it.

    >>> from_text("# Un\\n\\n> « deux » [1]\\ntrois")[1]
    Line(mark=<Mark.QUOTE: '> '>, text='« deux » [1]', by_hand=False)
    """
    out = []
    for raw in text[:LONGEST_TEXT].splitlines()[:MOST_LINES]:
        mark = next((m for m in Mark if m and raw.startswith(m)), Mark.TEXT)
        said = plain(raw[len(mark) :])
        if said:
            out.append(Line(mark, said))
    return out


def digests(lines: Iterable[Line]) -> frozenset[str]:
    """What tells each line by its words, to be kept with an edit of them."""
    return frozenset(_digest(_apart(line)[0]) for line in lines)


def _digest(words: _Words) -> str:
    return hashlib.blake2b("\n".join(words).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def marked(edited: Sequence[Line], made: Sequence[Line], then: Collection[str] = ()) -> list[Line]:
    """The edited lines, those that the graph did not give marked as written by hand; `then`: digests of what it gave.

    Spaces, doubled quotation marks and the numbers of references tell nothing: the graph gives them anew when the order
    of its lines changes. What a number stands for does: it is looked up among the references of its own text.
    """
    own, there = _references(edited), _references(made)
    given: dict[_Words, set[str]] = {}
    for line in made:
        words, numbers = _apart(line)
        given.setdefault(words, set()).update(there[n] for n in numbers if n in there)

    def marks(line: Line) -> Line:
        words, numbers = _apart(line)
        if words not in given:
            former = _digest(words) in then
            return replace(line, by_hand=not former, former=former)
        return replace(line, by_hand=not {own[n] for n in numbers if n in own} <= given[words])

    return [marks(line) for line in edited]


def places_told(shown: Iterable[Line], made: Iterable[Line]) -> dict[str, Place]:
    """The place of each number that the lines shown give, as the graph's own list of references tells it.

    A line that the graph gave has its own; one of an edited text is known by its words, where they are of one place.
    """
    shown = list(shown)
    by_words: dict[str, set[Place]] = {}
    for line in made:
        for words in _references([line]).values():
            by_words.setdefault(words, set()).update([line.at] if line.at else ())
    own = {n: line.at for line in shown if line.at for n in _references([line])}
    said = {n: by_words.get(words, set()) for n, words in _references(shown).items()}
    return {n: next(iter(places)) for n, places in said.items() if len(places) == 1} | own


def numbered(line: Line) -> tuple[str, list[str]]:
    """What a line says, and the numbers of its references; a title has none.

    >>> numbered(Line(Mark.QUOTE, "« Oui » [1] [12]")), numbered(Line(Mark.TEXT, "[3] Notes, ligne 2"))
    (('« Oui »', ['1', '12']), ('Notes, ligne 2', ['3']))
    """
    if line.mark == Mark.TEXT and (told := _REFERENCE.match(line.text)):
        return told["place"], [told["n"]]
    ends = _NUMBERS.search(line.text) if line.mark in _QUOTING else None
    return (line.text[: ends.start()], re.findall(r"\d+", ends[0])) if ends else (line.text, [])


def is_reference(line: Line) -> bool:
    """Whether a line is one of the list of references: its number stands first."""
    return line.mark == Mark.TEXT and _REFERENCE.match(line.text) is not None


def _references(lines: Iterable[Line]) -> dict[str, str]:
    """What each number stands for, as the list of references says."""
    found = (_REFERENCE.match(line.text) for line in lines if line.mark == Mark.TEXT)
    return {match["n"]: match["place"] for match in found if match}


def _apart(line: Line) -> tuple[_Words, list[str]]:
    """The words of a line as they are compared, and the numbers that it ends with."""
    text = _REFERENCE.sub(r"\g<place>", line.text) if line.mark == Mark.TEXT else line.text
    ends = _NUMBERS.search(text)
    said = text[: ends.start()] if ends else text
    for sign, doubled in _DOUBLED.items():
        said = doubled.sub(f" {sign} ", said)
    return (line.mark, *said.split()), re.findall(r"\d+", ends[0]) if ends else []
