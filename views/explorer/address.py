"""What the address of the Explorer says: the same link shows the same view, on any machine that has the same graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from graph.questions.neighbourhood import MOST_DEPTH, MOST_SHOWN
from ontology import load
from views import state

VIEWS = ("reseau", "plan", "tableau")
FIRST_SHOWN, LEAST_MOST = 40, 8
EXPANDED_MOST = 24
PINS_MOST, FARTHEST = 12, 20_000  # dragged things that a link keeps; how far from the middle one may be

Pin = tuple[str, int, int]  # a thing and where the reader put it


@dataclass(frozen=True, slots=True)
class Asked:
    """The view that is asked for. Ids are as the address gives them: not yet known to exist."""

    centres: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    chosen: str = ""
    edge: tuple[str, str] | None = None
    depth: int = 1
    least: int = 1
    hidden: tuple[str, ...] = ()
    view: str = VIEWS[0]
    most: int = FIRST_SHOWN
    pins: tuple[Pin, ...] = ()
    every_sentence: bool = False


def drawable() -> tuple[str, ...]:
    """The kinds a picture may show: passages, sources and votes are never drawn."""
    return load().of_role("thing", "statement", "event")


def read() -> Asked:
    """The address, with whatever makes no sense left out."""
    centres = _ids("c") or _ids("thing")
    edge = _ids("e")
    view = state.query("v") or _first_view()
    return Asked(
        centres=centres[:4],
        opened=_ids("x")[:EXPANDED_MOST],
        chosen=state.query("s"),
        edge=(edge[0], edge[1]) if len(edge) == 2 else None,
        depth=_number("d", 1, MOST_DEPTH, 1),
        least=_number("m", 1, LEAST_MOST, 1),
        hidden=tuple(k for k in dict.fromkeys(state.query("k").split(",")) if k in drawable()),
        view=view if view in VIEWS else _first_view(),
        most=_number("n", FIRST_SHOWN, MOST_SHOWN, FIRST_SHOWN),
        pins=_pins(part.rsplit("~", 2) for part in _ids("p")),
        every_sentence=state.query("all") == "1",
    )


def _first_view() -> str:
    """The picture; on a telephone the outline, which is read with one thumb."""
    return VIEWS[1] if "Mobi" in str(st.context.headers.get("User-Agent", "")) else VIEWS[0]


def whole(name: str) -> str:
    """A parameter that may be long, unlike others: many things opened, or moved."""
    return str(st.query_params.get(name, ""))[:2000]


def _ids(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in whole(name).split(",") if part))


def _number(name: str, low: int, high: int, default: int) -> int:
    text = state.query(name)
    return min(max(int(text), low), high) if text.isascii() and text.isdecimal() and len(text) < 6 else default


def _pins(told: Iterable[Any]) -> tuple[Pin, ...]:
    """The places that make sense among (thing, x, y); the latest ones where there are too many."""
    places: dict[str, Pin] = {}
    for one in told:
        if isinstance(one, Sequence) and len(one) == 3 and isinstance(one[0], str):
            x, y = (_place(value) for value in one[1:])
            if x is not None and y is not None:
                places[one[0][:200]] = (one[0][:200], x, y)
    return tuple(places.values())[-PINS_MOST:]


def _place(value: Any) -> int | None:
    text = str(value)
    known = text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 9
    return min(max(int(text), -FARTHEST), FARTHEST) if known else None


# --- acts: each changes the address, and the next run draws it --------------------------------------------------------


def choose(thing: str) -> None:
    state.set_query(s=thing, e=None, all=None)


def choose_edge(a: str, b: str) -> None:
    state.set_query(e=f"{a},{b}", s=None, all=None)


def centre(thing: str) -> None:
    """Make this thing the middle of a picture of its own."""
    state.set_query(c=thing, s=thing, e=None, x=None, n=None, p=None, all=None, thing=None, q=None)


def back_to_opening() -> None:
    state.set_query(c=None, s=None, e=None, x=None, n=None, p=None, all=None, thing=None, q=None)


def toggle_opened(thing: str) -> None:
    """Show more of what is around a thing, or fold it again."""
    opened = list(_ids("x"))
    opened = [o for o in opened if o != thing] if thing in opened else [*opened, thing][-EXPANDED_MOST:]
    state.set_query(x=",".join(opened), s=thing, e=None, all=None)


def every_sentence() -> None:
    """Show all the sentences of what is chosen, until something else is."""
    state.set_query(all=1)


def act(what: str, value: Any) -> None:
    """What the component tells. The value comes from a browser: anything unexpected is passed over."""
    acts = {"select": choose, "expand": toggle_opened}
    if what in acts and isinstance(value, str):
        acts[what](value[:200])
    elif what == "edge" and _texts(value) and len(value) == 2:
        choose_edge(value[0][:200], value[1][:200])
    elif what == "hide" and _texts(value):
        state.set_query(k=",".join(k for k in value if k in drawable()))
    elif what in {"depth", "least"} and isinstance(value, int):
        state.set_query(**{what[0] if what == "depth" else "m": None if value == 1 else value})
    elif what == "more":
        state.set_query(n=min(read().most * 2, MOST_SHOWN))
    elif what == "pins" and isinstance(value, Sequence) and not isinstance(value, str):
        state.set_query(p=",".join("~".join(map(str, pin)) for pin in _pins(value)))


def _texts(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(v, str) for v in value)
