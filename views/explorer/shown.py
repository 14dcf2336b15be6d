"""Which things a view of the Explorer shows, and where each one stands: found once, kept until something changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from graph.model import Filter, Link, Thing
from graph.questions.layout import Position, place
from graph.questions.neighbourhood import MOST_SHOWN, Neighbourhood, opening, surroundings
from views import memory, state
from views.explorer.address import FIRST_SHOWN, Asked, Pin, drawable
from views.i18n import t
from views.network.payload import Picture, drawn_degrees, spots

EXPANSION = 14  # how many neighbours an opened thing brings at first
OPENING_SHOWN = 30  # fewer than the 40 allowed: the first picture is read at a glance


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with what the reader is told about it."""

    picture: Picture
    counts: Mapping[str, int]
    total: int
    can_grow: bool
    reached: int  # links between the centres and the farthest thing


def shown(asked: Asked) -> Shown:
    """The things of this view, placed. Never more than 500. What is chosen in it makes no difference."""
    key = (state.said(), replace(asked, chosen="", edge=None, view="", pins=(), every_sentence=False), state.where())
    known, last = st.session_state.get("explorer-shown", (None, None))
    if last is None or known != key:
        last = _shown(asked)
        st.session_state["explorer-shown"] = (key, last)
    found: Shown = last
    return found


def _shown(asked: Asked) -> Shown:
    where = state.where()
    found = _found(state.said(), asked.centres, asked.opened, asked.depth, asked.least, asked.hidden, asked.most, where)
    counts = Counter(thing.kind for thing in found.things)
    if asked.hidden:
        whole = _found(state.said(), asked.centres, asked.opened, asked.depth, asked.least, (), asked.most, where)
        counts.update(thing.kind for thing in whole.things if thing.kind in asked.hidden)
    total = state.store().count_rows(drawable(), where)
    grows = _can_grow(asked, len(found.things), total)
    return Shown(_placed(found, asked), counts, total, grows, _reached(found, asked.centres))


def _reached(found: Neighbourhood, centres: Sequence[str]) -> int:
    """How far the picture goes from its centres: the first ring may leave no room for the next."""
    met, ring, steps = set(centres), set(centres), 0
    while ring := {end for link in found.links for end in _other_end(link, ring)} - met:
        met |= ring
        steps += 1
    return steps


def _other_end(link: Link, ring: set[str]) -> list[str]:
    return [b for a, b in ((link.a, link.b), (link.b, link.a)) if a in ring]


def told(asked: Asked, found: Shown) -> str:
    """« 40 éléments sur 956 », and that the distance asked for is not reached where nearer things fill the picture."""
    shown = t("explorer.shown", n=len(found.picture.things), total=found.total)
    if asked.centres and found.can_grow and found.reached < asked.depth:
        return t("explorer.near_only", shown=shown, n=found.reached)
    return shown


def _can_grow(asked: Asked, shown: int, total: int) -> bool:
    """Whether more would come if more were asked for; the first picture holds less than it may."""
    full = shown >= asked.most if asked.centres else shown < total
    return full and asked.most < MOST_SHOWN


@memory.kept(max_entries=128)
def _found(
    stamp: str,  # noqa: ARG001  part of the key: a new import is another answer
    centres: Sequence[str],
    opened: Sequence[str],
    depth: int,
    least: int,
    hidden: Sequence[str],
    most: int,
    where: Filter,
) -> Neighbourhood:
    store, kinds = state.store(), [k for k in drawable() if k not in hidden]
    if centres:
        base = surroundings(store, centres, depth, kinds, where, least, most)
    else:
        base = _filtered(opening(store, where, OPENING_SHOWN if most <= FIRST_SHOWN else most), kinds, least)
    ids = [thing.id for thing in base.things]
    for thing in opened:
        around = surroundings(store, [thing], 1, kinds, where, least, EXPANSION + 1)
        ids += [t.id for t in around.things if t.id not in ids]
    if len(ids) == len(base.things):
        return base
    # As many as there are ids: nothing is added, only the links among them are read.
    return surroundings(store, ids[:MOST_SHOWN], 1, kinds, where, least, min(len(ids), MOST_SHOWN))


def _filtered(found: Neighbourhood, kinds: Sequence[str], least: int) -> Neighbourhood:
    """The opening view without the hidden kinds and the weak links; what no link holds goes."""
    things = {t.id: t for t in found.things if t.kind in kinds}
    links = tuple(link for link in found.links if link.passages >= least and link.a in things and link.b in things)
    held = {end for link in links for end in (link.a, link.b)}
    kept = tuple(
        t for t in things.values() if t.id in held or (not links and t.kind == "theme" and t.evidence_count >= least)
    )
    drawn, before = drawn_degrees(links), drawn_degrees(found.links)
    hidden = {t.id: found.hidden.get(t.id, 0) + before.get(t.id, 0) - drawn.get(t.id, 0) for t in kept}
    return Neighbourhood(kept, links, hidden)


# --- where each thing stands ------------------------------------------------------------------------------------------


def _placed(found: Neighbourhood, asked: Asked) -> Picture:
    """Known things keep their place from one run to the next; another centre or a new session lays out afresh."""
    degrees = drawn_degrees(found.links)
    middle = [c for c in (t.id for t in found.things) if c in asked.centres or not asked.centres][: len(asked.centres)]
    kept = st.session_state.setdefault("explorer-places", {"of": None, "opened": (), "rev": 0, "at": {}})
    key = (asked.centres, state.where())
    before = kept["at"] if kept["of"] == key else {}
    known = {t.id: before[t.id] for t in found.things if t.id in before}
    # A picture that grows threefold (another distance, many more) is another picture; unfolding never moves anything.
    if not known or (len(known) * 3 < len(found.things) and asked.opened == kept["opened"]):
        before, known, kept["rev"] = {}, {}, kept["rev"] + 1
    if not known:
        ids = tuple(thing.id for thing in found.things)
        known = _first_places(state.said(), ids, tuple(middle), asked.least, state.where(), found)
    elif len(known) < len(found.things):
        known = _place(found, degrees, middle, known)
    # What is hidden for a while keeps its place too.
    kept |= {"of": key, "opened": asked.opened, "at": before | known}
    layout = f"{kept['rev']} {','.join(asked.centres)}"
    return Picture(found.things, found.links, found.hidden, known, middle, layout, degrees)


@memory.kept(max_entries=64)
def _first_places(
    stamp: str,  # noqa: ARG001  part of the key, like the next two: together they say which links there are
    ids: Sequence[str],  # noqa: ARG001
    middle: Sequence[str],
    least: int,  # noqa: ARG001
    where: Filter,  # noqa: ARG001
    _found: Neighbourhood,  # not part of the key
) -> dict[str, Position]:
    return _place(_found, drawn_degrees(_found.links), middle, {})


def _place(
    found: Neighbourhood, degrees: Mapping[str, int], middle: Sequence[str], known: Mapping[str, Position]
) -> dict[str, Position]:
    ties = [(link.a, link.b, float(link.passages)) for link in found.links]
    return place(spots(found.things, degrees), ties, centres=middle, known=known)


def moved(picture: Picture, pins: Sequence[Pin]) -> Picture:
    """The picture with things where the reader put them, as the browser shows it."""
    return replace(picture, at={**picture.at, **{thing: (x, y) for thing, x, y in pins if thing in picture.at}})


def by_id(picture: Picture) -> dict[str, Thing]:
    return {thing.id: thing for thing in picture.things}
