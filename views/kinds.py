"""How a kind looks in a page: its glyph as an SVG picture, its colours in the theme in force, its name."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

import streamlit as st

from graph.model import Thing
from ontology import KindSpec, load
from views.escape import md
from views.i18n import language

IDEAS = ("proposal", "finding", "question", "action", "initiative", "figure", "resource")
ACTORS = ("person", "organisation", "territory", "group")
_PAPER = {"light": "#FFFFFF", "dark": "#0F151B"}
_QUIET = {"light": "#E8EDF1", "dark": "#263039"}


def theme() -> str:
    """ "light" or "dark", as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def spec(kind: str) -> KindSpec | None:
    return load().kinds.get(kind)


def name(kind: str, *, plural: bool = False) -> str:
    """The kind's word in the language of the session; an unknown kind gives its key."""
    found = spec(kind)
    return found.name(language(), plural=plural) if found else kind


def capital(name: str) -> str:
    """A name as a title, as it begins a line: « Atelier n° 2 » where its document says « atelier n° 2 »."""
    return name[:1].upper() + name[1:]


def label(thing: Thing) -> str:
    """A thing's label as a title: names begin with a capital, statements keep the words of their document."""
    found = spec(thing.kind)
    named = found is not None and found.role == "thing"
    return capital(thing.label) if named else thing.label


def color(kind: str) -> str:
    found = load().kinds.get(kind) or load().kinds["passage"]
    return found.family.dark if theme() == "dark" else found.family.light


@cache
def svg(kind: str, mode: str = "light") -> str:
    """The glyph of a kind as SVG text, 24 units wide."""
    found = load().kinds.get(kind) or load().kinds["passage"]
    ink = found.family.dark if mode == "dark" else found.family.light
    fill = {"solid": ink, "outline": _PAPER[mode], "quiet": _QUIET[mode]}[found.fill]
    line = _PAPER[mode] if found.fill == "solid" else ink
    width = 0 if found.fill == "solid" else 2
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
        f'<path d="{found.path}" fill="{fill}" stroke="{ink}" stroke-width="{width}" stroke-linejoin="round"/>'
        f'<path d="{found.glyph}" fill="none" stroke="{line}" stroke-width="1.9" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )


def uri(kind: str) -> str:
    """The glyph as a data address, for Markdown and HTML pictures."""
    return "data:image/svg+xml," + quote(svg(kind, theme()))


def picture(kind: str) -> str:
    """The glyph as a Markdown image, for widget labels."""
    return f"![{md(name(kind))}]({uri(kind)})"


def glyph(kind: str, size: int = 18) -> str:
    """The glyph as an HTML picture, named for screen readers."""
    return f'<img class="glyph" src="{uri(kind)}" width="{size}" height="{size}" alt="{name(kind)}">'
