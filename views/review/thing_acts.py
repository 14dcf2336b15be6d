"""One thing under review: confirmed, renamed, of another kind, one with another, taken apart, or out of the graph."""

from __future__ import annotations

from functools import partial

import streamlit as st

from graph import actions
from graph.model import Thing
from graph.questions.counted import UNSURE_BELOW
from graph.review.record import members
from graph.review.trust import kinds
from views import documents, quotes, state
from views.escape import html, md
from views.i18n import percent, quoted, t
from views.kinds import glyph, label, name, picture
from views.review.shared import facts, facts_html, said, same_role
from views.review.taking import ask_reason, reason, take

QUOTES = 4
FOUND = 8
_NAMED = 20  # members offered to be taken apart


def draw(thing: Thing, settled: str, following: str) -> None:
    """The card of a thing and every correction of it."""
    mentions = said(thing)
    share = html(t("review.sure", share=percent(thing.confidence)))
    badge = f'<span class="badge{" doubt" if thing.confidence < UNSURE_BELOW else ""}">{share}</span>'
    done = f'<span class="badge">{html(t("review.is_confirmed"))}</span>' if thing.confirmed else ""
    st.html(f"<h3>{glyph(thing.kind, 20)} {html(label(thing))} {badge}{done}</h3>{facts_html(facts(thing, mentions))}")
    quotes.show_all((m.source, m.start, m.end, m.confidence) for m in mentions[:QUOTES])
    ask_reason(thing.id)
    with st.container(horizontal=True, key="review-acts"):
        _simple("confirm", "check", "v", thing, settled, following)
        _simple("reject", "delete", "e", thing, settled, following)
        with st.popover(t("review.rename"), icon=":material/edit:", key="review-rename"):
            _rename(thing)
        with st.popover(t("review.change_kind"), icon=":material/category:", key="review-kind"):
            _kind(thing)
        with st.popover(t("review.merge_with"), icon=":material/call_merge:", key="review-join"):
            _merge(thing)
        if len(thing.members) > 1:
            with st.popover(t("review.split"), icon=":material/call_split:", key="review-split"):
                _split(thing)
        state.link_to("decisions", t("decisions.history"), icon=":material/history:", thing=thing.id)


def _simple(word: str, icon: str, shortcut: str, thing: Thing, settled: str, following: str) -> None:
    act = {"confirm": actions.confirm, "reject": actions.reject}[word]
    st.button(
        t(f"review.{word}"),
        icon=f":material/{icon}:",
        key=f"review-{word}",
        type="primary" if word == "confirm" else "secondary",
        shortcut=shortcut,
        disabled=word == "confirm" and thing.confirmed,
        on_click=partial(
            take,
            lambda: act(state.store(), state.actor(), thing.id, reason(thing.id), seen_version=thing.version),
            t(f"review.{word}ed", name=quoted(documents.short(thing.label))),
            settled=settled,
            following=following,
        ),
    )


def _rename(thing: Thing) -> None:
    new = st.text_input(t("details.label"), thing.label, key=f"rename-{thing.id}").strip()
    st.button(
        t("details.rename"),
        key="do-rename",
        disabled=new == thing.label or not new,
        on_click=partial(
            take,
            lambda: actions.rename(
                state.store(), state.actor(), thing.id, new, reason(thing.id), seen_version=thing.version
            ),
            t("details.renamed", name=quoted(new)),
        ),
    )


def _kind(thing: Thing) -> None:
    others = [kind for kind in same_role(thing.kind) if kind != thing.kind]
    new = st.selectbox(
        t("review.kind"), others, format_func=name, key=f"kind-{thing.id}", index=None, placeholder=t("tree.choose")
    )
    st.button(
        t("review.change_kind"),
        key="do-kind",
        disabled=not new,
        on_click=partial(
            take,
            lambda: actions.change_kind(
                state.store(), state.actor(), thing.id, str(new), reason(thing.id), seen_version=thing.version
            ),
            t("review.kind_changed", name=quoted(documents.short(thing.label)), kind=name(str(new))),
        ),
    )


def _merge(thing: Thing) -> None:
    wanted = st.text_input(t("review.find"), key=f"join-{thing.id}")
    if not wanted.strip():
        return
    role = same_role(thing.kind)
    for other in found(wanted):
        if other.id != thing.id and other.kind in role:
            seen = {thing.id: thing.version, other.id: other.version}
            st.button(
                f"{picture(other.kind)} {md(documents.short(label(other), 60))}",
                key=f"with-{other.id}",
                on_click=partial(_take_merge, [thing.id, other.id], thing.label, seen),
            )


def _take_merge(ids: list[str], kept: str, seen: dict[str, int]) -> None:
    take(
        lambda: actions.merge(state.store(), state.actor(), ids, reason(ids[0]), seen=seen),
        t("review.merged", name=quoted(documents.short(kept))),
    )


def _split(thing: Thing) -> None:
    """Each member with the sentence it stands in: which ones are something else."""
    told = _members(state.stamp(), thing.id)
    names = {m: f"{told[m][0]} · {documents.short(told[m][1])}" for m in thing.members[:_NAMED] if m in told}
    apart = st.multiselect(
        t("review.members"),
        list(names),
        format_func=names.__getitem__,
        key=f"split-{thing.id}",
        placeholder=t("tree.choose"),
    )
    st.caption(t("review.split_all") if not apart else t("review.split_some", n=len(apart)))
    st.button(
        t("review.split"),
        key="do-split",
        disabled=len(apart) == len(thing.members),
        on_click=partial(
            take,
            lambda: actions.split(
                state.store(), state.actor(), thing.id, apart, reason(thing.id), seen_version=thing.version
            ),
            t("review.was_split", name=quoted(documents.short(thing.label))),
        ),
    )


@st.cache_data(show_spinner=False, max_entries=64)
def _members(stamp: str, thing: str) -> dict[str, tuple[str, str]]:  # noqa: ARG001  the key of the cache
    whole = state.store().get(thing)
    return members(state.store(), whole) if whole else {}


def found(wanted: str) -> list[Thing]:
    """What a search of the graph finds, best first."""
    hits = state.store().search(wanted, kinds(), limit=FOUND)
    things = state.store().things(hit.id for hit in hits)
    return list({things[hit.id].id: things[hit.id] for hit in hits if hit.id in things}.values())
