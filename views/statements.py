"""Statements as rows: the words in serif, who carries them, where they are said, and the way to correct them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.model import Thing
from graph.questions.counted import UNSURE_BELOW
from graph.text import fold
from views import ahead, state
from views.correct import correct_button
from views.documents import open_source, short
from views.escape import html
from views.i18n import t
from views.kinds import ACTORS, glyph, label
from views.quotes import doubt_badge
from views.tables import Listed, csv_button, more_button

STEP = 15
_AGAIN = 2  # other documents named in a row
_ACTORS = 20  # looked through, for who makes a statement and who it concerns


def rows(found: Listed, *, key: str) -> None:
    """The list, cut with a button for more under `key`, and its CSV. The kind's own words say when there is none."""
    if not found.total:
        st.info(t("ideas.none"))
        return
    read_ahead(found.now)
    for same in grouped(found.now):
        _row(same, key)
    more_button(found.total, key, STEP)
    header = [t(f"ideas.{c}") for c in ("label", "carried_by", "made_for", "sentences", "documents", "first_place")]
    csv_button(key, header, lambda: _all_plain(found.every()), key=f"csv-{key}")


def read_ahead(things: Sequence[Thing]) -> None:
    """What the rows of these statements ask: who carries them, where they are said first."""
    ahead.first_places(things)
    ahead.stated(things, ACTORS, _ACTORS)


def grouped(things: Sequence[Thing]) -> list[list[Thing]]:
    """The same words in several documents (a map exported twice) are one row; order is that of the first."""
    groups: dict[tuple[str, str], list[Thing]] = {}
    for thing in things:
        groups.setdefault((thing.kind, fold(thing.label).strip(" .;,")), []).append(thing)
    return list(groups.values())


def _row(same: Sequence[Thing], key: str) -> None:
    thing = same[0]
    place = f"row-{key}-{thing.id.replace(':', '-')}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="top", key=place):
        st.html(statement_html(thing, same[1:]))
        correct_button(thing, key=f"{key}-{thing.id}")


def statement_html(thing: Thing, again: Sequence[Thing] = ()) -> str:
    """One statement with its chips; `again` are the same words said elsewhere."""
    address = html(state.href("reseau", thing=thing.id))
    makers, concerned = carriers(thing)
    chips = [*map(_carrier, makers), *(_carrier(actor, t("ideas.made_for")) for actor in concerned)]
    if thing.confidence < UNSURE_BELOW:
        chips.insert(0, doubt_badge())
    chips += [_source(each) for each in (thing, *again[:_AGAIN])]
    if len(again) > _AGAIN:
        chips.append(html(t("common.more_documents", n=len(again) - _AGAIN)))
    text = f'<p class="words">{glyph(thing.kind)}<a href="{address}">{html(_said(thing))}</a></p>'
    return f'<article class="statement">{text}<p class="with">{" ".join(chips)}</p></article>'


def _said(thing: Thing) -> str:
    """A figure's own sentence says more than its number alone."""
    value, statement = str(thing.attributes.get("value", "")), str(thing.attributes.get("statement", ""))
    return f"{value} {statement}" if thing.kind == "figure" and value and statement else thing.label


def carriers(thing: Thing, most: int = 3) -> tuple[list[Thing], list[Thing]]:
    """Who makes a statement, and who it concerns without making it: never taken for each other."""
    links = state.store().neighbours(thing.id, ACTORS, state.where(), limit=_ACTORS, stated_only=True)
    found = state.store().things(link.b for link in links)
    made = [found[link.b] for link in links if link.b in found and "made_by" in link.types]
    rest = [found[link.b] for link in links if link.b in found and "made_by" not in link.types]
    return made[:most], rest[:most]


def _carrier(actor: Thing, how: str = "") -> str:
    address = html(state.href("acteurs", thing=actor.id))
    said = f"<small>{html(how)}</small> " if how else ""
    return f'<span class="by">{said}{glyph(actor.kind, 15)}<a href="{address}">{html(label(actor))}</a></span>'


def _source(thing: Thing) -> str:
    mentions = state.store().evidence(thing.id, state.where(), limit=1)
    if not mentions:
        return ""
    first = mentions[0]
    opened = open_source(first.source)
    address = html(state.href("sources", doc=first.source, at=first.start))
    where = f"{short(opened.title)}, {t('common.line', n=opened.line(first.start))}"
    rest = f" · {html(t('common.sentences', n=thing.evidence_count))}" if thing.evidence_count > 1 else ""
    return f'<span class="by">{glyph("source", 15)}<a href="{address}">{html(where)}</a>{rest}</span>'


def _all_plain(things: Sequence[Thing]) -> list[list[object]]:
    read_ahead(things)
    return [_plain(thing) for thing in things]


def _plain(thing: Thing) -> list[object]:
    mentions = state.store().evidence(thing.id, state.where(), limit=1)
    where = open_source(mentions[0].source).name if mentions else ""
    actors = (", ".join(actor.label for actor in which) for which in carriers(thing))
    return [_said(thing), *actors, thing.evidence_count, thing.source_count, where]
