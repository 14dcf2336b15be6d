"""A graph from one store into another: source by source, then the log of decisions; run again, it continues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import NotFound, StoreError
from graph.model import Actor
from graph.notes import bring
from graph.store.base import Store

Progress = Callable[[int, int, str], None]  # sources done, of how many, name of the one that follows


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did. `new` includes what replaced another reading of the same bytes.

    `notes_left` are edited syntheses that were edited apart in both stores: those of the other one stay.
    """

    sources: int
    new: int
    decisions: int
    new_decisions: int
    new_notes: int = 0
    notes_left: int = 0


def no_progress(_: int, __: int, ___: str) -> None:
    """For callers that show none."""


def copy(one: Store, other: Store, actor: Actor, progress: Progress = no_progress) -> Copied:
    """Write all that `one` holds to `other`; returns what was done. What `other` holds besides stays, but
    for the names that were forgotten in `one`: they are masked in all of it.

    One source is in memory at a time and each is one transaction, so a copy that is cut short leaves whole sources
    only and can be run again. Kept questions and edited syntheses go along (graph.notes). Who imported and when, jobs
    and acts are of each store and are not copied. Raises StoreError where both are the same store, and where `one`
    changed meanwhile.
    """
    if one.url == other.url:
        raise StoreError("both addresses lead to the same store")
    names = {info.id: info.name for info in one.sources()}
    if forgotten := one.masker().forgotten:
        other.forget((), forgotten, actor)
    new = 0
    for done, (id_, name) in enumerate(sorted(names.items())):
        progress(done, len(names), name)
        try:
            fragment = one.fragment(id_)
        except NotFound:
            continue  # removed meanwhile: told below
        new += other.write(fragment, actor).outcome != "unchanged"
    progress(len(names), len(names), "")
    log = one.decisions()
    adopted = other.adopt(log)
    brought = bring(one, other)
    if {info.id for info in one.sources()} != set(names) or len(one.decisions()) != len(log):
        raise StoreError("the store was changed while it was copied: run the copy again")
    return Copied(len(names), new, len(log), adopted, brought.new, brought.left)
