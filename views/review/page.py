"""À vérifier: what is in doubt, the heaviest first; one question at a time, answered with a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from graph.review.doubts import Doubt, Sort
from views import documents, frame, state
from views.correct import may_correct, say_what_was_done
from views.decisions import what
from views.escape import html, md
from views.i18n import number, t
from views.review import cases, counts, looking, taking
from views.review.shared import kind_mark, reach_words, walk_button
from views.tables import csv_button

# Those of buttons are theirs; what asks for more (another name, another kind…) is opened by `views/assets/page.js`.
_KEYS = (
    *(("F", "merge"), ("D", "apart"), ("V", "confirm"), ("E", "reject")),
    *(("N", "rename"), ("T", "change_kind"), ("M", "merge_with"), ("S", "split")),
    *(("J", "later"), ("K", "previous")),
)
SHOWN = 12  # of a list, around the one that is open


def page() -> None:
    say_what_was_done()
    frame.head(t("common.review"), t("common.upkeep"), under=t("review.about"))
    if not may_correct():
        st.info(t("review.not_allowed"))
        return
    if not documents.infos():
        frame.nothing_imported()
        return
    with st.spinner(t("review.looking")):
        found = looking.look()
    asked = state.query("d")
    chosen = next((d for d in found.doubts if d.key == asked), None) or cases.named(asked)
    kept = _sorted(found.doubts)
    if chosen is None and kept:
        chosen = kept[0]
    if asked and chosen and chosen.key != asked and not found.under_way:
        st.caption(t("review.settled_already"))
    if found.under_way:
        looking.wait()
    with st.container(key="review-columns"):
        left, right = st.columns([1, 2.3], gap="medium")
    with right:  # first: it is what is read
        _case(chosen, kept)
    with left:
        _list(kept, found, chosen)
    counts.draw()


# --- the list -------------------------------------------------------------------------------------------------------


def _sorted(found: Sequence[Doubt]) -> list[Doubt]:
    """The doubts of the sort that the address asks for."""
    asked = state.query("sort")
    return [d for d in found if d.sort == asked] if asked in list(Sort) else list(found)


def _list(kept: Sequence[Doubt], found: looking.Looked, chosen: Doubt | None) -> None:
    _sorts(found.totals, found.totals.total())
    if kept or chosen:
        _queue(kept, found, chosen)
    header = [t(f"review.{c}") for c in ("question", "label", "weight", "sentences")]
    csv_button("a-verifier", header, lambda: [_plain(d) for d in found.doubts], key="queue-csv")


def _queue(kept: Sequence[Doubt], found: looking.Looked, chosen: Doubt | None) -> None:
    """Those around the one that is open."""
    with st.container(border=True, key="card-queue"):
        if not kept:
            st.html(f"<p>{html(t('review.none'))}</p>")
        at = next((n for n, d in enumerate(kept) if chosen and d.key == chosen.key), 0)
        first = max(0, min(at - SHOWN // 2, len(kept) - SHOWN))
        rows = "".join(_row(d, d is chosen) for d in kept[first : first + SHOWN])
        if rows:  # an empty piece of HTML is an error of Streamlit
            st.html(f'<ol class="queue" start="{first + 1}">{rows}</ol>')
        rest = len(kept) - min(len(kept), first + SHOWN)
        if rest:
            st.caption(t("review.below", n=rest))
        unlisted = _total(found) - len(kept)
        if unlisted > 0:
            st.caption(t("review.unlisted", n=unlisted))


def _total(found: looking.Looked) -> int:
    """How many there are of the sort that the address asks for."""
    asked = state.query("sort")
    return found.totals[Sort(asked)] if asked in list(Sort) else found.totals.total()


def _plain(doubt: Doubt) -> list[object]:
    return [t(f"review.ask_{doubt.sort}"), doubt.label, round(doubt.weight, 2), doubt.reach]


def _sorts(totals: Counter[Sort], total: int) -> None:
    kinds = ["", *(s for s in Sort if totals[s])]
    asked = state.query("sort")
    st.session_state["review-sort"] = asked if asked in kinds else ""

    def label(sort: str) -> str:
        return f"{t('review.sort_' + (sort or 'all'))} {number(totals[Sort(sort)] if sort else total)}"

    st.selectbox(
        t("review.sort"),
        kinds,
        format_func=label,
        key="review-sort",
        label_visibility="collapsed",
        on_change=lambda: state.set_query(sort=st.session_state["review-sort"], d=None),
    )


def _row(doubt: Doubt, chosen: bool) -> str:
    address = html(state.href("verifier", d=doubt.key, sort=state.query("sort")))
    here = ' aria-current="true"' if chosen else ""
    asked = html(t(f"review.ask_{doubt.sort}"))
    title = html(documents.short(_label(doubt), 90))
    return (
        f'<li{here}><a href="{address}"><small>{asked}</small><b>{kind_mark(doubt)}{title}</b>'
        f"<small>{html(reach_words(doubt))}</small></a></li>"
    )


def _label(doubt: Doubt) -> str:
    if doubt.decision:
        return what(doubt.decision)
    if doubt.suggestion:
        names = dict.fromkeys(documents.short(thing.label, 40) for thing in doubt.suggestion.things)
        more = f" ×{number(len(doubt.suggestion.things))}" if doubt.suggestion.more else ""
        return " · ".join(names) + more
    return doubt.label


# --- the question ---------------------------------------------------------------------------------------------------


def _case(chosen: Doubt | None, kept: Sequence[Doubt]) -> None:
    taking.say_refused()
    if chosen is None:
        st.success(t("review.none"))
        cases.any_thing()
        return
    at = next((n for n, d in enumerate(kept) if d.key == chosen.key), -1)
    following = kept[at + 1].key if at + 1 < len(kept) else (kept[0].key if at > 0 else "")
    with st.container(key="card-case", border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"### {md(cases.question(chosen))}", width="content")
            place = t("review.of", n=at + 1, total=len(kept)) if at >= 0 else t("review.chosen_by_you")
            st.caption(place, width="content")
        cases.draw(chosen, following)
        _steps(kept, at)
        _keys()
    cases.any_thing()


def _steps(kept: Sequence[Doubt], at: int) -> None:
    """Before, later, next: the queue is walked without deciding."""
    before, after = kept[at - 1].key if at > 0 else "", kept[at + 1].key if 0 <= at + 1 < len(kept) else ""
    with st.container(horizontal=True, key="review-steps"):
        _step("previous", "arrow_upward", "k", before)
        _step("later", "arrow_downward", "j", after)


def _step(word: str, icon: str, shortcut: str, to: str) -> None:
    walk_button(t(f"review.{word}"), icon, shortcut, f"review-{word}", {"d": to} if to else {})


def _keys() -> None:
    told = "".join(f"<li><kbd>{key}</kbd> {html(t(f'review.{word}'))}</li>" for key, word in _KEYS)
    st.html(f'<ul class="keys" aria-label="{html(t("review.keys"))}">{told}</ul>')
