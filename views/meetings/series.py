"""Réunions: the series as a timeline, how themes move through it, the list, what became of proposals; then one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.course.dates import impossible_dates
from graph.course.meetings import Meeting, counts_of
from graph.course.streams import APPEARS, FADES, JOINS, MOST_MEETINGS, MOST_THEMES, Stream, streams
from views import documents, frame, memory, state
from views.correct import say_what_was_done
from views.escape import html, md
from views.i18n import number, quoted, t
from views.kinds import capital, glyph, label
from views.meetings import became, one, same
from views.meetings.picture import LEFT, column, picture, width
from views.meetings.shared import (
    address,
    badge,
    computed,
    doubts,
    formerly,
    meeting_link,
    series,
    source_link,
    told_apart,
    when,
)
from views.tables import count, csv_button, link, table
from views.tabs import tabs

_COUNTED = ("theme", "proposal", "figure")
_WHOLE_DATE = len("2026-03-18")
_LOOKED_AT = 60  # documents
_HEAD = 3_000  # characters
_TOLD = 5  # impossible dates of one document
_ARROWS = {"appears": "⊕", "grows": "↗", "holds": "→", "shrinks": "↘", "fades": "⊖", "joins": "⤳"}


def page() -> None:
    say_what_was_done()
    found = series()
    asked = state.query("m")
    meeting = next((m for m in found if m.id == asked), None) or formerly(asked, found)
    if meeting:
        one.draw(meeting, found)
        return
    frame.head(t("common.meetings"), t("common.participate"), under=t("meetings.about"))
    if not documents.infos():
        frame.nothing_imported()
        return
    if asked:
        st.warning(t("meetings.unknown"))
    if not found:
        _none()
        _misdated()
        return
    labels = {"series": t("meetings.tab_series"), "list": t("meetings.tab_list"), "became": t("meetings.tab_became")}
    chosen, box = tabs(labels)
    with box:
        {"series": _series, "list": _list, "became": became.draw}[chosen](found)
    same.draw(found)
    _misdated()


def _misdated() -> None:
    """Documents without a whole date that write one which cannot be, with the way to say the right one."""
    unsure = [info for info in state.store().sources(state.where()) if len(info.date) < _WHOLE_DATE]
    looked_at = [(info, _impossible(state.reader(), info.id, info.imported_at)) for info in unsure[:_LOOKED_AT]]
    wrong = [(info, said) for info, said in looked_at if said]
    if wrong:
        told = "".join(f"<li>{html(_listed(said))} {source_link(info)}</li>" for info, said in wrong)
        st.html(f'<p class="remark warn">{html(t("meetings.misdated", n=_HEAD))}</p><ul class="plain">{told}</ul>')
    if len(unsure) > len(looked_at):
        st.caption(t("meetings.misdated_first", n=len(looked_at), all=len(unsure)))


def _listed(said: Sequence[str]) -> str:
    """« 31 février », « 45 mars », et 3 de plus."""
    left = [t("meetings.misdated_more", n=len(said) - _TOLD)] if len(said) > _TOLD else []
    return ", ".join([*map(quoted, said[:_TOLD]), *left])


@memory.kept(max_entries=4 * _LOOKED_AT)
def _impossible(reader: tuple[str, str], source: str, imported_at: str) -> tuple[str, ...]:  # noqa: ARG001  the key
    """The impossible dates of one document: others that come do not have it read again."""
    return tuple(impossible_dates(state.store().source(source).text[:_HEAD]))


def _none() -> None:
    """No meeting: because of the filters, or because no document says which one it reports."""
    if state.filtered():
        frame.filters_hide(len(documents.infos()))
        return
    st.info(t("meetings.none"))
    state.link_to("sources", t("common.sources"), icon=":material/description:")


# --- the series ------------------------------------------------------------------------------------------------------


def _series(found: Sequence[Meeting]) -> None:
    dated = [m for m in found if m.date]
    shown = dated[-MOST_MEETINGS:]
    followed = state.query("thing")
    if not shown:
        st.info(t("meetings.all_undated"))
        _list(found)
        return
    rows = computed("streams", lambda: streams(state.store(), shown, also=[followed] if followed else []), followed)
    _choose(rows, followed)
    if len(dated) > len(shown):
        st.caption(t("meetings.latest_only", n=len(shown), all=len(dated)))
    _drawn(shown, rows, followed)
    _table(shown, rows, followed)
    st.caption(t("meetings.rule"))
    if len(found) > len(dated):
        st.caption(t("meetings.undated", n=len(found) - len(dated)))


def _choose(rows: Sequence[Stream], followed: str) -> None:
    """Which band to follow."""
    names = {"": t("meetings.follow_none"), **{s.theme.id: label(s.theme) for s in rows}}
    st.session_state["follow"] = followed if followed in names else ""
    st.selectbox(
        t("meetings.follow"),
        list(names),
        format_func=names.__getitem__,
        key="follow",
        width=360,
        on_change=lambda: state.set_query(thing=st.session_state["follow"]),
    )


def _drawn(shown: Sequence[Meeting], rows: Sequence[Stream], followed: str) -> None:
    """The cards of the meetings, and the bands that go through them in the same columns."""
    wide = column(len(shown))
    columns = f"grid-template-columns:{LEFT - wide // 2 + 8}px repeat({len(shown)},{wide}px)"
    cards = "".join(_card(meeting) for meeting in shown)
    bands = picture(rows, followed) or f"<p>{html(t('meetings.no_theme'))}</p>"
    st.html(
        f'<div class="series" tabindex="0" role="region" aria-label="{html(t("meetings.tab_series"))}">'
        f'<div style="width:{width(len(shown))}px"><ol class="line" style="{columns}">{cards}</ol>{bands}</div></div>'
    )


def _card(meeting: Meeting) -> str:
    where = f"<small>{html(capital(documents.short(meeting.place, 60)))}</small>" if meeting.place else ""
    name = f'<a href="{html(address(meeting))}">{html(capital(documents.short(meeting.name, 48)))}</a>'
    return f"<li><b>{glyph('event', 15)} {html(when(meeting))}</b>{name}{where}</li>"


def _table(shown: Sequence[Meeting], rows: Sequence[Stream], followed: str) -> None:
    moves = [t("meetings.movement")] if len(shown) > 1 else []  # one meeting moves nothing
    header = [t("meetings.same_in_table"), *map(told_apart, shown), *moves]
    cells = [
        [_named(row, followed), *(count(n) for n in row.counts), *(_movement(row, rows, shown) for _ in moves)]
        for row in rows
    ]
    with st.container(key="series-table"):
        table(header, cells, numeric=range(1, len(shown) + 1))
    plain: list[list[object]] = [
        [label(row.theme), *row.counts, *(_movement_words(row, rows, shown) for _ in moves)] for row in rows
    ]
    csv_button("themes-par-reunion", header, plain, key="csv-series")
    if len(rows) >= MOST_THEMES:
        st.caption(t("meetings.most_said", n=MOST_THEMES))


def _named(row: Stream, followed: str) -> str:
    target = link(state.href("themes", thing=row.theme.id), label(row.theme))
    return f"{glyph('theme', 15)} {f'<b>{target}</b>' if row.theme.id == followed else target}"


def _movement(row: Stream, rows: Sequence[Stream], shown: Sequence[Meeting]) -> str:
    return f'<span aria-hidden="true">{_ARROWS[row.movement]}</span> {html(_movement_words(row, rows, shown))}'


def _movement_words(row: Stream, rows: Sequence[Stream], shown: Sequence[Meeting]) -> str:
    """« apparaît le 18 mars », « rejoint Mobilités », « croît »."""
    if row.movement == JOINS:
        other = next((label(s.theme) for s in rows if s.theme.id == row.into), "")
        return t("meetings.joins", name=other)
    if row.movement in {APPEARS, FADES}:
        meeting = shown[row.at]
        key = f"{row.movement}_on" if len(meeting.date) == _WHOLE_DATE else row.movement
        return t(f"meetings.{key}", day=told_apart(meeting))
    return t(f"meetings.{row.movement}")


# --- the list --------------------------------------------------------------------------------------------------------


def _list(found: Sequence[Meeting]) -> None:
    counts = computed("counts", lambda: _counts(found))
    header = [
        t("common.meeting"), t("meetings.date"), t("meetings.place"), t("meetings.documents"),
        *(t(f"meetings.n_{kind}") for kind in _COUNTED), t("meetings.seen_by"),
    ]  # fmt: skip
    cells = [
        [
            link(address(m), capital(m.name)) + "".join(f"<br><small class=warn>{html(d)}</small>" for d in doubts(m)),
            f'<span class="whole">{html(when(m))}</span>', html(m.place or "–"), number(len(m.sources)),
            *(count(n) for n in counts[m.id]), badge(m),
        ]
        for m in reversed(found)
    ]  # fmt: skip
    table(header, cells, numeric=(3, 4, 5, 6))
    plain: list[list[object]] = [
        [m.name, m.said, m.place, len(m.sources), *counts[m.id], t(f"meetings.{_state(m)}"), " | ".join(doubts(m))]
        for m in reversed(found)
    ]
    csv_button("reunions", [*header, t("meetings.doubts")], plain, key="csv-list")
    _outside()


def _counts(found: Sequence[Meeting]) -> dict[str, list[int]]:
    said = counts_of(state.store(), found, _COUNTED)
    return {m.id: [of_kind[kind] for kind in _COUNTED] for m, of_kind in zip(found, said, strict=True)}


def _state(meeting: Meeting) -> str:
    return "published" if meeting.published else "partly" if meeting.partly else "draft"


def _outside() -> None:
    """Documents that say no meeting: they are in the graph, and on no page of a meeting."""
    lost = [info for info in state.store().sources(state.where()) if not info.meeting]
    if lost:
        names = ", ".join(list(dict.fromkeys(documents.title(info) for info in lost))[:5])
        st.caption(md(t("meetings.outside", n=len(lost), names=names + (", etc" if len(lost) > 5 else ""))))


__all__ = ["meeting_link", "page"]
