"""What was found in a document as a table, and the ledger of its reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import streamlit as st

from graph.model import Mention, SourceInfo
from views import frame, state
from views.documents import open_source
from views.escape import html
from views.i18n import named, number, t
from views.kinds import glyph, name
from views.source import confirmed
from views.tables import count, csv_button, link, more_button, shown, table
from views.wording import said


def draw(info: SourceInfo) -> None:
    """Every thing found, with how often and where first."""
    opened = open_source(info.id)
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in state.store().mentions(info.id):
        places[mention.node].append(mention)
    things = confirmed.found(places)
    order = sorted(things, key=lambda i: (name(things[i].kind), -len(places[i]), things[i].label))
    if not order and places:
        frame.filters_hide(len(places))
        return
    if not order:
        st.info(t("source.nothing_found"))
        return
    header = [t(f"source.{c}") for c in ("kind", "label", "times", "first_line")]
    plain: list[list[object]] = [
        [name(things[i].kind), things[i].label, len(places[i]), opened.line(places[i][0].start)] for i in order
    ]
    csv_button("elements", header, plain, key="found-csv")
    rows = [
        [
            f"{glyph(things[i].kind, 16)} {html(name(things[i].kind))}",
            link(state.href("reseau", thing=i), things[i].label),
            count(len(places[i])),
            _line(info, opened.line(places[i][0].start), places[i][0].start, things[i].label),
        ]
        for i in order[: shown(order, "found")]
    ]
    table(header, rows, numeric=(2, 3), caption=t("common.elements", n=len(order)))
    more_button(len(order), "found")


def _line(info: SourceInfo, line: int, start: int, label: str) -> str:
    """The number of a line, leading there; read aloud with what stands on it."""
    name = named(label, t("common.line", n=line))
    return link(state.href("sources", doc=info.id, at=start), number(line), name)


def ledger(info: SourceInfo) -> None:
    """The ledger of a document, with its CSV."""
    show_ledger(info.ledger, key=f"ledger-{info.id}")


def show_ledger(kept: Mapping[str, Any], *, key: str) -> None:
    """Found, kept, left out with the reasons; `kept` is a ledger as `Ledger.to_json` gives it."""
    found, saved = kept.get("found", {}), kept.get("kept", {})
    left: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in kept.get("left_out", []):
        left[str(row.get("what", ""))].append(row)
    names = [n for n in dict.fromkeys([*found, *saved, *left]) if found.get(n) or saved.get(n) or left[n]]
    if not names:
        st.info(t("source.no_ledger"))
        return
    header = [t(f"source.{c}") for c in ("element", "found", "kept", "aside")]
    rows = [[_reasons(n, left[n]), count(found.get(n, 0)), count(saved.get(n, 0)), _aside(left[n])] for n in names]
    table(header, rows, numeric=(1, 2, 3))
    st.caption(t("source.ledger_note"))
    plain = [[n, found.get(n, 0), saved.get(n, 0), _left_count(left[n]), _why(left[n])] for n in names]
    csv_button("registre", [*header, t("source.why")], plain, key=key)


def _left_count(rows: list[Mapping[str, Any]]) -> int:
    return sum(int(r.get("count", 1)) for r in rows)


def _aside(rows: list[Mapping[str, Any]]) -> str:
    n = _left_count(rows)
    return f'<b class="warn">{count(n)}</b>' if n else count(0)


def _why(rows: list[Mapping[str, Any]]) -> str:
    return " ; ".join(dict.fromkeys(f"{r.get('why', '')} ({r.get('where', '')})" for r in rows))


def _reasons(what: str, rows: list[Mapping[str, Any]]) -> str:
    lines = dict.fromkeys(str(r.get("why", "")) for r in rows)
    return f"<b>{html(said(what))}</b>" + "".join(f'<br><small class="warn">{html(said(w))}</small>' for w in lines)
