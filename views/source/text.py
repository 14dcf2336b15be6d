"""The text of a document, in serif, with what was found in it; line numbers on the left, kinds in the margin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from graph.model import Mention, Passage, SourceInfo, Thing
from graph.questions.counted import UNSURE_BELOW
from views import state
from views.documents import Opened, doubtful_parents, open_source, short
from views.escape import html
from views.i18n import NARROW, t
from views.kinds import ACTORS, IDEAS, glyph, label, name
from views.review import add
from views.script import scroll_to_mark
from views.source import confirmed
from views.source import steps as source_steps
from views.source.highlight import block_html, family_class

PAGE = 200  # blocks drawn at once
_LAYERS = {"all": ("theme", "event", *IDEAS, *ACTORS), "ideas": ("theme", *IDEAS), "actors": ACTORS, "none": ()}
_MARGIN = frozenset(("event", *IDEAS, *ACTORS))
_MOST_IN_MARGIN = 5


def draw(info: SourceInfo) -> None:
    opened = open_source(info.id)
    add.draw(opened)
    layer = _layer()
    mentions, things = _found(info.id, layer)
    blocks = list(_blocks(opened))
    asked = source_steps.draw(mentions, things) or _asked(opened)
    first = _first_block(blocks, asked)
    st.html(_text_html(opened, blocks[first : first + PAGE], mentions, things, asked))
    _turn(opened, blocks, first)
    if asked and not state.query("add"):  # the form stands above the text
        scroll_to_mark(asked[0])


def _layer() -> str:
    asked = state.query("show")
    st.session_state["source-layer"] = asked if asked in _LAYERS else "all"
    chosen = st.segmented_control(
        t("source.highlight"),
        list(_LAYERS),
        format_func=lambda key: t(f"source.show_{key}"),
        key="source-layer",
        required=True,
        on_change=lambda: state.set_query(show=_without_default(st.session_state["source-layer"])),
    )
    return str(chosen or "all")


def _without_default(layer: str) -> str:
    return "" if layer == "all" else layer


def _found(source: str, layer: str) -> tuple[list[Mention], dict[str, Thing]]:
    mentions = state.store().mentions(source)
    things = confirmed.found({m.node for m in mentions})
    kept = {i: thing for i, thing in things.items() if thing.kind in _LAYERS[layer]}
    return [m for m in mentions if m.node in kept], kept


def _asked(opened: Opened) -> tuple[int, int] | None:
    """The passage at the offset of the address, to mark in yellow."""
    at = state.query("at")
    if not at.isdecimal() or int(at) >= len(opened.text):
        return None
    passage = opened.innermost(int(at), int(at) + 1)
    return (passage.start, passage.end) if passage else None


def _blocks(opened: Opened) -> Iterator[Passage]:
    """The passages that stand on the page by themselves: sentences are inside their paragraph; nothing twice."""
    reached = 0
    for passage in sorted(opened.passages, key=lambda p: (p.start, -p.end, p.order)):
        inside = passage.kind == "sentence" and passage.parent in opened.by_id and passage.start < reached
        if passage.start >= reached and not inside:
            reached = passage.end
            yield passage


def _first_block(blocks: Sequence[Passage], asked: tuple[int, int] | None) -> int:
    turned = state.query("page")
    if asked and not turned:
        index = next((i for i, b in enumerate(blocks) if b.end >= asked[1]), 0)
        return index - index % PAGE
    page = int(turned) if turned.isdecimal() else 1
    return min(max(page - 1, 0) * PAGE, max(len(blocks) - 1, 0) // PAGE * PAGE)


def _turn(opened: Opened, blocks: Sequence[Passage], first: int) -> None:
    """Which lines are shown, and the way to the others."""
    if not blocks:
        st.info(t("source.no_text"))
        return
    last = blocks[min(first + PAGE, len(blocks)) - 1]
    total = opened.line(len(opened.text))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t("source.lines", a=opened.line(blocks[first].start), b=opened.line(last.end - 1), total=total))
        if first:
            st.button(t("source.previous"), on_click=_go, args=(first // PAGE,), key="page-previous")
        if first + PAGE < len(blocks):
            st.button(t("source.next"), on_click=_go, args=(first // PAGE + 2,), key="page-next")


def _go(page: int) -> None:
    state.set_query(page=page)


# --- HTML -----------------------------------------------------------------------------------------------------------


def _text_html(
    opened: Opened,
    blocks: Sequence[Passage],
    mentions: Sequence[Mention],
    things: Mapping[str, Thing],
    mark: tuple[int, int] | None,
) -> str:
    held = _by_block(blocks, mentions)
    links = {m.node: state.href("reseau", thing=m.node) for inside in held for m in inside}
    rows: list[str] = []
    reached = _end_before(opened, blocks)
    parents = doubtful_parents(opened)
    for block, inside in zip(blocks, held, strict=True):
        gap = opened.text[reached : block.start].rsplit("\n", 1)[-1].strip()
        lead = f'<span class="gap">{html(gap)} </span>' if gap else ""
        body = block_html(opened.text, (block.start, block.end), inside, things, links, mark)
        anchor = ' id="marked"' if mark and block.start <= mark[0] < block.end else ""
        classes = f"block {html(block.kind)} indent-{min(block.level, 6)}"
        rows.append(
            f'<div class="line"{anchor}>{opened.line(block.start)}</div><div class="{classes}">{lead}{body}</div>'
            f'<div class="margin">{_doubt(opened, parents, block)}{_margin(inside, things, links)}'
            f"{add.link(opened, block.start)}</div>"
        )
        reached = block.end
    return f'<div class="document">{"".join(rows)}</div>'


def _by_block(blocks: Sequence[Passage], mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions that stand in each of these blocks, which follow one another, in their order."""
    held: list[list[Mention]] = [[] for _ in blocks]
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    for mention in mentions:
        for place in range(bisect_right(ends, mention.start), bisect_left(starts, mention.end)):
            held[place].append(mention)
    return held


