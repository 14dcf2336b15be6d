"""What an imported document brought: its main things by kind, each a link, and the way to all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from graph.model import Mention, Thing
from ontology import load
from views import state
from views.documents import short
from views.escape import html
from views.i18n import t
from views.kinds import ACTORS, glyph, label, name

_NAMED = 4  # of each kind


def draw(source: str, counts: Mapping[str, int]) -> None:
    """The things of a source, the most said first; `counts` is what its import reported by kind."""
    mentions = state.store().mentions(source)
    things = state.store().things({m.node for m in mentions})
    by_kind = {k: _most_said(k, mentions, things) for k in load().kinds if k != "passage"}
    rows = [_row(source, kind, found, mentions) for kind, found in by_kind.items() if found]
    if not rows:
        st.caption(t("source.nothing_found"))
        return
    total = sum(n for kind, n in counts.items() if kind != "passage") or len(things)
    title, listed = html(t("importer.found_title")), "".join(rows)
    address, words = html(state.href("sources", doc=source, tab="table")), html(t("importer.see_all", n=total))
    head = f'<h4 class="card-head">{title}</h4>'
    st.html(f'{head}<dl class="found">{listed}</dl><a href="{address}">{words}</a>')


def _most_said(kind: str, mentions: Sequence[Mention], things: Mapping[str, Thing]) -> list[Thing]:
    times = Counter(m.node for m in mentions if m.node in things and things[m.node].kind == kind)
    return [things[node] for node, _ in times.most_common()]


def _row(source: str, kind: str, found: Sequence[Thing], mentions: Sequence[Mention]) -> str:
    links = "".join(f"<li>{_link(source, thing, mentions)}</li>" for thing in found[:_NAMED])
    rest = f"<li>+ {len(found) - _NAMED}</li>" if len(found) > _NAMED else ""
    title = f"{glyph(kind, 16)} {html(name(kind, plural=len(found) > 1))} <b>{len(found)}</b>"
    return f"<dt>{title}</dt><dd><ul>{links}{rest}</ul></dd>"


def _link(source: str, thing: Thing, mentions: Sequence[Mention]) -> str:
    """A theme and a stakeholder have a page; what is said is shown where it is said."""
    if thing.kind == "theme":
        address = state.href("themes", thing=thing.id)
    elif thing.kind in ACTORS:
        address = state.href("acteurs", thing=thing.id)
    else:
        address = state.href("sources", doc=source, at=min(m.start for m in mentions if m.node == thing.id))
    return f'<a href="{html(address)}" title="{html(thing.label)}">{html(short(label(thing), 60))}</a>'
