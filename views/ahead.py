"""What a list asks of each of its things, asked of all of them at once: the store then knows the answer for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import Thing
from views import state
from views.documents import open_sources


def first_places(things: Iterable[Thing]) -> None:
    """Where each is said first, within the filters, and the documents that say it."""
    firsts = state.store().firsts([thing.id for thing in things], state.where())
    open_sources(mention.source for mention in firsts.values())


def stated(things: Iterable[Thing], kinds: Sequence[str], most: int) -> None:
    """The links of each that something states, and what is at their other ends."""
    asked = [thing.id for thing in things]
    links = state.store().strongest(asked, kinds, state.where(), limit=most, stated_only=True)
    state.store().things(link.b for own in links.values() for link in own)