def _end_before(opened: Opened, blocks: Sequence[Passage]) -> int:
    if not blocks:
        return 0
    return max((p.end for p in opened.passages if p.end <= blocks[0].start), default=0)


def _doubt(opened: Opened, parents: Mapping[str, Passage], block: Passage) -> str:
    """« parent à confirmer », and the way to its place in the tree."""
    parent = parents.get(block.id)
    if parent is None:
        return ""
    address = html(state.href("sources", doc=opened.id, tab="plan", at=block.start))
    asked = html(t("source.under_what", parent=short(parent.label)))
    title = html(t("source.see_place"))
    return (
        f'<div class="note"><span><a class="badge doubt" href="{address}" title="{title}">'
        f"{html(t('source.parent_doubt'))}</a><small>{asked}</small></span></div>"
    )


def _margin(mentions: Sequence[Mention], things: Mapping[str, Thing], links: Mapping[str, str]) -> str:
    noted: dict[str, Mention] = {}
    for mention in mentions:
        if things[mention.node].kind in _MARGIN:
            noted.setdefault(mention.node, mention)
    rows = [_note(things[i], m, links[i]) for i, m in list(noted.items())[:_MOST_IN_MARGIN]]
    rest = len(noted) - len(rows)
    return "".join(rows) + (f"<small>+ {rest}</small>" if rest > 0 else "")


def _note(thing: Thing, mention: Mention, address: str) -> str:
    doubt = mention.confidence < UNSURE_BELOW
    if thing.kind in ACTORS:
        named = f'<a href="{html(address)}">{html(label(thing))}</a>'
        return f'<div class="note {family_class(thing.kind)}">{glyph(thing.kind, 16)}<span>{named}</span></div>'
    several = t("source.in_sources", n=thing.source_count) if thing.source_count > 1 else ""
    told = t("common.doubt") if doubt else several
    said = f"<small>{html(told)}</small>" if told else ""
    title = f'<a href="{html(address)}">{html(name(thing.kind))}{NARROW + "?" if doubt else ""}</a>'
    mark = glyph(thing.kind, 16)
    return f'<div class="note {family_class(thing.kind)}">{mark}<span>{title}{said}</span></div>'
