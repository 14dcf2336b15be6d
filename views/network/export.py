"""The network as one HTML file that opens anywhere, offline: built by pyvis, then made safe and self-sufficient.

pyvis leaves three holes: it asks two CDNs for styles even when told to inline, it puts the heading into the page as
it is, and its template shows every title as HTML as soon as one of them contains "href".
"""

from __future__ import annotations

import re
from html import escape

from pyvis.network import Network

from graph.model import Thing
from graph.questions.boxes import wrap
from ontology import load
from views.i18n import named
from views.kinds import label
from views.network.payload import CROSS_LINK, DOUBTFUL, Picture, dash, line_width, radius, relation_words

_FROM_CDN = re.compile(
    r"<link\b[^>]*?\bhref=[\"']https?://[^>]*>|<script\b[^>]*?\bsrc=[\"']https?://[^>]*>\s*</script>", re.IGNORECASE
)
# Two empty headings, and a comment that names files of pyvis' own workshop.
_LEFTOVERS = re.compile(r"<center>\s*<h1></h1>\s*</center>|<!--\s*<link\b.*?-->", re.DOTALL)
# A last guard: whatever a future pyvis asks for, the browser refuses to fetch it.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_HREF = re.compile(r"h(?=ref)", re.IGNORECASE)
_OPTIONS = (
    '{"physics": {"enabled": false}, "interaction": {"hover": true, "multiselect": false}, '
    '"nodes": {"font": {"face": "system-ui", "size": 12, "strokeWidth": 4, "strokeColor": "#FCFDFE"}}, '
    '"edges": {"smooth": false, "color": {"color": "#7D8A96"}}}'
)


def standalone(picture: Picture, heading: str, language: str = "fr") -> bytes:
    """The picture as a UTF-8 HTML page: same places, no physics, nothing fetched, every text inert."""
    net = Network(height="92vh", width="100%", bgcolor="#FCFDFE", font_color="#17212B", cdn_resources="in_line")
    net.heading = ""
    for thing in picture.things:
        _add(net, thing, picture, language)
    drawn = set(net.get_nodes())
    for link in picture.links:
        if link.a in drawn and link.b in drawn:
            dashes = {CROSS_LINK: [6, 4], DOUBTFUL: [2, 3]}.get(dash(link), False)
            net.add_edge(
                link.a,
                link.b,
                width=line_width(link.passages),
                dashes=dashes,
                title=_inert(relation_words(link, language)),
            )
    net.set_options(_OPTIONS)
    return _finished(net.generate_html(notebook=False), heading, language).encode("utf-8", "replace")


def _add(net: Network, thing: Thing, picture: Picture, language: str) -> None:
    spec = load().kind(thing.kind)
    colour = spec.family.light
    filled = {"solid": colour, "outline": "#FCFDFE", "quiet": "#E8EDF1"}[spec.fill]
    x, y = picture.at[thing.id]
    # A box would hold its label inside; the label of every other shape stands below, as in the application.
    shape = "square" if spec.vis_fallback in {"box", "ellipse"} else spec.vis_fallback
    net.add_node(
        thing.id,
        label=_inert("\n".join(wrap(label(thing)))),
        title=_inert(named(spec.name(language), label(thing), spoken=language)),
        shape=shape,
        size=radius(thing.kind, picture.degrees.get(thing.id, 0)),
        color={"background": filled, "border": colour, "highlight": {"background": "#FFE27A", "border": "#17212B"}},
        x=x,
        y=y,
        physics=False,
    )


def _inert(text: str) -> str:
    """Text that cannot close the script it is written in, and cannot turn pyvis' titles into HTML."""
    return _HREF.sub(lambda m: f"{m[0]}\u200b", text)


def _finished(page: str, heading: str, language: str) -> str:
    """Without what would be fetched, with a language, a title and the heading as text."""
    page = _LEFTOVERS.sub("", _FROM_CDN.sub("", page))
    title = escape(heading, quote=True)
    page = page.replace("<html>", f'<html lang="{escape(language, quote=True)}">', 1)
    top = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{title}</title>'
    page = page.replace("<head>", f"<head>{top}", 1)
    style = "font: 650 20px system-ui, sans-serif; margin: 12px 16px; color: #17212B"
    return page.replace("<body>", f'<body style="margin: 0; background: #FCFDFE"><h1 style="{style}">{title}</h1>', 1)
