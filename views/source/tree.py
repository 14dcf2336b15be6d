"""The tree of a document: a map's topics or the headings and bullets of notes; doubtful parents say so."""

from __future__ import annotations

from collections import defaultdict

import streamlit as st

from graph.model import Passage, SourceInfo, Thing
from graph.questions.counted import UNSURE_BELOW
from views import state
from views.documents import Opened, open_source
from views.escape import html
from views.i18n import percent, t
from views.kinds import glyph
from views.review import tree_editor
from views.script import scroll_to_mark
from views.source import confirmed

_SHOWN = frozenset({"heading", "topic", "bullet", "note"})
_MOST = 1500
_CUT = 140


def draw(info: SourceInfo) -> None:
    opened = open_source(info.id)
    kept = [p for p in opened.passages if p.kind in _SHOWN]
    if not kept:
        st.info(t("source.no_tree"))
        return
    block = tree_editor.chosen(kept[:_MOST])
    if block:
        tree = _tree(opened, kept[:_MOST], _things(info.id), block.id)
        tree_editor.draw(info, opened, kept, block, tree)
        return
    tree_editor.start_button(kept)
    guessed = [p for p in kept if p.parent and p.parent_confidence < 1]
    if guessed:
        doubtful = sum(p.parent_confidence < UNSURE_BELOW for p in guessed)
        st.markdown(t("source.guessed"))
        if doubtful:
            st.markdown(t("source.doubtful_parents", n=doubtful))
    if len(kept) > _MOST:
        st.caption(t("source.tree_cut", shown=_MOST, total=len(kept)))
    st.html(f'<div class="tree">{_tree(opened, kept[:_MOST], _things(info.id))}</div>')
    at = state.query("at")
    if at.isdecimal():
        scroll_to_mark(int(at))


def _things(source: str) -> dict[str, Thing]:
    """What each passage says, by passage id: the widest statement found in it."""
    widest: dict[str, tuple[int, str]] = {}
    for mention in state.store().mentions(source):
        size = mention.end - mention.start
        if size > widest.get(mention.passage, (0, ""))[0]:
            widest[mention.passage] = (size, mention.node)
    found = confirmed.found({node for _, node in widest.values()})
    return {passage: found[node] for passage, (_, node) in widest.items() if node in found}


def _tree(opened: Opened, kept: list[Passage], things: dict[str, Thing], edited: str = "") -> str:
    shown = {p.id for p in kept}
    children: dict[str | None, list[Passage]] = defaultdict(list)
    for passage in kept:
        children[_parent(opened, passage, shown)].append(passage)
    return _branches(opened, children, None, things, edited)


def _parent(opened: Opened, passage: Passage, shown: set[str]) -> str | None:
    """The nearest shown ancestor: a bullet under a paragraph hangs from the paragraph's heading."""
    up = passage.parent
    while up is not None and up not in shown:
        up = opened.by_id[up].parent if up in opened.by_id else None
    return up


def _branches(
    opened: Opened,
    children: dict[str | None, list[Passage]],
    root: str | None,
    things: dict[str, Thing],
    edited: str,
) -> str:
    """Nested lists, built without recursion: a map may be a thousand levels deep."""
    out: list[str] = ["<ul>"]
    stack = [iter(children.get(root, []))]
    while stack:
        passage = next(stack[-1], None)
        if passage is None:
            stack.pop()
            out.append("</ul>" + ("</li>" if stack else ""))
            continue
        out.append(_leaf(opened, passage, things.get(passage.id), edited))
        below = children.get(passage.id)
        if below:
            out.append("<ul>")
            stack.append(iter(below))
        else:
            out.append("</li>")
    return "".join(out)


def _leaf(opened: Opened, passage: Passage, thing: Thing | None, edited: str) -> str:
    """A block of the tree; `edited` is the one under the hand of who edits it: links then choose another."""
    label = passage.label if len(passage.label) <= _CUT else passage.label[:_CUT].rsplit(" ", 1)[0] + "…"
    confidence = passage.parent_confidence if passage.parent else 1.0
    doubtful = confidence < UNSURE_BELOW
    guessed = " guessed" if confidence < 1 else ""
    mark = glyph(thing.kind, 16) if thing else ""
    aim = {"tab": "plan", "edit": passage.id} if edited else {"at": passage.start}
    address = html(state.href("sources", doc=opened.id, **aim))
    badge = _doubt(confidence, address) if doubtful else ""
    asked = passage.id == edited if edited else state.query("at") == str(passage.start)
    words = f"<mark>{html(label)}</mark>" if asked else html(label)
    anchor = ' id="marked"' if asked else ""
    here = ' id="tree-chosen" aria-current="true"' if edited and asked else ""
    return (
        f'<li class="{html(passage.kind)}{guessed}"{anchor}>'
        f'<span>{mark}<a href="{address}"{here}>{words}</a>{badge}</span>'
    )


def _doubt(confidence: float, address: str) -> str:
    """The doubt in words, leading to the place in the text where it can be settled by reading."""
    share = html(t("source.parent", share=percent(confidence)))
    return f' <a class="badge doubt" href="{address}" title="{share}">{html(t("source.parent_doubt"))}</a>'
