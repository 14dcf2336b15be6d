"""What is kept of a person, and forgetting them: shown first, then done for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import DecisionError, NotFound, PermissionDenied
from graph.model import Actor, Role
from graph.persons.forgetting import Masker, rewritten
from graph.persons.spellings import Variant, letters_of, variants
from graph.questions.answers import find
from graph.store.base import Store
from graph.text import words

_AROUND = 40  # characters shown on both sides of a hit
_FEWEST_LETTERS = 3  # of our alphabet; a name in another script may have two


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a name stands: a source, with the words around, or another part of the store."""

    where: str
    start: int
    end: int
    quote: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """All that a store holds of a person: `names` as they will be hashed, `ids` of what goes, every place."""

    names: tuple[str, ...]
    ids: tuple[str, ...]
    found: tuple[Found, ...]
    sources: int
    decisions: int
    jobs: int
    variants: tuple[Variant, ...]
    actors: tuple[str, ...]  # names under which something was changed, and that would be masked
    beside: tuple[Found, ...] = ()  # sources that hold a name outside their text only: author of a file, title, ledger


def kept(store: Store, asked: str, also: Sequence[str] = (), *, only: bool = False) -> Kept:
    """What forgetting a person (id or name) would mask; `also` are further spellings, such as a bare first name.

    All names of the person are taken, or with `only` the given ones. A store as a role reads it answers for what that
    role may read, and nothing else: who types a name need not be who bears it.

    Raises NotFound, DecisionError for a name of less than three letters.
    """
    names, ids = _person(store, asked)
    spelled = tuple(dict.fromkeys((*(() if only else names), *also)))
    if not spelled or any(len("".join(letters_of(name)).encode()) < _FEWEST_LETTERS for name in spelled):
        raise DecisionError(f"a name to forget has {_FEWEST_LETTERS} letters at least")
    known = variants(spelled)
    masker = Masker(known)
    found: list[Found] = []
    beside: list[Found] = []
    sources = 0
    for info in store.sources():
        fragment = store.fragment(info.id)
        held = masker.fragment(fragment) is not fragment
        sources += held or bool(masker.spans(info.imported_by))
        text = fragment.source.text
        spans = masker.spans(text)
        beside += [Found(info.name, 0, 0, "", info.id)] if held and not spans else []
        for start, end in spans:
            around = " ".join(text[max(0, start - _AROUND) : end + _AROUND].split())
            found.append(Found(info.name, start, end, around, info.id))
    gone, changed = rewritten(store.decisions(), set(ids), masker)
    jobs = sum(masker.job(job) != job for job in store.jobs(1_000_000))
    actors = tuple(name for name in store.actors() if masker.spans(name))
    if not (found or sources or gone or changed or jobs or ids or actors):
        raise NotFound(asked)
    decisions = len(gone) + len(changed)
    return Kept(spelled, ids, tuple(found), sources, decisions, jobs, known, actors, tuple(beside))


def report(kept: Kept, places: Sequence[Found]) -> dict[str, Any]:
    """What is kept of a person as plain data, to be handed to them."""
    rows = [{"document": f.where, "start": f.start, "end": f.end, "quote": f.quote} for f in places]
    counts = {"sources": kept.sources, "decisions": kept.decisions, "imports": kept.jobs, "actors": list(kept.actors)}
    return {"names": list(kept.names), **counts, "places": rows, "beside_the_text": [f.where for f in kept.beside]}


def forget(store: Store, actor: Actor, shown: Kept) -> dict[str, int]:
    """Mask for good what `kept` showed, and whatever is imported later under these names. Raises PermissionDenied."""
    if actor.role != Role.FACILITATOR:
        raise PermissionDenied(f"only a facilitator may forget a person; the role here is {actor.role}")
    return dict(store.forget(shown.ids, shown.variants, actor))


def _person(store: Store, asked: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names and ids of the person, or the name itself where none is in the graph under it."""
    try:
        thing = find(store, asked)
    except NotFound:
        return (asked,), ()
    names = (thing.label, *thing.aliases)
    if thing.kind != "person" or (thing.id != asked and words(asked) not in [words(name) for name in names]):
        return (asked,), ()
    return names, thing.members
