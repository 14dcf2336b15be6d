"""The tree of a document put right: doubtful parents first, one block at a time, with the keys of an outliner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from graph import text_actions
from graph.decided.tree import FUSED, siblings_before
from graph.model import Decision, Passage, SourceInfo
from graph.questions.counted import UNSURE_BELOW
from views import state
from views.correct import may_correct
from views.documents import Opened, short
from views.escape import html
from views.i18n import percent, quoted, t
from views.review.shared import walk_button
from views.review.taking import say_refused, take
from views.script import scroll_to_mark

_MOST_PARENTS = 2_000


def chosen(kept: Sequence[Passage]) -> Passage | None:
    """The block that the address names for edition; one that was taken in by another names that one."""
    asked = state.query("edit")
    if not asked or not may_correct():
        return None
    return next((p for p in kept if p.id == asked or asked in p.attributes.get(FUSED, ())), kept[0])


def doubtful(kept: Sequence[Passage]) -> list[Passage]:
    """The blocks whose parent is to be confirmed, the most doubtful first."""
    asked = [p for p in kept if p.parent and p.parent_confidence < UNSURE_BELOW]
    return sorted(asked, key=lambda p: (p.parent_confidence, p.order))


def start_button(kept: Sequence[Passage]) -> None:
    """The way into the edition, at the first doubt."""
    if may_correct():
        first = (doubtful(kept) or list(kept))[0]
        st.button(
            t("tree.start"),
            icon=":material/account_tree:",
            key="tree-start",
            on_click=partial(state.set_query, edit=first.id, at=None),
        )


def draw(info: SourceInfo, opened: Opened, kept: Sequence[Passage], block: Passage, tree: str) -> None:
    """The tree, and beside it the block under the hand with all that can be done to it."""
    say_refused()
    with st.container(key="tree-columns"):
        left, right = st.columns([1.7, 1], gap="medium")
    with right, st.container(border=True, key="card-tree"):
        _card(info, opened, kept, block)
    with left:
        st.html(f'<div class="tree editing" data-seen="{len(state.store().decisions())}">{tree}</div>')
    scroll_to_mark(block.order)


def _card(info: SourceInfo, opened: Opened, kept: Sequence[Passage], block: Passage) -> None:
    seen = text_actions.version(state.store(), info.id)
    parent = opened.by_id.get(block.parent or "")
    under = quoted(short(parent.label)) if parent else t("tree.top")
    st.html(f"<h3>{html(short(block.label, 120))}</h3><p>{html(t('tree.under', parent=under))} {_sure(block)}</p>")
    _places(opened, kept, block, seen)
    _shape(kept, block, seen)
    _walk(kept, block)
    st.html(f'<p class="tree-keys"><small>{_keys()}</small></p>')
    st.button(t("tree.end"), key="tree-end", icon=":material/check:", on_click=partial(state.set_query, edit=None))


def _sure(block: Passage) -> str:
    if not block.parent or block.parent_confidence >= 1:
        return ""
    doubt = " doubt" if block.parent_confidence < UNSURE_BELOW else ""
    return f'<span class="badge{doubt}">{html(t("source.parent", share=percent(block.parent_confidence)))}</span>'


def _keys() -> str:
    pairs = (
        ("Tab", "indent"),
        ("⇧ Tab", "outdent"),
        ("V", "confirm"),
        ("P", "next_doubt"),
        ("J", "next"),
        ("K", "before"),
    )
    told = ", ".join(f"<kbd>{key}</kbd> {html(t(f'tree.key_{word}'))}" for key, word in pairs)
    return f"{told}. {html(t('tree.key_escape'))}"


# --- where it stands ------------------------------------------------------------------------------------------------


def _act(word: str, block: Passage, act: Callable[[], Decision]) -> None:
    take(act, t(f"tree.done_{word}", name=quoted(short(block.label))))


def _button(
    word: str, icon: str, block: Passage, act: Callable[[], Decision], *, shortcut: str = "", disabled: bool = False
) -> None:
    st.button(
        t(f"tree.{word}"),
        icon=f":material/{icon}:",
        key=f"tree-{word}",
        type="primary" if word == "confirm" else "secondary",
        shortcut=shortcut or None,
        disabled=disabled,
        on_click=partial(_act, word, block, act),
    )


def _places(opened: Opened, kept: Sequence[Passage], block: Passage, seen: int) -> None:
    store, actor = state.store(), state.actor()
    with st.container(horizontal=True, key="tree-acts"):
        sure = block.parent_confidence >= 1
        _button(
            "confirm",
            "check",
            block,
            lambda: text_actions.confirm_place(store, actor, block.id, seen=seen),
            shortcut="v",
            disabled=sure or not block.parent,
        )
        first = not siblings_before(opened.passages, block)
        _button(
            "outdent",
            "format_indent_decrease",
            block,
            lambda: text_actions.outdent(store, actor, block.id, seen=seen),
            disabled=not block.parent,
        )
        _button(
            "indent",
            "format_indent_increase",
            block,
            lambda: text_actions.indent(store, actor, block.id, seen=seen),
            disabled=first,
        )
    others = {"": t("tree.top")} | {p.id: _indented(p) for p in kept[:_MOST_PARENTS] if p.id != block.id}
    to = st.selectbox(
        t("tree.move_under"),
        list(others),
        index=None,
        format_func=others.__getitem__,
        placeholder=t("tree.choose"),
        key=f"tree-to-{block.id}",
    )
    if to is not None:
        _button("move", "drive_file_move", block, lambda: text_actions.move(store, actor, block.id, to, seen=seen))


def _indented(p: Passage) -> str:
    return "\u2003" * max(0, p.level - 1) + short(p.label, 70)


# --- what it is -----------------------------------------------------------------------------------------------------


def _shape(kept: Sequence[Passage], block: Passage, seen: int) -> None:
    store, actor = state.store(), state.actor()
    before = next(iter(reversed(siblings_before(kept, block))), None)
    words = block.label.split()
    with st.container(horizontal=True, key="tree-shape", vertical_alignment="bottom"):
        if before:
            _button("fuse", "merge", block, lambda: text_actions.fuse(store, actor, before.id, block.id, seen=seen))
        if len(words) > 1:
            with st.popover(t("tree.cut"), icon=":material/content_cut:", key="tree-cutting"):
                after = st.select_slider(
                    t("tree.cut_after"), range(1, len(words)), len(words) // 2, key=f"tree-at-{block.id}"
                )
                st.html(f"<p>{html(' '.join(words[:after]))} <b>┃</b> {html(' '.join(words[after:]))}</p>")
                _button(
                    "do_cut",
                    "content_cut",
                    block,
                    lambda: text_actions.cut(store, actor, block.id, int(after), seen=seen),
                )


def _walk(kept: Sequence[Passage], block: Passage) -> None:
    at = next(n for n, p in enumerate(kept) if p.id == block.id)
    left = [p for p in doubtful(kept) if p.id != block.id]
    with st.container(horizontal=True, key="tree-walk"):
        _go("before", "arrow_upward", "k", kept[at - 1] if at else None)
        _go("next", "arrow_downward", "j", kept[at + 1] if at + 1 < len(kept) else None)
        _go("next_doubt", "help", "p", left[0] if left else None)
    if left:
        st.caption(t("tree.doubts_left", n=len(left)))


def _go(word: str, icon: str, shortcut: str, to: Passage | None) -> None:
    walk_button(t(f"tree.{word}"), icon, shortcut, f"tree-{word}", {"edit": to.id} if to else {})
