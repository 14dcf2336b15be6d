"""Questions in Cypher by those who want to ask their own: checked, bounded in time and rows, answered as plain data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

from graph.errors import CypherRefused, PermissionDenied
from graph.model import Actor, Role
from graph.questions.cypher_guard import Question, checked
from graph.store.base import Store

MOST_SECONDS, MOST_ROWS = 60.0, 5_000
# A question reads everything, drafts and names of people included: no answer in free form can be masked for a role.
# Whoever may ask is decided here, before anything is sent.
MAY_ASK = frozenset({Role.FACILITATOR})
NEEDS_SERVER = "Cypher needs a Neo4j store (--store neo4j://…); this store is SQLite"
EXAMPLES = Path(__file__).with_name("cypher_examples.toml")

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may cost at most."""

    seconds: float = 10.0
    rows: int = 500


@dataclass(frozen=True, slots=True)
class Table:
    """An answer. A node is shown as ``{"id", "kind", "label"}``, a link as ``{"from", "type", "to"}``.

    `met` lists the ids of nodes met in the cells, in order; `cut` says what was left out, empty when nothing was.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    met: tuple[str, ...] = ()
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked question: its title in both languages, its text, what its parameters stand for at first."""

    key: str
    title: Mapping[str, str]
    text: str
    parameters: Mapping[str, Value] = field(default_factory=dict)


@runtime_checkable
class AnswersCypher(Protocol):
    """A store that takes Cypher."""

    def cypher(self, question: Question, parameters: Mapping[str, Value], limits: Limits) -> Table:
        """Explain the question, refuse it unless it only reads, run it within the limits. Raises CypherRefused."""


def ask(
    store: Store, actor: Actor, text: str, parameters: Mapping[str, Value] | None = None, limits: Limits | None = None
) -> Table:
    """The answer to one question that only reads.

    Raises PermissionDenied, CypherRefused (no such store, not a plain reading question, a parameter without a value,
    too slow, refused by the server), StoreError (connection).
    """
    if actor.role not in MAY_ASK:
        raise PermissionDenied(f"only a facilitator may ask in Cypher; the role here is {actor.role}")
    if not isinstance(store, AnswersCypher):
        raise CypherRefused(NEEDS_SERVER)
    question, given = checked(text), dict(parameters or {})
    missing = [name for name in question.parameters if name not in given]
    if missing:
        raise CypherRefused(f"no value for the parameter{'s' * (len(missing) > 1)} {', '.join(missing)}")
    return store.cypher(question, {name: given[name] for name in question.parameters}, _bounded(limits or Limits()))


def _bounded(limits: Limits) -> Limits:
    return Limits(min(max(limits.seconds, 0.1), MOST_SECONDS), min(max(limits.rows, 1), MOST_ROWS))


@cache
def examples() -> tuple[Example, ...]:
    """The worked examples, in the order of their file."""
    rows = tomllib.loads(EXAMPLES.read_text("utf-8"))["example"]
    return tuple(Example(r["key"], {"fr": r["fr"], "en": r["en"]}, r["text"].strip(), r.get("with", {})) for r in rows)


def known(asked: str) -> tuple[str, dict[str, Value]]:
    """The text of the example with this key and its parameters, or what was asked as it is."""
    found = next((example for example in examples() if example.key == asked), None)
    return (found.text, dict(found.parameters)) if found else (asked, {})


def shown(cell: Value) -> str:
    """A cell as a person reads it: a node by its label, a link by its type, lists joined.

    >>> shown([{"id": "theme:1", "kind": "theme", "label": "Mobilité"}, {"from": "a", "type": "ABOUT", "to": "b"}, 2])
    'Mobilité, ABOUT, 2'
    """
    if cell is None:
        return ""
    if isinstance(cell, list):
        return ", ".join(shown(item) for item in cell)
    if isinstance(cell, dict):
        named = cell.get("label") or cell.get("type") or cell.get("id")
        return str(named) if named else ", ".join(f"{name}: {shown(value)}" for name, value in cell.items())
    return str(cell)


def value_of(text: str) -> Value:
    """A parameter as a person writes it: whole and decimal numbers are numbers, all else is text.

    >>> value_of("3"), value_of("0.5"), value_of("mobilité"), value_of("1 2"), value_of("nan")
    (3, 0.5, 'mobilité', '1 2', 'nan')
    """
    for read in (int, float):
        try:
            number = read(text)
        except ValueError:
            continue
        return number if text.strip("+-0123456789.eE ") == "" else text
    return text
