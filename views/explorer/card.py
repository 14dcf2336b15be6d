"""Beside the network: what is known of the chosen thing, or why two things are linked, with the sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote_plus

import streamlit as st

from graph.model import Filter, Hop, Link, Mention, Thing
from graph.questions.counted import UNSURE_BELOW
from ontology import load
from views import quotes, state
from views.correct import correct_button
from views.escape import html, md
from views.explorer import address as explorer_state
from views.i18n import language, t
from views.kinds import color, glyph, label, name
from views.network.payload import relation_name
from views.tables import folded

QUOTES_FIRST, QUOTES_MOST, LINKS_MOST, NAMES_FIRST = 2, 30, 40, 5
ATTRIBUTES = ("function", "organisation", "date", "place", "value", "year", "type", "where", "by", "address", "url")


def nothing_chosen() -> None:
    st.markdown(f":gray[{t('explorer.nothing_chosen')}]")


# --- a thing ----------------------------------------------------------------------------------------------------------


def thing(chosen: Thing, opened: bool, every_sentence: bool) -> None:
    """The card of one thing; `opened` in the picture, with all its sentences or the first ones."""
    _title(chosen)
    _acts(chosen, opened)
    mentions = _mentions(chosen.id)
    st.html(f'<h3 class="card-head">{html(t("explorer.said_in", n=_sources(chosen, mentions)))}</h3>')
    _quotations(mentions, every_sentence)
    _related(_links(chosen.id))


def _acts(chosen: Thing, opened: bool) -> None:
    with st.container(horizontal=True, key="card-acts"):
        st.button(
            t("explorer.centre_here"),
            type="primary",
            icon=":material/center_focus_strong:",
            on_click=explorer_state.centre,
            args=(chosen.id,),
        )
        st.button(
            t("explorer.fold" if opened else "explorer.unfold"),
            icon=":material/account_tree:",
            on_click=explorer_state.toggle_opened,
            args=(chosen.id,),
        )
        correct_button(chosen, key="card", label=True)


def _title(chosen: Thing) -> None:
    doubt = quotes.doubt_badge() if chosen.confidence < UNSURE_BELOW else ""
    kind = f'<span style="color:{color(chosen.kind)}">{html(name(chosen.kind))}</span>'
    rows = "".join(f"<dt>{html(_word(key))}</dt><dd>{html(value)}</dd>" for key, value in _attributes(chosen))
    st.html(
        f'<div class="card-title"><p class="card-kind">{glyph(chosen.kind, 20)} {kind}{doubt}</p>'
        f"<h2>{html(label(chosen))}</h2>{f'<dl>{rows}</dl>' if rows else ''}</div>"
    )


def _attributes(chosen: Thing) -> list[tuple[str, str]]:
    found = ((key, str(chosen.attributes.get(key) or "")) for key in ATTRIBUTES)
    return [(key, value) for key, value in found if value and value != chosen.label]


def _word(attribute: str) -> str:
    return t(f"explorer.attribute_{attribute}")


def _sources(chosen: Thing, mentions: Sequence[Mention]) -> int:
    """In how many documents it is said: all of them, or within the filter those of the sentences at hand.

    What is confirmed is so in all its documents.
    """
    within = replace(state.where(), confirmed=False) != Filter()
    return len({mention.source for mention in mentions}) if within else chosen.source_count


def _mentions(thing_id: str) -> list[Mention]:
    return state.store().evidence(thing_id, state.where(), limit=QUOTES_MOST)


def _quotations(mentions: Sequence[Mention], every: bool) -> None:
    if not mentions:
        st.caption(t("explorer.no_sentence"))
        return
    places = [(m.source, m.start, m.end, m.confidence) for m in mentions]
    quotes.show_all(places[:QUOTES_FIRST])
    first = mentions[0]
    state.link_to("sources", t("common.open_source"), icon=":material/article:", doc=first.source, at=first.start)
    if len(places) > QUOTES_FIRST:
        _more_quotations(places[QUOTES_FIRST:], every)


def _more_quotations(places: Sequence[tuple[str, int, int, float]], every: bool) -> None:
    """The rest of the sentences, sent to the browser only when asked for: there may be many."""
    if every:
        quotes.show_all(places)
        return
    label = t("explorer.more_sentences", n=len(places))
    st.button(label, on_click=explorer_state.every_sentence, type="tertiary", key="quotes-more")


def _links(thing_id: str) -> list[tuple[str, Thing, Link]]:
    """(relation in words, the other thing, the link), stated relations first, then what shares a sentence."""
    found = state.store().neighbours(thing_id, explorer_state.drawable(), state.where(), limit=LINKS_MOST)
    others = state.store().things([link.b for link in found])
    return [(link.types[0] if link.types else "", others[link.b], link) for link in found if link.b in others]


def _related(links: Sequence[tuple[str, Thing, Link]]) -> None:
    st.html(f'<h3 class="card-head">{html(t("explorer.links"))} <small>({len(links)})</small></h3>')
    order = list(load().relations)
    ranked = sorted(links, key=lambda row: (order.index(_plain(row[0])) if row[0] else len(order), row[0]))
    parts, view = [], _choosing()
    for relation, rows in groupby(ranked, key=lambda row: row[0]):
        word = relation_name(relation, language()) if relation else t("explorer.same_sentence")
        parts.append(f"<dt>{html(word)}</dt><dd>{_names([other for _, other, _ in rows], view)}</dd>")
    st.html(f'<dl class="card-links">{"".join(parts)}</dl>' if parts else f"<p>{html(t('explorer.no_link'))}</p>")


def _plain(relation: str) -> str:
    return relation.lstrip("-")


def _names(others: Sequence[Thing], view: str) -> str:
    shown = "".join(_name(other, view) for other in others[:NAMES_FIRST])
    rest = "".join(_name(other, view) for other in others[NAMES_FIRST:])
    return f"<ul>{shown}</ul>{folded(len(others) - NAMES_FIRST, f'<ul>{rest}</ul>')}"


def _name(other: Thing, view: str) -> str:
    """`view`: the address of the present view, up to the id of what is chosen in it (made once, not per name)."""
    address = html(view + quote_plus(other.id))
    link = f'<a href="{address}" title="{html(other.label)}">{html(short(label(other)))}</a>'
    return f"<li>{glyph(other.kind, 15)} {link}</li>"


def short(text: str, most: int = 72) -> str:
    """A long statement, cut at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def here() -> dict[str, str]:
    """The present view as parameters of a link, without what is chosen in it."""
    told = {name: explorer_state.whole(name) for name in ("c", "x", "d", "m", "k", "v", "n", "p")}
    return {name: value for name, value in told.items() if value}


