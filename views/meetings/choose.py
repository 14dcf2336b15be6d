"""What a synthesis is about: a meeting, a theme, or things that a person picks; the choice is in the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from graph.course.meetings import things_of
from graph.model import Thing
from graph.questions.surest import surest
from graph.synthesis.build import Scope
from views import state
from views.i18n import named, t
from views.kinds import capital, label, name
from views.meetings.shared import formerly, series, when
from views.picker import pick

_FOUND = 30
_PICKED = 60
_PICKABLE = ("proposal", "finding", "question", "action", "figure", "resource")
_WAYS = ("meeting", "theme", "selection")
_PARAMETERS = {"meeting": "m", "theme": "thing", "selection": "pick"}


def chosen_scope() -> tuple[Scope | None, str]:
    """What is asked for and a key that names it, or (None, "")."""
    asked = next((way for way in _WAYS if state.query(_PARAMETERS[way])), state.query("by"))
    st.session_state["synthesis-by"] = asked if asked in _WAYS else "meeting"
    way = st.segmented_control(
        t("synthesis.of"), _WAYS, format_func=lambda w: t(f"synthesis.of_{w}"), key="synthesis-by", required=True,
        on_change=_another,
    )  # fmt: skip
    return {"meeting": _meeting, "theme": _theme, "selection": _selection}[str(way)]()


def _another() -> None:
    state.set_query(by=st.session_state["synthesis-by"], m="", thing="", pick="")


def _select(title: str, names: Mapping[str, str], parameter: str) -> str:
    asked = state.query(parameter)
    widget = f"synthesis-{parameter}"
    st.session_state[widget] = asked if asked in names else None
    st.selectbox(
        title, list(names), format_func=names.__getitem__, key=widget, index=None, placeholder=t("synthesis.pick_one"),
        on_change=lambda: state.set_query(**{parameter: st.session_state[widget]}),
    )  # fmt: skip
    return asked if asked in names else ""


def _meeting() -> tuple[Scope | None, str]:
    found = {m.id: m for m in reversed(series())}
    dated = [i for i, m in found.items() if m.date]
    if not state.query("m") and dated:
        state.set_query(m=dated[0])  # the latest: a page that shows something at once
    asked = state.query("m")
    if asked not in found and (now := formerly(asked, list(found.values()))):
        state.set_query(m=now.id)
    chosen = _select(t("common.meeting"), {i: named(when(m), capital(m.name)) for i, m in found.items()}, "m")
    if not chosen:
        return None, ""
    return Scope(found[chosen].name, meeting=found[chosen], where=state.where()), f"meeting:{chosen}"


def _theme() -> tuple[Scope | None, str]:
    asked = state.known(state.query("thing"))
    theme = asked if asked and asked.kind == "theme" else None
    pick(name("theme"), ["theme"], theme, lambda id_: state.set_query(thing=id_), key="synthesis-thing")
    if theme is None:
        return None, ""
    return Scope(label(theme), theme=theme, where=state.where()), f"theme:{theme.id}"


def _selection() -> tuple[Scope | None, str]:
    """Things found by their words and picked one by one."""
    picked = [i for i in st.query_params.get("pick", "")[: _PICKED * 40].split(",") if i][:_PICKED]
    chosen = {i: x for i, x in state.store().things(picked).items() if x.kind in _PICKABLE}
    wanted = st.text_input(t("synthesis.find"), key="synthesis-find", icon=":material/search:")
    offered = {**chosen, **{x.id: x for x in _search(wanted)}}
    st.session_state["synthesis-pick"] = list(chosen)
    st.multiselect(
        t("synthesis.picked"), list(offered), format_func=lambda i: named(name(offered[i].kind), offered[i].label),
        key="synthesis-pick", max_selections=_PICKED, placeholder=t("synthesis.pick_some"),
        on_change=lambda: state.set_query(pick=",".join(st.session_state["synthesis-pick"])),
    )  # fmt: skip
    if not chosen:
        return None, ""
    return Scope(
        t("synthesis.selection"), chosen=tuple(chosen.values()), where=state.where()
    ), f"pick:{','.join(chosen)}"


def proposals_of(scope: Scope) -> list[Thing]:
    """The proposals of a meeting or a theme, as many as may be picked; none of a selection."""
    if scope.meeting:
        return things_of(state.store(), scope.meeting, ["proposal"], limit=_PICKED)
    if scope.theme is None:
        return []
    links = surest(state.store(), scope.theme.id, ["proposal"], scope.where, limit=_PICKED, stated_only=True)
    found = state.store().things(link.b for link in links)
    return [found[link.b] for link in links if link.b in found]


def _search(wanted: str) -> list[Thing]:
    store, where = state.store(), state.where()
    if not wanted.strip():
        return store.rows(["proposal"], where, limit=_FOUND)
    hits = store.search(wanted, _PICKABLE, limit=_FOUND, where=where)
    found = store.things(hit.id for hit in hits)
    return [found[hit.id] for hit in hits if hit.id in found]
