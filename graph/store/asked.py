"""Questions put to a store, as they are remembered: what is asked, within which filters, how large an answer is."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from graph.decided.identity import by_name, is_by_name
from graph.model import Filter
from graph.questions.counted import First
from graph.store.base import NO_FILTER

THINGS = frozenset("rows names doubtful".split())  # they tell of each thing which nodes it is


class Rests(NamedTuple):
    """What an answer rests on: what these filters leave, who sees it (`seen`), or the log (`acts`).

    Without `members`, it holds whatever nodes a stakeholder is (Store.stamps).
    """

    filters: tuple[Filter, ...]
    seen: bool = False
    acts: bool = False
    members: bool = True


class Answer(NamedTuple):
    value: Any
    rows: int
    rests: Rests
    stamp: str  # of what it rests on, as it was when the store was asked


def tells_members(name: str, given: tuple[Any, ...], named: Mapping[str, Any]) -> bool:
    """Whether an answer holds stakeholders with their nodes, or was asked by the id of one of those nodes.

    Which id of a stakeholder answers as it changes with its nodes: an id may be asked before a document brings it.
    """
    if name in THINGS:
        kinds = given[0] if given else named["kinds"]
        return not kinds or not set(kinds).isdisjoint(by_name())
    return any(is_by_name(word) for value in (*given, *named.values()) for word in _words(value))


def _words(value: Any) -> Iterable[str]:
    """The texts in a value, and in what it holds."""
    if isinstance(value, str):
        return [value]
    return [word for each in value for word in _words(each)] if isinstance(value, tuple | frozenset) else []


def filters_in(value: Any) -> Iterable[Filter]:
    """A filter, or several given at once."""
    several = value if isinstance(value, tuple) else (value,)
    return (each for each in several if isinstance(each, Filter))


def question_of(name: str, given: tuple[Any, ...], named: Mapping[str, Any]) -> Hashable:
    """What is asked; a filter that filters nothing is said by leaving it out, too."""
    own = given[:-1] if given and given[-1] == NO_FILTER else given
    return name, own, tuple(sorted((word, value) for word, value in named.items() if value != NO_FILTER))


def fixed(value: Any) -> Any:
    """A value that can be asked again and compared: lists and whatever is walked once become tuples."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | frozenset) else value


def rows_of(answer: Any) -> int:
    if isinstance(answer, First):
        return len(answer.rows)
    if isinstance(answer, dict):
        return sum(len(value) if isinstance(value, list | dict) else 1 for value in answer.values())
    return len(answer) if isinstance(answer, list) else 1


def copied(answer: Any) -> Any:
    """Another list or mapping with the same rows: who asks may change it."""
    return answer.copy() if isinstance(answer, list | dict) else answer