def _choosing() -> str:
    """The address of the present view up to the id of the thing that a link will choose."""
    return state.href("reseau", **here(), s="s").removesuffix("s")


# --- a link between two things ----------------------------------------------------------------------------------------


def edge(a: Thing, b: Thing) -> None:
    """Why two things are linked: each relation in words, with its sentences."""
    ends = "".join(f"<li>{glyph(x.kind, 18)} {html(label(x))}</li>" for x in (a, b))
    kind = f'<p class="card-kind">{html(t("explorer.link"))}</p>'
    st.html(f'<div class="card-title">{kind}<ul class="card-ends">{ends}</ul></div>')
    hops = _without_repeats(state.store().why(a.id, b.id, state.where()))
    if not hops:
        st.caption(t("explorer.no_link"))
    for kind, found in groupby(hops, key=lambda hop: hop.type):
        word = t("explorer.same_sentence") if kind == "mentions" else relation_name(kind, language())
        st.html(f'<h3 class="card-head">{html(word)}</h3>')
        quotes.show_all((h.source, h.start, h.end, h.confidence) for h in found)
    with st.container(horizontal=True, key="card-acts"):
        for end in (a, b):
            st.button(md(label(end)), on_click=explorer_state.choose, args=(end.id,), key=f"end-{end.id}")


def _without_repeats(hops: Sequence[Hop]) -> list[Hop]:
    """A sentence that states a relation is not shown again as one that the two things share."""
    stated = [hop for hop in hops if hop.type != "mentions"]

    def told(hop: Hop) -> bool:
        return any(s.source == hop.source and s.start < hop.end and hop.start < s.end for s in stated)

    return stated + [hop for hop in hops if hop.type == "mentions" and not told(hop)]
