"""Key figures side by side: those that say the same thing together, and among them those that contradict each other.

The rule: two figures say the same thing when their sentences share most of their words and both are shares, or both
in the same unit. They contradict each other when their values differ for one year (that they say, else that of their
document); where the years differ it is a change, and shown as one. A sentence of fewer than three words (« sept
communes ») says too little to be compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.course.alike import FEWEST_WORDS, grouped, words_of
from graph.course.numbers import amount
from graph.model import Thing

NEAR = 0.6  # share of the words of both sentences, their numbers left out
SAME = 0.005  # relative difference under which two values are one
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


def side_by_side(things: Sequence[Thing], year_of: Callable[[Thing], str] = lambda _: "") -> list[Figures]:
    """Every figure once, in groups; contradictions first, then changes, then the order given.

    `year_of` gives the year of a figure's document, which stands for the one it does not say; "" where there is none.
    """
    figures = {thing.id: figure(thing) for thing in things}
    by_unit: dict[str, list[Figure]] = {}
    for one in figures.values():
        by_unit.setdefault("share" if _is_share(one) else one.unit, []).append(one)
    # Compared by what they say, not by their labels, which begin with the numbers.
    grouped_ = (group for alike in by_unit.values() for group in grouped([_bare(one) for one in alike], NEAR))
    found = [_judged([figures[thing.id] for thing in group], year_of) for group in grouped_]
    place = {thing.id: n for n, thing in enumerate(things)}
    rank = {"contradict": 0, "change": 1}
    return sorted(found, key=lambda g: (rank.get(g.verdict, 2), min(place[f.thing.id] for f in g.figures)))


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
