"""A quotation: someone's words in serif, the proof marked in yellow, its context around, the way to its document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import streamlit as st

from graph.model import Hop, Mention
from graph.questions.counted import UNSURE_BELOW
from views.documents import Opened, infos, open_source, open_sources, place
from views.escape import html
from views.i18n import t
from views.kinds import glyph
from views.source.highlight import faint_marks
from views.state import href, link_to
from views.tables import csv_button

MOST_IN_FILE = 100_000  # sentences
AROUND = 160  # characters of context on each side
Place = tuple[str, int, int, float]  # source, start, end, confidence
_WRAPS = re.compile(r"\s*[\n\r\f\v]\s*")


def quote_html(source: str, start: int, end: int, *, context: bool = True) -> str:
    """The quotation as an HTML block; every character of the document is escaped."""
    opened = open_source(source)
    before, after = _around(opened, start, end) if context else ("", "")
    proof = f"<mark>{_words(opened.text[start:end])}</mark>"
    return f'<blockquote class="quote">{_soft(before)}{proof}{_soft(after)}</blockquote>'


def place_html(source: str, start: int, end: int) -> str:
    """The way back to the document, as a link."""
    opened = open_source(source)
    target = html(href("sources", doc=source, at=start))
    return f'<p class="from">{glyph("source", 14)}<a href="{target}">{html(place(opened, start, end))}</a></p>'


def show(source: str, start: int, end: int, *, key: str = "", doubtful: bool = False) -> None:
    """One quotation with its path and, when `key` is given, a button that opens the document there."""
    badge = doubt_badge() if doubtful else ""
    st.html(f'<div class="said">{quote_html(source, start, end)}{badge}{place_html(source, start, end)}</div>')
    if key:
        link_to("sources", t("common.open_source"), icon=":material/article:", doc=source, at=start)


def show_all(places: Iterable[Place]) -> None:
    """Several quotations, given as (source, start, end, confidence), in one block."""
    places = list(places)
    open_sources(source for source, *_ in places)
    parts = [
        f'<div class="said">{quote_html(s, a, b)}{doubt_badge() if c < UNSURE_BELOW else ""}{place_html(s, a, b)}</div>'
        for s, a, b, c in places
    ]
    if parts:
        st.html("".join(parts))


def places(said: Iterable[Mention | Hop]) -> list[Place]:
    """Where each of them stands."""
    return [(s.source, s.start, s.end, s.confidence) for s in said]


def sentences_csv(read: Callable[[int], Iterable[Mention | Hop]], *, key: str) -> None:
    """The button that takes sentences away with what says where they stand; `read` is given how many at most."""
    header = [t(f"quotes.{c}") for c in ("sentence", "document", "meeting", "date", "line", "start", "end", "sure")]
    csv_button(t("quotes.file"), header, lambda: [_plain(*p) for p in places(read(MOST_IN_FILE))], key=key)


def _plain(source: str, start: int, end: int, confidence: float) -> list[object]:
    opened, info = open_source(source), infos().get(source)
    said = _WRAPS.sub(" ", opened.text[start:end])
    where = (opened.title, info.meeting if info else "", info.date if info else "", opened.line(start))
    return [said, *where, start, end, round(confidence, 2)]


def doubt_badge(text: str = "") -> str:
    """« à confirmer », or the doubt in other words."""
    return f'<span class="badge doubt">{html(text or t("common.doubt"))}</span>'


def _around(opened: Opened, start: int, end: int) -> tuple[str, str]:
    first, last = opened.block(start, end)
    before, after = opened.text[first:start], opened.text[end:last]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].split(" ", 1)[-1]
    if len(after) > AROUND:
        after = after[:AROUND].rsplit(" ", 1)[0] + " …"
    return before, after


def _words(text: str) -> str:
    return faint_marks(html(_WRAPS.sub(" ", text)))


def _soft(text: str) -> str:
    return f'<span class="around">{_words(text)}</span>' if text.strip() else html(_WRAPS.sub(" ", text))
