"""Key figures side by side: those that say the same thing together, and among them those that contradict each other.

The rule: two figures say the same thing when their sentences share most of their words and both are shares, or both
in the same unit. They contradict each other when their values differ for one year (that they say, else that of their
document); where the years differ it is a change, and shown as one. A sentence of fewer than three words (« sept
communes ») says too little to be compared. Two numbers of one sentence (« 17 %, pour un objectif de 40 % ») are not
compared with each other: the first ones of two sentences are, and so are the second ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.course.alike import FEWEST_WORDS, grouped, words_of
from graph.course.numbers import amount
from graph.model import Thing
from graph.text import fold

NEAR = 0.6  # share of the words of both sentences, their numbers left out
_NEXT_LINES = 600  # characters
_SHARED_WORDS = 3  # of a figure that stands alone and of its statement
SAME = 0.005  # relative difference under which two values are one
_BEGINS = re.compile(r"(?<!\d)(?<!\d[.,])(?!(?<=\d\s)\d{3}(?!\d))")  # not within a longer number
_GOES_ON = re.compile(r"\d")
_NUMBERS = re.compile(r"\d[\d\s.,\u00a0\u202f]*|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure as it was said: `value` with its unit, `statement`, `origin` and `year` in its document's words."""

    thing: Thing
    value: str
    statement: str
    unit: str
    year: str
    origin: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures that say the same thing. `verdict`: "alone", "agree", "change" (other years), "contradict"."""

    figures: tuple[Figure, ...]
    verdict: str


def figure(thing: Thing) -> Figure:
    said = {name: str(thing.attributes.get(name) or "") for name in ("value", "statement", "unit", "year", "source")}
    value, statement = said["value"] or thing.label, said["statement"] or thing.label
    return Figure(thing, value, statement, said["unit"], said["year"], said["source"], amount(value))


def stated_origin(thing: Thing) -> str:
    """Where a figure says that it comes from, and of which year; a year that its origin names is not said twice.

    >>> stated_origin(Thing("f", "figure", "31 %", attributes={"source": "Insee, 2021", "year": "2021"}))
    'Insee, 2021'
    """
    origin, year = (str(thing.attributes.get(name) or "") for name in ("source", "year"))
    return ", ".join(part for part in (origin, "" if year in origin else year) if part)


def end_of_statement(text: str, start: int, end: int, statement: str) -> int:
    """Where the quotation of a figure ends that stands alone on its line (`start` to `end`): with what it counts.

    >>> text = "**2 340 appels**\\n\\nreçus au numéro unique.\\n"
    >>> text[2 : end_of_statement(text, 2, 14, "reçus au numéro unique")]
    '2 340 appels**\\n\\nreçus au numéro unique'
    """
    words = statement.split()
    own = text[start:end].rstrip(" *_").split()
    # « 2 340 appels » above « reçus au numéro unique », whose statement is « appels reçus au numéro unique »
    for n in range(min(len(words), len(own), _SHARED_WORDS + 1)):
        if words[:n] == own[len(own) - n :]:
            pattern = re.compile(r"\s+".join(map(re.escape, words[n:])))
            found = pattern.search(text, end, end + _NEXT_LINES)
            if found and not any(character.isalnum() for character in text[end : found.start()]):
                return found.end()
    return end  # nothing, or the same words of another sentence


def side_by_side(
    things: Sequence[Thing],
    year_of: Callable[[Thing], str] = lambda _: "",
    document_of: Callable[[Thing], str] = lambda _: "",
) -> list[Figures]:
    """Every figure once, in groups; contradictions first, then changes, then the order given.

    `year_of` gives the year of a figure's document, which stands for the one it does not say; "" where there is none.
    `document_of` gives the id of the document where it is said.
    """
    figures = {thing.id: figure(thing) for thing in things}
    ranks = _ranks([(document_of(one.thing), one) for one in figures.values()])
    by_unit: dict[tuple[int, str], list[Figure]] = {}
    for one in figures.values():
        unit = "share" if _is_share(one) else one.unit
        by_unit.setdefault((ranks[one.thing.id], unit), []).append(one)
    # Compared by what they say, not by their labels, which begin with the numbers.
    grouped_ = (group for alike in by_unit.values() for group in grouped([_bare(one) for one in alike], NEAR))
    found = [_judged([figures[thing.id] for thing in group], year_of) for group in grouped_]
    place = {thing.id: n for n, thing in enumerate(things)}
    rank = {"contradict": 0, "change": 1}
    return sorted(found, key=lambda g: (rank.get(g.verdict, 2), min(place[f.thing.id] for f in g.figures)))


def _ranks(figures: Sequence[tuple[str, Figure]]) -> dict[str, int]:
    """How many other numbers of its sentence stand before each; one above it, on a line of its own, does too."""
    by_sentence: dict[tuple[str, str], list[Figure]] = {}
    for document, one in figures:
        by_sentence.setdefault((document, fold(one.statement)), []).append(one)
    ranks: dict[str, int] = {}
    for (_, sentence), together in by_sentence.items():
        places = {one.value: _place(fold(one.value), sentence) for one in together}
        order = sorted(places, key=lambda value: places[value])
        one_sentence = max(places.values()) >= 0  # else each stands above words that several share
        ranks |= {one.thing.id: order.index(one.value) if one_sentence else 0 for one in together}
    return ranks


def _place(value: str, sentence: str) -> int:
    """Where a number stands, and not as digits of a longer one (« 2 » in « 12 », « 200 » in « 1 200 »), or -1."""
    at = sentence.find(value)  # no pattern of each value: to compile thousands takes longer than all the rest
    while at >= 0 and (not _BEGINS.match(sentence, at) or _GOES_ON.match(sentence, at + len(value))):
        at = sentence.find(value, at + 1)
    return at


def _is_share(one: Figure) -> bool:
    return "%" in one.value or (one.amount is not None and 0 < one.amount < 1)


def _bare(one: Figure) -> Thing:
    said = _NUMBERS.sub(" ", one.statement)
    enough = len(words_of(said)) >= FEWEST_WORDS
    return Thing(one.thing.id, one.thing.kind, said if enough else f"{one.value} {one.statement}")


def _judged(group: Sequence[Figure], year_of: Callable[[Thing], str]) -> Figures:
    if len(group) == 1:
        return Figures(tuple(group), "alone")
    dated = [(one.year or year_of(one.thing), one) for one in group]
    pairs = [(a, b) for n, (a, one) in enumerate(dated) for b, other in dated[n + 1 :] if differ(one, other)]
    clashing = any(not a or not b or a == b for a, b in pairs)
    verdict = "contradict" if clashing else "change" if pairs else "agree"
    ordered = sorted(dated, key=lambda row: (row[0], row[1].value, row[1].thing.id))
    return Figures(tuple(one for _, one in ordered), verdict)


def differ(one: Figure, other: Figure) -> bool:
    """Whether two values cannot both hold; values that no rule can read are never said to differ."""
    if one.amount is None or other.amount is None:
        return False
    return abs(one.amount - other.amount) > SAME * max(abs(one.amount), abs(other.amount))
