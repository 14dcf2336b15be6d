"""One initiative: what it is, who runs it, the themes it serves, the sentences it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from graph.initiatives.catalogue import Entry, Shown
from graph.model import Thing
from views import state
from views.correct import correct_button
from views.escape import html, web_address
from views.i18n import t
from views.initiatives import add
from views.initiatives.asked import Asked
from views.initiatives.listing import cut
from views.initiatives.words import distance, icon, remark, shown_type
from views.kinds import ACTORS, glyph, label
from views.quotes import place_html

_DOCUMENTS = 3


def draw(asked: Asked) -> None:
    """The card of the chosen initiative; nothing where none is, or where the filters hide it."""
    thing = state.known(state.query("thing"))
    each = next((x for x in asked.shown if thing and x.entry.id == thing.id), None)
    if thing is None or each is None:
        if thing and thing.id in asked.all.by_id:
            st.info(t("initiatives.hidden"))
        elif state.query("thing"):
            st.warning(t("common.unknown_thing"))
        return
    with st.container(border=True, key="card-initiative"):
        st.html(_head(each) + _links(thing, each.entry) + _documents(thing))
        with st.container(horizontal=True, vertical_alignment="center"):
            state.link_to("reseau", t("common.see_network"), icon=":material/hub:", thing=thing.id)
            add.change_button(thing, asked)
            correct_button(thing, key="initiative", label=True)
            st.button(
                t("common.close"), key="initiative-close", type="tertiary", on_click=lambda: state.set_query(thing="")
            )


def _head(each: Shown) -> str:
    entry, told = each.entry, remark(each.entry)
    where = ", ".join(part for part in (entry.address, entry.commune_name) if part)
    far = f" · {html(distance(each.km))}" if each.km is not None else ""
    warn = " warn" if entry.place.doubt or not entry.place.point else ""
    said = f'<p class="remark{warn}">{html(told)}</p>' if told else ""
    words = f'<p class="words">{html(cut(entry.description))}</p>' if entry.description else ""
    return (
        f'<h2><img class="glyph" src="{icon(entry.kind)}" width="24" height="24" alt="">{html(entry.name)}</h2>'
        f'<p class="muted">{html(shown_type(each))}{" · " if where else ""}{html(where)}{far}</p>'
        f"{said}{words}{_url(entry)}"
    )


def _url(entry: Entry) -> str:
    """The page of the initiative itself, where its address is one of the web."""
    url = web_address(entry.url)
    if not url:
        return ""
    host = html(urlsplit(url).hostname)
    return f'<p><a href="{html(url)}" rel="noopener noreferrer" target="_blank">{host}</a></p>'


def _links(thing: Thing, entry: Entry) -> str:
    links = state.store().neighbours(thing.id, [*ACTORS, "theme"], state.where(), limit=40, stated_only=True)
    found = state.store().things(link.b for link in links)
    by = [found[x.b] for x in links if x.b in found and "made_by" in x.types]
    themes = [found[x.b] for x in links if x.b in found and "about" in x.types]
    rows = [_line(t("initiatives.run_by"), by, "acteurs")] if by else []
    if not by and entry.structure_name:
        rows = [f"<li>{html(t('initiatives.run_by'))} {html(entry.structure_name)}</li>"]
    rows += [_line(t("initiatives.serves"), themes, "themes")] if themes else []
    return f'<ul class="plain links">{"".join(rows)}</ul>' if rows else ""


def _line(words: str, things: Sequence[Thing], page: str) -> str:
    named = ", ".join(
        f'{glyph(x.kind, 15)} <a href="{html(state.href(page, thing=x.id))}">{html(label(x))}</a>' for x in things
    )
    return f"<li>{html(words)} {named}</li>"


def _documents(thing: Thing) -> str:
    mentions = state.store().evidence(thing.id, state.where(), limit=_DOCUMENTS)
    return "".join(place_html(mention.source, mention.start, mention.end) for mention in mentions)
