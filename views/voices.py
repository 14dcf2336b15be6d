"""What somebody says of each of several themes: one statement a theme, and no statement twice."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Thing
from graph.questions.counted import UNSURE_BELOW
from graph.questions.surest import surest_of
from views import state

KINDS = ("proposal", "finding", "question")
_WEIGHED = 40  # statements of a theme, the surest, among which one is chosen
_WHOLE = 40  # characters: shorter ones are often a fragment of a map


def voices(themes: Sequence[Thing]) -> dict[str, Thing]:
    """Of each theme, by id, the statement that is most surely about it and that no theme before it has."""
    store = state.store()
    links = surest_of(store, [theme.id for theme in themes], KINDS, state.where(), limit=_WEIGHED, stated_only=True)
    found = store.things(link.b for own in links.values() for link in own)
    out: dict[str, Thing] = {}
    heard: set[str] = set()
    for theme in themes:
        said = [(link, found[link.b]) for link in links.get(theme.id, ()) if link.b in found]
        new = [(link, thing) for link, thing in said if thing.label not in heard]
        if new:
            _, out[theme.id] = min(new, key=lambda x: (-x[0].confidence, *_rank(x[1])))
            heard.add(out[theme.id].label)
    return out


def _rank(thing: Thing) -> tuple[bool, int, bool, str]:
    """Sure before doubtful, proposals, findings, then questions, whole sentences before fragments; then by label."""
    order = KINDS.index(thing.kind) if thing.kind in KINDS else len(KINDS)
    return thing.confidence < UNSURE_BELOW, order, len(thing.label) < _WHOLE, thing.label
