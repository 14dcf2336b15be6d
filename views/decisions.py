"""Décisions: every correction, who took it and why, and the way to undo it."""

from __future__ import annotations

import streamlit as st

from graph.model import PAIRING, Decision, DecisionKind
from views import documents, frame, state
from views.correct import may_correct, say_what_was_done, undo
from views.escape import md
from views.i18n import clock, quoted, t
from views.kinds import name, picture
from views.tables import csv_button, more_button, shown

_STEP = 30


def page() -> None:
    say_what_was_done()
    frame.head(t("common.decisions"), t("common.upkeep"), under=t("decisions.about"))
    decisions = list(reversed(state.store().decisions()))
    if not decisions:
        st.info(t("decisions.none"))
        return
    header = [t(f"decisions.{c}") for c in ("when", "what", "who", "reason", "state")]
    csv_button("decisions", header, [_plain(d) for d in decisions])
    for decision in decisions[: shown(decisions, "decisions", _STEP)]:
        _row(decision)
    more_button(len(decisions), "decisions", _STEP)


def what(decision: Decision) -> str:
    """The decision in a sentence, as plain text."""
    label = quoted(str(decision.anchor.get("label", decision.target)))
    if decision.kind == DecisionKind.UNDO:
        return t("decisions.undo_of", old=label)
    key = "move_top" if decision.kind == DecisionKind.MOVE and not decision.value.get("parent") else decision.kind
    return t(f"decisions.{key}", old=label, **_changed(decision))


def _changed(decision: Decision) -> dict[str, str]:
    """What a sentence says beside the thing: the new label or kind, or what was joined to it."""
    value = decision.value
    if decision.kind == DecisionKind.RENAME:
        return {"new": quoted(str(value.get("label", "")))}
    if decision.kind in {DecisionKind.KIND, DecisionKind.ADD}:
        return {"new": name(str(value.get("kind", "")))}
    if decision.kind in PAIRING:
        return {"new": ", ".join(quoted(str(other.get("label", ""))) for other in value.get("others", ()))}
    for role in ("parent", "other"):
        if value.get(role):
            return {"new": quoted(documents.short(str(value[role].get("label", ""))))}
    return {}


def _row(decision: Decision) -> None:
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
