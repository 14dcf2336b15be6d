"""Décisions: every correction, or those of one thing (its history), who took it and why, and the way to undo it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from graph.decided.described import FIELDS
from graph.errors import NotFound
from graph.model import PAIRING, Decision, DecisionKind
from graph.review.record import history
from views import documents, frame, state
from views.correct import may_correct, say_what_was_done, undo
from views.escape import md
from views.i18n import clock, day, quoted, t
from views.kinds import label, name, picture
from views.tables import csv_button, more_button, shown

_STEP = 30


def page() -> None:
    say_what_was_done()
    frame.uncounted()
    asked, decisions = _log()
    _head(asked, decisions)
    if not decisions:
        st.info(t("decisions.none_of_it") if asked else t("decisions.none"))
        return
    header = [t(f"decisions.{c}") for c in ("when", "what", "who", "reason", "state")]
    csv_button("decisions", header, [_plain(d) for d in decisions])
    for decision in decisions[: shown(decisions, "decisions", _STEP)]:
        _row(decision, alone=not asked)
    more_button(len(decisions), "decisions", _STEP)


def _log() -> tuple[str, list[Decision]]:
    """The thing whose history the address asks for, "" for all of them, and the decisions, the latest first."""
    asked = state.query("thing")
    if asked:
        try:
            return asked, history(state.store(), asked)[::-1]
        except NotFound:
            st.warning(t("common.unknown_thing"))
    return "", state.store().decisions()[::-1]


def _head(asked: str, decisions: Sequence[Decision]) -> None:
    """The title: of all decisions, or of the history of one thing with the way to it and back."""
    if not asked:
        frame.head(t("common.decisions"), t("common.upkeep"), under=t("decisions.about"))
        return
    thing = state.known(asked)
    named = label(thing) if thing else next((str(d.anchor["label"]) for d in decisions if d.anchor.get("label")), "")
    title = t("decisions.history_of", name=quoted(documents.short(named, 80))) if named else t("decisions.history")
    frame.head(title, t("common.upkeep"), t("common.decisions"), kind=thing.kind if thing else "")
    with st.container(horizontal=True):
        if thing:
            state.link_to("reseau", t("common.see_network"), icon=":material/hub:", thing=thing.id)
        state.link_to("decisions", t("review.all_decisions"), icon=":material/rule:")


def what(decision: Decision) -> str:
    """The decision in a sentence, as plain text."""
    old = quoted(str(decision.anchor.get("label", decision.target)))
    if decision.kind == DecisionKind.UNDO:
        return t("decisions.undo_of", old=old)
    return t(f"decisions.{_moved(decision) or decision.kind}", old=old, **_changed(decision))


def _moved(decision: Decision) -> str:
    """How a block came to its place: a place that was confirmed names no neighbour; "" for what moves nothing."""
    if decision.kind != DecisionKind.MOVE:
        return ""
    top = "" if decision.value.get("parent") else "_top"
    return ("move" if "after" in decision.value else "stay") + top


def _changed(decision: Decision) -> dict[str, str]:
    """What a sentence says beside the thing: the new label or kind, or what was joined to it."""
    value = decision.value
    if decision.kind == DecisionKind.DESCRIBE:
        return {"new": ", ".join(_described(name, str(value[name])) for name in FIELDS if name in value)}
    if decision.kind == DecisionKind.RENAME:
        return {"new": quoted(str(value.get("label", "")))}
    if decision.kind in {DecisionKind.KIND, DecisionKind.ADD}:
        return {"new": name(str(value.get("kind", "")))}
    if decision.kind in PAIRING:
        return {"new": _others(str(decision.anchor.get("label", "")), value.get("others", ()))}
    for role in ("parent", "other"):
        if value.get(role):
            return {"new": quoted(documents.short(str(value[role].get("label", ""))))}
    return {}


def _others(first: str, others: Sequence[Mapping[str, Any]]) -> str:
    """What a thing was paired with, each name once; those of its own name are counted."""
    names = Counter(str(other.get("label", "")) for other in others)
    same = names.pop(first, 0)
    told = [t("decisions.same_name", n=same)] if same else []
    return ", ".join((*told, *map(quoted, names)))


_WORDS = {"meeting": "common.meeting", "date": "importer.date", "place": "importer.place"}


def _described(field: str, said: str) -> str:
    """« date : 18 mars 2026 », or that there is none."""
    value = quoted(day(said) if field == "date" else said) if said else t("decisions.field_none")
    return t("decisions.field", name=t(_WORDS[field]).lower(), value=value)


def _row(decision: Decision, *, alone: bool) -> None:
    """One decision; `alone`: among those of other things, so that the history of its own is offered."""
    kind = str(decision.anchor.get("kind", ""))
    with st.container(key=f"decision-{decision.id}", border=True):
        said, act = st.columns([6, 1], vertical_alignment="center")
        with said:
            mark = f"{picture(kind)} {md(name(kind))} " if kind else ""
            st.markdown(f"{mark}{_struck(decision)}")
            reason = f" · {md(decision.reason)}" if decision.reason else ""
            st.caption(
                f"{clock(decision.at)} · {md(decision.actor)}{reason} · {t(f'decisions.state_{decision.state}')}"
            )
            if alone and decision.kind != DecisionKind.UNDO:
                state.link_to("decisions", t("decisions.history"), icon=":material/history:", thing=decision.target)
        if decision.state != "undone" and decision.kind != DecisionKind.UNDO and may_correct():
            act.button(
                t("common.undo"), key=f"undo-{decision.id}", icon=":material/undo:", on_click=undo, args=(decision.id,)
            )


def _struck(decision: Decision) -> str:
    text = md(what(decision))
    return f"~~{text}~~" if decision.state == "undone" else text


def _plain(decision: Decision) -> list[object]:
    stands = t(f"decisions.state_{decision.state}")
    return [decision.at, what(decision), decision.actor, decision.reason, stands]
