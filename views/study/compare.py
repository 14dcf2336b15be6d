"""Comparer: two periods, meetings or territories, and what is said more in one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from graph.study.compare import Comparison, Part, Row, compare, said
from graph.study.tables import ACROSS
from views import state
from views.documents import infos, short
from views.escape import html
from views.frame import meeting_names
from views.i18n import day, number, percent, t
from views.kinds import capital, label
from views.study.shared import beside_opened, chosen, keep_button, opened_card, opens, thing_link
from views.tables import csv_button, more_button, shown, table

_BY = ("period", "meeting", "territory")
_KINDS: Mapping[str, Sequence[str]] = {
    "theme": ("theme",),
    "stakeholder": ACROSS["stakeholder"],
    "proposal": ("proposal",),
    "finding": ("finding",),
    "question": ("question",),
}
_STEP = 25
_TERRITORIES = 200
_HEAD = 28  # characters of a meeting at the head of a column
_TO = ".."  # between the two days of a period, in the address


def draw() -> None:
    by = chosen("by", _BY, t("study.by"), prefix="by")
    parts = _parts(by)
    if parts is None:
        return
    kind = chosen("kind", tuple(_KINDS), t("study.what"), prefix="kind")
    found = compare(state.store(), parts[0], parts[1], _KINDS[kind], state.where())
    if not found.rows:
        st.info(t("study.nothing_to_compare"))
        return
    st.caption(t("study.about_compare", first=number(found.totals[0]), second=number(found.totals[1])))
    _rows(found, parts, [side_name(part) for part in parts])


def _parts(by: str) -> tuple[Part, Part] | None:
    """The two sides, chosen beside each other; None where there are not two."""
    options = _options(by)
    if len(options) < 2:
        st.info(t(f"study.too_few_{by}"))
        return None
    keys = list(options)
    defaults = _halves(keys) if by == "period" else keys[:2]
    names = []
    for column, side, default in zip(st.columns(2, gap="medium"), ("a", "b"), defaults, strict=True):
        with column:
            names.append(_period(side, keys, default) if by == "period" else _one(side, options, default))
    made = {"meeting": _meeting, "territory": _territory, "period": _days}[by]
    return made(names[0]), made(names[1])


def _options(by: str) -> dict[str, str]:
    """What may be compared: the value in the address, and how it is shown."""
    if by == "meeting":
        return {name: capital(name) for name in reversed(meeting_names(list(infos().values())))}
    if by == "territory":
        return {x.id: label(x) for x in state.store().rows(["territory"], state.where(), limit=_TERRITORIES)}
    return {iso: day(iso) for iso in sorted({info.date for info in infos().values() if info.date})}


def _halves(days: Sequence[str]) -> tuple[str, str]:
    middle = (len(days) + 1) // 2
    return f"{days[0]}{_TO}{days[middle - 1]}", f"{days[middle]}{_TO}{days[-1]}"


def _one(side: str, options: Mapping[str, str], default: str) -> str:
    asked = state.query(side)
    now = asked if asked in options else default
    if asked and asked != now:
        st.warning(t("study.side_unknown"))
    key = f"study-{side}"
    st.session_state[key] = now
    st.selectbox(
        t(f"study.side_{side}"),
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=lambda: state.set_query(**{side: st.session_state[key], "x": ""}),
    )
    return now


def _period(side: str, days: Sequence[str], default: str) -> str:
    asked = state.query(side).partition(_TO)
    known = asked[0] in days and asked[2] in days
    if state.query(side) and not known:
        st.warning(t("study.side_unknown"))
    first, last = (asked[0], asked[2]) if known else default.split(_TO)
    columns = st.columns(2)
    for column, name, value in ((columns[0], "since", first), (columns[1], "until", last)):
        key = f"study-{side}-{name}"
        st.session_state[key] = value
        column.selectbox(
            t(f"study.side_{side}_{name}"), days, format_func=day, key=key, on_change=_set_period, args=(side,)
        )
    return f"{first}{_TO}{last}"


def _set_period(side: str) -> None:
    first, last = (st.session_state[f"study-{side}-{name}"] for name in ("since", "until"))
    state.set_query(**{side: f"{first}{_TO}{last}", "x": ""})


def _meeting(name: str) -> Part:
    return Part(meeting=name)


def _territory(id_: str) -> Part:
    return Part(territory=id_)


def _days(text: str) -> Part:
    first, _, last = text.partition(_TO)
    return Part(since=first, until=last)


def side_name(part: Part) -> str:
    """How a side is called at the head of its column."""
    if part.territory:
        found = state.known(part.territory)
        return label(found) if found else part.territory
    if part.meeting:
        return capital(short(part.meeting, _HEAD))
    if part.since == part.until:
        return day(part.since)
    one_year = part.since[:4] == part.until[:4]
    return f"{day(part.since, year=not one_year)} – {day(part.until)}"


# --- the rows -------------------------------------------------------------------------------------------------------


def _rows(found: Comparison, parts: tuple[Part, Part], names: Sequence[str]) -> None:
    x, side = state.query("x"), state.query("side")
    opened = next((row for row in found.rows if row.thing.id == x), None)
    left, right = beside_opened() if opened else (st.container(), None)
    header = [t("study.col_what"), *names, t("study.col_more"), t("study.col_surprise")]
    with left:
        now = found.rows[: shown(found.rows, "compare", _STEP)]
        table(header, [_cells(row, found.totals) for row in now], numeric=(1, 2, 4))
        more_button(len(found.rows), "compare", _STEP)
        with st.container(horizontal=True):
            csv_button("comparaison", header, [_plain(row) for row in found.rows], key="csv-compare")
            keep_button(t("study.compare"))
    if opened and right is not None:
        with right:
            part = parts[1] if side == "b" else parts[0]
            opened_card(label(opened.thing), lambda most: said(state.store(), part, x, state.where(), limit=most))


def _cells(row: Row, totals: tuple[int, int]) -> list[str]:
    counts = [_count(row, side, n, of) for side, n, of in (("a", row.first, totals[0]), ("b", row.second, totals[1]))]
    weight = number(abs(row.surprise), 1)
    return [thing_link(row.thing), *counts, html(_verdict(row)), f"<b>{weight}</b>" if row.sure else weight]


def _count(row: Row, side: str, n: int, of: int) -> str:
    name = t("study.sentences_of", a=label(row.thing))
    return f"{opens(n, name, x=row.thing.id, side=side)} <small>{percent(n / of) if of and n else ''}</small>"


def _verdict(row: Row) -> str:
    if not row.first or not row.second:
        return t("study.only_first") if row.first else t("study.only_second")
    if not row.sure:
        return t("study.as_much")
    return t("study.more_first") if row.surprise > 0 else t("study.more_second")


def _plain(row: Row) -> list[object]:
    return [row.thing.label, row.first, row.second, _verdict(row), round(row.surprise, 3)]
