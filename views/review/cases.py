"""One question of the review and its answers: the same or not, so or not, there or not, about what now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from graph import actions, text_actions
from graph.model import Decision, Thing
from graph.review.doubts import Doubt, Sort
from graph.review.suggest import SHARED, Suggestion, shared_names
from graph.text import fold
from views import documents, quotes, state
from views.decisions import what
from views.escape import html, md
from views.i18n import percent, quoted, t
from views.kinds import glyph, label, name, picture
from views.review import thing_acts
from views.review.shared import facts, facts_html, reason_words, said
from views.review.taking import ask_reason, reason, take

QUOTES = 3


def named(asked: str) -> Doubt | None:
    """The question about any thing that an address names, whether it is in doubt or not."""
    thing = state.known(asked)
    if thing is None:
        return None
    return Doubt(thing.id, Sort.READING, thing.label, 1 - thing.confidence, thing.evidence_count, thing=thing)


def question(doubt: Doubt) -> str:
    """What is asked, in words."""
    if doubt.suggestion:
        return t("review.is_same", kind=name(doubt.suggestion.a.kind).lower())
    return t(f"review.ask_{doubt.sort}")


def draw(doubt: Doubt, following: str) -> None:
    """The case with its answers."""
    if doubt.suggestion:
        _merge(doubt, following)
    elif doubt.thing:
        thing_acts.draw(doubt.thing, doubt.key, following)
    elif doubt.block:
        _place(doubt, following)
    elif doubt.decision:
        _waiting(doubt, doubt.decision, following)


# --- is it the same? ------------------------------------------------------------------------------------------------


def _merge(doubt: Doubt, following: str) -> None:
    pair = doubt.suggestion
    if pair is None:
        return
    reasons = f"<b>{html(t('review.why'))}</b> {html(_reason(pair))}"
    share = html(t("review.likeness", share=percent(pair.score)))
    st.html(f'<p class="reasons">{reasons} <span class="badge">{share}</span></p>')
    _answer_merge(doubt, pair.things, following)
    mentions = [said(thing) for thing in pair.things]
    rows = [facts(thing, found) for thing, found in zip(pair.things, mentions, strict=True)]
    for first in range(0, len(pair.things), 2):
        for n, column in enumerate(st.columns(2, gap="small"), first):
            if n < len(pair.things):
                with column, st.container(border=True, key=f"card-side-{n}", height="stretch"):
                    _side(pair.things[n], rows[n], rows[0 if n else 1])
                    most = 1 if pair.more else QUOTES
                    quotes.show_all((m.source, m.start, m.end, m.confidence) for m in mentions[n][:most])


def _reason(pair: Suggestion) -> str:
    """Why they may be the same; « the same words, in another order » would be odd of names that are equal."""
    names = {fold(thing.label) for thing in pair.things}
    if pair.reason == SHARED:
        return t("review.shared_name", names=", ".join(map(quoted, shared_names(pair.a, pair.b)[:QUOTES])))
    return t("review.same_name") if len(names) == 1 else reason_words(pair.reason)


def _side(thing: Thing, own: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> None:
    address = html(state.href("reseau", thing=thing.id))
    title = f'<a class="quiet" href="{address}">{html(label(thing))}</a>'
    st.html(f"<h3>{glyph(thing.kind, 20)} {title}</h3>{facts_html(own, other)}")


def _answer_merge(doubt: Doubt, things: tuple[Thing, ...], following: str) -> None:
    sentences = sum(thing.evidence_count for thing in things)
    left, right = st.columns(2, gap="small")
    with left:
        kept = st.text_input(
            t("review.name_kept"), things[0].label, key=f"kept-{doubt.key}", help=t("review.if_merged", n=sentences)
        )
    with right:
        ask_reason(doubt.key)
    both = [thing.id for thing in things]
    seen = {thing.id: thing.version for thing in things}
    with st.container(horizontal=True, key="review-acts"):
        _button(
            "merge",
            "call_merge",
            "f",
            lambda: actions.merge(state.store(), state.actor(), both, reason(doubt.key), label=kept.strip(), seen=seen),
            t("review.merged", name=quoted(kept.strip())),
            doubt.key,
            following,
            primary=True,
        )
        _button(
            "apart",
            "call_split",
            "d",
            lambda: actions.keep_apart(state.store(), state.actor(), both, reason(doubt.key), seen=seen),
            t("review.all_kept_apart", name=quoted(things[0].label), n=len(things))
            if len(things) > 2
            else t("review.kept_apart", a=quoted(things[0].label), b=quoted(things[1].label)),
            doubt.key,
            following,
        )


def _button(
    word: str,
    icon: str,
    shortcut: str,
    act: Callable[[], Decision],
    told: str,
    settled: str,
    following: str,
    *,
    primary: bool = False,
) -> None:
    st.button(
        t(f"review.{word}"),
        icon=f":material/{icon}:",
        key=f"review-{word}",
        type="primary" if primary else "secondary",
        shortcut=shortcut,
        on_click=partial(take, act, told, settled=settled, following=following),
    )


# --- does it stand there? -------------------------------------------------------------------------------------------


def _place(doubt: Doubt, following: str) -> None:
    block, parent, source = doubt.block, doubt.parent, doubt.source
    if not (block and parent and source):
        return
    opened = documents.open_source(source.id)
    trail = [*opened.trail(parent.start, parent.end), parent.label]
    under = " › ".join(html(documents.short(words)) for words in trail[-3:])
    share = html(t("source.parent", share=percent(block.parent_confidence)))
    st.html(
        f'<p class="reasons">{html(t("review.under"))} <b>{under}</b> <span class="badge doubt">{share}</span></p>'
        + quotes.quote_html(source.id, block.start, block.end)
        + quotes.place_html(source.id, block.start, block.end)
    )
    seen = text_actions.version(state.store(), source.id)
    ask_reason(doubt.key)
    with st.container(horizontal=True, key="review-acts"):
        _button(
            "confirm",
            "check",
            "v",
            lambda: text_actions.confirm_place(state.store(), state.actor(), block.id, reason(doubt.key), seen),
            t("review.place_confirmed", name=quoted(documents.short(block.label))),
            doubt.key,
            following,
            primary=True,
        )
        state.link_to(
            "sources",
            t("review.change_parent"),
            icon=":material/account_tree:",
            doc=source.id,
            tab="plan",
            edit=block.id,
        )


# --- what waits -----------------------------------------------------------------------------------------------------


def _waiting(doubt: Doubt, decision: Decision, following: str) -> None:
    anchor = decision.anchor
    st.markdown(md(what(decision)))
    st.caption(t("review.waiting_newest" if decision.state == "active" else "review.waiting_why"))
    quote = str(anchor.get("quote") or anchor.get("label") or "")
    st.html(f'<blockquote class="quote">{html(quote)}</blockquote>')
    ask_reason(doubt.key)
    if doubt.closest and decision.kind in actions.OF_ONE:
        _closest(doubt, decision, following)
    with st.container(horizontal=True, key="review-acts"):
        st.button(
            t("review.give_up"),
            icon=":material/undo:",
            key="review-reject",
            shortcut="e",
            on_click=partial(
                take,
                lambda: actions.give_up(state.store(), state.actor(), decision.id, reason(doubt.key)),
                t("decisions.undone_now"),
                settled=doubt.key,
                following=following,
            ),
        )
        state.link_to("decisions", t("review.all_decisions"), icon=":material/rule:")


def _closest(doubt: Doubt, decision: Decision, following: str) -> None:
    """What the newest version says that is most like it: the decision can be taken there."""
    st.html(f"<p>{html(t('review.closest'))}</p>")
    for thing in doubt.closest:
        st.button(
            f"{picture(thing.kind)} {md(documents.short(label(thing), 120))}",
            key=f"onto-{thing.id}",
            on_click=partial(
                take,
                partial(_move, doubt.key, decision, thing),
                t("review.reattached", name=quoted(documents.short(thing.label))),
                settled=doubt.key,
                following=following,
            ),
        )


def _move(key: str, decision: Decision, onto: Thing) -> Decision:
    return actions.reattach(state.store(), state.actor(), decision.id, onto.id, reason(key), seen_version=onto.version)


# --- any other thing ------------------------------------------------------------------------------------------------


def any_thing() -> None:
    """Whatever is in the graph can be corrected here: found by its name."""
    with st.expander(t("review.other_thing"), icon=":material/search:"):
        wanted = st.text_input(t("review.find"), key="review-find")
        if not wanted.strip():
            return
        hits = thing_acts.found(wanted)
        if not hits:
            st.info(md(t("common.no_result", query=wanted)))
        for thing in hits:
            st.button(
                f"{picture(thing.kind)} {md(documents.short(label(thing), 80))}",
                key=f"open-{thing.id}",
                type="tertiary",
                on_click=partial(state.set_query, d=thing.id),
            )
