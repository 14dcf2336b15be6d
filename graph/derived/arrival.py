"""What becomes of a fragment that arrives, and which source a word means: decided alike by every store. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from graph.derived.prepare import Prepared, fragment_digest, prepare
from graph.errors import NotFound, StoreError
from graph.model import Fragment, Visibility, WriteReport
from graph.questions.ties import Pair, Tally

MOST_NAMED = 6  # sources that an error names, and so all that needs reading


class Held(Protocol):
    """A stored source with the same id or bytes: `id`, `name`, `format`, `digest`, `visibility`."""

    def __getitem__(self, name: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Deleted:
    """What went with a source, and what is left to look at: `shared` nodes are said elsewhere or may be merged."""

    passages: int
    alone: Counter[str]
    shared: set[str]
    tied: dict[Pair, Tally]  # what it tied among the shared ones


def arriving(fragment: Fragment, ready: Prepared, held: Sequence[Held], *, renamed: bool) -> Prepared | None:
    """What is to be written of `ready`, which `fragment` gave; None where the store keeps what it holds.

    A copy of the same bytes under another name: the first name in order stays, whichever came first, unless the name
    was masked (`renamed`).
    """
    other = next((row for row in held if row["name"] < ready.source.name), None)
    if other and not renamed:
        if other["format"] != ready.source.format:
            return None
        ready = prepare(replace(fragment, source=replace(fragment.source, name=other["name"])))
    same = [(row["id"], row["digest"], row["visibility"]) for row in held]
    return None if same == [(ready.source.id, ready.digest, visibility_of(ready, held))] else ready


def only_named(ready: Prepared, held: Sequence[Held]) -> bool:
    """Whether all that is written anew is the name of the file, and a title that is this name."""
    source = ready.source
    return len(held) == 1 and held[0]["digest"] == fragment_digest(
        replace(source, name=held[0]["name"], title=held[0]["name"] if source.title == source.name else source.title),
        ready.passages, ready.claims, ready.mentions, ready.relations,
    )  # fmt: skip


def visibility_of(ready: Prepared, held: Iterable[Held]) -> str:
    """Published material stays so when it is read again: withdrawing is an act of its own."""
    published = any(row["visibility"] == Visibility.PUBLISHED for row in held)
    return str(Visibility.PUBLISHED if published else ready.source.visibility)


def reported(ready: Prepared, outcome: str, new: int) -> WriteReport:
    return WriteReport(ready.source.id, outcome, len(ready.claims), len(ready.relations), len(ready.passages), new)


def the_one(asked: str, ways: Iterable[Sequence[str]]) -> str:
    """The only id that the first of these ways of looking for a source found. Raises NotFound, StoreError for several.

    The ways are looked at one after the other, as far as is needed.
    """
    for found in ways if asked else ():
        if len(found) == 1:
            return found[0]
        if found:
            raise StoreError(f"{asked!r} names several sources: {', '.join(found)}")
    raise NotFound(asked)
